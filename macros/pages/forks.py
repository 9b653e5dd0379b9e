"""What "Defend it" poses: a problem's decisions, the forks of playbooks, and pairs that are often confused.

Each choice has what speaks against it, the number that decides, and where it holds. Nothing is weighed by opinion: a
choice is taken by the guide, or holds on a condition that the data states, or the data gives reasons against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from macros.facts.catalogue import Catalogue
from macros.facts.formula import Formula
from macros.facts.model import Decision, Fork, Playbook
from macros.facts.problem import Problem
from macros.facts.quantities import Quantities, Settled, worked_out
from macros.pages.patterns import CONFUSED

Verdict = Literal["taken", "condition", "against"]
VERDICTS: dict[Verdict, str] = {
    "taken": "The guide's choice",
    "condition": "Defensible, on a condition",
    "against": "The text gives reasons against it",
}
STEPS = (50, 60, 75, 90, 100)  # confidence in percent; below one half a reader would take another answer
AXIS = tuple((step, 50 + (step - 50) * 190 // 50) for step in STEPS)  # where each stands below the curve's plot
ENOUGH = 20  # answers before a share of them says anything
NEAR = 3  # two numbers within this factor are not told apart: data/rubric.yml asks an estimate to be right to three
ALTERNATIVE = "alternative-to"  # the relation whose sentence says where each of two holds; check/vocabulary.py wants it
AVOID = "Its page says when to avoid it:"
OTHERS = 2  # choices beside the one that is taken
TURNED = {">": ("above", "at or below"), ">=": ("at or above", "below")}
TURNED |= {"<": ("below", "at or above"), "<=": ("at or below", "above")}


class Choice(NamedTuple):
    """One answer. `key` tells it in the reader's log, so it never changes; `page` is its pattern's, if it is one."""

    key: str
    name: str
    verdict: Verdict
    objection: str
    decides: str
    holds: str
    page: str = ""


class Posed(NamedTuple):
    """A fork as it is posed; `of` and `at` are addresses below the site."""

    id: str
    of: str
    at: str
    title: str
    sees: str
    asks: str
    choices: tuple[Choice, ...]


class Group(NamedTuple):
    """The forks of one problem or playbook, or all pairs; `choice` is what an address after # asks for."""

    choice: str
    name: str
    forks: tuple[Posed, ...]


def grouped(c: Catalogue) -> list[tuple[str, list[Group]]]:
    """Problems, playbooks, pairs."""
    problems = [Group(f"problem={slug}", p.name, tuple(of_problem(c, p))) for slug, p in c.problems.items()]
    playbooks = [Group(f"playbook={slug}", one.name, tuple(of_playbook(c, one))) for slug, one in c.playbooks.items()]
    pairs = Group("pairs", "Which of the two?", tuple(of_pairs(c)))
    shelves = [("Problems", problems), ("Playbooks", playbooks), ("Often confused", [pairs])]
    return [(name, found) for name, groups in shelves if (found := [group for group in groups if group.forks])]


# --- problems -----------------------------------------------------------------------------


def of_problem(c: Catalogue, p: Problem) -> Iterator[Posed]:
    """The crux with its options, then each other decision, which a comparison of two numbers settles."""
    of, known = f"problems/{p.slug}", c.quantities[p.slug]
    crux = p.decide[p.hard.decision]
    yield Posed(f"{of}.{p.hard.decision}", of, f"{of}/#the-crux", p.name, p.summary, crux.question, _options(p, crux))
    for id, one in p.decide.items():
        if id != p.hard.decision:
            choices = _two(known, known.decisions[id], one)
            yield Posed(f"{of}.{id}", of, f"{of}/#what-each-number-decides", p.name, p.summary, one.question, choices)


def _options(p: Problem, crux: Decision) -> tuple[Choice, ...]:
    out = []
    for i, one in enumerate(p.hard.options):
        holds = one.reconsider if i else f"{crux.because} What would change it: {one.reconsider}"
        page = f"patterns/{one.pattern}/" if one.pattern else ""
        out.append(Choice(f"{i + 1}", one.name, "condition" if i else "taken", one.pay, one.number, holds, page))
    return tuple(out)


def _two(known: Quantities, settled: Settled, one: Decision) -> tuple[Choice, Choice]:
    """Take and else. The one that the numbers do not take is defensible where an estimate could turn them round."""
    sides = settled.comparison
    left, right = _side(known, sides.left, settled.left), _side(known, sides.right, settled.right)
    decides = f"{left}, against {right}"
    now, turned = TURNED[sides.sign][:: 1 if settled.holds else -1]
    names = [("take", one.take), ("else", one.otherwise)][:: 1 if settled.holds else -1]
    because = f"{one.because} It holds while the first number is {now} the second."
    once = f"It holds once the first number is {turned} the second."
    near = _near(known, settled)
    if near:
        once += f" The two lie within a factor of {NEAR}, and an estimate is hardly better than that."
    return (
        Choice(*names[0], "taken", one.objection or "", decides, because),
        Choice(*names[1], "condition" if near else "against", one.because, decides, once),
    )


def _side(known: Quantities, side: Formula, text: str) -> str:
    """A side of a comparison: its number, and what it is unless it is computed within it."""
    alone = len(side.working) == 1 and side.working[0][1]
    return f"{known.all[side.working[0][0]].means}: {text}" if alone else text


def _near(known: Quantities, settled: Settled) -> bool:
    values = {name: one.value for name, one in known.all.items()}
    left, right = worked_out(settled.comparison.left, values), worked_out(settled.comparison.right, values)
    low, high = sorted((left or Fraction(0), right or Fraction(0)))
    return 0 < low and high <= NEAR * low


# --- playbooks and pairs ------------------------------------------------------------------


def of_playbook(c: Catalogue, book: Playbook) -> Iterator[Posed]:
    """A row is told by its pattern; where a table takes one twice, the later by its number as well."""
    of, takes = f"playbooks/{book.slug}", [fork.take for fork in book.forks]
    for i, fork in enumerate(book.forks):
        pattern, before = c.patterns[fork.take], takes[:i].count(fork.take)
        id = f"{of}.{fork.take}" + (f"-{before + 1}" if before else "")
        taken = Choice(fork.take, pattern.name, "taken", fork.objection, fork.decides, fork.because, _page(fork.take))
        choices, asks = (taken, *others(c, book, fork)), "Which pattern do you take?"
        yield Posed(id, of, f"{of}/#decide", book.name, fork.sees, asks, choices)


def others(c: Catalogue, book: Playbook, fork: Fork) -> list[Choice]:
    """An alternative, whose relation says where it holds; rows of the same table that have another case."""
    rows, links = {one.take: one for one in book.forks}, {link.to: link for link in c.links(fork.take)}
    out = []
    for to in fork.beside or _beside(book, fork, rows, links):
        if to in links and links[to].kind == ALTERNATIVE:
            verdict, holds = "condition", str(links[to].why)
        else:
            verdict = "against"
            holds = f"The table takes it for another case. {rows[to].sees} What decides there: {rows[to].decides}."
        out.append(Choice(to, c.patterns[to].name, verdict, _objection(c, book, to), fork.decides, holds, _page(to)))
    return out


def _objection(c: Catalogue, book: Playbook, slug: str) -> str:
    """What speaks against a pattern: by its row in this table or another, else by its page."""
    rows = [fork for one in (book, *c.playbooks.values()) for fork in one.forks if fork.take == slug]
    return rows[0].objection if rows else f"{AVOID} {c.patterns[slug].avoid_when[0]}"


def _beside(book: Playbook, fork: Fork, rows: dict[str, Fork], links: dict[str, Any]) -> list[str]:
    """The first alternative, one of the table before others; then the nearest rows that are not related to it."""
    near = sorted((to for to, link in links.items() if link.kind == ALTERNATIVE), key=lambda to: to not in rows)[:1]
    order = list(rows)
    at = order.index(fork.take)
    far = sorted((to for to in order if to not in links and to != fork.take), key=lambda to: abs(order.index(to) - at))
    return [*near, *far][:OTHERS]


def of_pairs(c: Catalogue) -> Iterator[Posed]:
    for one in c.singles["relations"].relations:
        if one.kind != CONFUSED or one.case is None:
            continue
        first, second = c.patterns[one.source], c.patterns[one.to]
        right, wrong = (first, second) if one.case.take == first.slug else (second, first)
        own = {right.slug: right.summary, wrong.slug: f"It is for another case. {wrong.use_when[0]}"}
        choices = tuple(
            Choice(p.slug, p.name, verdict, f"{AVOID} {p.avoid_when[0]}", one.why, own[p.slug], _page(p.slug))
            for p, verdict in ((right, "taken"), (wrong, "against"))
        )
        of, sees = f"patterns/{first.slug}", right.use_when[one.case.line - 1]
        title = f"{first.name}, or {second.name}?"
        yield Posed(f"{of}.{second.slug}", of, f"{of}/#related", title, sees, "Which of the two do you need?", choices)


def _page(slug: str) -> str:
    return f"patterns/{slug}/"
