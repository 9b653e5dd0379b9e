"""Minutes: the time bar, the tables and the plan by the clock. Everything comes from data/interview.yml."""

from __future__ import annotations

from macros.load import Catalogue, GuideError
from macros.model import Slot
from macros.templates import fill


def slot(c: Catalogue, minutes: int) -> Slot:
    """The plan for an interview of so many minutes."""
    for one in c.interview.slots:
        if one.minutes == minutes:
            return one
    known = ", ".join(str(s.minutes) for s in c.interview.slots)
    raise GuideError(f"no plan for {minutes} minutes; data/interview.yml has {known}")


def timed(c: Catalogue) -> list[tuple[str, object]]:
    return [(slug, phase) for slug, phase in c.ordered_phases() if phase.timed]


def phase_bar(c: Catalogue, present: str | None = None, minutes: int | None = None) -> str:
    """The strip of phases in proportion to their minutes, the present one filled."""
    plan = slot(c, minutes or c.interview.default_slot)
    if present:
        c.phases.find(present)
    parts = [(slug, phase.short, phase.name, plan.plan[slug]) for slug, phase in timed(c)]
    return fill(
        "phase_bar", parts=parts, reserve=plan.reserve, total=plan.minutes, present=present,
        ticks=range(5, plan.minutes, 5),
    )  # fmt: skip


def style(c: Catalogue) -> str:
    """The style sheet's rules that depend on the minutes: how wide a part of the bar is, and which slot a sheet shows."""
    slots = c.interview.slots
    widths = sorted({minutes for one in slots for minutes in (*one.plan.values(), one.reserve) if minutes})
    return fill("minutes", widths=widths, slots=[one.minutes for one in slots])


def time_table(c: Catalogue) -> str:
    """Minutes a phase for every slot, with the published range and the sums."""
    ranges = c.interview.published.ranges
    rows = [
        (slug, phase, ranges.get(slug), [s.plan[slug] for s in c.interview.slots]) for slug, phase in timed(c)
    ]
    least, most = sum(r.least for r in ranges.values()), sum(r.most for r in ranges.values())
    return fill("time_table", rows=rows, slots=c.interview.slots, least=least, most=most, published=c.interview.published)


def time_plan(c: Catalogue, minutes: int) -> str:
    """One slot by the clock: when each phase starts, and when to be out of it."""
    plan, clock, rows = slot(c, minutes), 0, []
    for slug, phase in timed(c):
        rows.append((slug, phase, clock, clock + plan.plan[slug]))
        clock += plan.plan[slug]
    return fill("time_plan", rows=rows, plan=plan, clock=clock)


def schemes_table(c: Catalogue) -> str:
    """How other guides divide the time, each with its source."""
    return fill("schemes_table", rows=[(s, c.sources.find(s.source)) for s in c.interview.schemes])
