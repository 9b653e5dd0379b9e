"""Words of the data that code relies on are there."""

from __future__ import annotations

from collections.abc import Iterator

from macros.facts.catalogue import Catalogue
from macros.facts.finding import Finding, unknown
from macros.facts.model import Depth
from macros.pages.forks import ALTERNATIVE
from macros.pages.patterns import CONFUSED

LEVELS = tuple(Depth.model_fields)


def words(c: Catalogue) -> Iterator[Finding]:
    """Levels are those of a pattern's depth; relations are their inverse's inverse, and the comparison's exists."""
    doc, known = c.documents["vocabulary"], c.vocabulary
    for i, level in enumerate(known.levels):
        if level.slug not in LEVELS:
            yield doc.finding(
                ("levels", i, "slug"), f"no pattern has a line for '{level.slug}'; the levels are {', '.join(LEVELS)}"
            )
    for level in LEVELS:
        if level not in {one.slug for one in known.levels}:
            yield doc.finding(
                ("levels",), f"level '{level}' is missing; pages show it, so give it a name and a meaning"
            )
    for i, relation in enumerate(known.relations):
        if relation.inverse not in c.relations:
            yield doc.finding(
                ("relations", i, "inverse"),
                unknown("relation", relation.inverse, c.relations, mend="add it"),
            )
        elif c.relations[relation.inverse].inverse != relation.slug:
            yield doc.finding(
                ("relations", i, "inverse"), f"'{relation.inverse}' has another inverse; each has to be the other's"
            )
    if CONFUSED not in c.relations:
        yield doc.finding(("relations",), f"relation '{CONFUSED}' is missing; the two rows of a comparison hang on it")
    if ALTERNATIVE not in c.relations:
        text = f"relation '{ALTERNATIVE}' is missing; what else holds at a fork hangs on it"
        yield doc.finding(("relations",), text)
    for name in ("categories", "axes", "relations", "levels"):
        slugs = [one.slug for one in getattr(known, name)]
        for i, slug in enumerate(slugs):
            if slug in slugs[:i]:
                yield doc.finding((name, i, "slug"), f"'{slug}' stands twice; keep one of the two")
