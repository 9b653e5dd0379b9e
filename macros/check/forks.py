"""Forks that are defended: each choice has its counter-argument, two confused patterns a case that tells them apart."""

from __future__ import annotations

from collections.abc import Iterator

from macros.facts.catalogue import Catalogue
from macros.facts.finding import Finding
from macros.pages.forks import ALTERNATIVE, others
from macros.pages.patterns import CONFUSED


def forks(c: Catalogue) -> Iterator[Finding]:
    """Decisions say what speaks against them; of the crux its options do. A fork has something to take instead."""
    for slug, p in c.problems.items():
        doc = c.documents[f"problems/{slug}"]
        if p.hard.decision not in p.decide:
            continue  # said elsewhere, as are relations below that name what is not there
        for id, one in p.decide.items():
            if id == p.hard.decision and one.objection:
                text = "is shown nowhere: the crux is argued by what each of its options pays; remove it"
                yield doc.finding(("decide", id, "objection"), text)
            elif id != p.hard.decision and not one.objection:
                text = "has no counter-argument; add objection: the strongest reason against what the numbers take"
                yield doc.finding(("decide", id), text)
    if not _related(c):
        return
    for slug, book in c.playbooks.items():
        doc, takes = c.documents[f"playbooks/{slug}"], [fork.take for fork in book.forks]
        if set(takes) - set(c.patterns):
            continue
        for i, fork in enumerate(book.forks):
            if wrong := [to for to in fork.beside if not _weighs(c, takes, fork.take, to)]:
                text = f"'{wrong[0]}' is taken by no other row and no alternative to {fork.take}; name one that is"
                yield doc.finding(("forks", i, "beside"), text)
            elif not others(c, book, fork):
                text = "leaves nothing to take instead; add a row for a pattern that is not related to this one"
                yield doc.finding(("forks", i), text)


def _related(c: Catalogue) -> bool:
    """Whether each relation, its inverse and its two patterns are there."""
    kinds = {kind: one.inverse for kind, one in c.relations.items()}
    rows = c.singles["relations"].relations
    return all(kinds.get(r.kind) in kinds and {r.source, r.to} <= set(c.patterns) for r in rows)


def _weighs(c: Catalogue, takes: list[str], take: str, to: str) -> bool:
    """Whether a pattern can be offered beside the one that a fork takes."""
    alternatives = [link.to for link in c.links(take) if link.kind == ALTERNATIVE]
    return to in c.patterns and to != take and (to in takes or to in alternatives)


def cases(c: Catalogue) -> Iterator[Finding]:
    """Of two confused patterns one is right in a case that its page names; other relations need none."""
    doc = c.documents["relations"]
    for i, r in enumerate(c.singles["relations"].relations):
        here = ("relations", i)
        if r.case is None:
            if r.kind == CONFUSED:
                text = "has no case that tells the two apart; add case: {take: one of them, line: of its use_when}"
                yield doc.finding(here, text)
        elif r.kind != CONFUSED:
            yield doc.finding((*here, "case"), f"is asked of patterns that are {CONFUSED} alone; remove it")
        elif r.case.take not in (r.source, r.to):
            yield doc.finding((*here, "case", "take"), f"is neither '{r.source}' nor '{r.to}'; write one of the two")
        elif r.case.take in c.patterns and r.case.line > len(c.patterns[r.case.take].use_when):
            text = f"{r.case.take} has {len(c.patterns[r.case.take].use_when)} lines of use_when; write one of them"
            yield doc.finding((*here, "case", "line"), text)
