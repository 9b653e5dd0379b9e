"""Dates that cannot be: after today, or before what was read was there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from macros.facts.catalogue import Catalogue
from macros.facts.finding import Finding
from macros.facts.yaml_file import Document

DAYS = ("reviewed_on", "read_on", "on", "made")
AHEAD = timedelta(days=1)  # it may be tomorrow where the author is


def days(c: Catalogue, today: date) -> Iterator[Finding]:
    """No day lies in the future, no source is from a year to come, and none was read before it was written."""
    for doc in c.documents.values():
        yield from _in(doc, (), doc.value, today)
    doc = c.documents["sources"]
    for slug, source in c.sources.items():
        if source.year > today.year + 1:
            yield doc.finding(("sources", slug, "year"), f"{source.year} has not come yet; write the year it appeared")
        elif source.read_on.year < source.year:
            yield doc.finding(
                ("sources", slug, "read_on"),
                f"{source.read_on} is before the source's year {source.year}; mend one of the two",
            )


def later(value: Any, today: date) -> bool:
    """Whether a text is a day after today; what is no day at all, the model has refused."""
    return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value))) and value > (today + AHEAD).isoformat()


def _in(doc: Document, loc: tuple, value: Any, today: date) -> Iterator[Finding]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in DAYS and later(inner, today):
                yield doc.finding((*loc, key), f"{inner} has not come yet; write the day on which it was done")
            elif key != "input":
                yield from _in(doc, (*loc, key), inner, today)
    elif isinstance(value, tuple):
        for i, inner in enumerate(value):
            yield from _in(doc, (*loc, i), inner, today)
