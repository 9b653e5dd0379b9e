"""The parts of a phase's page that come from its data."""

from __future__ import annotations

from itertools import groupby

from macros.pages import minutes as timetables, patterns
from macros.facts.load import Catalogue, GuideError
from macros.pages.template import fill


def head(c: Catalogue, slug: str) -> str:
    phase = c.phases.find(slug)
    default = timetables.slot(c, c.interview.default_slot)
    return fill(
        "phase_head",
        slug=slug,
        phase=phase,
        bar=timetables.phase_bar(c, slug),
        minutes=default.plan.get(slug),
        slot=default.minutes,
    )


def steps(c: Catalogue, slug: str) -> str:
    return fill("steps", steps=c.phases.find(slug).steps)


def enter_when(c: Catalogue, slug: str) -> str:
    return fill("lines", lines=c.phases.find(slug).enter_when)


def leave_when(c: Catalogue, slug: str) -> str:
    return fill("lines", lines=c.phases.find(slug).leave_when)


def whiteboard(c: Catalogue, slug: str) -> str:
    return fill("whiteboard", lines=c.phases.find(slug).whiteboard)


def questions(c: Catalogue, slug: str, kind: str) -> str:
    """kind: 'ask' for the candidate's questions, 'expect' for the interviewer's."""
    if kind not in ("ask", "expect"):
        raise GuideError(f"no questions of kind '{kind}'; use 'ask' or 'expect'")
    found = getattr(c.phases.find(slug), kind)
    groups = [(family, list(rows)) for family, rows in groupby(found, key=lambda q: q.family)]
    return fill("questions", groups=groups, kind=kind)


def mistakes(c: Catalogue, slug: str) -> str:
    return fill("mistakes", phase=c.phases.find(slug))


def dos_and_donts(c: Catalogue, slug: str | None = None) -> str:
    """One phase's, or every phase's in order."""
    chosen = [(slug, c.phases.find(slug))] if slug else c.ordered_phases()
    return fill("dos_and_donts", phases=chosen)


def sources(c: Catalogue, slug: str) -> str:
    phase = c.phases.find(slug)
    return patterns.source_list(c, phase.sources, phase.reviewed_on.isoformat(), heading=False)


def numbers(c: Catalogue, slug: str) -> str:
    return patterns.number_table(c, c.phases.find(slug).numbers, "Numbers to know")


def checklist(c: Catalogue, slug: str) -> str:
    return fill("checklist", slug=slug, phase=c.phases.find(slug))
