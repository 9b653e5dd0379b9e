"""What to do by the time that is left (data/plans.yml): plans of days, days of steps, each with its target."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from macros.facts.model import Fact, Line, Remedy, Short, Slug

TARGET = Remedy("{given!r} is nothing to do; write it as patterns/saga, categories/caching, or due")
Target = Annotated[str, StringConstraints(pattern=r"^(due|[a-z]+/[a-z0-9]+(-[a-z0-9]+)*)$"), TARGET]
Doing = Literal["read", "skim", "ask", "rehearse", "defend", "tick"]
#: What each may be done to. `skim` is the first screen and what fails; `due` is what the cards' own schedule asks for.
MAY: dict[Doing, tuple[str, ...]] = {
    "read": ("patterns", "phases", "playbooks", "problems"),
    "skim": ("patterns", "phases"),
    "ask": ("patterns", "categories", "phases", "problems", "due"),
    "rehearse": ("problems",),
    "defend": ("problems", "playbooks"),
    "tick": ("phases",),
}
COUNTED: tuple[Doing, ...] = ("ask", "defend")


class PlanStep(Fact):
    """One thing to do. Its minutes are computed: pages/plans.py."""

    do: Doing
    of: tuple[Target, ...] = Field(min_length=1, description="What it is done to; `ask` takes several patterns.")
    count: int | None = Field(None, ge=1, le=60, description="Of cards that are asked, or forks that are defended.")
    slot: int | None = Field(None, description="Of a rehearsal: one of the slots in interview.yml.")


class PlanDay(Fact):
    """A day; one without steps is kept free for what was missed."""

    name: Short = Field(description="What the day is for.")
    steps: tuple[PlanStep, ...] = ()


class Plan(Fact):
    slug: Slug = Field(description="Never changes once published: readers' settings name it.")
    name: Short
    lead: Line = Field(description="What one can hope for, in a sentence or two.")
    minutes: int = Field(ge=10, le=480, description="The most that a day of it may take.")
    total: int = Field(ge=1, description="About all its minutes; `make check` computes the sum, and the page says it.")
    days: tuple[PlanDay, ...] = Field(min_length=1)


class Pace(Fact):
    """How long things take, as far as the data does not say it."""

    words: int = Field(ge=50, le=400, description="Read in a minute.")
    card: int = Field(ge=5, le=300, description="Seconds to say an answer, look, and grade it.")
    fork: int = Field(ge=30, le=900, description="Seconds to choose, meet the objection, and reply.")
    box: int = Field(ge=5, le=120, description="Seconds to compare a line of a checklist with one's paper.")
    debrief: int = Field(ge=5, le=60, description="Minutes after a rehearsal.")


class Plans(Fact):
    pace: Pace
    plans: tuple[Plan, ...] = Field(min_length=1)
