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
from pathlib import Path

from macros import node
from macros.facts.catalogue import Catalogue
from macros.facts.finding import ROOT, GuideError
from macros.facts.model import Record
from macros.pages import glossary, head

KINDS = {"patterns": "p", "phases": "h", "playbooks": "b"}
INPUTS = ("data/**/*.yml", "docs/**/*.md", "macros/**/*.py", "macros/**/*.j2", "frontend/search/*.ts")
HEADING = re.compile(r'<h([23])\s+id="([^"]+)"[^>]*>(.*?)</h\1>', re.S)


def name() -> str:
    """Address below the site; changes with what the index is made of, so that it can be cached for good."""
    digest = hashlib.sha256()
    for pattern in INPUTS:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return f"search/index.{digest.hexdigest()[:8]}.json"


def text_of(page, html: str) -> dict:
    """A page as documents() wants it: address, title, folder and name of its file, and its HTML without what is not read."""
    body = re.sub(r"<(script|style|svg|pre)\b.*?</\1>", " ", html, flags=re.S)
    folder, name = head.place(page)
    return {"url": page.url, "title": _text(page.title or ""), "html": body, "folder": folder, "name": name}


def _text(html: str) -> str:
    bare = re.sub(r'<a class="headerlink".*?</a>', " ", html, flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", bare))).strip()


def documents(c: Catalogue, texts: list[dict]) -> Iterator[dict]:
    """One entry a pattern, and one a page, section and term elsewhere; the keys are those of frontend/search/engine.ts."""
    for page in texts:
        record = c.record(page["folder"], page["name"])
        entry = _entry(c, page["folder"], record, page["url"]) if record else {"u": page["url"], "t": page["title"], "k": "s"}
        if entry["k"] == "p":
            yield entry | {"body": _text(page["html"])}
            continue
        first, *sections = _sections(page["html"])
        yield entry | {"body": first[2]}
        if page["name"] != "macros":
            for anchor, title, text in sections:
                yield {"u": f"{page['url']}#{anchor}", "t": title, "k": "s", "d": entry["t"], "body": text}
    yield from _terms(c)


def _entry(c: Catalogue, folder: str, record: Record, url: str) -> dict:
    """What the data says of a record that has a page."""
    entry = {"u": url, "t": record.name, "k": KINDS[folder], "d": record.summary, "s": list(record.searches)}
    if folder == "patterns":
        category = c.categories[record.category]
        entry |= {"f": [f.symptom for f in record.failure_modes], "m": category.mark, "a": category.accent}
        entry |= {"n": list(record.aliases), "p": " ".join([record.problem, *record.use_when])}
    return entry


def _terms(c: Catalogue) -> Iterator[dict]:
    for term in c.glossary.terms:
        yield {"u": f"glossary/#{glossary.anchor(term)}", "t": term.term, "k": "g", "d": term.meaning, "body": ""}


def left_out(c: Catalogue) -> dict[str, list[int]]:
    """For each pattern and each of its `searches`: its place, from 0, when that line is asked and does not count; -1 for none.

    From the data alone, without the pages' text, so that it can be asked before a build.
    """
    entries = [_entry(c, kind.folder, one, f"{kind.folder}/{one.slug}") | {"body": ""} for kind, one in c.paged()]
    given = json.dumps([*entries, *_terms(c)], ensure_ascii=False)
    script = str(ROOT / "frontend" / "search" / "left-out.ts")
    done = node.run(script, input=given, text=True, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return {url.removeprefix("patterns/"): places for url, places in json.loads(done.stdout).items()}


def _sections(html: str) -> list[tuple[str, str, str]]:
    """(anchor, heading, text) of the page's beginning and of each second- or third-level section."""
    marks = list(HEADING.finditer(html))
    out = [("", "", _text(html[: marks[0].start()] if marks else html))]
    for mark, after in zip(marks, [*marks[1:], None]):
        out.append((mark[2], _text(mark[3]), _text(html[mark.end() : after.start() if after else None])))
    return out


def write(c: Catalogue, texts: list[dict], site: Path, address: str) -> None:
    """Write the index to its address below the site. GuideError where it was not made."""
    raw = ROOT / "build" / "search.json"
    raw.write_text(json.dumps(list(documents(c, texts)), ensure_ascii=False), "utf-8")
    target = site / address
    target.parent.mkdir(exist_ok=True)
    done = node.run(str(ROOT / "frontend" / "search" / "prepare.ts"), str(raw), str(target))
    if done.returncode:
        raise GuideError("the search index was not made; the reason stands above")
