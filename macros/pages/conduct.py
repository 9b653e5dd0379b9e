"""The interviewer's half on pages: rubric, moves, how not to lead, decision form, bank of questions; the rehearsal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from macros.facts.catalogue import Catalogue
from macros.facts.model import Decision
from macros.facts.problem import Problem
from macros.pages import minutes
from macros.pages.template import fill


class Hint(NamedTuple):
    """A ladder of three, given one at a time: the question, then the number, then the choice."""

    ask: str
    number: str
    choice: str


def dive(c: Catalogue) -> str:
    """Slug of the phase in which curveballs come: the longest of the hour."""
    parts = [part for part in minutes.hour(c).parts if not part.reserve]
    return max(parts, key=lambda part: part.minutes).slug


def stretch(c: Catalogue, slot: int) -> tuple[int, int]:
    """First and last minute, by the clock of a slot, of the stretch in which curveballs come."""
    part = next(part for part in minutes.hour(c, slot).parts if part.slug == dive(c))
    first, last = c.conduct.curveballs.first, c.conduct.curveballs.last
    return part.start + part.minutes * first // 100, part.start + -(-part.minutes * last // 100)


def hardest_first(p: Problem) -> list[tuple[str, Decision]]:
    """A problem's decisions, the crux at the head."""
    return sorted(p.decide.items(), key=lambda one: one[0] != p.hard.decision)


def hints(c: Catalogue, p: Problem) -> Iterator[Hint]:
    """A ladder for each decision, the crux first: its question, the number that decides, and what is taken."""
    settled = c.quantities[p.slug].decisions
    for id, one in hardest_first(p):
        took = str(one.take if settled[id].holds else one.otherwise)
        yield Hint(str(one.question), f"{settled[id].left} against {settled[id].right}", took)


def nearest(c: Catalogue, p: Problem) -> list[str]:
    """Slug and name of the problem that shares most patterns with another: the sibling to try next."""
    own = {one.pattern for one in p.exercises}
    others = [one for one in c.problems.values() if one.slug != p.slug]
    best = max(others, key=lambda one: (len(own & {x.pattern for x in one.exercises}), -one.order), default=p)
    return [best.slug, best.name]


def rubric(c: Catalogue) -> str:
    """Six dimensions, an observation a level, each with what counts and what does not."""
    return fill("rubric", dimensions=c.rubric.dimensions, levels=c.vocabulary.levels)


def moves(c: Catalogue) -> str:
    """What the interviewer does in each phase."""
    return fill("moves", rows=[(phase, c.conduct.moves.get(phase.slug, ())) for phase in minutes.timed(c)])


def leading(c: Catalogue) -> str:
    """How not to lead."""
    return fill("leading", rows=c.conduct.leading)


def decision_form(c: Catalogue) -> str:
    """What was seen, by dimension and level, and the verdict with its evidence."""
    return fill(
        "decision_form", dimensions=c.rubric.dimensions, levels=c.vocabulary.levels, verdicts=c.conduct.verdicts
    )


def bank(c: Catalogue) -> str:
    """Questions by problem and level: what each level shows, follow-ups, curveballs, and a ladder of hints."""
    rows = [
        (p, [(level, getattr(p.expect, level.slug)) for level in c.vocabulary.levels], list(hints(c, p)))
        for p in c.problems.values()
    ]
    return fill("question_bank", rows=rows, patterns=c.patterns)


def rehearsal(c: Catalogue) -> str:
    """The rehearsal: what the script fills in, and without scripts a sheet to rehearse by."""
    decision = sum(one.minutes for one in c.conduct.decision)
    return fill("rehearsal", phases=minutes.timed(c), decision=decision, **_clock(c))


def table(c: Catalogue) -> str:
    """The interviewer's clock: what the script fills in for a partner's link, or for an interview of your own."""
    return fill("table", **_clock(c))


def _clock(c: Catalogue) -> dict[str, object]:
    """What both sides of the table go by."""
    hours = [minutes.hour(c, slot.minutes) for slot in c.interview.slots]
    return {
        "hours": hours,
        "bars": {hour.slot: minutes.ticks(hour) for hour in hours},
        "default": c.interview.default_slot,
        "dimensions": c.rubric.dimensions,
        "levels": c.vocabulary.levels,
        "problems": list(c.problems.values()),
    }
