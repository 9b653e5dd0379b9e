"""The parts of a phase's page that come from its data."""

from __future__ import annotations

from itertools import groupby

from markupsafe import Markup

from macros.facts.catalogue import Catalogue
from macros.facts.finding import Finding, GuideError
from macros.pages import figures, minutes, patterns
from macros.pages.template import fill
from macros.runs import boards


def head(c: Catalogue, slug: str) -> str:
    """Name, goal, time bar with this phase filled, and summary; of a timed phase its minutes in the reader's slot."""
    hours = [minutes.hour(c, one.minutes, slug) for one in c.interview.slots]
    own = {one.slot: f"{one.end - one.start} of {one.slot}" for one in hours if one.start is not None}
    return fill(
        "phase_head",
        phase=c.phases[slug],
        bar=Markup(minutes.phase_bar(c, slug)),
        minutes=minutes.own_slot(c, own) if len(own) == len(hours) else "",
    )


def steps(c: Catalogue, slug: str) -> str:
    return fill("steps", steps=c.phases[slug].steps)


def enter_when(c: Catalogue, slug: str) -> str:
    return fill("lines", lines=c.phases[slug].enter_when)


def leave_when(c: Catalogue, slug: str) -> str:
    return fill("lines", lines=c.phases[slug].leave_when)


def whiteboard(c: Catalogue, slug: str) -> str:
    """The board of the phase, drawn, and what stands on it as a list."""
    phase = c.phases[slug]
    return fill("whiteboard", lines=phase.whiteboard, figure=Markup(_board(c, slug)) if phase.board else "")


def _board(c: Catalogue, slug: str) -> str:
    """The figure; GuideError where a panel has no room for what it draws."""
    phase = c.phases[slug]
    try:
        return figures.drawn_twice(f"board-{slug}", boards.figure(phase.name, phase.board))
    except ValueError as error:
        doc = c.documents[f"phases/{slug}"]
        raise GuideError(Finding(doc.path, doc.line(("board",)), "board", f"{error}")) from error


def questions(c: Catalogue, slug: str, kind: str) -> str:
    """kind: 'ask' for the candidate's questions, 'expect' for the interviewer's."""
    if kind not in ("ask", "expect"):
        raise GuideError(f"no questions of kind '{kind}'; use 'ask' or 'expect'")
    found = getattr(c.phases[slug], kind)
    groups = [(family, list(rows)) for family, rows in groupby(found, key=lambda q: q.family)]
    return fill("questions", groups=groups, kind=kind)


def mistakes(c: Catalogue, slug: str) -> str:
    return fill("mistakes", phase=c.phases[slug])


def dos_and_donts(c: Catalogue, slug: str | None = None) -> str:
    """One phase's, or every phase's in order."""
    return fill("dos_and_donts", phases=[c.phases[slug]] if slug else list(c.phases.values()))


def sources(c: Catalogue, slug: str) -> str:
    return patterns.source_list(c, c.phases[slug], heading=False)


def numbers(c: Catalogue, slug: str) -> str:
    return patterns.number_table(c, c.phases[slug].numbers)


def checklist(c: Catalogue, slug: str) -> str:
    return fill("checklist", phase=c.phases[slug])
