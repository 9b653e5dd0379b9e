"""The documents that the search reads, one file, loaded only when a reader is about to search."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path, PurePosixPath

from macros import load

_pages: dict[str, dict] = {}


def collect(page, html: str) -> None:
    """Keep a page's text; called once a page."""
    body = re.sub(r"<(script|style|svg|pre)\b.*?</\1>", " ", html, flags=re.S)
    headings = [_text(h) for h in re.findall(r"<h[23][^>]*>(.*?)</h[23]>", body, re.S)]
    _pages[page.url] = {
        "url": page.url,
        "title": _text(page.title or ""),
        "text": _text(body)[:6000],
        "headings": headings,
        "uri": page.file.src_uri,
    }


def _text(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html.replace("¶", "")))).strip()


def write(site: Path) -> None:
    """site/search/documents.json: a list of {url, title, kind, mark, names, searches, summary, headings, text}."""
    catalogue, _ = load.catalogue()
    out = []
    for entry in _pages.values():
        path = PurePosixPath(entry.pop("uri"))
        shelf = {"patterns": catalogue.patterns, "phases": catalogue.phases}.get(path.parent.name, {})
        record = shelf[path.stem] if path.stem in shelf else None
        kind = path.parent.name if record else "page"
        entry |= {"kind": kind, "summary": "", "names": [], "searches": []}
        if record:
            entry |= {"title": record.name, "summary": record.summary, "searches": list(record.searches)}
            if kind == "patterns":
                category = catalogue.categories[record.category]
                entry |= {"names": list(record.aliases), "mark": category.mark, "accent": category.accent}
        out.append(entry)
    target = site / "search" / "documents.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(out, ensure_ascii=False, separators=(",", ":"), sort_keys=True), "utf-8")
