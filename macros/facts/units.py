"""Units: which there are, how many base units one is, and its words. Pint knows the algebra, this project the words.

Time and data are ours (a month has 30 days, a year 365, a KB 1,000 bytes), what is counted is in data/vocabulary.yml.
A request and a person are dimensions of their own, so that a rate of one is not taken for a rate of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

TIME = {"ms": "0.001 s", "s": "[time]", "min": "60 s", "hour": "3600 s", "day": "86400 s", "week": "604800 s",
        "month": "2592000 s", "year": "31536000 s"}  # fmt: skip
DATA = {"B": "[data]", "bit": "0.125 B"} | {
    f"{prefix}{unit}": f"{10**power} {unit}"
    for power, prefix in ((3, "K"), (6, "M"), (9, "G"), (12, "T"), (15, "P"), (18, "E"))
    for unit in ("B", "bit")
}
MONEY = {"USD": "[money]", "cent": "0.01 USD"}
BARE = {"percent": "0.01", "times": "1"}  # without a dimension
LADDERS = (("ms", "s", "min", "hour", "day", "year"), ("B", "KB", "MB", "GB", "TB", "PB", "EB"),
           ("bit", "Kbit", "Mbit", "Gbit", "Tbit", "Pbit"))  # fmt: skip
CALENDAR = {"hour", "day", "week", "month", "year"}  # 'a day', as people say it; shorter ones after a stroke
SAME = {"ms", "s", "min", *DATA, "USD"}  # one word for one and for many
NAMES = frozenset({*TIME, *DATA, *MONEY})  # that a formula may use as constants


@dataclass(frozen=True)
class Unit:
    """What a quantity is measured in: how many base units it is, its dimension, and its words."""

    text: str
    factor: Fraction
    dimension: tuple[tuple[str, Fraction], ...]  # base dimension to power, sorted; empty for a bare number
    one: str  # what stands after the number 1
    many: str  # and after any other

    @property
    def flows(self) -> bool:
        """Whether it is so much in a time."""
        return dict(self.dimension).get("[time]", 0) < 0

    @property
    def counted(self) -> bool:
        """Whether whole ones can be counted: nothing of it is measured in seconds, bytes or money."""
        return not {"[time]", "[data]", "[money]"} & {name for name, _ in self.dimension}


class Units:
    """The units that a catalogue knows; `counted` maps the name of one thing to that of many."""

    def __init__(self, counted: dict[str, str]):
        self.counted = counted

    @cached_property
    def _registry(self):
        from pint import UnitRegistry  # here, because it takes a while and only quantities need it

        registry = UnitRegistry(None, non_int_type=Fraction, autoconvert_to_preferred=False)
        for name, meaning in {**TIME, **DATA, **MONEY, **BARE}.items():
            registry.define(f"{name} = {meaning}")
        for name in self.counted:
            registry.define(f"{name} = [{name}]")
        return registry

    def known(self) -> Iterable[str]:
        return [*TIME, *DATA, *MONEY, *self.counted, "%", "times"]

    @cached_property
    def _made(self) -> dict[str, Unit]:
        return {}

    def unit(self, text: str) -> Unit:
        """The unit of that name. ValueError with the part that is not known."""
        if text not in self._made:
            self._made[text] = self._unit(text)
        return self._made[text]

    def _unit(self, text: str) -> Unit:
        above, *below = text.split("/")
        parts = [part.split("*") for part in (above, *below)]
        for word in (word for part in parts for word in part):
            if word.strip() not in self.known() and word.strip() != "1":
                raise ValueError(word.strip())
        written = re.sub("%", "percent", text)
        q = self._registry.Quantity(Fraction(1), written).to_base_units()
        dims = tuple(sorted((name, Fraction(power)) for name, power in q.dimensionality.items() if power))
        return Unit(text, Fraction(q.magnitude), dims, *(self._words(above, below, many) for many in (False, True)))

    def _words(self, above: str, below: list[str], many: bool) -> str:
        out = " ".join(self._word(word.strip(), many) for word in above.split("*"))
        if below and not out:
            out = "times" if many else "time"  # 4 times a year
        for word in map(str.strip, below):
            out += f" a {word}" if word in CALENDAR else f"/{word}" if word in SAME else f" per {word}"
        return re.sub(r"^an? hour", "an hour", out.replace(" a hour", " an hour"))

    def _word(self, word: str, many: bool) -> str:
        if word in ("times", "1"):
            return ""
        if not many or word in SAME or word == "%":
            return word
        return self.counted.get(word, f"{word}s")


@lru_cache(maxsize=8)
def units(counted: tuple[tuple[str, str], ...]) -> Units:
    """One registry for equal vocabularies: making it takes longer than all that is asked of it."""
    return Units(dict(counted))


def words(dimension: tuple[tuple[str, Fraction], ...]) -> str:
    """A dimension in words: 'request/time', 'a bare number'."""
    above = "*".join(f"{name[1:-1]}{'' if p == 1 else f'^{p}'}" for name, p in dimension if p > 0)
    below = "".join(f"/{name[1:-1]}{'' if p == -1 else f'^{-p}'}" for name, p in dimension if p < 0)
    return (above or ("1" if below else "a bare number")) + below
