"""The interviewer's half: observations lead to pages, moves and curveballs fit the hour, no two curveballs are one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from macros.facts.catalogue import Catalogue
from macros.facts.finding import Finding, unknown


def rubric(c: Catalogue) -> Iterator[Finding]:
    """Each dimension stands once, and the page to read where it is weak exists."""
    doc, slugs = c.documents["rubric"], [one.slug for one in c.rubric.dimensions]
    pages = [f"{kind.folder}/{record.slug}" for kind, record in c.paged()]
    for i, one in enumerate(c.rubric.dimensions):
        if one.slug in slugs[:i]:
            yield doc.finding(("dimensions", i, "slug"), f"'{one.slug}' stands twice; keep one of the two")
        if one.read not in pages and c.document(*one.read.split("/")) is None:
            yield doc.finding(("dimensions", i, "read"), unknown("page", one.read, pages, "docs/"))


def conduct(c: Catalogue) -> Iterator[Finding]:
    """Moves name the timed phases; curveballs have a stretch of the dive, and a number from the shortest slot on."""
    doc, one = c.documents["conduct"], c.conduct
    timed = {slug for slug, phase in c.phases.items() if phase.timed}
    for phase in one.moves:
        if phase not in timed and c.document("phases", phase) is None:
            yield doc.finding(("moves", phase), unknown("timed phase", phase, timed, mend="remove it"))
    for phase in sorted(timed - set(one.moves)):
        yield doc.finding(("moves",), f"no moves for '{phase}'; add them")
    if one.curveballs.first >= one.curveballs.last:
        yield doc.finding(("curveballs", "last"), "the stretch ends before it begins; write a later percentage")
    listed, shortest = [each.minutes for each in one.curveballs.slots], min(slot.minutes for slot in c.interview.slots)
    if listed[0] > shortest:
        yield doc.finding(("curveballs", "slots"), f"no number of curveballs for {shortest} minutes; add it")
    for i, (before, minutes) in enumerate(pairwise(listed), 1):
        if minutes <= before:
            text = f"{minutes} minutes stand after {before}; list the shortest first, each once"
            yield doc.finding(("curveballs", "slots", i, "minutes"), text)


def balls(c: Catalogue) -> Iterator[Finding]:
    """A problem has enough curveballs for its slots, and each is told by what it attacks and what answers it."""
    for slug, p in c.problems.items():
        doc = c.documents[f"problems/{slug}"]
        known = [(one.attacks, one.pattern) for one in p.curveballs]
        for i, pair in enumerate(known):
            if pair in known[:i]:
                text = f"attacks {pair[0]} and is answered by {pair[1]}, as another does; a record could not tell them"
                yield doc.finding(("curveballs", i), f"{text} apart, so name another pattern")
        wanted = max((c.conduct.curveballs.of(slot) for slot in p.slots), default=0)
        if len(known) < wanted:
            yield doc.finding(("curveballs",), f"{len(known)} of them, and its longest slot has {wanted}; add one")


LEAST, MOST = 120, 220  # words of an excerpt: a minute to read


def calibration(c: Catalogue) -> Iterator[Finding]:
    """Excerpts are of worked problems and of one length; a reference quotes them; a reviewer has scored all of them."""
    doc, excerpts = c.documents["calibration"], c.calibration.excerpts
    dimensions, slugs = [one.slug for one in c.rubric.dimensions], [one.slug for one in excerpts]
    for i, one in enumerate(excerpts):
        here = ("excerpts", i)
        if one.slug in slugs[:i]:
            yield doc.finding((*here, "slug"), f"'{one.slug}' stands twice; keep one of the two")
        if one.problem not in c.problems and c.document("problems", one.problem) is None:
            yield doc.finding((*here, "problem"), unknown("problem", one.problem, c.problems, "data/problems/"))
        if one.minutes[0] >= one.minutes[1]:
            yield doc.finding((*here, "minutes"), "the stretch ends before it begins; write the later minute second")
        if not LEAST <= one.words <= MOST:
            yield doc.finding((*here, "turns"), f"{one.words} words; an excerpt has {LEAST} to {MOST}")
        for dimension, score in one.reference.items():
            if dimension in dimensions and not any(score.quote in turn.text for turn in one.turns):
                text = f"'{score.quote}' stands in no turn; quote the excerpt word for word"
                yield doc.finding((*here, "reference", dimension, "quote"), text)
        for place, scores in ((("reference",), one.reference), *((("scored", by), s) for by, s in one.scored.items())):
            for dimension in scores:
                if dimension not in dimensions:
                    text = unknown("dimension", dimension, dimensions, "data/rubric.yml")
                    yield doc.finding((*here, *place, dimension), text)
        for by in sorted({by for each in excerpts for by in each.scored} - set(one.scored)):
            yield doc.finding((*here, "scored"), f"reviewer {by} scored others and not this one; add the scores")
