"""What a pattern's pocket card draws has room on it."""

from __future__ import annotations

from collections.abc import Iterator

from macros.facts.catalogue import Catalogue
from macros.facts.finding import Finding, GuideError
from macros.paper import sketches


def fronts(c: Catalogue) -> Iterator[Finding]:
    """Each sketch can be drawn in type that is read at arm's length."""
    for slug, pattern in c.patterns.items():
        try:
            sketches.fitted(pattern.sketch, c.documents[f"patterns/{slug}"].finding(("sketch",), ""))
        except GuideError as error:
            yield from error.findings
