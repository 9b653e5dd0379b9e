"""The index that the search reads: one file, loaded only when a reader is about to search.

Names and symptoms come from the data, sections and text from the pages. The text is split into terms by the search's
own code, in frontend/search/prepare.ts, so that index and query cannot differ.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from macros import glossaries, load, node



class Kind(NamedTuple):
    """How the search shows and ranks one kind of entry. Written into the index: a new kind is a row here, and no TypeScript."""

    label: str  # beside the title of a result that has no mark of its own
    group: str  # heading of its results; headings stand in the order of the table
    worth: float  # of its score, against a pattern's; tuned like the numbers in frontend/search/tuned.ts
    before: str = ""  # stands before the summary
    folder: str = ""  # below data/, where its records are


GUIDE = "In the guide"
KINDS = {
    "pattern": Kind("Pattern", "Patterns", 1, folder="patterns"),
    "phase": Kind("Phase", GUIDE, 0.9, folder="phases"),
    "playbook": Kind("Playbook", GUIDE, 0.8, folder="playbooks"),
    "term": Kind("Glossary", GUIDE, 0.6),
    "section": Kind("", GUIDE, 0.62, before="In: "),
}
FOLDERS = {kind.folder: name for name, kind in KINDS.items() if kind.folder}
INPUTS = ("data/**/*.yml", "docs/**/*.md", "macros/**/*.py", "macros/**/*.j2", "frontend/search/*.ts")
HEADING = re.compile(r'<h([23])\s+id="([^"]+)"[^>]*>(.*?)</h\1>', re.S)
_pages: list[dict] = []


def name() -> str:
    """Address below the site; changes with what the index is made of, so that it can be cached for good."""
    digest = hashlib.sha256()
    for pattern in INPUTS:
        for path in sorted(load.ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return f"search/index.{digest.hexdigest()[:8]}.json"


def collect(page, html: str) -> None:
    """Keep a page's text; called once a page."""
    body = re.sub(r"<(script|style|svg|pre)\b.*?</\1>", " ", html, flags=re.S)
    _pages.append({"url": page.url, "title": _text(page.title or ""), "html": body, "uri": page.file.src_uri})


def _text(html: str) -> str:
    bare = re.sub(r'<a class="headerlink".*?</a>', " ", html, flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", bare))).strip()


def documents(c: load.Catalogue) -> Iterator[dict]:
    """One entry a pattern, and one a page, section and term elsewhere; the keys are those of frontend/search/entry.ts."""
    for page in _pages:
        path = PurePosixPath(page["uri"])
        shelf = getattr(c, path.parent.name) if path.parent.name in load.PAGED else {}
        record = shelf[path.stem] if path.stem in shelf else None
        entry = _entry(c, path.parent.name, record, page["url"]) if record else {"url": page["url"], "title": page["title"], "kind": "section"}
        if entry["kind"] == "pattern":
            yield entry | {"body": _text(page["html"])}
            continue
        first, *sections = _sections(page["html"])
        yield entry | {"body": first[2]}
        if path.name != "macros.md":
            for anchor, title, text in sections:
                yield {"url": f"{page['url']}#{anchor}", "title": title, "kind": "section", "summary": entry["title"], "body": text}
    yield from _terms(c)


def _entry(c: load.Catalogue, folder: str, record, url: str) -> dict:
    """What the data says of a pattern, phase or playbook."""
    entry = {"url": url, "title": record.name, "kind": FOLDERS[folder], "summary": record.summary, "searches": list(record.searches)}
    if folder == "patterns":
        category = c.categories[record.category]
        entry |= {"mark": category.mark, "accent": category.accent, "names": list(record.aliases)}
        entry |= {"failures": [f.symptom for f in record.failure_modes], "pain": " ".join([record.problem, *record.use_when])}
    return entry


def _terms(c: load.Catalogue) -> Iterator[dict]:
    for term in c.glossary.terms:
        yield {"url": f"glossary/#{glossaries.anchor(term)}", "title": term.term, "kind": "term", "summary": term.meaning, "body": ""}


def left_out(c: load.Catalogue) -> dict[str, list[int]]:
    """For each pattern and each of its `searches`: its place, from 0, when that line is asked and does not count; -1 for none.

    From the data alone, without the pages' text, so that it can be asked before a build.
    """
    entries = [_entry(c, folder, one, f"{folder}/{slug}") | {"body": ""} for folder in FOLDERS for slug, one in getattr(c, folder).items()]
    script = str(load.ROOT / "frontend" / "search" / "left-out.ts")
    done = node.run(script, input=_given([*entries, *_terms(c)]), text=True, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return {url.removeprefix("patterns/"): places for url, places in json.loads(done.stdout).items()}


def _given(entries: list[dict]) -> str:
    """What prepare.ts and left-out.ts are given: the kinds, and the entries before they are prepared."""
    return json.dumps({"kinds": {name: kind._asdict() for name, kind in KINDS.items()}, "entries": entries}, ensure_ascii=False)


def _sections(html: str) -> list[tuple[str, str, str]]:
    """(anchor, heading, text) of the page's beginning and of each second- or third-level section."""
    marks = list(HEADING.finditer(html))
    out = [("", "", _text(html[: marks[0].start()] if marks else html))]
    for mark, after in zip(marks, [*marks[1:], None]):
        out.append((mark[2], _text(mark[3]), _text(html[mark.end() : after.start() if after else None])))
    return out


def write(site: Path, address: str) -> None:
    """Write the index to its address below the site."""
    catalogue, _ = load.catalogue()
    raw = load.ROOT / "build" / "search.json"
    raw.write_text(_given(list(documents(catalogue))), "utf-8")
    target = site / address
    target.parent.mkdir(exist_ok=True)
    done = node.run(str(load.ROOT / "frontend" / "search" / "prepare.ts"), str(raw), str(target))
    if done.returncode:
        raise load.GuideError("the search index was not made; the reason stands above")
