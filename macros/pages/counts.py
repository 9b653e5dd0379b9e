"""How many there are of what the guide holds, for running text: counted, so that no page says it by hand."""

from __future__ import annotations

from collections.abc import Callable

from macros.facts.catalogue import KINDS, Catalogue
from macros.facts.finding import GuideError, unknown

COUNTS: dict[str, Callable[[Catalogue], int]] = {
    "replays": lambda c: len({slug for a in c.algorithms.values() for slug in a.patterns}),  # patterns that have one
    "follow-ups": lambda c: sum(len(p.follow_ups) for p in c.patterns.values()),
    "cards": lambda c: sum(len(one.cards) for shelf in (c.patterns, c.problems) for one in shelf.values()),
    "failures": lambda c: sum(len(p.failure_modes) for p in c.patterns.values()),
    "sources": lambda c: len(c.sources),
    "terms": lambda c: len(c.glossary.terms),
}
WHAT = (*(kind.folder for kind in KINDS), *COUNTS)


def count(c: Catalogue, what: str) -> str:
    """The number of patterns, phases, … or of what COUNTS has, as it is written. GuideError for anything else."""
    if what not in WHAT:
        raise GuideError(unknown("count", what, WHAT, "macros/pages/counts.py"))
    return f"{COUNTS[what](c) if what in COUNTS else len(c.shelves[what]):,}"
