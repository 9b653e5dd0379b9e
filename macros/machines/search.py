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
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

from macros import node
from macros.facts import files
from macros.facts.catalogue import PAGED, Catalogue
from macros.facts.finding import ROOT, GuideError
from macros.facts.model import Record
from macros.pages import glossary, head


class Shown(NamedTuple):
    """How the search shows and ranks one kind of entry. It is in the index, so that a new kind needs no TypeScript."""

    label: str  # beside the title of a result that has no mark of its own
    group: str  # heading of its results; headings stand in the order of the table
    worth: float  # of its score, against a pattern's; tuned like the numbers in frontend/search/tuned.ts
    before: str = ""  # stands before the summary


GUIDE = "In the guide"
FOLDERS = {kind.folder: kind.one for kind in PAGED}
KINDS = {
    kind.one: Shown(kind.label, "Patterns" if kind.folder == "patterns" else GUIDE, kind.worth)
    for kind in sorted(PAGED, key=lambda kind: -kind.worth)
} | {
    "term": Shown("Glossary", GUIDE, 0.6),
    "section": Shown("", GUIDE, 0.62, before="In: "),
}
INPUTS = (("data", ".yml"), ("docs", ".md"), ("macros", ".py"), ("macros", ".j2"), ("frontend/search", ".ts"))
HEADING = re.compile(r'<h([23])\s+id="([^"]+)"[^>]*>(.*?)</h\1>', re.S)


def name() -> str:
    """Address below the site; changes with what the index is made of, so that it can be cached for good."""
    digest = hashlib.sha256()
    for folder, ending in INPUTS:
        for path in files.tree(ROOT / folder, ending):
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return f"search/index.{digest.hexdigest()[:8]}.json"


def text_of(page, html: str) -> dict:
    """A page as documents() wants it: address, title, folder and name of its file, and HTML without what is not read.

    Of a page with `search: title` in its front matter, a list made from other pages, only the title and its subject.
    """
    body = re.sub(r"<(script|style|svg|pre)\b.*?</\1>", " ", html, flags=re.S)
    if page.meta.get("search") == "title":
        body = page.meta.get("description", "")
    folder, name = head.place(page)
    return {"url": page.url, "title": _text(page.title or ""), "html": body, "folder": folder, "name": name}


def _text(html: str) -> str:
    bare = re.sub(r'<a class="headerlink".*?</a>', " ", html, flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", bare))).strip()


def documents(c: Catalogue, texts: list[dict]) -> Iterator[dict]:
    """One entry a pattern, and one a page, section and term elsewhere; keys are those of frontend/search/entry.ts."""
    for page in texts:
        record = c.record(page["folder"], page["name"])
        entry = (
            _entry(c, page["folder"], record, page["url"])
            if record
            else {"url": page["url"], "title": page["title"], "kind": "section"}
        )
        if entry["kind"] == "pattern":
            yield entry | {"body": _text(page["html"])}
            continue
        first, *sections = _sections(page["html"])
        yield entry | {"body": first[2]}
        for anchor, title, text in sections:
            yield {
                "url": f"{page['url']}#{anchor}",
                "title": title,
                "kind": "section",
                "summary": entry["title"],
                "body": text,
            }
    yield from _terms(c)


def _entry(c: Catalogue, folder: str, record: Record, url: str) -> dict:
    """What the data says of a record that has a page."""
    entry = {
        "url": url,
        "title": record.name,
        "kind": FOLDERS[folder],
        "summary": record.summary,
        "searches": list(record.searches),
    }
    if folder == "patterns":
        category = c.categories[record.category]
        entry |= {"mark": category.mark, "accent": category.accent, "names": list(record.aliases)}
        entry |= {
            "failures": [f.symptom for f in record.failure_modes],
            "pain": " ".join([record.problem, *record.use_when]),
        }
    return entry


def _terms(c: Catalogue) -> Iterator[dict]:
    for term in c.glossary.terms:
        yield {
            "url": f"glossary/#{glossary.anchor(term)}",
            "title": term.term,
            "kind": "term",
            "summary": term.meaning,
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


def _given(entries: list[dict]) -> str:
    """What prepare.ts and left-out.ts are given: the kinds, and the entries before they are prepared."""
    return json.dumps(
        {"kinds": {name: kind._asdict() for name, kind in KINDS.items()}, "entries": entries}, ensure_ascii=False
    )


def _sections(html: str) -> list[tuple[str, str, str]]:
    """(anchor, heading, text) of the page's beginning and of each second- or third-level section."""
    marks = list(HEADING.finditer(html))
    first, *ends = *(mark.start() for mark in marks), len(html)
    out = [("", "", _text(html[:first]))]
    for mark, end in zip(marks, ends, strict=True):
        out.append((mark[2], _text(mark[3]), _text(html[mark.end() : end])))
    return out


def write(c: Catalogue, texts: list[dict], site: Path, address: str) -> None:
    """Write the index to its address below the site. GuideError where it was not made."""
    raw = ROOT / "build" / "search.json"
    raw.write_text(_given(list(documents(c, texts))), "utf-8")
    target = site / address
    target.parent.mkdir(exist_ok=True)
    done = node.run(str(ROOT / "frontend" / "search" / "prepare.ts"), str(raw), str(target))
    if done.returncode:
        raise GuideError("the search index was not made; the reason stands above")
