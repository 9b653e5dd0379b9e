"""The hour: which phase has which minutes in a slot, computed once; the time bar, the tables and the plan by the clock.

Everything comes from data/interview.yml. Page, sheet, PDF and the book's cover draw the same parts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from macros.facts.catalogue import Catalogue
from macros.facts.finding import GuideError
from macros.facts.model import Phase, Slot
from macros.pages.template import fill, said

TICK, STRONG = 5, 15  # minutes between the marks below the bar, and between the longer ones


@dataclass(frozen=True)
class Part:
    """One part of the hour; minutes, and `start` and `end` in minutes from the beginning of the interview."""

    slug: str  # of the phase; the reserve has none
    name: str  # short enough for the bar
    title: str
    minutes: int
    start: int
    end: int
    present: bool
    reserve: bool


@dataclass(frozen=True)
class Hour:
    """A slot's parts in order, those without a minute left out; `start` and `end` are the present part's, if any is."""

    slot: int  # minutes
    parts: tuple[Part, ...]
    start: int | None
    end: int | None


def slot(c: Catalogue, minutes: int) -> Slot:
    """The plan for an interview of so many minutes."""
    for one in c.interview.slots:
        if one.minutes == minutes:
            return one
    known = ", ".join(str(s.minutes) for s in c.interview.slots)
    raise GuideError(f"no plan for {minutes} minutes; data/interview.yml has {known}")


def timed(c: Catalogue) -> list[Phase]:
    """The phases that have minutes, in order."""
    return [phase for phase in c.phases.values() if phase.timed]


def hour(c: Catalogue, minutes: int | None = None, present: str | None = None) -> Hour:
    """The parts of a slot, or of the default one, and which phase is present. GuideError for an unknown name."""
    plan = slot(c, minutes or c.interview.default_slot)
    chosen = c.phases[present].slug if present else None
    rows = [(phase.slug, phase.short, phase.name, plan.plan[phase.slug]) for phase in timed(c)]
    parts, clock = [], 0
    for slug, name, title, length in [*rows, ("", "Reserve", "Reserve", plan.reserve)]:
        if length:
            parts.append(Part(slug, name, title, length, clock, clock + length, slug == chosen, not slug))
        clock += length
    now = next((part for part in parts if part.present), None)
    return Hour(plan.minutes, tuple(parts), now and now.start, now and now.end)


def minutes_of(c: Catalogue, slug: str, slot: int | None = None) -> str:
    """A phase's minutes in a slot, the default one if none is named, for running text. GuideError where it has none."""
    part = hour(c, slot, slug)
    if part.start is None or part.end is None:
        raise GuideError(f"phase '{slug}' has no minutes of its own; only timed phases have")
    return str(part.end - part.start)


def begins(c: Catalogue, slug: str, slot: int | None = None) -> str:
    """The minute in which a phase begins by the clock, for running text. GuideError where it has none."""
    part = hour(c, slot, slug)
    if part.start is None:
        raise GuideError(f"phase '{slug}' has no minutes of its own; only timed phases have")
    return str(part.start)


def slots(c: Catalogue) -> str:
    """The slots that have a plan, for running text: "35, 45, 60 or 90"."""
    *others, last = (str(one.minutes) for one in c.interview.slots)
    return f"{', '.join(others)} or {last}" if others else last


def clock(minutes: int) -> str:
    """Hours and minutes of the running clock: 95 is 1:35."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def scaled(lengths: Sequence[int], to: int) -> list[int]:
    """Minutes as those of another slot, which they fill: each has its share, those with the largest rest one more."""
    whole = sum(lengths)
    out = [length * to // whole for length in lengths]
    rests = sorted(range(len(lengths)), key=lambda i: (-(lengths[i] * to % whole), i))
    for i in rests[: to - sum(out)]:
        out[i] += 1
    return out


def phase_bar(c: Catalogue, present: str | None = None, minutes: int | None = None) -> str:
    """The strip of phases in proportion to their minutes, the present one filled.

    Of a slot that is named, or of the reader's: then the choice of slot and level stands above it.
    """
    if minutes:
        made = hour(c, minutes, present)
        return fill("phase_bar", hour=made, ticks=ticks(made))
    hours = [hour(c, one.minutes, present) for one in c.interview.slots]
    parts = [
        (part, own_slot(c, {one.slot: str(_length(one, part)) for one in hours}))
        for part in {one.slug: one for made in hours for one in made.parts}.values()
    ]
    return fill(
        "own_bar",
        parts=parts,
        hours=[(one.slot, ticks(one)) for one in hours],
        default=c.interview.default_slot,
        levels=c.vocabulary.levels,
    )


def _length(of: Hour, part: Part) -> int:
    return next((one.minutes for one in of.parts if one.slug == part.slug), 0)


def own_slot(c: Catalogue, texts: Mapping[int, str]) -> Markup:
    """A text for each slot, of which the page shows the reader's own: minutes.j2, frontend/settings.ts."""
    if len(set(texts.values())) == 1:
        return said(texts[c.interview.default_slot])
    return Markup("").join(
        Markup('<span class="wh-slot-{}">{}</span>').format(slot, said(text)) for slot, text in texts.items()
    )


def default_slot(c: Catalogue, html: str) -> str:
    """A page with the texts of the default slot alone, for programs, which see all of them at once."""
    return re.sub(
        r'<span class="wh-slot-(\d+)">(.*?)</span>',
        lambda found: found[2] if int(found[1]) == c.interview.default_slot else "",
        html,
    )


def ticks(of: Hour) -> list[tuple[int, bool]]:
    """The marks below a bar: each one's minute, and whether it is a longer one."""
    return [(minute, minute % STRONG == 0) for minute in range(TICK, of.slot, TICK)]


def style(c: Catalogue) -> str:
    """The style rules that depend on the minutes: how wide a part of a bar is, and which slot's texts a page shows."""
    hours = [hour(c, one.minutes) for one in c.interview.slots]
    planned = {one.minutes for p in c.problems.values() for one in p.plan}
    widths = sorted(planned | {part.minutes for one in hours for part in one.parts})
    names = {part.slug: part for one in hours for part in one.parts}
    own = [(one.slot, [(slug, _length(one, part)) for slug, part in names.items()]) for one in hours]
    return fill("minutes", widths=widths, own=own, default=c.interview.default_slot)


def time_table(c: Catalogue) -> str:
    """Minutes a phase for every slot, with the published range and the sums."""
    ranges = c.interview.published.ranges
    rows = [(phase, ranges.get(phase.slug), [s.plan[phase.slug] for s in c.interview.slots]) for phase in timed(c)]
    least, most = sum(r.least for r in ranges.values()), sum(r.most for r in ranges.values())
    return fill(
        "time_table", rows=rows, slots=c.interview.slots, least=least, most=most, published=c.interview.published
    )


def time_plan(c: Catalogue, minutes: int | None = None) -> str:
    """One slot by the clock: when each phase starts, and when to be out of it. Without minutes: the reader's own."""
    slots = [minutes] if minutes else [one.minutes for one in c.interview.slots]
    plans = {slot: {part.slug: part for part in hour(c, slot).parts} for slot in slots}
    rows = []
    for slug, part in plans[minutes or c.interview.default_slot].items():
        parts = {slot: plan[slug] for slot, plan in plans.items() if slug in plan}
        times = {slot: f"{clock(one.start)} to {clock(one.end)}" for slot, one in parts.items()}
        lengths = {slot: str(one.minutes) for slot, one in parts.items()}
        leave = c.phases[slug].leave_when[0] if slug else ""
        if minutes:
            rows.append((part, times[minutes], lengths[minutes], leave))
        else:
            rows.append((part, own_slot(c, times), own_slot(c, lengths), leave))
    return fill("time_plan", rows=rows)


def schemes_table(c: Catalogue) -> str:
    """How other guides divide the time, each with its source."""
    return fill("schemes_table", rows=[(s, c.sources[s.source]) for s in c.interview.schemes])
