"""python -m macros.paper.book: the whole guide as one PDF, build/book/book.pdf, made from the built site.

The engine is Chromium, printing one assembled document twice: the first print says on which page every anchor lies,
the second has those numbers in contents and index. It reads the site's own style sheet (variables, light-dark(), nested
rules, grids) and inline SVG as they stand, and the tests drive it already: nothing new but pikepdf, a wheel.
WeasyPrint 70 counts pages by itself (target-counter), but needs Pango from the system, drops those rules, and so would
need a second style sheet. Typst reads no HTML. Measured in November 2026 on two busy cores, 20 patterns: Chromium twice
17 s, WeasyPrint 127 s; the whole, 840 pages, 52 to 130 s.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby
from pathlib import Path

from macros import chromium
from macros.facts import catalogue as facts
from macros.facts.catalogue import KINDS, Catalogue
from macros.facts.finding import ROOT, GuideError, shown
from macros.pages import glossary, minutes, tokens
from macros.pages.template import fill
from macros.paper import press, typeset
from macros.paper.chapters import Chapter, chapter, chapter_id

TITLE, CLAIM = "Whiteboard Hour", "The system design interview, phase by phase and pattern by pattern."
OUT = ROOT / "build" / "book"
FACES = {  # static cuts: of a variable font Chromium embeds drawings of glyphs (Type 3) instead of a font
    "Figtree-400": "Book text; 300 499",
    "Figtree-600": "Book text; 500 700",
    "Figtree-800": "Book text; 701 900",
    "BricolageGrotesque-700": "Book head; 700",
    "HyperlegibleMono-400": "Book mono; 400",
}
BESIDE = {  # pages of no record
    "phases": (("phases/disagreements/", "Where published advice contradicts itself, and what this guide does."),)
}
BLANK = "\u2007" * 3  # as wide as a page number, so that the second print breaks where the first did


@dataclass
class Part:
    """A part opens with a page of its own and lists its chapters; a part without chapters is one text."""

    id: str
    name: str
    purpose: str = ""
    mark: str = ""
    accent: str = ""
    chapters: tuple[Chapter, ...] = ()
    html: str = ""


def plan(c: Catalogue, only: set[str] | None = None) -> list[tuple[Part, list[tuple[str, str]]]]:
    """Every part with the addresses and summaries of its pages, in order; `only` keeps some addresses, for a test."""
    parts = []
    for kind in (kind for kind in KINDS if kind.front):
        pages = [
            (f"{kind.folder}/", kind.front),
            *((f"{kind.folder}/{r.slug}/", r.summary) for r in c.shelves[kind.folder].values()),
        ]
        parts.append((Part(f"part-{kind.folder}", kind.title, kind.purpose), [*pages, *BESIDE.get(kind.folder, ())]))
    for one in c.categories.values():
        pages = [(f"patterns/{p.slug}/", p.summary) for p in c.in_category(one.slug)]
        parts.append((Part(f"category-{one.slug}", one.name, one.purpose, one.mark, f"wh-{one.accent}"), pages))
    kept = [(part, [row for row in pages if only is None or row[0] in only]) for part, pages in parts]
    return [(part, pages) for part, pages in kept if pages]


def assemble(c: Catalogue, site: Path, site_url: str, only: set[str] | None = None) -> tuple[list[Part], list[Part]]:
    """Parts with their chapters, and the parts that stand alone: glossary and index. Reads the pages of `site`."""
    planned = plan(c, only)
    addresses = [path for _, pages in planned for path, _ in pages]
    book = {path: chapter_id(path) for path in [*addresses, "glossary/"]}
    book |= {f"\n{part.id}": part.id for part, _ in planned}  # no page of the site, but something to lead to

    def read(path: str) -> Chapter:
        page = site / path / "index.html"
        if not page.exists():
            raise GuideError(f"{shown(page)}:1: the page is not built; run `make site` before `make book`")
        return chapter(page.read_text("utf-8"), path, book, site_url)

    for part, pages in planned:
        made = []
        for path, summary in pages:
            one = read(path)
            one.summary = summary
            made.append(one)
        part.chapters = tuple(made)
    terms = read("glossary/")
    text = re.sub(r"<h2\b.*?</h2>", "", terms.html, count=1, flags=re.S)
    alone = [Part("glossary", "Glossary", html=text), Part("book-index", "Index")]
    parts = [part for part, _ in planned]
    known = {p.id for p in parts + alone} | {one.id for p in parts for one in p.chapters} | terms.anchors
    known |= {a for p in parts for one in p.chapters for a in one.anchors}
    for one in [terms, *(one for p in parts for one in p.chapters)]:
        if lost := sorted(one.leads - known):
            raise GuideError(
                f"book: chapter '{one.id}' leads to '{lost[0]}', which the book does not have; "
                "mend the link on the page, or take `data-screen` off the part that it leads to"
            )
    return parts, alone


def entries(c: Catalogue, parts: list[Part]) -> dict[str, list[tuple[str, str, str]]]:
    """Index by letter: name, the name it stands for where it is an alias, and the id it leads to."""
    rows: dict[tuple[str, str], tuple[str, str, str]] = {}
    inside = {one.id for part in parts for one in part.chapters}

    def add(name: str, of: str, id: str) -> None:
        if id in inside or id.startswith("glossary:"):
            rows.setdefault((name.lower(), of.lower()), (escape(name), escape(of), id))

    for kind, record in c.paged():
        add(record.name, "", f"{kind.folder}-{record.slug}")
        for alias in getattr(record, "aliases", ()):
            if alias.lower() != record.name.lower():
                add(alias, record.name, f"{kind.folder}-{record.slug}")
    for term in c.glossary.terms:
        if (term.term.lower(), "") not in rows:
            add(term.term, "", f"glossary:{glossary.anchor(term)}")
    order = sorted(rows.values(), key=lambda r: (_sort(r[0]), r[1]))
    return {letter: list(group) for letter, group in groupby(order, key=lambda r: _letter(r[0]))}


def _sort(name: str) -> tuple[bool, str]:
    plain = re.sub(r"[^a-z0-9]+", " ", name.lower()).strip()
    return (plain[:1].isalpha(), plain)


def _letter(name: str) -> str:
    first = _sort(name)[1][:1]
    return first.upper() if first.isalpha() else "0 to 9"


def edition(c: Catalogue) -> date:
    """The day of the last review: the book's date, so that it changes with the data and not with the clock."""
    return max(record.reviewed_on for _, record in c.paged())


# --- printing -------------------------------------------------------------------------------


def document(c: Catalogue, site: Path, parts: list[Part], alone: list[Part], page: Callable[[str], str]) -> str:
    """The one HTML document that is printed; `page` gives the number, or a blank, for an anchor."""
    longest = max(minutes.hour(c).parts, key=lambda part: part.minutes)
    made = json.loads((ROOT / "build" / "assets" / "manifest.json").read_text("utf-8"))
    styles = [f"assets/{sheet['file']}" for sheet in made["sheets"] if sheet["name"] != "lab"]
    for style in styles:
        if not (site / style).exists():
            raise GuideError(f"{shown(site / style)}:1: the style sheet is gone; run `make site` before `make book`")
    counted = sum(len(p.chapters) for p in parts if p.id.startswith("category-"))
    categories = sum(p.id.startswith("category-") for p in parts)
    sources = len(c.sources)
    return fill(
        "book",
        title=TITLE,
        description=CLAIM,
        base=f"{site.resolve().as_uri()}/",
        styles=styles,
        faces=[(*face.split("; "), (typeset.fonts() / f"{name}.ttf").as_uri()) for name, face in FACES.items()],
        css=tokens.inked((ROOT / "macros" / "paper" / "book.css").read_text("utf-8")),
        parts=parts,
        alone=alone,
        page=page,
        hour=minutes.hour(c, present=longest.slug),
        counts=[
            f"{len(c.phases)} phases, {len(c.playbooks)} playbooks, {len(c.problems)} problems",
            f"{counted} patterns in {categories} categories",
            f"{sources} sources, {len(c.glossary.terms)} terms, and an index of every name",
        ],
        edition=f"Reviewed up to {edition(c).isoformat()}. "
        "Content CC BY 4.0, code MIT, by the Whiteboard Hour contributors.",
        entries=entries(c, parts),
    )


def bind(c: Catalogue, site: Path, only: set[str] | None = None) -> bytes:
    """The book as PDF. GuideError where a page or an anchor is missing or the two prints differ in their pages."""
    from playwright.sync_api import sync_playwright

    path = chromium.installed()
    if not path:
        raise GuideError("book: no Chromium to print with; run `python -m macros.chromium`")
    found = re.search(r'rel="canonical" href="([^"]+)"', (site / "index.html").read_text("utf-8"))
    if not found:
        raise GuideError(
            f"{shown(site / 'index.html')}:1: no canonical address for the book's links; see overrides/main.html"
        )
    parts, alone = assemble(c, site, found[1], only)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        context = browser.new_context(java_script_enabled=False)

        def printed(page: Callable[[str], str]) -> bytes:
            source = Path(folder) / "book.html"
            source.write_text(document(c, site, parts, alone, page), "utf-8")
            tab = context.new_page()
            tab.set_default_timeout(300_000)
            tab.goto(source.as_uri())
            pdf = tab.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)
            tab.close()
            return pdf

        before = press.destinations(printed(lambda _: BLANK))
        pdf = printed(lambda id: str(before[id]))
        browser.close()
    after = press.destinations(pdf)
    if moved := [id for id, page in after.items() if before.get(id) != page]:
        raise GuideError(
            f"book: '{moved[0]}' stands on page {after[moved[0]]}, contents and index say {before.get(moved[0])}; "
            "page numbers must take no room of their own: see .bk-row and .bk-entry in macros/paper/book.css"
        )
    return press.finished(pdf, TITLE, CLAIM, edition(c))


def main() -> int:
    c, findings = facts.catalogue()
    if findings or c is None:
        print(*findings, sep="\n", file=sys.stderr)
        return 1
    try:
        pdf = bind(c, ROOT / "site")
    except GuideError as error:
        print(error, file=sys.stderr)
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "book.pdf").write_bytes(pdf)
    print(f"{shown(OUT / 'book.pdf')}: {len(pdf) / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
