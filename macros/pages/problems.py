"""The parts of a problem's page that come from its data, and its quantities wherever they are quoted."""

from __future__ import annotations

import re

from markupsafe import Markup

from macros.facts.catalogue import Catalogue
from macros.facts.finding import GuideError
from macros.facts.model import Assumption
from macros.facts.problem import Erratum
from macros.facts.quantities import Part, part
from macros.pages import figures, minutes, patterns
from macros.pages.template import fill, link, plain, span

STATUSES = {  # of an erratum
    "seen": "read by us at that place",
    "reported": "told to its authors",
    "mended": "mended by its authors since",
}


def quantity(c: Catalogue, name: str, show: str = "") -> str:
    """A quantity in running text, with its working. 'number' leaves out the unit, 'plain' the link."""
    if show not in ("", "number", "plain"):
        raise GuideError(f"a quantity cannot be shown as '{show}'; use 'number', 'plain' or nothing")
    return (span if show == "plain" else link)(_part(c, name, bare=show == "number"))


def _part(c: Catalogue, name: str, own: str = "", bare: bool = False) -> Part:
    one = c.quantity(name, own)
    return part(c.quantities[name.rpartition(".")[0] or own], one.id, bare)


def listing(c: Catalogue) -> str:
    """Every problem by its crux; then by what it exercises, by category; then by the slots that it fills."""
    rows = [(p, [c.patterns[one.pattern] for one in p.exercises]) for p in c.problems.values()]
    groups = [
        (category, [(p, mine) for p, used in rows if (mine := [one for one in used if one.category == category.slug])])
        for category in c.categories.values()
    ]
    slots = [(slot.minutes, [p for p, _ in rows if slot.minutes in p.slots]) for slot in c.interview.slots]
    return fill(
        "problem_list",
        rows=rows,
        groups=[(category, found) for category, found in groups if found],
        slots=[(minutes_, found) for minutes_, found in slots if found],
    )


def head(c: Catalogue, slug: str) -> str:
    """The first screen: prompt, crux, five numbers, and the finished board."""
    p = c.problems[slug]
    five = [(c.quantities[slug].all[id].means, link(_part(c, id, slug))) for id in p.first]
    return fill("problem_head", problem=p, five=five, board=board(c, slug))


def board(c: Catalogue, slug: str) -> Markup:
    """The finished board for the first screen, as a phone has it, which is narrow enough to stand beside the prompt."""
    name = c.problems[slug].board
    title, _ = figures.captions(c.data / "diagrams" / f"{name}.mmd")
    svg = re.sub(
        r'\bid="([^"]+)"|url\(#([^)]+)\)',
        lambda m: f'id="head-{m[1]}"' if m[1] else f"url(#head-{m[2]})",
        figures.narrow(name),
    )
    svg = svg.replace("<svg", f'<svg role="img" aria-label="{plain(title)}"', 1)
    return Markup(figures.filled(c, name, svg))


def scope(c: Catalogue, slug: str) -> str:
    return fill("problem_scope", problem=c.problems[slug])


def numbers(c: Catalogue, slug: str) -> str:
    """Assumptions, what follows, the decisions on it, and how each was computed; frontend/quantities/ moves them."""
    known = c.quantities[slug]
    assumed = [one for one in known.all.values() if isinstance(one.given, Assumption)]
    computed = [one for one in known.all.values() if not isinstance(one.given, Assumption)]
    settled = list(known.decisions.values())
    deciding = {name for one in settled for side in (one.comparison.left, one.comparison.right) for name in side.names}
    return fill(
        "problem_numbers", problem=c.problems[slug], assumed=assumed, computed=computed, settled=settled,
        deciding=deciding, working={id: _working(c, slug, id) for id in known.all}, slug=slug, sources=c.sources,
        cell_of=lambda id: link(_part(c, id, slug)),
    )  # fmt: skip


def _working(c: Catalogue, slug: str, id: str) -> Markup:
    """The working with each quantity marked, so that it follows when one is moved."""
    one = c.quantities[slug].all[id]
    if one.formula is None:
        return Markup("")
    return Markup("").join(span(_part(c, text, slug)) if is_name else text for text, is_name in one.formula.working)


def options(c: Catalogue, slug: str) -> str:
    """The hard decision: two or three options, the number that decides, and what would change your mind."""
    p = c.problems[slug]
    rows = [(one, c.patterns[one.pattern] if one.pattern else None) for one in p.hard.options]
    return fill(
        "problem_options",
        rows=rows,
        settled=c.quantities[slug].decisions[p.hard.decision],
        decision=p.decide[p.hard.decision],
        slug=slug,
    )


def failures(c: Catalogue, slug: str) -> str:
    return fill("problem_failures", rows=c.problems[slug].failures)


def curveballs(c: Catalogue, slug: str) -> str:
    p = c.problems[slug]
    rows = [(one, p.decide[one.attacks], c.patterns[one.pattern]) for one in p.curveballs]
    return fill("problem_curveballs", rows=rows)


def expected(c: Catalogue, slug: str) -> str:
    rows = [(level, getattr(c.problems[slug].expect, level.slug)) for level in c.vocabulary.levels]
    return fill("problem_expected", rows=rows)


def plan(c: Catalogue, slug: str) -> str:
    """What to do in which minutes, for each slot that the problem fills: the plan of the default slot, scaled."""
    p = c.problems[slug]
    lengths = [one.minutes for one in p.plan]
    columns = [(slot, minutes.scaled(lengths, slot)) for slot in p.slots]
    rows = [(one, [(sum(scaled[:i]), sum(scaled[: i + 1])) for _, scaled in columns]) for i, one in enumerate(p.plan)]
    return fill("problem_plan", slots=p.slots, rows=rows)


def hour(c: Catalogue, slug: str, slot: int | None = None) -> minutes.Hour:
    """The plan of a problem as parts of a slot, or of the default one, named by their numbers."""
    lengths = minutes.scaled([one.minutes for one in c.problems[slug].plan], slot or c.interview.default_slot)
    parts = tuple(
        minutes.Part("", str(i + 1), one.do, length, sum(lengths[:i]), sum(lengths[: i + 1]), False, False)
        for i, (one, length) in enumerate(zip(c.problems[slug].plan, lengths, strict=True))
    )
    return minutes.Hour(sum(lengths), parts, None, None)


def bar(hour: minutes.Hour) -> str:
    """The strip of a plan's steps in proportion to their minutes."""
    return fill("plan_bar", hour=hour, ticks=minutes.ticks(hour))


def follow_ups(c: Catalogue, slug: str) -> str:
    return fill("problem_follow_ups", rows=c.problems[slug].follow_ups)


def errata(c: Catalogue, slug: str) -> str:
    """What published solutions miscalculate, beside what holds; then what readers may have met in a wrong form."""
    p = c.problems[slug]
    rows = [(one, holding(c, slug, one)) for one in p.errata]
    return fill("problem_errata", rows=rows) + "\n\n" + patterns.misreadings(c, slug, "problems")


def holding(c: Catalogue, slug: str, one: Erratum) -> Markup:
    """The number that holds in an erratum's place, as the build computes it, with its working."""
    return link(_part(c, one.holds, slug))


def exercises(c: Catalogue, slug: str) -> str:
    """Patterns with what each is needed for; then the playbooks whose forks the problem walks."""
    rows = [(c.patterns[one.pattern], one.why) for one in c.problems[slug].exercises]
    walked = [(book, [(_open(fork.sees), c.patterns[fork.take]) for fork in forks]) for book, forks in c.walked(slug)]
    return fill("problem_exercises", rows=rows, walked=walked, slug=slug)


def _open(text: str) -> str:
    """A sentence without its point, so that it may stand in a list."""
    return text[:-1] if text.endswith(".") else text


def next_step(c: Catalogue, slug: str) -> str:
    """Where to go from the end of the page: rehearse, defend, be asked; the next problem, after the last the first."""
    row = list(c.problems)
    after = c.problems[row[(row.index(slug) + 1) % len(row)]]
    p = c.problems[slug]
    return fill("problem_next", problem=p, after=after if after is not p else None)


def sources(c: Catalogue, slug: str) -> str:
    return patterns.source_list(c, c.problems[slug], heading=False)
