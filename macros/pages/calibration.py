"""Excerpts to score blind, the reference beside them, and how far independent reviewers agreed."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from macros.facts.agreement import Agreement, Scores, agreement
from macros.facts.catalogue import Catalogue
from macros.facts.rubric import HELD
from macros.pages.template import fill

NONE = "none"  # what a reader answers where a dimension is not shown


class Row(NamedTuple):
    """Two people's agreement, as it is printed."""

    who: str
    kappa: str
    got: Agreement


def calibration(c: Catalogue) -> str:
    """The lines of the rubric, folded, and each excerpt with its answers and, folded, its reference."""
    names = _names(c)
    return fill(
        "calibration",
        excerpts=[(one, c.problems[one.problem], _reviewed(c, one.scored)) for one in c.calibration.excerpts],
        dimensions=c.rubric.dimensions,
        levels=c.vocabulary.levels,
        answers=[(NONE, names[NONE]), *((slug, names[slug]) for slug in HELD)],
        names=names,
        held=HELD,
    )


def reviewers(c: Catalogue) -> str:
    """How far the reviewers agree with one another, and each with the reference; computed at build."""
    rows, things = list(agreements(c)), _things(c)
    return fill("reviewers", rows=rows, things=len(things), reviewers=sorted(_reviewers(c)), least=_least(rows))


def agreements(c: Catalogue) -> list[Row]:
    """Each pair of reviewers, then each reviewer and the reference."""
    given, things = _reviewers(c), _things(c)
    reference: Scores = {
        (one.slug, dimension): HELD.index(score.level)
        for one in c.calibration.excerpts
        for dimension, score in one.reference.items()
    }
    pairs = [(f"{a} and {b}", given[a], given[b]) for a, b in combinations(sorted(given), 2)]
    pairs += [(f"{a} and the reference", given[a], reference) for a in sorted(given)]
    found = [(who, agreement(one, other, things)) for who, one, other in pairs]
    return [Row(who, "–" if got.kappa is None else _figure(got.kappa), got) for who, got in found]


def _figure(kappa: float) -> str:
    """Two digits, and nothing below zero that rounds to it."""
    return f"{kappa:z.2f}"


def _reviewers(c: Catalogue) -> dict[str, Scores]:
    """The scores of each reviewer."""
    given: dict[str, dict[tuple[str, str], int]] = {}
    for one in c.calibration.excerpts:
        for by, scores in one.scored.items():
            mine = given.setdefault(by, {})
            mine |= {(one.slug, dimension): HELD.index(level) for dimension, level in scores.items()}
    return given


def _things(c: Catalogue) -> list[tuple[str, str]]:
    """What there is to score: each dimension of each excerpt."""
    return [(one.slug, dimension.slug) for one in c.calibration.excerpts for dimension in c.rubric.dimensions]


def _least(rows: list[Row]) -> str:
    """The lowest and the highest kappa between two reviewers, in words; empty where there are none."""
    known = [float(row.kappa) for row in rows if row.got.kappa is not None and "reference" not in row.who]
    return " to ".join(_figure(one) for one in dict.fromkeys((min(known), max(known)))) if known else ""


def _reviewed(c: Catalogue, scored: dict) -> dict[str, str]:
    """For each dimension what the reviewers gave, in their order."""
    names = _names(c)
    return {
        one.slug: ", ".join(names[scored[by].get(one.slug, NONE)].lower() for by in sorted(scored))
        for one in c.rubric.dimensions
    }


def _names(c: Catalogue) -> dict[str, str]:
    """Answers in words."""
    levels = {level.slug: level.name for level in c.vocabulary.levels}
    return {NONE: "Not shown", "below": f"Below {c.vocabulary.levels[0].name.lower()}"} | levels
