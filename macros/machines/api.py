"""The same facts for machines: site/api/*.json with their JSON Schemas, and llms.txt."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from macros.facts import model
from macros.facts.load import Catalogue

VERSION = "1.2"  # major: a field was removed or changed its meaning; minor: a field was added
LICENSE = "https://creativecommons.org/licenses/by/4.0/"


class PatternRecord(model.Pattern):
    """api/patterns/<slug>.json"""

    version: str
    license: str
    slug: model.Slug
    url: str


class Brief(model.Fact):
    """One line of api/patterns.json: enough to list, search and link."""

    slug: model.Slug
    name: str
    category: model.Slug
    phases: tuple[model.Slug, ...]
    aliases: tuple[str, ...]
    summary: str
    depth: model.Depth
    url: str
    details: str
    reviewed_on: model.Day


class PatternList(model.Fact):
    """api/patterns.json"""

    version: str
    license: str
    patterns: tuple[Brief, ...]


class PhaseRecord(model.Phase):
    slug: model.Slug
    url: str


class PlaybookRecord(model.Playbook):
    slug: model.Slug
    url: str


class PlaybookList(model.Fact):
    """api/playbooks.json"""

    version: str
    license: str
    playbooks: tuple[PlaybookRecord, ...]


class PhaseList(model.Fact):
    """api/phases.json: the phases in order, and the minutes a slot."""

    version: str
    license: str
    phases: tuple[PhaseRecord, ...]
    slots: tuple[model.Slot, ...]


SCHEMAS = {"pattern": PatternRecord, "patterns": PatternList, "phases": PhaseList, "playbooks": PlaybookList}


def files(c: Catalogue, site_url: str) -> dict[str, str]:
    """Path below the site to content; equal data gives equal bytes."""
    head = {"version": VERSION, "license": LICENSE}
    briefs, out = [], {}
    for slug, p in sorted(c.patterns.items()):
        url = f"{site_url}patterns/{slug}/"
        out[f"api/patterns/{slug}.json"] = _text(PatternRecord(**head, slug=slug, url=url, **_fields(p)))
        kept = {name: getattr(p, name) for name in Brief.model_fields if name in model.Pattern.model_fields}
        briefs.append(Brief(slug=slug, url=url, details=f"{site_url}api/patterns/{slug}.json", **kept))
    out["api/patterns.json"] = _text(PatternList(**head, patterns=tuple(briefs)))
    phases = tuple(
        PhaseRecord(slug=slug, url=f"{site_url}phases/{slug}/", **_fields(phase)) for slug, phase in c.ordered_phases()
    )
    out["api/phases.json"] = _text(PhaseList(**head, phases=phases, slots=c.interview.slots))
    playbooks = tuple(
        PlaybookRecord(slug=slug, url=f"{site_url}playbooks/{slug}/", **_fields(p)) for slug, p in c.ordered_playbooks()
    )
    out["api/playbooks.json"] = _text(PlaybookList(**head, playbooks=playbooks))
    for name, cls in SCHEMAS.items():
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"{site_url}api/schema/{name}.schema.json",
        } | cls.model_json_schema(mode="serialization")
        out[f"api/schema/{name}.schema.json"] = json.dumps(schema, indent=1, sort_keys=True) + "\n"
    out["llms.txt"] = llms(c, site_url)
    return out


def _fields(record: BaseModel) -> dict:
    return {name: getattr(record, name) for name in type(record).model_fields}


def _text(record: BaseModel) -> str:
    return record.model_dump_json(exclude_none=True) + "\n"


def llms(c: Catalogue, site_url: str) -> str:
    """llms.txt: what the site is, and one line a page."""
    lines = [
        "# Whiteboard Hour",
        "",
        "> A study guide to the system design interview: its phases, and patterns with numbers, sources, trade-offs,",
        "> failure modes and follow-up questions. Content CC BY 4.0; facts as JSON under api/.",
        "",
        "## Phases",
        "",
    ]
    lines += [f"- [{p.name}]({site_url}phases/{s}/): {p.summary}" for s, p in c.ordered_phases()]
    if c.playbooks:
        lines += ["", "## Playbooks", ""]
        lines += [f"- [{p.name}]({site_url}playbooks/{s}/): {p.summary}" for s, p in c.ordered_playbooks()]
    for category, group in ((one, c.in_category(one.slug)) for one in c.vocabulary.categories):
        if group:
            lines += ["", f"## {category.name}", ""]
            lines += [f"- [{p.name}]({site_url}patterns/{s}/): {p.summary}" for s, p in group]
    lines += ["", "## Data", "", f"- [All patterns]({site_url}api/patterns.json): JSON, version {VERSION}"]
    lines += [f"- [All playbooks]({site_url}api/playbooks.json): JSON, version {VERSION}"]
    lines += [f"- [All phases]({site_url}api/phases.json): JSON, version {VERSION}"]
    return "\n".join(lines) + "\n"


def write(c: Catalogue, site: Path, site_url: str) -> None:
    for path, text in files(c, site_url).items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
