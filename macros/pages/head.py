"""What stands around the text of a page: its description, the trail that leads to it, the pages beside it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import PurePosixPath
from typing import NamedTuple

from macros.facts.catalogue import KINDS, Catalogue
from macros.facts.model import Pattern, Phase, Record
from macros.pages import minutes


class Step(NamedTuple):
    """One place above a page; its address is given from the site's root."""

    name: str
    url: str


class Row(NamedTuple):
    """One line of the list at the left; of a category that is open, with its pages below it."""

    name: str
    url: str
    rows: tuple[Row, ...] = ()


class Near(NamedTuple):
    """The pages beside a page: the section's name and first page, and a line for each of the others."""

    folder: str
    name: str
    url: str
    rows: tuple[Row, ...]


class Shared(NamedTuple):
    """What a link to a page shows where it is shared; `picture` is an address from the site's root."""

    title: str
    line: str
    tag: str  # what the page is: its category, its minutes, its section; may be empty
    accent: str
    phase: str  # slug, where the page is of a phase that has minutes
    picture: str


def place(page) -> tuple[str, str]:
    """Folder and name of a page's file below docs/: 'patterns' and 'lru'; '' for a file of docs/ itself."""
    path = PurePosixPath(page.file.src_uri)
    return str(path.parent) if path.parent.name else "", path.stem


def describe(c: Catalogue, page) -> Record | None:
    """Set description, kind and day of review of a page that has data; its record, or none."""
    folder, slug = place(page)
    record = c.record(folder, slug)
    if record is not None:
        page.meta.setdefault("description", record.summary)
        page.meta.setdefault("kind", folder)
        page.meta.setdefault("reviewed_on", record.reviewed_on.isoformat())
    return record


def trail(c: Catalogue, page) -> list[Step]:
    """The places above a page, from the home page down to a pattern's category; none of the home page itself."""
    if page.is_homepage:
        return []
    steps = [Step("Home", "")]
    first = _first(page)
    if first is not None and first is not page:
        steps.append(Step(_name(first), first.url))
    folder, slug = place(page)
    if folder == "patterns" and slug in c.patterns:
        category = c.categories[c.patterns[slug].category]
        steps.append(Step(category.name, _of_category(category.slug)))
    return steps


def near(c: Catalogue, page) -> Near | None:
    """The list at the left: of patterns the categories with the page's own unfolded, else the section's pages."""
    first = _first(page)
    if first is None:
        return None
    folder, slug = place(page)
    top = place(first)[0]
    if top == "patterns":
        own = c.patterns[slug].category if slug in c.patterns else ""
        rows = [
            Row(
                one.name,
                _of_category(one.slug),
                tuple(Row(p.name, f"{top}/{p.slug}/") for p in c.in_category(one.slug)) if one.slug == own else (),
            )
            for one in c.categories.values()
            if c.in_category(one.slug) and slug != "index"  # whose own contents are the categories
        ]
    elif top in c.shelves and not page_list(first):
        rows = [Row(one.name, f"{top}/{one.slug}/") for one in c.shelves[top].values()]
    else:
        rows = [Row(one.title, one.url) for one in page_list(first) if one is not first]
        if folder == f"{top}/problems":
            below = tuple(Row(p.name, f"{folder}/{p.slug}/") for p in c.problems.values())
            rows.append(Row("Problems", f"{top}/#problems", below))
    return Near(top, _name(first), first.url, tuple(rows)) if len(rows) > 1 or top == "patterns" else None


def shared(c: Catalogue, page, line: str) -> Shared:
    """What is drawn for a page; `line` is for one that has no description of its own."""
    folder, slug = place(page)
    record = c.record(folder, slug)
    first = _first(page)
    tag, accent, phase = (_name(first) if first is not None and first is not page else ""), "ink", ""
    if isinstance(record, Pattern):
        category = c.categories[record.category]
        tag, accent = category.name, category.accent
    elif isinstance(record, Phase) and record.timed:
        tag, accent, phase = f"{minutes.minutes_of(c, slug)} of {c.interview.default_slot} minutes", "red", slug
    elif record is not None:
        tag, accent = next(kind.label for kind in KINDS if kind.folder == folder), "blue"
    title = unescape(re.sub(r"<[^>]+>", "", page.title or ""))
    address = f"share/{page.url.strip('/') or 'home'}.png"
    return Shared(title, page.meta.get("description") or line, tag, accent, phase, address)


def page_list(first) -> list:
    """The pages of a section of the menu, in its order; empty of one that is a single page."""
    return [one for one in first.parent.children if one.is_page] if first.parent else []


def _first(page):
    """The first page of the section of the menu that a page belongs to; none where it belongs to none."""
    if getattr(page, "meta_parent", None):
        return page.meta_parent
    return (
        page.parent.children[0] if page.parent else page if page.file.name == "index" and not page.is_homepage else None
    )


def _name(first) -> str:
    """What the menu calls a section."""
    return first.parent.title if first.parent else first.title


def _of_category(slug: str) -> str:
    return f"patterns/#{slug}"
