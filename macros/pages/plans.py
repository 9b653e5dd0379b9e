"""The plans by the time left: what a step takes, says and leads to. Page, script and check read the same.

Minutes follow from the data: a page's words at the pace of data/plans.yml, cards and forks by their number, a
rehearsal's slot with its debrief. None is typed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from macros.facts import files
from macros.facts.catalogue import Catalogue
from macros.facts.plans import Plan, PlanStep
from macros.pages import forks, outline
from macros.pages.template import fill

#: Fields that a page does not show as text to read: questions asked elsewhere, names for the search, arithmetic.
UNREAD = frozenset(
    "slug cards searches sources products codes words aliases sketch problem reviewed_on assume compute decide".split()
)
FIRST = {  # what a page's first screen says, and of a pattern how it fails
    "patterns": ("summary", "use_when", "avoid_when", "failure_modes"),
    "phases": ("goal", "summary", "checklist", "leave_when", "enter_when"),
}
PITCH = "Say it in thirty seconds"
PLACES = {
    "read": "{0}/",
    "skim": "{0}/",
    "ask": "practice/ask/?{1}",
    "rehearse": "practice/rehearse/?{1}",
    "defend": "practice/defend/?{1}",
    "tick": "{0}/#checklist",
}
SAYS = {
    "read": "Read {name}",
    "skim": "Skim {name}",
    "ask": "Be asked {count} cards on {name}",
    "rehearse": "Rehearse {name}, {slot} minutes and the debrief",
    "defend": "Defend {count} decisions of {name}",
    "tick": "Tick the checklist of {name} against your paper",
}
DUE = "Answer what is due, up to {count} cards"


class Step(NamedTuple):
    """A step as page and script have it. `id` tells it in the reader's log: what is done, to what, for which time."""

    id: str
    do: str
    of: tuple[str, ...]
    count: int
    minutes: int
    say: str
    place: str  # address below the site


class Day(NamedTuple):
    name: str
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.steps)


def days(c: Catalogue, plan: Plan) -> list[Day]:
    """A plan's days with their steps worked out. GuideError where one names what there is not."""
    times: Counter[str] = Counter()
    out = []
    for day in plan.days:
        steps = []
        for one in day.steps:
            times[key := f"{one.do} {','.join(one.of)}"] += 1
            steps.append(step(c, one, key if times[key] == 1 else f"{key}#{times[key]}"))
        out.append(Day(day.name, tuple(steps)))
    return out


def step(c: Catalogue, one: PlanStep, id_: str) -> Step:
    names = [_name(c, target) for target in one.of]
    name = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    says = DUE if one.of == ("due",) else SAYS[one.do]
    say = says.format(name=name, count=one.count, slot=one.slot)
    place = PLACES[one.do].format(one.of[0], _asked(one.of))
    count = len(c.phases[one.of[0].partition("/")[2]].checklist) if one.do == "tick" else one.count or 0
    return Step(id_, one.do, one.of, count, minutes(c, one), say, place)


def _asked(of: tuple[str, ...]) -> str:
    """How the pages of practice call it in their address: "pattern=saga,retry", "category=caching", "all"."""
    if of == ("due",):
        return "all"
    folder = of[0].partition("/")[0]
    one = "category" if folder == "categories" else folder.removesuffix("s")
    return f"{one}={','.join(target.partition('/')[2] for target in of)}"


def _name(c: Catalogue, target: str) -> str:
    folder, _, slug = target.partition("/")
    if folder == "due":
        return ""
    return str((c.categories if folder == "categories" else c.shelves[folder])[slug].name)


# --- minutes ------------------------------------------------------------------------------


def minutes(c: Catalogue, one: PlanStep) -> int:
    """Whole minutes of a step, rounded up; 0 where nothing says how long it takes."""
    pace, target = c.plans.pace, one.of[0]
    if one.do in ("read", "skim"):
        return _up(words(c, target, first=one.do == "skim"), pace.words)
    if one.do == "ask":
        return _up((one.count or 0) * pace.card, 60)
    if one.do == "defend":
        return _up((one.count or 0) * pace.fork, 60)
    if one.do == "tick":
        return _up(len(c.phases[target.partition("/")[2]].checklist) * pace.box, 60)
    return one.slot + pace.debrief if one.slot else 0


def _up(what: int, by: int) -> int:
    return -(-what // by)


def words(c: Catalogue, page: str, *, first: bool) -> int:
    """Words of a page, or of its first screen: those of its data, and those of its file."""
    folder, _, slug = page.partition("/")
    record = c.shelves[folder][slug]
    names = FIRST[folder] if first else [name for name in type(record).model_fields if name not in UNREAD]
    prose = files.text(c.root / "docs" / folder / f"{slug}.md")
    if first:
        prose = "\n".join(line for part in outline.parts(prose) if part.heading == PITCH for line in part.body)
    said = [text for name in names for text in _texts(getattr(record, name)) if " " in text]
    return sum(len(re.findall(r"[\w'’.,-]*\w", text)) for text in [*said, prose])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        yield from _texts(tuple(value.values()))


# --- how many there are -------------------------------------------------------------------


def askable(c: Catalogue, of: tuple[str, ...]) -> int | None:
    """How many cards such a step can ask; None for what is due, which nobody knows ahead."""
    if of == ("due",):
        return None
    owners: list[Any] = []
    for target in of:
        folder, _, slug = target.partition("/")
        if folder == "patterns":
            owners.append(c.patterns[slug])
        elif folder == "categories":
            owners += c.in_category(slug)
        elif folder == "phases":
            owners += [one for one in c.patterns.values() if slug in one.phases]
        else:
            problem = c.problems[slug]
            owners += [problem, *(c.patterns[one.pattern] for one in problem.exercises if one.pattern in c.patterns)]
    return sum(len(one.cards) for one in {id(one): one for one in owners}.values())


def defensible(c: Catalogue, target: str) -> int | None:
    """How many forks of a problem or a playbook can be defended; None where its crux names no decision."""
    folder, _, slug = target.partition("/")
    if folder == "problems" and c.problems[slug].hard.decision not in c.problems[slug].decide:
        return None
    return len(list(forks.of_problem(c, c.problems[slug]))) if folder == "problems" else len(c.playbooks[slug].forks)


# --- the page -----------------------------------------------------------------------------


def plans(c: Catalogue) -> str:
    """Every plan as a list of days, and the place where one is laid on the reader's own dates."""
    made = [(plan, days(c, plan)) for plan in c.plans.plans]
    return fill("plans", plans=made, pace=c.plans.pace)
