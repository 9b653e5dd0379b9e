"""The shape of every data file. Strict and frozen; no I/O, no knowledge of the site.

A field's description is also the hover text in an editor, through data/schema/. The words of this project:

    Catalogue -- all of data/, read and checked together (facts/catalogue.py)
      Kind -- what a folder of data/ holds: its model, and its place on the site (the one table, facts/catalogue.py)
        Record -- one file of a folder; its name is its slug
          Pattern -- a building block: what it does, when to use it, how it fails
            RecallCard -- a question that is asked, with its answer; Deck -- what Anki was given of them, and since when
            Known -- a product or a code that people type for it
            Misreading -- a claim that readers may have met, and what holds
          Phase -- a part of the interview's hour: its steps, checklist, mistakes
            Board -- what it leaves on the whiteboard, drawn of Panels
          Playbook -- a recurring question, the Forks by which it is decided, and the case that it Walks through
          Problem -- one that is asked in interviews, worked out (facts/problem.py)
            Assumption, Computed, Decision -- its quantities: what is taken for granted, what follows, what hangs on it
          Algorithm -- what surrounds one module of reference/
            Scenario -- one run of it, recorded as Frames and replayed
          Corrections -- what a page had wrong
          Heard -- how people tell of the trouble before they know a name for its remedy
      Interview -- the hour: its Slots, and the plan of minutes in each
      Rubric -- its Dimensions, and the Observation of each level (facts/rubric.py)
      Conduct -- how an interviewer behaves: moves by phase, how not to lead, when curveballs come
      Calibration -- Excerpts of interviews to score blind, each with a reference Score by dimension
      Plans -- what to do by the time left: days of steps, whose minutes are computed (facts/plans.py)
      Vocabulary -- the terms that data may use: categories, axes, relations, levels
      Glossary, Sources
    Finding -- a mistake in data or page, with its remedy (facts/finding.py)
    Outline -- the order of the sections of a kind's page (pages/outline.py)
    card -- what a page shows of a pattern (pages/cards.py); PocketCard -- what is printed and cut (paper/deck.py)
    finder -- the page that filters the patterns (pages/finder.py)
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
)
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError


class Remedy(NamedTuple):
    """What an author is told where a text does not have its type's form; `{given}` is the text."""

    text: str


SLUG = Remedy("{given!r} is not a slug; use lower-case letters, digits and single hyphens")
ONE_LINE = Remedy("has to be one line without spaces at its ends; a longer text belongs on the page in docs/")
ADDRESS = Remedy("{given!r} is not a web address; write the full address, starting with https://")
TEST = Remedy(
    "{given!r} is not the name of a test; write it as in its file: test_ and lower-case letters, digits and underscores"
)
MARK = Remedy("{given!r} is no mark; write a capital and a small letter, such as Ca")
DIGEST = Remedy("{given!r} is no digest; run `make cards`, which writes it")
OWNER = Remedy("{given!r} is no page with cards; write it as patterns/saga or problems/payment")
PATH = Remedy("{given!r} is not a page's address; write it as below the site, such as patterns/jwt")

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$"), SLUG]
Line = Annotated[str, StringConstraints(min_length=3, max_length=240, pattern=r"^\S[^\n]*\S$"), ONE_LINE]
Short = Annotated[str, StringConstraints(min_length=1, max_length=90, pattern=r"^\S([^\n]*\S)?$"), ONE_LINE]
ANSWER = 420  # characters of an answer, as it is said: a quoted number counts for what it comes to, not for its id
QUOTED, COMES_TO = re.compile(r"\{[a-z0-9_.:-]+\}"), "3,500 rows"


def _as_said(text: str) -> str:
    if (said := len(QUOTED.sub(COMES_TO, text))) > ANSWER:
        raise PydanticCustomError("string_too_long", "too long", {"max_length": ANSWER, "actual_length": said})
    return text


Answer = Annotated[
    str,
    StringConstraints(min_length=20, max_length=ANSWER * 3 // 2, pattern=r"^\S[^\n]*\S$"),
    AfterValidator(_as_said),
    ONE_LINE,
]


Sketch = Annotated[str, StringConstraints(min_length=3, max_length=240, pattern=r"^\S[^\n]*\S$"), ONE_LINE]
Summary = Annotated[str, StringConstraints(min_length=20, max_length=160, pattern=r"^\S[^\n]*\S$"), ONE_LINE]


def _day(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):  # ISO has more, such as weeks
            raise ValueError("no date")
        return date.fromisoformat(value)
    return value


Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date)]
Priority = Annotated[
    int | None,
    Field(
        ge=1,
        le=9,
        description="Place on the printed sheet, 1 first; in a checklist 1 is on the hour's too. None: not printed.",
    ),
]


class Fact(BaseModel):
    """What every record shares: no unknown key, no coercion, no change after reading."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Record(Fact):
    """A file of its own; its name is the slug, and the slug its address."""

    slug: SkipJsonSchema[Slug]


# --- patterns -----------------------------------------------------------------------------


class Citation(Fact):
    """Where a statement can be read."""

    source: Slug = Field(description="Key in data/sources.yml.")
    at: Short | None = Field(None, description="Section, page or heading within the source.")


class Number(Fact):
    """A figure worth knowing, with its unit and its origin."""

    value: Short = Field(description="The figure with its unit, quoted: '150 to 300 ms'.")
    meaning: Line = Field(description="What it measures, and of which library, version or provider.")
    source: Slug | Literal["arithmetic"] = Field(description="Key in data/sources.yml, or arithmetic.")
    at: Short | None = Field(None, description="Section, page or heading within the source.")
    sheet: Priority = None


class Quote(Fact):
    """A figure of data/products.yml, among a page's numbers."""

    figure: Slug = Field(description="Key in data/products.yml.")
    meaning: Line | None = Field(
        None, description="What it means for this page, where that is more than the figure's own words."
    )
    sheet: Priority = None


def _number_or_quote(value: object) -> str:
    quoted = isinstance(value, Quote) or isinstance(value, dict) and "figure" in value
    return "tagged:quote" if quoted else "tagged:number"


Figures = tuple[
    Annotated[
        Annotated[Number, Tag("tagged:number")] | Annotated[Quote, Tag("tagged:quote")],
        Discriminator(_number_or_quote),
    ],
    ...,
]


class ProductFigure(Fact):
    """What a product does by default or at most; stands once, and is quoted by as many pages as need it."""

    value: Short = Field(description="The figure with its unit, quoted: '60 s'.")
    meaning: Line = Field(description="What it measures, with product and version.")
    source: Slug = Field(description="Key in data/sources.yml.")
    at: Short | None = Field(None, description="Section, page or heading within the source.")
    read_on: Day = Field(description="Quoted ISO date on which it was read there.")


class Products(Fact):
    figures: dict[Slug, ProductFigure]


class TradeOff(Fact):
    axis: Slug = Field(description="One of the axes in data/vocabulary.yml.")
    gain: Line
    pay: Line


class FailureMode(Fact):
    symptom: Line = Field(description="What an operator or a user sees.")
    cause: Line
    mitigation: Line


class FollowUp(Fact):
    question: Line = Field(description="As an interviewer would ask it.")
    answer: Answer = Field(description="Crisp and correct; two to four sentences.")


class Depth(Fact):
    """One observable line a level: what a candidate of that level says or does."""

    mid: Line
    senior: Line
    staff: Line


class Case(Fact):
    """A case in which one of two patterns is right and the other is not: a line of the right one's `use_when`."""

    take: Slug = Field(description="The one that is right.")
    line: int = Field(1, ge=1, description="Which line of its `use_when`, from 1: one that does not fit the other.")


class Relation(Fact):
    """Two patterns and what connects them; stands once, and is read on the pages of both."""

    source: Slug = Field(alias="from", description="Slug of the pattern that `kind` starts from.")
    to: Slug = Field(description="Slug of the other pattern.")
    kind: Slug = Field(description="One of the relations in data/vocabulary.yml, read from `from` to `to`.")
    why: Line = Field(
        description="What connects, or sets apart, the two; true on either page, so without here, there, this or it."
    )
    case: Case | None = Field(None, description="Of two that are confused: the case by which they are told apart.")


class Relations(Fact):
    relations: tuple[Relation, ...]


class Misreading(Fact):
    """What readers may have met in a wrong form, and what is so."""

    claim: Line = Field(
        description="The statement as it is commonly met; "
        "goes on after 'You may read that', so in lower case, with its full stop."
    )
    holds: Line = Field(description="What is so, with its condition.")
    why: Line | None = Field(None, description="What makes the claim fail, or what acting on it costs.")
    met: Short | None = Field(None, description="Where it is commonly met: 'tutorials of OAuth', 'interview guides'.")


class RecallCard(Fact):
    """A recall card: one idea."""

    id: Slug = Field(description="Never changes once published.")
    kind: Literal["why", "when-not", "what", "how", "number"]
    question: Line = Field(description="At most 30 words.")
    answer: Line = Field(description="At most 40 words.")


class Printed(Fact):
    """What a recall card said in the deck for Anki, and since when."""

    on: Day = Field(description="When its text last changed; Anki takes the newer of two.")
    text: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$"), DIGEST] = Field(
        description="Digest of its question and answer."
    )


class RetiredCard(Fact):
    """A card that is asked no more. It stays in the deck with a tag that says so, then it is dropped."""

    id: Slug
    of: Annotated[str, StringConstraints(pattern=r"^(patterns|problems)/[a-z0-9-]+$"), OWNER]
    question: Line
    answer: Line


class Deck(Fact):
    """data/deck.yml, the lock file of the deck for Anki: `make cards` writes it, a person adds what retires."""

    made: Day = Field(description="When it was written.")
    retired: tuple[RetiredCard, ...] = ()
    cards: dict[Slug, Printed] = {}


class Known(Fact):
    """A name that stands for a pattern without being its name: a product, or what a program prints."""

    name: Short = Field(description="As it is written: 'Debezium', '429 Too Many Requests'.")
    means: Line = Field(
        description="What the product does here, or what the code says; goes on after the name and a colon."
    )


class Pattern(Record):
    """One pattern, as written in data/patterns/<slug>.yml; the file name is the slug."""

    name: Short
    category: Slug = Field(description="One of the categories in data/vocabulary.yml.")
    phases: tuple[Slug, ...] = Field(min_length=1, description="Phases of the interview where it comes up.")
    products: tuple[Known, ...] = Field(
        (), description="Products that people type for it, the best known first; for the search."
    )
    codes: tuple[Known, ...] = Field((), description="Codes, messages and settings that lead to it; for the search.")
    aliases: tuple[Short, ...] = Field((), description="Other names the field uses.")
    summary: Summary = Field(description="One sentence: card, search result, flash card.")
    problem: Annotated[str, StringConstraints(min_length=10, max_length=140, pattern=r"^\S[^\n]*\S$"), ONE_LINE] = (
        Field(description="The pain in one line, for the printed card.")
    )
    sketch: Sketch = Field(
        description="What its figure shows, small on the printed card: boxes and arrows, (Client) > Cache, or cells."
    )
    searches: tuple[Short, ...] = Field(
        min_length=5, description="What a reader types to find it, symptoms among them."
    )
    use_when: tuple[Line, ...] = Field(min_length=2)
    avoid_when: tuple[Line, ...] = Field(min_length=2)
    numbers: Figures = Field((), description="Figures worth knowing; those of products by {figure: key}.")
    trade_offs: tuple[TradeOff, ...] = Field(min_length=3)
    failure_modes: tuple[FailureMode, ...] = Field(min_length=2)
    follow_ups: tuple[FollowUp, ...] = Field(min_length=3)
    depth: Depth
    misreadings: tuple[Misreading, ...] = Field((), description="What readers may have met in a wrong form.")
    cards: tuple[RecallCard, ...] = Field(min_length=3)
    sources: tuple[Citation, ...] = Field(min_length=2, description="At least one of them primary.")
    reviewed_on: Day = Field(description="Quoted ISO date of the last review: '2026-11-21'.")


# --- phases -------------------------------------------------------------------------------


class Step(Fact):
    do: Short = Field(description="An imperative.")
    how: Line = Field(description="What that looks like at the board.")


class Question(Fact):
    question: Line
    answer: Answer = Field(description="What it settles, or the answer to give.")
    family: Short | None = Field(None, description="Group heading, where a phase has families.")
    brief: Line | None = Field(None, description="The answer in one line, for paper; otherwise its first sentence.")
    sheet: Priority = None


class Mistake(Fact):
    mistake: Line
    instead: Line
    sheet: Priority = None


class Item(Fact):
    """One box of a checklist; the id is what the reader's browser remembers."""

    id: Slug
    text: Line
    sheet: Priority = None


class Habit(Fact):
    do: Line
    because: Line


class Panel(Fact):
    """A part of the board: a drawing, lines, or both."""

    title: Short
    draw: Line | None = Field(None, description="Boxes and arrows, or cells; see Contributing, Drawing.")
    lines: tuple[Short, ...] = ()
    broad: bool = Field(False, description="As wide as the board; others stand two beside one another.")


class Board(Fact):
    """What stands on the board at the end of a phase, drawn of the running example."""

    caption: Line = Field(description="What to see, in one sentence with a number.")
    panels: tuple[Panel, ...] = Field(min_length=2, description="In the order of reading.")
    small: Line = Field(description="What of it is drawn on the phase's sheet.")


class Cut(Fact):
    """How many of each, from the top of its list, stand on the phase's sheet. All of them where nothing is said."""

    enter_when: int | None = Field(None, ge=1)
    steps: int | None = Field(None, ge=1)
    whiteboard: int | None = Field(None, ge=1)
    patterns: int = Field(6, ge=1, description="With their use; the others only by name.")


class Phase(Record):
    """One phase of the interview, as written in data/phases/<slug>.yml."""

    name: Short
    short: Annotated[str, StringConstraints(min_length=1, max_length=12, pattern=r"^\S([^\n]*\S)?$"), ONE_LINE] = Field(
        description="Label in the time bar."
    )
    order: int = Field(description="Place in the hour, from 1.", ge=1)
    timed: bool = Field(description="Whether interview.yml gives it minutes.")
    summary: Summary
    goal: Line = Field(description="One sentence.")
    enter_when: tuple[Line, ...] = Field(min_length=1)
    steps: tuple[Step, ...] = Field(min_length=3)
    whiteboard: tuple[Line, ...] = Field(min_length=2, description="What stands on the board at the end.")
    board: Board | None = Field(None, description="The same drawn, above the list.")
    ask: tuple[Question, ...] = Field((), description="Questions the candidate asks.")
    expect: tuple[Question, ...] = Field((), description="Questions the interviewer asks, answered.")
    numbers: Figures = ()
    key_patterns: tuple[Slug, ...] = Field(min_length=3, description="Patterns that come up, likeliest first.")
    mistakes: tuple[Mistake, ...] = Field(min_length=3)
    red_flags: tuple[Line, ...] = Field(min_length=2)
    misreadings: tuple[Misreading, ...] = ()
    dos: tuple[Habit, ...] = Field(min_length=2)
    donts: tuple[Habit, ...] = Field(min_length=1)
    checklist: tuple[Item, ...] = Field(min_length=4)
    leave_when: tuple[Line, ...] = Field(min_length=1)
    sheet: Cut = Cut()
    searches: tuple[Short, ...] = Field(min_length=3)
    sources: tuple[Citation, ...] = Field(min_length=1)
    reviewed_on: Day


# --- playbooks ----------------------------------------------------------------------------


class Fork(Fact):
    """One row of a playbook: what the reader sees, the number that decides, and the pattern to take."""

    sees: Line = Field(description="What you see or need.")
    decides: Line = Field(description="The number, with its unit, that settles it.")
    take: Slug = Field(description="Slug of the pattern.")
    because: Line
    objection: Line = Field(
        description="The strongest argument against taking it, as an interviewer would put it; from the pattern's page."
    )
    beside: tuple[Slug, ...] = Field(
        (),
        max_length=2,
        description="What else is offered, where the first alternative and the nearest rows would be unfair: "
        "a pattern of another row, whose case is another, or an alternative to this one.",
    )


class Walk(Fact):
    """The case that a playbook walks through."""

    name: Short = Field(description="What it is of, as a heading: 'One hundred seats, ten thousand buyers'.")
    problem: Slug | None = Field(None, description="The problem that works this case out, if there is one.")


class Worked(Fact):
    """A fork that a problem walks with all its numbers; the problem's `exercises` says why it needs the pattern."""

    take: Slug = Field(description="Pattern of the fork; the problem exercises it.")
    problem: Slug


class Playbook(Record):
    """One recurring question, as written in data/playbooks/<slug>.yml: which pattern, decided by which number."""

    name: Short
    order: int = Field(ge=1, description="Place in the list.")
    summary: Summary
    question: Line = Field(description="As an interviewer would ask it.")
    searches: tuple[Short, ...] = Field(min_length=3)
    forks: tuple[Fork, ...] = Field(min_length=4, description="In the order in which to try them.")
    walk: Walk = Field(description="Of the section 'A walk through', which the page tells.")
    worked: tuple[Worked, ...] = Field((), description="Forks that problems walk, in the order of the forks.")
    misreadings: tuple[Misreading, ...] = ()
    sources: tuple[Citation, ...] = Field(min_length=1)
    reviewed_on: Day


# --- quantities ---------------------------------------------------------------------------


Digits = Annotated[int, Field(ge=1, le=6, description="Significant digits in which it is said.")]


class Assumption(Fact):
    """A number that is taken for granted, and the range in which a reader may move it."""

    value: float
    unit: Short = Field(
        description="Such as person, request/person, KB, %, times; what is counted stands in vocabulary.yml."
    )
    low: float = Field(description="The least that is worth trying.")
    high: float = Field(description="The most that is worth trying; from 100 times `low` the slider is logarithmic.")
    means: Line = Field(description="What it is, in words: 'people who come on a day'.")
    why: Line | None = Field(None, description="Why this value; needed where there is no source.")
    source: Slug | None = Field(None, description="Key in data/sources.yml.")
    digits: Digits = 2


class Computed(Fact):
    """A number that follows."""

    formula: str = Field(
        alias="is",
        description="Arithmetic over names: + - * / **, parentheses, min, max, ceil, log2; day, KB and such are units.",
    )
    unit: Short
    role: tuple[Literal["read", "write", "in", "out", "mean", "peak", "total", "rate", "size"], ...] = Field(
        min_length=1,
        description="A rate is mean, peak or total, and read or write, in or out if it is one; all else is a size.",
    )
    means: Line = Field(description="What it is, in words: 'requests at peak'.")
    digits: Digits = 2
    carry: Literal["exact", "said"] = Field(
        "exact", description="said: later steps go on from the rounded number, as at the board."
    )


class Decision(Fact):
    """What is taken while a comparison holds, and what else."""

    question: Line = Field(description="What is decided.")
    take: Line
    when: Line = Field(description="A comparison of two quantities: 'feed_reads > reads_a_primary'.")
    otherwise: Line = Field(alias="else", description="What is taken where the comparison does not hold.")
    because: Line = Field(description="What speaks for the one that is taken at the stated numbers.")
    objection: Line | None = Field(
        None, description="The strongest argument against that one; of the crux none, since `hard` has what each pays."
    )


# --- corrections --------------------------------------------------------------------------


class Correction(Fact):
    """Something the guide had wrong, and what replaced it."""

    on: Day = Field(description="When it was mended.")
    fault: Literal["wrong", "misleading", "unsourced"]
    asked: Literal[
        "always",
        "slow-gone-or-lying",
        "which-repeat",
        "harm",
        "like-for-like",
        "source",
        "itself",
        "other-pages",
        "card",
    ] = Field(
        description="The question that found it: always so? slow, gone or lying? which repeat? who is harmed? like for "
        "like? does the source say that? does the page obey itself? do other pages agree? is the card fair?"
    )
    said: Line = Field(description="The words that stood there, shortened.")
    holds: Line = Field(description="What is so, with its condition.")
    evidence: Line = Field(description="Source and section, or the computation.")
    again: Line | None = Field(None, description="What the second reader of the mended line said.")


class Corrections(Record):
    """What one page had wrong, as written in data/corrections/<slug>.yml."""

    page: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*$"), PATH] = Field(
        description="Address below the site: 'patterns/jwt'."
    )
    corrections: tuple[Correction, ...] = ()
    tried: tuple[Line, ...] = Field(
        (), description="Claims that were tried hardest and held, with what they were tried on."
    )


# --- phrasings ----------------------------------------------------------------------------


Words = Annotated[str, StringConstraints(min_length=3, max_length=1200, pattern=r"^\S[^\n]*\S$"), ONE_LINE]


class Heard(Record):
    """How people tell of one pattern's or playbook's trouble, in data/heard/<slug>.yml; for the search alone."""

    words: Words | Literal[""] = Field("", description="Single words that stand in no line.")
    lines: tuple[Short, ...] = Field(
        min_length=12, description="As a person would type it who does not know the name; no two in the same words."
    )


# --- algorithms ---------------------------------------------------------------------------


class Complexity(Fact):
    operation: Short
    time: Short = Field(description="In the field's notation, quoted: 'O(log n)'.")
    space: Short
    why: Line


class Invariant(Fact):
    holds: Line = Field(description="What is always true, in words that a reader would use at the board.")
    test: Annotated[str, StringConstraints(pattern=r"^test_[a-z0-9_]+$"), TEST] = Field(
        description="The test in tests/reference/ that would fail if it were not."
    )


class Scenario(Fact):
    """One run that the page replays."""

    id: Slug = Field(description="Part of the address of a frame; never changes once published.")
    title: Short
    lesson: Line = Field(description="What the run shows, in one sentence.")
    patterns: tuple[Slug, ...] = Field((), description="Only on these pages; by default on all of the algorithm's.")
    input: dict[str, Any] = Field(description="What trace() is given; its docstring has the shape.")


class Algorithm(Record):
    """What surrounds one module of reference/, as written in data/algorithms/<module>.yml."""

    name: Short
    patterns: tuple[Slug, ...] = Field(min_length=1, description="Pages that show it.")
    complexity: tuple[Complexity, ...] = Field(min_length=1)
    invariants: tuple[Invariant, ...] = Field(min_length=2)
    scenarios: tuple[Scenario, ...] = Field(min_length=2, max_length=6)


# --- the hour -----------------------------------------------------------------------------


HOURS = 480  # minutes of the longest interview: a day of them


class Range(Fact):
    """Minutes, both ends included."""

    least: int = Field(ge=0, le=HOURS)
    most: int = Field(ge=1, le=HOURS)


class Published(Fact):
    """The ranges that are quoted everywhere; they sum to no slot."""

    slot: int
    source: Slug
    ranges: dict[Slug, Range]


class Slot(Fact):
    """A plan that sums: minutes a phase, and minutes held in reserve."""

    minutes: int = Field(ge=10, le=HOURS)
    plan: dict[Slug, Annotated[int, Field(ge=0, le=HOURS)]]
    reserve: int = Field(ge=0, le=HOURS)


class Scheme(Fact):
    """Somebody else's published division of the time."""

    name: Short
    source: Slug
    slot: Short
    minutes: Line


class WholeBoard(Fact):
    """The whiteboard at the end of the hour, as the sheet of the whole interview draws it."""

    drawing: Slug = Field(description="Name in data/diagrams/ of what is drawn on it.")
    phase: Slug = Field(description="The phase that draws it; its lines stand beside the drawing.")
    lines: dict[Slug, tuple[Short, ...]] = Field(description="What each timed phase leaves on it, in a few words each.")


class Interview(Fact):
    default_slot: int
    goal: Line = Field(description="The whole hour in one sentence, for its sheet.")
    board: WholeBoard
    published: Published
    slots: tuple[Slot, ...] = Field(min_length=1)
    schemes: tuple[Scheme, ...] = ()


# --- vocabulary, glossary, sources ----------------------------------------------------------


class Category(Fact):
    slug: Slug
    name: Short
    accent: Literal["ink", "blue", "red", "green"] = Field(description="Marker color: ink, or flows, fails, stored.")
    mark: Annotated[str, StringConstraints(pattern=r"^[A-Z][a-z]$"), MARK] = Field(
        description="Two letters: tells categories apart without color."
    )
    purpose: Line = Field(description="The question this category answers.")


class Axis(Fact):
    slug: Slug
    name: Short
    meaning: Line


class RelationKind(Fact):
    slug: Slug
    label: Short = Field(description="Reads before the other pattern's name.")
    inverse: Slug = Field(description="What the other side must say.")


class Level(Fact):
    slug: Slug
    name: Short
    meaning: Line


class CountedUnit(Fact):
    """Something that quantities count; a unit of its own, so that a rate of one is not taken for a rate of another."""

    slug: Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]
    many: Short | None = Field(None, description="Of more than one, where it is not the word with an s.")


class Vocabulary(Fact):
    """The terms the data may use."""

    categories: tuple[Category, ...]
    axes: tuple[Axis, ...]
    relations: tuple[RelationKind, ...]
    levels: tuple[Level, ...]
    units: tuple[CountedUnit, ...] = ()


class Term(Fact):
    term: Short
    meaning: Line
    also: tuple[Short, ...] = Field(
        (), description="Other names and the letters it is known by; for the search, not linked on pages."
    )
    see: Slug | None = Field(None, description="Pattern that treats it.")
    pages: tuple[Slug, ...] = Field(
        (), description="Patterns and phases on which an everyday word has this sense; all where none is named."
    )


class Glossary(Fact):
    terms: tuple[Term, ...]


class Asked(Fact):
    """A problem as interviewers name it, until it has a page of its own."""

    name: Short = Field(description="With its verb: 'Design a news feed'.")
    also: tuple[Short, ...] = Field((), description="Other names: the products that it is asked by.")
    start: tuple[Slug, ...] = Field(
        min_length=1, description="Patterns, playbooks and near problems that matter most, the first first."
    )


class ProblemsAsked(Fact):
    problems: tuple[Asked, ...]


PRIMARY = ("standard", "paper", "documentation", "book", "code")


class Source(Fact):
    title: Line
    by: Line = Field(description="Authors or publisher.")
    year: int = Field(ge=1900, le=2100)
    kind: Literal["standard", "paper", "documentation", "book", "code", "article", "talk", "course"]
    url: Annotated[str, StringConstraints(pattern=r"^https://[A-Za-z0-9.-]+(:[0-9]+)?(/[!-;=?-~]*)?$"), ADDRESS]
    read_on: Day = Field(description="When it was last read, or looked up, for this guide.")
    read: Line | None = Field(None, description="What was read, where not the original: a copy, a quotation.")

    @property
    def primary(self) -> bool:
        return self.kind in PRIMARY


class Sources(Fact):
    sources: dict[Slug, Source]
