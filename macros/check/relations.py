"""Relations: two patterns that exist, each pair once, in words that are true on both pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.facts.catalogue import Catalogue
from macros.facts.finding import Finding, unknown

LEAST = 2  # relations of a pattern
SIDED = re.compile(r"\b(here|there(?! (?:is|are|was|were|has|may|can)\b)|(?:this|that) (?:page|pattern))\b", re.I)


def relations(c: Catalogue) -> Iterator[Finding]:
    """Slugs and kinds exist, no pair stands twice, no sentence depends on its page, no pattern stands alone."""
    doc, seen = c.documents["relations"], {}
    for i, r in enumerate(c.singles["relations"].relations):
        here = ("relations", i)
        for field, slug in (("from", r.source), ("to", r.to)):
            if c.document("patterns", slug) is None:
                yield doc.finding((*here, field), unknown("pattern", slug, c.patterns, "data/patterns/"))
        if r.source == r.to:
            yield doc.finding((*here, "to"), "a pattern cannot be related to itself; remove the entry")
        pair = frozenset((r.source, r.to))
        if pair in seen:
            yield doc.finding(
                here, f"'{r.source}' and '{r.to}' are related twice, first in line {seen[pair]}; keep one of the two"
            )
        seen.setdefault(pair, doc.line(here))
        if r.kind not in c.relations:
            yield doc.finding((*here, "kind"), unknown("relation", r.kind, c.relations, "data/vocabulary.yml"))
        if sided := SIDED.search(r.why):
            yield doc.finding((*here, "why"), f"'{sided[0]}' means another thing on the other page; name the pattern")
    if None in (c.document("patterns", slug) for pair in seen for slug in pair):
        return
    for slug in c.patterns:
        if len([pair for pair in seen if slug in pair]) < LEAST:
            yield c.documents[f"patterns/{slug}"].finding(
                (), f"needs at least {LEAST} relations; add them to data/relations.yml"
            )
