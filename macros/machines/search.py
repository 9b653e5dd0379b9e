"""The index that the search reads: one file, loaded only when a reader is about to search.

Names and symptoms come from the data, sections and text from the pages. The text is split into terms by the search's
own code, in frontend/search/prepare.ts, so that index and query cannot differ.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

from macros import node
from macros.facts import files
from macros.facts.catalogue import PAGED, Catalogue
from macros.facts.finding import ROOT, GuideError, unknown
from macros.facts.model import Heard, Pattern, Playbook, Record
from macros.pages import glossary, head, outline


class Shown(NamedTuple):
    """How the search shows and ranks one kind of entry. It is in the index, so that a new kind needs no TypeScript."""

    label: str  # beside the title of a result that has no mark of its own
    group: str  # heading of its results; headings stand in the order of the table
    worth: float  # of its score, against a pattern's; tuned like the numbers in frontend/search/tuned.ts
    before: str = ""  # stands before the summary
    named: float | None = None  # worth of being called by name, where that is another


GUIDE = "In the guide"
COMMON = 3  # pages from which a heading tells none from another; nor does a letter of a list
FOLLOWS = 3  # patterns that follow a problem which is called by its name
FOLDERS = {kind.folder: kind.one for kind in PAGED}
HEADINGS = {"patterns": "Patterns", "problems": "Problems"}
KINDS = {
    kind.one: Shown(kind.label, HEADINGS.get(kind.folder, GUIDE), kind.worth, named=kind.named)
    for kind in sorted(PAGED, key=lambda kind: (kind.folder != "patterns", -kind.worth))
} | {
    "asked": Shown("Problem", HEADINGS["problems"], 0.97, before="Start with "),
    "term": Shown("Glossary", GUIDE, 0.5),
    "section": Shown("", GUIDE, 0.62, before="In: "),
}
INPUTS = (("docs", ".md"), ("macros", ".py"), ("macros", ".j2"), ("frontend/search", ".ts"))
PROSE = {section.heading for section in outline.OUTLINES["patterns"] if section.prose == "needed"}
CLAUSE, BRIEF = re.compile(r"[.;:](?= )"), 60  # ends one; characters of the shortest text that is kept
TAG, LINK = re.compile(r"<[^>]+>"), re.compile(r'<a class="headerlink".*?</a>', re.S)
HEADING = re.compile(r'<h([23])\s+id="([^"]+)"[^>]*>(.*?)</h\1>', re.S)


def name(c: Catalogue) -> str:
    """Address below the site; changes with what the index is made of, so that it can be cached for good."""
    digest = hashlib.sha256()
    for _, doc in sorted(c.documents.items()):
        digest.update(doc.text.encode())
    for folder, ending in INPUTS:
        for path in files.tree(ROOT / folder, ending):
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return f"search/index.{digest.hexdigest()[:8]}.json"


def text_of(page, html: str) -> dict:
    """A page as documents() wants it: address, title, folder and name of its file, and HTML without what is not read.

    `called` has the other names of the page and its sections, by the anchors of their headings. Of a page with
    `searched: title` in its front matter, a list made from other pages, only the title and its subject.
    """
    body = re.sub(r"<(script|style|svg|pre)\b.*?</\1>", " ", html, flags=re.S)
    if page.meta.get("searched") == "title":
        body = page.meta.get("description", "")
    folder, name = head.place(page)
    first = re.search(r'<h1(?: id="([^"]*)")?[^>]*>(.*?)</h1>', html, flags=re.S)
    return {
        "url": page.url,
        "title": _text(page.title or ""),
        "heading": _text(first[2]) if first else "",
        "anchor": (first and first[1]) or "",
        "html": body,
        "folder": folder,
        "name": name,
        "called": page.meta.get("called", {}),
    }


def _text(html: str) -> str:
    return " ".join(unescape(TAG.sub(" ", LINK.sub(" ", html) if "headerlink" in html else html)).split())


def documents(c: Catalogue, texts: list[dict]) -> Iterator[dict]:
    """One entry a pattern, and one a page, section and term elsewhere; keys are those of frontend/search/entry.ts."""
    parts = [_sections(page["html"]) for page in texts]
    often = Counter(title for _, *sections in parts for title in {title for _, title, _ in sections})
    for page, (first, *sections) in zip(texts, parts, strict=True):
        record = c.record(page["folder"], page["name"])
        entry = (
            _entry(c, page["folder"], record, page["url"])
            if record
            else {"url": page["url"], "title": page["title"], "names": _names(page), "kind": "section"}
        )
        if entry["kind"] == "pattern":
            yield entry | {"body": _prose(page["html"])}
            continue
        yield entry | {"body": first[2]}
        if lost := set(page["called"]) - {page["anchor"], *(anchor for anchor, *_ in sections)}:
            where = f"the page {page['url']}"
            raise GuideError(unknown("section", min(lost), [anchor for anchor, *_ in sections], where))
        for anchor, title, text in sections:
            if often[title] >= COMMON or len(title) == 1:
                continue
            yield {
                "url": f"{page['url']}#{anchor}",
                "title": title,
                "kind": "section",
                "summary": entry["title"],
                "body": text,
            } | ({"names": page["called"][anchor]} if anchor in page["called"] else {})
    yield from _terms(c)
    yield from _asked(c)


def _names(page: dict) -> list[str]:
    """The heading of a page that the menu calls by another name, and what else its front matter calls it."""
    heading = [page["heading"]] if page["heading"] not in ("", page["title"]) else []
    return [*heading, *page["called"].get(page["anchor"], ())]


def _entry(c: Catalogue, folder: str, record: Record, url: str) -> dict:
    """What the data says of a record that has a page."""
    entry = {
        "url": url,
        "title": record.name,
        "kind": FOLDERS[folder],
        "summary": record.summary,
        "searches": list(record.searches),
    }
    if names := [*getattr(record, "aliases", ()), *getattr(record, "called", ())]:
        entry["names"] = names
    if exercises := getattr(record, "exercises", ()):
        entry["see"] = [f"patterns/{one.pattern}/" for one in exercises[:FOLLOWS]]
    if folder == "patterns":
        category = c.categories[record.category]
        entry |= {"mark": category.name, "accent": category.accent, "names": list(record.aliases)}
        entry |= {
            "failures": [f.symptom for f in record.failure_modes],
            "causes": [f.cause for f in record.failure_modes],
            "pain": " ".join([record.problem, *record.use_when]),
            "confused": [f"patterns/{link.to}/" for link in c.links(record.slug) if link.kind == "confused-with"],
            "products": [f"{one.name}: {one.means}" for one in record.products],
            "codes": [f"{one.name}: {one.means}" for one in record.codes],
        }
    return entry | {"told": _told(record, c.heard[record.slug] if record.slug in c.heard else None)}


def _told(record: Record, heard: Heard | None) -> dict[str, str]:
    """What the data tells of a record at length, by what it is: the search weighs them apart."""
    said = " ".join([*heard.lines, heard.words]) if heard else ""
    if isinstance(record, Pattern):
        return {
            "fails": " ".join(f"{f.cause} {f.mitigation}" for f in record.failure_modes),
            "asks": " ".join(
                [f"{f.question} {f.answer}" for f in record.follow_ups]
                + [f"{card.question} {card.answer}" for card in record.cards]
                + [f"{m.claim} {m.holds} {m.why or ''}" for m in record.misreadings]
            ),
            "heard": said,
        }
    if isinstance(record, Playbook):
        return {
            "heard": said,
            "asks": " ".join([record.question, *(f"{f.sees} {f.decides} {f.because}" for f in record.forks)]),
        }
    return {}


def _terms(c: Catalogue) -> Iterator[dict]:
    for term in c.glossary.terms:
        yield {
            "url": f"glossary/#{glossary.anchor(term)}",
            "title": term.term,
            "kind": "term",
            "names": list(term.also),
            "summary": _brief(term.meaning),
            "body": "",
        } | ({"see": [f"patterns/{term.see}/"]} if term.see else {})


def _asked(c: Catalogue) -> Iterator[dict]:
    """Interview problems that have no page yet: each leads to where this guide has most to say of it."""
    for one in c.asked:
        places = [found for found in map(c.named, one.start) if found]
        first, record = places[0]
        yield {
            "url": f"{first.folder}/{record.slug}/",
            "title": one.name,
            "kind": "asked",
            "names": list(one.also),
            "see": [f"{kind.folder}/{record.slug}/" for kind, record in places],
            "summary": ", ".join(record.name for _, record in places) + ".",
            "body": "",
        }


def left_out(c: Catalogue) -> dict[str, list[int]]:
    """For each pattern and each of its `searches`: its place when that line is asked and does not count.

    Places count from 0; -1 is none. From the data alone, without the pages' text: it can be asked before a build.
    """
    entries = [_entry(c, kind.folder, one, f"{kind.folder}/{one.slug}") | {"body": ""} for kind, one in c.paged()]
    given, folder = _given([*entries, *_terms(c)]), ROOT / "frontend" / "search"
    digest = hashlib.sha256(given.encode())
    for path in files.listed(folder, ".ts"):
        digest.update(path.read_bytes())
    kept = (
        ROOT / "build" / "left-out" / f"{digest.hexdigest()[:16]}.json"
    )  # two seconds, and most edits change none of it
    if not kept.exists():
        script = str(folder / "left-out.ts")
        done = node.run(script, input=given, stdout=subprocess.PIPE, encoding="utf-8", check=True)
        kept.parent.mkdir(parents=True, exist_ok=True)
        for old in kept.parent.glob("*.json"):
            old.unlink(missing_ok=True)
        beside = kept.with_suffix(f".{os.getpid()}")
        beside.write_text(done.stdout, "utf-8")
        beside.replace(kept)
    return {url.removeprefix("patterns/"): places for url, places in json.loads(kept.read_text("utf-8")).items()}


def _brief(text: str) -> str:
    """As much of a term's meaning as a list of results has room for: its first clauses."""
    end = next((mark.start() for mark in CLAUSE.finditer(text) if mark.start() >= BRIEF), None)
    return f"{text[:end]}." if end else text


def _given(entries: list[dict]) -> str:
    """What prepare.ts and left-out.ts are given: the kinds, and the entries before they are prepared."""
    return json.dumps(
        {"kinds": {name: kind._asdict() for name, kind in KINDS.items()}, "entries": entries}, ensure_ascii=False
    )


def _prose(html: str) -> str:
    """What a person wrote of a pattern: the sections that its outline asks for."""
    return " ".join(text for heading, text in _chapters(html) if heading in PROSE)


def _chapters(html: str) -> list[tuple[str, str]]:
    """(heading, text) of each second-level section, with what stands below it."""
    out: list[tuple[str, str]] = []
    for mark, after in _between(html):
        if mark[1] == "2":
            out.append((_text(mark[3]), ""))
        if out:
            out[-1] = (out[-1][0], f"{out[-1][1]} {_text(html[mark.end() : after])}")
    return out


def _sections(html: str) -> list[tuple[str, str, str]]:
    """(anchor, heading, text) of the page's beginning and of each second- or third-level section."""
    first = HEADING.search(html)
    out = [("", "", _text(html[: first.start()] if first else html))]
    for mark, after in _between(html):
        if heading := _text(mark[3]):  # else a script fills it in
            out.append((mark[2], heading, _text(html[mark.end() : after])))
    return out


def _between(html: str) -> Iterator[tuple[re.Match, int | None]]:
    """Each heading, and where the next one begins."""
    marks = list(HEADING.finditer(html))
    ends = [mark.start() for mark in marks[1:]]
    yield from zip(marks, [*ends, len(html)], strict=True) if marks else ()


def write(c: Catalogue, texts: list[dict], site: Path, address: str) -> None:
    """Write the index to its address below the site. GuideError where it was not made."""
    raw = ROOT / "build" / "search.json"
    raw.write_text(_given(list(documents(c, texts))), "utf-8")
    target = site / address
    target.parent.mkdir(exist_ok=True)
    done = node.run(str(ROOT / "frontend" / "search" / "prepare.ts"), str(raw), str(target))
    if done.returncode:
        raise GuideError("the search index was not made; the reason stands above")
