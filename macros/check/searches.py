"""Whether a reader's own words would find a pattern.

What people say of it, in data/heard; and each of its `searches`, asked as if nobody had thought of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros.facts.catalogue import Catalogue
from macros.facts.finding import Finding, unknown
from macros.machines import search

NAMED = "data/patterns/ and data/playbooks/"
LED = "data/patterns/, data/playbooks/ and data/problems/"
FIRST = 3  # places that count as found
LEAST = 0.25  # share of a pattern's lines that have to find it


def asked(c: Catalogue) -> Iterator[Finding]:
    """Problems that people ask for lead to pages that there are: patterns, playbooks, or the nearest problem."""
    known = [*c.written("patterns"), *c.written("playbooks"), *c.written("problems")]
    for i, problem in enumerate(c.asked):
        for j, slug in enumerate(problem.start):
            if slug not in known:
                text = unknown("pattern, playbook or problem", slug, known, LED)
                yield c.documents["problems-asked"].finding(("problems", i, "start", j), text)


def heard(c: Catalogue) -> Iterator[Finding]:
    """Phrasings belong to a pattern or a playbook, each has some, and none of its lines stands twice."""
    known = [*c.written("patterns"), *c.written("playbooks")]
    for slug, record in c.heard.items():
        doc = c.documents[f"heard/{slug}"]
        if slug not in known:
            yield doc.finding((), unknown("pattern or playbook", slug, known, NAMED))
        first: dict[str, int] = {}
        for i, line in enumerate(record.lines):
            if first.setdefault(" ".join(line.lower().split()), i) != i:
                yield doc.finding(("lines", i), f"{line!r} stands here already; say it in other words, or remove it")
    for folder in ("patterns", "playbooks"):
        for slug in sorted(set(c.shelves[folder]) - set(c.written("heard"))):
            text = f"nobody is heard of it; write data/heard/{slug}.yml with 12 lines or more, as people type them"
            yield c.documents[f"{folder}/{slug}"].finding((), text)


def searches(c: Catalogue) -> Iterator[Finding]:
    """A warning for a pattern that stands on the words of single lines."""
    for slug, places in search.left_out(c).items():
        found = sum(0 <= place < FIRST for place in places)
        if found < LEAST * len(places):
            yield c.documents[f"patterns/{slug}"].finding(
                ("searches",),
                f"{found} of its {len(places)} lines would find it if they did not stand here; "
                "say more of them in the words of its own problem, and give those of another pattern to that one",
                warning=True,
            )
