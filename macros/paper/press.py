"""What a PDF of Chromium's needs before it is a book: the page of each anchor, and equal bytes for equal content."""

from __future__ import annotations

import io
import re
from datetime import date

import pikepdf

NODE = re.compile(rb"\(node\d{8}\)")  # Chromium numbers elements on from whatever it did before


def destinations(pdf: bytes) -> dict[str, int]:
    """Page number, from 1, of every anchor that a link of the document leads to."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.objgen: n for n, page in enumerate(document.pages, 1)}
        return {name[1:]: numbers[place[0].objgen] for name, place in document.Root.Dests.items()}


def finished(pdf: bytes, title: str, subject: str, edition: date) -> bytes:
    """The same PDF, packed, with its author and the day of the last review for both dates: equal data, equal bytes."""
    out, day = io.BytesIO(), f"D:{edition:%Y%m%d}000000Z"
    nodes = {name: b"(node%08d)" % n for n, name in enumerate(sorted(set(NODE.findall(pdf))))}
    pdf = NODE.sub(lambda m: nodes[m[0]], pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        facts = {"Title": title, "Subject": subject, "Author": "Whiteboard Hour contributors"}
        facts |= {"CreationDate": day, "ModDate": day}
        for name in list(document.docinfo):
            del document.docinfo[name]
        for name, value in facts.items():
            document.docinfo[f"/{name}"] = value
        document.Root.PageMode = pikepdf.Name.UseOutlines
        for bookmark in _bookmarks(document.Root.Outlines):
            words = str(bookmark.Title)
            half = len(words) // 2
            if words[:half] == words[half:]:  # Chromium 156 says the first heading of a page twice
                bookmark.Title = words[:half]
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _bookmarks(parent):
    """Every bookmark below one, in order; walked by hand, since the tree holds thousands."""
    child = parent.get("/First")
    while child is not None:
        yield child
        yield from _bookmarks(child)
        child = child.get("/Next")
