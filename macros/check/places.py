"""Files: data and page come in pairs, macro calls name what exists, and reviews are recent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from macros.facts import load
from macros.pages import outline
from macros.runs import plots
from macros.facts.load import Catalogue, Problem, suggestion

STALE = timedelta(days=365)


def pages(c: Catalogue, docs: Path) -> Iterator[Problem]:
    """Data and page come in pairs."""
    for folder in load.PAGED:
        written = {p.stem for p in (docs / folder).glob("*.md")} - {"index", "disagreements", "a-z", "compare", "map"}
        stored = {k.split("/")[1] for k in c.documents if k.startswith(f"{folder}/")}
        for slug in sorted(stored - written):
            yield c.documents[f"{folder}/{slug}"].problem((), f"no page for this data; write docs/{folder}/{slug}.md")
        for slug in sorted(written - stored):
            path = load.shown(docs / folder / f"{slug}.md")
            yield Problem(path, 1, "", f"no data for this page; write data/{folder}/{slug}.yml")


def outlines(c: Catalogue, docs: Path) -> Iterator[Problem]:
    """A page of a kind with an outline has the prose its outline asks for, and calls no macro that the outline places."""
    for folder, placed in outline.PLACED.items():
        for slug in getattr(c, folder):
            path = docs / folder / f"{slug}.md"
            if not path.exists():
                continue
            text = path.read_text("utf-8")
            for line, heading, what in outline.faults(folder, text):
                yield Problem(load.shown(path), line, heading, what)
            for line, name in _called(text):
                if name in placed:
                    yield Problem(load.shown(path), line, name, "stands on the page by its outline; remove the call")


def _called(text: str) -> Iterator[tuple[int, str]]:
    """(line, macro) of each call outside code."""
    fenced = False
    for n, line in enumerate(text.splitlines(), 1):
        fenced ^= line.lstrip().startswith("```")
        if not fenced and "{% raw %}" not in line:
            for name in re.findall(r"\{\{\s*(\w+)\(", line):
                yield n, name


CALL = re.compile(r"""\{\{\s*(\w+)\(\s*["']([^"']+)["']""")
PATTERN_MACROS = {
    "pattern_head", "pattern_card", "numbers", "trade_offs", "failure_modes", "follow_ups", "depth", "related", "sources",
    "code",
}  # fmt: skip
PHASE_MACROS = {
    "phase_head", "enter_when", "steps", "whiteboard", "questions", "mistakes", "dos_and_donts", "checklist", "leave_when",
    "phase_sources", "phase_numbers",
}  # fmt: skip


PLAYBOOK_MACROS = {"playbook_head", "forks", "playbook_sources"}


def calls(c: Catalogue, docs: Path) -> Iterator[Problem]:
    """Slugs in macro calls exist; a seconds-long check instead of a build."""
    figures = {p.stem for p in (c.root / "diagrams").glob("*.mmd")}
    for path in sorted(docs.rglob("*.md")):
        fenced = False
        for n, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            fenced ^= line.lstrip().startswith("```")
            if fenced or "{% raw %}" in line:
                continue
            for name, slug in CALL.findall(line):
                known, kind = (
                    (c.documents.keys(), "pattern") if name in PATTERN_MACROS
                    else (c.documents.keys(), "phase") if name in PHASE_MACROS
                    else (c.documents.keys(), "playbook") if name in PLAYBOOK_MACROS
                    else (figures, "figure") if name == "figure" else (plots.PLOTS, "plot") if name == "plot" else (None, "")
                )  # fmt: skip
                names = known if kind in ("figure", "plot") else {k.split("/")[1] for k in known or () if k.startswith(f"{kind}s/")}
                if known is not None and slug not in names:
                    where = {"figure": "data/diagrams/", "plot": "macros/runs/plots.py"}.get(kind, f"data/{kind}s/")
                    yield Problem(
                        load.shown(path), n, name, f"no {kind} '{slug}'{suggestion(slug, names) or f'; see {where}'}"
                    )


def schema_lines(c: Catalogue) -> Iterator[Problem]:
    """Every data file's first line points the editor at its schema."""
    kinds = {folder: f"../schema/{folder.removesuffix('s')}" for folder in load.FOLDERS}
    for key, doc in c.documents.items():
        schema = kinds.get(key.split("/")[0], f"schema/{key}") if "/" in key else f"schema/{key}"
        wanted = f"# yaml-language-server: $schema={schema}.schema.json"
        first = (c.root / f"{key}.yml").read_text("utf-8").split("\n", 1)[0]
        if first != wanted:
            yield Problem(doc.path, 1, "", f"the first line has to be `{wanted}`, for the editor; add it")


def stale(c: Catalogue, today: date) -> Iterator[Problem]:
    """A warning for what nobody has reviewed for a year."""
    for folder in load.PAGED:
        for slug, record in getattr(c, folder).items():
            if today - record.reviewed_on > STALE:
                yield c.documents[f"{folder}/{slug}"].problem(
                    ("reviewed_on",),
                    f"last reviewed on {record.reviewed_on}; read it again and set today's date",
                    warning=True,
                )
