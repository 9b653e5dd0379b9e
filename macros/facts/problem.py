"""The shape of a worked problem, data/problems/<slug>.yml. Its texts may quote its quantities: '{peak_requests}'."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from macros.facts.model import (
    Assumption,
    Citation,
    Computed,
    Day,
    Decision,
    Fact,
    FollowUp,
    Line,
    Misreading,
    RecallCard,
    Record,
    Short,
    Slug,
)  # fmt: skip

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, StringConstraints(min_length=20, max_length=520, pattern=r"^\S[^\n]*\S$")]


class Exercise(Fact):
    """A pattern that the problem needs; the sentence stands on the pattern's page as well."""

    pattern: Slug
    why: Line = Field(
        description="What the problem needs it for, with a number; names the problem's parts, not 'here'."
    )


class Asked(Fact):
    """A question of scope, and what the interviewer says."""

    question: Line
    answer: Line
    granted: bool = Field(description="False: refused, left to you, or put out of scope.")


class Option(Fact):
    """One way to take the hard decision."""

    name: Short
    pattern: Slug | None = Field(None, description="The pattern that it is, if it is one.")
    number: Line = Field(description="The number that speaks for or against it, quoted.")
    gain: Line
    pay: Line
    reconsider: Line = Field(
        description="What would change your mind: of the taken one, away from it; of another, towards it."
    )


class Crux(Fact):
    """The one hard decision."""

    decision: Id = Field(description="Key in `decide`.")
    options: tuple[Option, ...] = Field(min_length=2, max_length=4, description="The one to take first.")


class Failure(Fact):
    """Something breaks."""

    breaks: Short
    notice: Line = Field(description="How you notice: the signal and its limit.")
    user: Line = Field(description="What the user sees.")
    system: Line = Field(description="What the system does by itself.")
    recovery: Line


class Curveball(Fact):
    """One number or rule changes in the middle, and attacks one decision."""

    changes: Line = Field(description="As the interviewer says it.")
    attacks: Id = Field(description="Key in `decide`.")
    answer: Text = Field(description="Hidden until opened.")
    pattern: Slug = Field(description="The pattern that answers it.")


class Expected(Fact):
    """Observable lines by level: what a candidate of that level says or draws."""

    mid: tuple[Line, ...] = Field(min_length=2)
    senior: tuple[Line, ...] = Field(min_length=2)
    staff: tuple[Line, ...] = Field(min_length=2)


class Planned(Fact):
    """A stretch of the 45 minutes."""

    minutes: int = Field(ge=1)
    do: Line


class Erratum(Fact):
    """What a published solution miscalculates."""

    where: Line = Field(description="Repository, commit and place, as seen.")
    says: Line = Field(description="What is said, in at most a line.")
    holds: Id = Field(description="The quantity that holds instead; it runs in the build.")
    slip: Line = Field(description="What went wrong, in neutral words.")
    status: Literal["seen", "reported", "mended"]


class Problem(Record):
    """One problem of the interview, as written in data/problems/<slug>.yml."""

    name: Short
    order: int = Field(ge=1, description="Place in the list.")
    summary: str = Field(min_length=20, max_length=160)
    prompt: Text = Field(description="As an interviewer says it, read aloud.")
    crux: Line = Field(description="The one hard decision, in one sentence.")
    slots: tuple[int, ...] = Field(min_length=1, description="Slots of interview.yml, in minutes, that it fills.")
    aliases: tuple[Short, ...] = Field((), description="What people call it: tinyurl, design twitter.")
    called: tuple[Short, ...] = Field(
        (), description="Products and phrases that it is asked by as well; for the search, not on the page."
    )
    searches: tuple[Short, ...] = Field(min_length=5, description="What a reader types to find it.")
    exercises: tuple[Exercise, ...] = Field(min_length=4, description="The most important first.")
    board: Slug = Field(description="The figure in data/diagrams/ of the design that you defend.")
    first: tuple[Id, ...] = Field(min_length=5, max_length=5, description="The five numbers of the first screen.")
    scope: tuple[Asked, ...] = Field(min_length=4)
    functions: tuple[Line, ...] = Field(min_length=3, max_length=4)
    targets: tuple[Line, ...] = Field(min_length=2)
    assume: dict[str, Assumption] = Field(
        min_length=1, description="Name to value, unit, low, high, means, and why or source."
    )
    compute: dict[str, Computed] = Field(min_length=1, description="Name to formula (is), unit, role and means.")
    decide: dict[str, Decision] = Field(min_length=1, description="Name to question, take, when, else and because.")
    hard: Crux = Field(description="The crux worked out: its decision and two or three options.")
    failures: tuple[Failure, ...] = Field(min_length=4)
    curveballs: tuple[Curveball, ...] = Field(min_length=3)
    expect: Expected
    plan: tuple[Planned, ...] = Field(
        min_length=4, description="The 45 minutes, in order; other slots are scaled from it."
    )
    follow_ups: tuple[FollowUp, ...] = Field(min_length=3)
    cards: tuple[RecallCard, ...] = Field(min_length=3)
    errata: tuple[Erratum, ...] = Field(
        (), description="What published solutions miscalculate; only what you saw yourself."
    )
    misreadings: tuple[Misreading, ...] = ()
    sources: tuple[Citation, ...] = Field(min_length=1)
    reviewed_on: Day
