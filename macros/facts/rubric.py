"""The interviewer's half of the table: what is looked for (data/rubric.yml), how one behaves (data/conduct.yml), and
excerpts to calibrate by (data/calibration.yml)."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from macros.facts.model import ONE_LINE, PATH, Fact, Line, Short, Slug

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
    doubt: Line | None = Field(None, description="How a case is scored over which scorers stumbled: read first.")
    read: Page = Field(description="Page to read where it is weak: 'phases/scope'.")
    mid: Observation
    senior: Observation
    staff: Observation
    red_flags: tuple[Seen, ...] = Field(min_length=1)


class Rubric(Fact):
    dimensions: tuple[Dimension, ...] = Field(min_length=1)


class Thrown(Fact):
    minutes: int = Field(ge=1, description="In a slot of so many minutes, and in longer ones below the next entry.")
    count: int = Field(ge=0, le=6)


class Balls(Fact):
    """When curveballs come, and how many."""

    first: int = Field(ge=0, le=100, description="Percent of the dive before which none comes.")
    last: int = Field(ge=0, le=100, description="Percent of the dive after which none comes.")
    slots: tuple[Thrown, ...] = Field(min_length=1, description="How many, from which slot on; the shortest first.")

    def of(self, slot: int) -> int:
        """How many come in a slot of so many minutes; none where it is shorter than the first that is listed."""
        return next((one.count for one in reversed(self.slots) if one.minutes <= slot), 0)


class Lead(Fact):
    """A way to give the answer away, and what to say instead."""

    lead: Seen
    say: Seen
    because: Line


class Verdict(Fact):
    """What the decision form offers."""

    name: Short
    means: Line


class Paced(Fact):
    """A part of the minutes in which one decision is defended."""

    minutes: int = Field(ge=1)
    do: Line


class Conduct(Fact):
    curveballs: Balls
    moves: dict[Slug, tuple[Seen, ...]] = Field(description="What the interviewer does, for each timed phase.")
    leading: tuple[Lead, ...] = Field(min_length=1, description="How not to lead.")
    decision: tuple[Paced, ...] = Field(min_length=2, description="One decision against a clock, in order.")
    verdicts: tuple[Verdict, ...] = Field(min_length=2, description="From the best down.")


# --- calibration ----------------------------------------------------------------------------

Held = Literal["below", "mid", "senior", "staff"]  # from the bottom up; below: it came up, and falls short of mid
HELD: tuple[str, ...] = get_args(Held)
Reviewer = Literal["A", "B", "C"]
Told = Annotated[str, StringConstraints(min_length=3, max_length=420, pattern=r"^\S[^\n]*\S$"), ONE_LINE]


class Turn(Fact):
    """Somebody's turn in an excerpt."""

    by: Literal["asked", "says", "draws"] = Field(description="asked: the interviewer; says, draws: the candidate.")
    text: Told

    @property
    def name(self) -> str:
        """Whose turn it is, in words."""
        return {"asked": "Interviewer", "says": "Candidate", "draws": "On the board"}[self.by]


class Score(Fact):
    """What an excerpt shows of a dimension, with the words that decide."""

    level: Held
    quote: Seen = Field(description="Word for word from the excerpt: what decides.")
    because: Line = Field(description="Why this level, and why not the next.")


class Excerpt(Fact):
    """A stretch of an interview as it was written down, to be scored by the rubric."""

    slug: Slug = Field(description="Never changes once published: readers' records name it.")
    problem: Slug = Field(description="The worked problem that it is about.")
    minutes: tuple[int, int] = Field(description="From and to, by the clock of the default slot.")
    turns: tuple[Turn, ...] = Field(min_length=2)
    reference: dict[Slug, Score] = Field(min_length=1, description="By dimension; one that is not shown is left out.")
    scored: dict[Reviewer, dict[Slug, Held]] = Field(
        default_factory=dict, description="What independent reviewers gave, blind; one that is not shown is left out."
    )

    @property
    def words(self) -> int:
        return sum(len(turn.text.split()) for turn in self.turns)


class Calibration(Fact):
    """Excerpts to score blind, each with a reasoned reference (data/calibration.yml)."""

    excerpts: tuple[Excerpt, ...] = Field(min_length=1)
