"""Plans by the time left: each step leads somewhere and takes time, days fit, and stated sums are computed."""

from __future__ import annotations

from collections.abc import Iterator

from macros.facts.catalogue import Catalogue
from macros.facts.finding import Finding, GuideError, unknown
from macros.facts.plans import COUNTED, MAY, Plan, PlanStep
from macros.facts.yaml_file import Document
from macros.pages import plans as pages

NEAR = 20  # a total may be off by a twentieth: a page that gains a paragraph breaks no plan


def plans(c: Catalogue) -> Iterator[Finding]:
    doc, slugs = c.documents["plans"], [plan.slug for plan in c.plans.plans]
    for p, plan in enumerate(c.plans.plans):
        if plan.slug in slugs[:p]:
            yield doc.finding(("plans", p, "slug"), f"a plan '{plan.slug}' stands above; rename one of the two")
        found = list(_steps(c, doc, p, plan))
        yield from found
        if not found and not _missing(c, plan):
            yield from _sums(c, doc, p, plan)


def _steps(c: Catalogue, doc: Document, p: int, plan: Plan) -> Iterator[Finding]:
    """Each step by itself, and pages that are read for the first time twice."""
    first: dict[str, str] = {}
    for d, day in enumerate(plan.days):
        for s, one in enumerate(day.steps):
            here = ("plans", p, "days", d, "steps", s)
            wrong = list(_step(c, doc, here, one))
            yield from wrong
            if wrong or one.do not in ("read", "skim"):
                continue
            if one.of[0] in first:
                text = f"'{one.of[0]}' is read already under '{first[one.of[0]]}'; ask its cards instead, or remove it"
                yield doc.finding((*here, "of"), text)
            first[one.of[0]] = day.name


def _step(c: Catalogue, doc: Document, here: tuple, one: PlanStep) -> Iterator[Finding]:
    if len(one.of) > 1 and (one.do != "ask" or any(not target.startswith("patterns/") for target in one.of)):
        yield doc.finding((*here, "of"), "a step does one thing; write one target, or several patterns to `ask`")
        return
    for i, target in enumerate(one.of):
        folder, _, slug = target.partition("/")
        if folder not in MAY[one.do]:
            yield doc.finding((*here, "of", i), f"cannot {one.do} '{target}'; use one of {', '.join(MAY[one.do])}")
            return
        shelf = c.categories if folder == "categories" else c.shelves.get(folder, {})
        if folder != "due" and slug not in shelf:
            if c.document(folder, slug) is None:  # else its own file has a mistake
                where = "data/vocabulary.yml" if folder == "categories" else f"data/{folder}/"
                yield doc.finding((*here, "of", i), unknown(_one(folder), slug, shelf, where))
            return
    if one.do in COUNTED and one.count is None:
        yield doc.finding(here, "takes no minutes; say how many with `count`")
    elif one.do not in COUNTED and one.count is not None:
        yield doc.finding((*here, "count"), f"nothing is counted when you {one.do}; remove it")
    elif one.count is not None:
        most = pages.askable(c, one.of) if one.do == "ask" else pages.defensible(c, one.of[0])
        if most is not None and one.count > most:
            yield doc.finding((*here, "count"), f"there are only {most}; write {most} or fewer")
    if one.do == "rehearse" and one.slot is None:
        yield doc.finding(here, "takes no minutes; name a `slot` of data/interview.yml")
    elif one.do != "rehearse" and one.slot is not None:
        yield doc.finding((*here, "slot"), "only a rehearsal has a slot; remove it")
    elif one.slot is not None and one.slot not in (slots := _slots(c, one)):
        text = f"'{one.of[0]}' is not planned for {one.slot} minutes; use {', '.join(map(str, slots))}"
        yield doc.finding((*here, "slot"), text)


def _slots(c: Catalogue, one: PlanStep) -> list[int]:
    """Those of its problem; a slot that there is not is told of in the problem's file."""
    slots = c.problems[one.of[0].partition("/")[2]].slots
    known = [slot.minutes for slot in c.interview.slots]
    return list(slots) if all(slot in known for slot in slots) else known


def _one(folder: str) -> str:
    return "category" if folder == "categories" else folder.removesuffix("s")


def _missing(c: Catalogue, plan: Plan) -> bool:
    """Whether a step names what could not be read; its own file is told of."""
    targets = [target.partition("/") for day in plan.days for one in day.steps for target in one.of]
    return any(folder in c.shelves and slug not in c.shelves[folder] for folder, _, slug in targets)


def _sums(c: Catalogue, doc: Document, p: int, plan: Plan) -> Iterator[Finding]:
    try:
        made = pages.days(c, plan)
    except GuideError:  # of a page without its file, which is told of elsewhere
        return
    for d, day in enumerate(made):
        if day.minutes > plan.minutes:
            text = f"takes {day.minutes} minutes, and a day of this plan at most {plan.minutes}; move or remove a step"
            yield doc.finding(("plans", p, "days", d), text)
    total = sum(day.minutes for day in made)
    if abs(total - plan.total) * NEAR > total:
        yield doc.finding(("plans", p, "total"), f"the steps sum to {total} minutes, not {plan.total}; write {total}")
