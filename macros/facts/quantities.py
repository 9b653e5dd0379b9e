"""The quantities of a record: assumed, computed, and the decisions on them; checked, said, and compiled for the page.

One number, one place: whoever repeats one quotes it by its id. `{peak_requests}` in the record's own texts,
`{news-feed.peak_requests}` in those of another, q("…") in Markdown. `{peak_requests:number}` leaves the unit out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from macros.facts import formula, saying
from macros.facts.finding import suggestion
from macros.facts.formula import Comparison, Fault, Formula
from macros.facts.model import Assumption, Computed, Decision
from macros.facts.units import NAMES, Unit, Units, words

ID = re.compile(r"^[a-z][a-z0-9_]*$")
QUOTE = re.compile(r"\{(?:([a-z0-9-]+)\.)?([a-z][a-z0-9_]*)(?::(number))?\}")
ENDLESS = "no end"  # what a step comes to that a variant divides by nothing
KINDS_OF_RATE = {"mean", "peak", "total"}
Loc = tuple[Any, ...]


class Part(NamedTuple):
    """A piece of a text: as it stands, or a quantity of a record."""

    text: str
    of: str = ""  # slug of the record
    id: str = ""
    bare: bool = False  # the number without its unit
    how: str = ""  # its working, for those who ask


class Told(str):
    """A text with its quantities said; whoever can show more of them than words finds them in `parts`."""

    parts: tuple[Part, ...]

    def __new__(cls, parts: tuple[Part, ...]) -> Told:
        made = super().__new__(cls, "".join(part.text for part in parts))
        made.parts = parts
        return made

    def __getnewargs__(self) -> tuple[tuple[Part, ...]]:
        return (self.parts,)  # for whoever copies a record


@dataclass(frozen=True)
class Quantity:
    """One number of a record, with what is needed to say it again for other assumptions."""

    id: str
    means: str
    unit: Unit
    digits: int
    carried: bool  # whether later steps go on from the said number
    given: Assumption | Computed
    formula: Formula | None  # none: assumed
    value: Fraction  # in base units
    text: str
    number: str
    ladder: tuple[tuple[Fraction, str, str], ...]


@dataclass(frozen=True)
class Settled:
    """A decision as the stated assumptions settle it."""

    id: str
    decision: Decision
    comparison: Comparison
    holds: bool
    left: str
    right: str


@dataclass
class Quantities:
    """All of a record, in order of computation. What is wrong stands in `faults`; such quantities are left out."""

    slug: str
    units: Units
    all: dict[str, Quantity] = field(default_factory=dict)
    decisions: dict[str, Settled] = field(default_factory=dict)
    faults: list[tuple[Loc, str]] = field(default_factory=list)

    def working(self, id: str) -> str:
        """'70 posts/s × 200 entries per post'; of an assumption, why."""
        one = self.all[id]
        if one.formula is None:
            return f"assumed: {told(one.given.why or 'see its source', self.slug, {self.slug: self})}"
        return "".join(self.all[text].text if is_name else text for text, is_name in one.formula.working)

    def uses(self, id: str) -> tuple[str, ...]:
        """What a quantity is made of, itself included, down to the assumptions."""
        one = self.all[id]
        below = [name for used in (one.formula.names if one.formula else ()) for name in self.uses(used)]
        return tuple(dict.fromkeys([*below, id]))

    def variant(self, moved: Mapping[str, Fraction]) -> dict[str, Fraction | None]:
        """Every number, in base units, where assumptions have other values, in theirs; none where there is no end."""
        out: dict[str, Fraction | None] = {}
        for one in self.all.values():
            if one.formula is None:
                out[one.id] = moved[one.id] * one.unit.factor if one.id in moved else one.value
                continue
            value = worked_out(one.formula, out)
            if one.carried and value is not None:
                value = saying.rounded(value / one.unit.factor, one.digits) * one.unit.factor
            out[one.id] = value
        return out

    def takes(self, id: str, values: Mapping[str, Fraction | None]) -> str:
        """What a decision takes where the numbers are these; what is else taken where one of its sides has no end."""
        c, decision = self.decisions[id].comparison, self.decisions[id].decision
        left, right = worked_out(c.left, values), worked_out(c.right, values)
        holds = left is not None and right is not None and formula.HELD[c.sign](left, right)
        return str(decision.take if holds else decision.otherwise)

    def say(self, id: str, value: Fraction | None) -> str:
        """A value, in base units, as this quantity is said."""
        one = self.all[id]
        return ENDLESS if value is None else saying.say(value, one.unit, one.digits, list(one.ladder))

    @cached_property
    def compiled(self) -> dict[str, Any]:
        """What the page's script needs, as JSON: the keys are those of frontend/quantities/state.ts."""
        out: dict[str, Any] = {"of": self.slug, "q": {}, "d": {}}
        for one in self.all.values():
            row: dict[str, Any] = {
                "m": one.means,
                "f": str(one.unit.factor),
                "u": [one.unit.one, one.unit.many],
                "n": one.digits,
            }
            if one.ladder:
                row["l"] = [[str(factor), a, b] for factor, a, b in one.ladder]
            if one.carried:
                row["c"] = 1
            if isinstance(one.given, Assumption):
                row |= {"v": _exact(one.given.value), "lo": _exact(one.given.low), "hi": _exact(one.given.high)}
            elif one.formula:
                row |= {"p": list(one.formula.program), "w": _alternate(one.formula)}
            out["q"][one.id] = row
        for id, one in self.decisions.items():
            c = one.comparison
            out["d"][id] = {"a": list(c.left.program), "s": c.sign, "b": list(c.right.program),
                            "k": self._as(c), "t": one.decision.take, "e": one.decision.otherwise}  # fmt: skip
        return out

    def _as(self, comparison: Comparison) -> str:
        """The quantity whose unit and digits say the two sides."""
        return next(
            (f.names[0] for f in (comparison.left, comparison.right) if len(f.program) == 1 and f.names),
            next(
                name
                for f in (comparison.left, comparison.right)
                for name in (*f.names, *self.all)
                if self.all[name].unit.dimension == comparison.left.dimension
            ),
        )


def worked_out(of: Formula, values: Mapping[str, Fraction | None]) -> Fraction | None:
    """What a formula comes to; none where it, or something that it needs, divides by nothing."""
    if any(values[name] is None for name in of.names):
        return None
    try:
        return formula.run(of.program, values)
    except ZeroDivisionError:
        return None


def _exact(value: float) -> str:
    return str(Fraction(str(value)))


def _alternate(of: Formula) -> list[str]:
    """The working as text, name, text, name, …"""
    out = [""]
    for text, is_name in of.working:
        if is_name:
            out += [text, ""]
        else:
            out[-1] += text
    return out


def quantities(slug: str, assume: Mapping[str, Assumption], compute: Mapping[str, Computed],
               decide: Mapping[str, Decision], units: Units) -> Quantities:  # fmt: skip
    """A record's quantities, checked and worked out."""
    made = Quantities(slug, units)
    fault = lambda *loc_and_text: made.faults.append((loc_and_text[:-1], loc_and_text[-1]))  # noqa: E731
    known: dict[str, Unit] = {}
    here = {*assume, *compute}  # a name of these that is not known has a fault of its own
    for name, block in (("assume", assume), ("compute", compute)):
        for id, given in block.items():
            if not ID.match(id) or id in NAMES or id in formula.CALLS:
                fault(
                    name,
                    id,
                    f"'{id}' cannot be a name; use small letters, digits and _, and no unit's or function's name",
                )
            elif id in known:
                fault(name, id, f"'{id}' is assumed and computed; keep one of the two")
            else:
                try:
                    known[id] = units.unit(given.unit)
                except ValueError as error:
                    near = suggestion(str(error), units.known()) or "; what is counted stands in data/vocabulary.yml"
                    fault(name, id, "unit", f"no unit '{error}'{near}")
    constants = {name: units.unit(name) for name in (*NAMES, *units.counted)}
    for id, given in assume.items():
        if id in known:
            _assumed(made, id, given, known[id], fault)
    order = _order(compute, known, fault)
    for id in order:
        _computed(made, id, compute[id], known, constants, fault, here)
    broken = set(known) - set(made.all)
    for id, given in decide.items():
        try:
            c = formula.comparison(given.when, known.get, constants)
        except Fault as error:
            if error.name not in here:
                fault("decide", id, "when", _remedied(error, known))
            continue
        if not broken & {*c.left.names, *c.right.names}:
            _decided(made, id, given, c, fault)
    return made


def _assumed(made: Quantities, id: str, given: Assumption, unit: Unit, fault) -> None:
    value, low, high = (Fraction(str(one)) for one in (given.value, given.low, given.high))
    if not low <= value <= high or low >= high:
        fault(
            "assume",
            id,
            "value",
            f"{given.value:g} lies outside {given.low:g} to {given.high:g}; widen low and high, or change it",
        )
    elif not given.why and not given.source:
        fault("assume", id, "neither why nor source; say one of them")
    else:
        _keep(made, id, given, unit, None, value * unit.factor)


def _remedied(error: Fault, known: Iterable[str]) -> str:
    return f"{error}{(suggestion(error.name, known) or '; see assume and compute') if error.name else ''}"


def _computed(made: Quantities, id: str, given: Computed, known, constants, fault, given_names: set[str]) -> None:
    here, unit = ("compute", id, "is"), known[id]
    try:
        f = formula.formula(given.formula, known.get, constants)
    except Fault as error:
        if error.name not in given_names:
            fault(*here, _remedied(error, [*known, *constants]))
        return
    if f.dimension != unit.dimension:
        fault(
            *here,
            f"units do not cancel: it comes to {words(f.dimension)}, not {words(unit.dimension)}; "
            "mend the formula or its unit",
        )
        return
    if wrong := _role(given, unit):
        fault("compute", id, "role", wrong)
    if any(name not in made.all for name in f.names):
        return  # one of them has a fault of its own
    try:
        value = formula.run(f.program, {name: one.value for name, one in made.all.items()})
    except ZeroDivisionError:
        fault(*here, "divides by nothing; give the divisor a value that is not zero")
        return
    if given.carry == "said":
        value = saying.rounded(value / unit.factor, given.digits) * unit.factor
    _keep(made, id, given, unit, f, value)


def _role(given: Computed, unit: Unit) -> str:
    roles = set(given.role)
    if unit.flows and ("rate" not in roles or not roles & KINDS_OF_RATE):
        return "is so much in a time: name it rate, and mean, peak or total"
    if not unit.flows and "rate" in roles:
        return "is no rate: its unit has no time below the stroke; name it size"
    return ""


def _keep(
    made: Quantities, id: str, given: Assumption | Computed, unit: Unit, f: Formula | None, value: Fraction
) -> None:
    ladder = saying.scales(made.units, unit)
    text = saying.say(value, unit, given.digits, ladder)
    number, _ = saying.number(value, unit, given.digits, ladder)
    carried = isinstance(given, Computed) and given.carry == "said"
    made.all[id] = Quantity(id, given.means, unit, given.digits, carried, given, f, value, text, number, tuple(ladder))


def _order(compute: Mapping[str, Computed], known: Mapping[str, Unit], fault) -> list[str]:
    """So that each step comes after what it needs; those in a circle are left out."""
    order: list[str] = []
    state: dict[str, int] = {}

    def visit(id: str, path: tuple[str, ...]) -> bool:
        if state.get(id) == 2:
            return id in order
        if state.get(id) == 1:
            circle = " → ".join([*path[path.index(id) :], id])
            fault("compute", id, "is", f"is computed from itself: {circle}; break the circle")
            return False
        state[id] = 1
        fine = False not in [visit(name, (*path, id)) for name in formula.names(compute[id].formula) if name in compute]
        state[id] = 2
        if fine and id in known:
            order.append(id)
        return fine

    for id in compute:
        visit(id, ())
    return order


def _decided(made: Quantities, id: str, given: Decision, c: Comparison, fault) -> None:
    values = {name: one.value for name, one in made.all.items()}
    try:
        left, right = formula.run(c.left.program, values), formula.run(c.right.program, values)
    except ZeroDivisionError:
        fault("decide", id, "when", "divides by nothing; give the divisor a value that is not zero")
        return
    shown = made.all[made._as(c)]
    said = [saying.say(one, shown.unit, shown.digits, list(shown.ladder)) for one in (left, right)]
    made.decisions[id] = Settled(id, given, c, formula.HELD[c.sign](left, right), *said)


# --- texts that quote ---------------------------------------------------------------------------


def quoted(text: str, own: str) -> Iterator[tuple[str, str]]:
    """(record, id) of each quantity that a text quotes; `own` is the record of names without one, '' for none."""
    for found in QUOTE.finditer(text):
        if found[1] or own:
            yield found[1] or own, found[2]


def part(of: Quantities, id: str, bare: bool = False) -> Part:
    """A quantity as a piece of a text."""
    one = of.all[id]
    return Part(one.number if bare else one.text, of.slug, id, bare, f"{one.means}: {of.working(id)}")


def told(text: str, own: str, known: Mapping[str, Quantities]) -> str:
    """The text with its quantities said; as it is where it quotes none. KeyError where there is no such quantity."""
    parts: list[Part] = []
    end = 0
    for found in QUOTE.finditer(text):
        of = found[1] or own
        if of:
            parts += [Part(text[end : found.start()]), part(known[of], found[2], bool(found[3]))]
            end = found.end()
    return Told((*parts, Part(text[end:]))) if parts else text
