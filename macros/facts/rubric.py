"""The interviewer's half of the table: what is looked for (data/rubric.yml), and how one behaves (data/conduct.yml)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from macros.facts.model import PATH, Fact, Line, Short, Slug

Page = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$"), PATH]
Seen = Annotated[str, StringConstraints(min_length=3, max_length=130, pattern=r"^\S[^\n]*\S$")]


class Observation(Fact):
    """One thing that a candidate does or does not do, so that two observers would tick alike."""

    see: Seen = Field(description="What is seen or heard, in the third person: 'Asks who uses it …'.")
    counts: Seen = Field(description="An example that counts.")
    counts_not: Seen = Field(alias="not", description="An example that is close, and does not count.")


class Dimension(Fact):
    """One side of an answer: an observation a level. A level is held where its own and those below it were seen."""

    slug: Slug = Field(description="Never changes once published: readers' records name it.")
    name: Short
    asks: Line = Field(description="What the dimension is about, as a question.")
    read: Page = Field(description="Page to read where it is weak: 'phases/scope'.")
    mid: Observation
    senior: Observation
    staff: Observation
    red_flags: tuple[Seen, ...] = Field(min_length=1)


class Rubric(Fact):
    dimensions: tuple[Dimension, ...] = Field(min_length=1)


class Thrown(Fact):
    minutes: int = Field(ge=1, description="The slot.")
    count: int = Field(ge=0, le=6)


class Balls(Fact):
    """When curveballs come, and how many."""

    first: int = Field(ge=0, le=100, description="Percent of the dive before which none comes.")
    last: int = Field(ge=0, le=100, description="Percent of the dive after which none comes.")
    slots: tuple[Thrown, ...] = Field(description="How many, for each slot of interview.yml.")

    def of(self, slot: int) -> int:
        """How many come in a slot of so many minutes; none where it is not listed."""
        return next((one.count for one in self.slots if one.minutes == slot), 0)


class Lead(Fact):
    """A way to give the answer away, and what to say instead."""

    lead: Seen
    say: Seen
    because: Line


class Verdict(Fact):
    """What the decision form offers."""

    name: Short
    means: Line


class Conduct(Fact):
    curveballs: Balls
    moves: dict[Slug, tuple[Seen, ...]] = Field(description="What the interviewer does, for each timed phase.")
    leading: tuple[Lead, ...] = Field(min_length=1, description="How not to lead.")
    verdicts: tuple[Verdict, ...] = Field(min_length=2, description="From the best down.")
