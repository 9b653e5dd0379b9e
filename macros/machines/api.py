"""The same facts for machines: site/api/*.json with their JSON Schemas, and llms.txt.

Every kind with `api` in the table of kinds has api/<folder>.json, and so has the rubric. A pattern has a file of its
own, and only a line in the list, because the whole of all patterns is large.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, create_model

from macros.facts import model
from macros.facts.catalogue import KINDS, Catalogue, Kind
from macros.facts.rubric import Dimension

VERSION = "1.6"  # major: a field was removed or changed its meaning; minor: a field was added
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
HEAD = {"version": VERSION, "license": LICENSE}


class Relation(model.Fact):
    """A pattern's neighbor, as seen from the pattern."""

    to: model.Slug
    kind: model.Slug
    why: model.Line


class PatternRecord(model.Pattern):
    """api/patterns/<slug>.json"""

    version: str
    license: str
    slug: model.Slug
    url: str
    related: tuple[Relation, ...]


class Brief(model.Fact):
    """One line of api/patterns.json: enough to list, search and link."""

    slug: model.Slug
    name: str
    category: model.Slug
    phases: tuple[model.Slug, ...]
    aliases: tuple[str, ...]
    summary: str
    use: str = Field(description="The first of use_when.")
    fails: str = Field(description="The symptom of the first of failure_modes.")
    depth: model.Depth
    url: str
    details: str
    reviewed_on: model.Day


class Worked(model.Fact):
    """A quantity of a problem as the stated assumptions work it out."""

    value: float = Field(description="In the unit of its assumption or step.")
    said: str = Field(description="Rounded, with its unit in words, as the pages say it.")
    working: str = Field(description="What it is made of; of an assumption, why it is taken.")


class RubricList(model.Fact):
    """api/rubric.json"""

    version: str
    license: str
    url: str
    levels: tuple[model.Level, ...] = Field(description="From the lowest.")
    dimensions: tuple[Dimension, ...]


def _record(kind: Kind) -> type[BaseModel]:
    """A record of a list: what its file says, its slug, and the address of its page; a problem's numbers worked out."""
    fields: dict[str, Any] = {"slug": (model.Slug, ...)} | ({"url": (str, ...)} if kind.paged else {})
    if kind.folder == "problems":
        fields["quantities"] = (dict[str, Worked], ...)
    return create_model(f"{kind.label}Record", __base__=kind.model, __doc__=None, **fields)


def _list(kind: Kind) -> type[BaseModel]:
    """api/<folder>.json: version, license, and the records in their kind's order."""
    rows = Brief if kind.folder == "patterns" else RECORDS[kind.folder]
    fields: dict[str, Any] = {"version": (str, ...), "license": (str, ...), kind.folder: (tuple[rows, ...], ...)}
    if kind.folder == "phases":
        fields["slots"] = (tuple[model.Slot, ...], ...)
    return create_model(f"{kind.label}List", __base__=model.Fact, __doc__=f"api/{kind.folder}.json", **fields)


PUBLIC = tuple(kind for kind in KINDS if kind.api)
RECORDS = {kind.folder: _record(kind) for kind in PUBLIC if kind.folder != "patterns"}
LISTS = {kind.folder: _list(kind) for kind in PUBLIC} | {"rubric": RubricList}
SCHEMAS = {"pattern": PatternRecord} | LISTS


def files(c: Catalogue, site_url: str) -> dict[str, str]:
    """Path below the site to content; equal data gives equal bytes."""
    out = {}
    for kind in PUBLIC:
        rows = []
        for record in c.shelves[kind.folder].values():
            url = {"url": f"{site_url}{kind.folder}/{record.slug}/"} if kind.paged else {}
            if kind.folder == "patterns":
                path = f"api/patterns/{record.slug}.json"
                related = tuple(Relation(**link._asdict()) for link in c.links(record.slug))
                out[path] = _text(PatternRecord(**_fields(record), **HEAD, **url, related=related))
                kept = {
                    name: getattr(record, name) for name in Brief.model_fields if name in model.Pattern.model_fields
                }
                first = {"use": record.use_when[0], "fails": record.failure_modes[0].symptom}
                rows.append(Brief(details=f"{site_url}{path}", **first, **url, **kept))
            else:
                numbers = {"quantities": _worked(c, record.slug)} if kind.folder == "problems" else {}
                rows.append(RECORDS[kind.folder](**_fields(record), **url, **numbers))
        extra = {"slots": c.interview.slots} if kind.folder == "phases" else {}
        out[f"api/{kind.folder}.json"] = _text(LISTS[kind.folder](**HEAD, **{kind.folder: tuple(rows)}, **extra))
    rubric = {"levels": c.vocabulary.levels, "dimensions": c.rubric.dimensions}
    out["api/rubric.json"] = _text(RubricList(**HEAD, url=f"{site_url}interviewers/#the-rubric", **rubric))
    for name, cls in SCHEMAS.items():
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"{site_url}api/schema/{name}.schema.json",
        } | cls.model_json_schema(mode="serialization")
        out[f"api/schema/{name}.schema.json"] = json.dumps(schema, indent=1, sort_keys=True) + "\n"
    out["llms.txt"] = llms(c, site_url)
    return out


def _worked(c: Catalogue, slug: str) -> dict[str, Worked]:
    """Every quantity of a problem, in order of computation."""
    known = c.quantities[slug]
    return {
        id: Worked(value=float(one.value / one.unit.factor), said=one.text, working=known.working(id))
        for id, one in known.all.items()
    }


def _fields(record: BaseModel) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields}


def _text(record: BaseModel) -> str:
    return record.model_dump_json(exclude_none=True, by_alias=True) + "\n"


def llms(c: Catalogue, site_url: str) -> str:
    """llms.txt: what the site is, and one line a page."""
    lines = [
        "# Whiteboard Hour",
        "",
        "> A study guide to the system design interview: its phases, patterns with numbers, sources, trade-offs,",
        "> failure modes and follow-up questions, and problems worked from stated assumptions to the last number.",
        "> Content CC BY 4.0; facts as JSON under api/.",
    ]

    def section(title: str, folder: str, records) -> list[str]:
        rows = [f"- [{one.name}]({site_url}{folder}/{one.slug}/): {one.summary}" for one in records]
        return ["", f"## {title}", "", *rows] if rows else []

    for kind in (kind for kind in KINDS if kind.paged and kind.folder != "patterns"):
        lines += section(kind.title, kind.folder, c.shelves[kind.folder].values())
    for category in c.categories.values():
        lines += section(category.name, "patterns", c.in_category(category.slug))
    lines += ["", "## Data", ""]
    lines += [
        f"- [All {kind.title.lower()}]({site_url}api/{kind.folder}.json): JSON, version {VERSION}" for kind in PUBLIC
    ]
    lines += [f"- [The interviewer's rubric]({site_url}api/rubric.json): JSON, version {VERSION}"]
    return "\n".join(lines) + "\n"


def write(c: Catalogue, site: Path, site_url: str) -> None:
    for path, text in files(c, site_url).items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
