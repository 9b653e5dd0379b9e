"""What a printed sheet is made of: entries in titled boxes, and in which column a box stands."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from macros.pages.minutes import Hour


@dataclass(frozen=True)
class Entry:
    """One line: what it is called, and what is said of it. Either may be empty."""

    lead: str
    text: str = ""


@dataclass(frozen=True)
class Box:
    """A titled list; `source` is the place in data/ that an author shortens when it does not fit."""

    key: str
    title: str
    kind: Literal["steps", "lines", "ticks", "answers", "terms", "crosses", "levels"]
    marker: Literal["ink", "blue", "red", "green"]
    entries: tuple[Entry, ...]
    source: str
    drawn: int = 0  # lines that a drawing above its entries takes, about

    @property
    def groups(self) -> list[tuple[str, list[Entry]]]:
        """Entries of one lead together, in order."""
        return [(lead, list(entries)) for lead, entries in groupby(self.entries, key=lambda entry: entry.lead)]


@dataclass(frozen=True)
class CheatSheet:
    slug: str
    title: str
    subtitle: str
    goal: str
    timings: tuple[Hour, ...]  # one a slot; a single one without minutes where the phase has none
    strip: tuple[Box, ...]
    left: tuple[Box, ...]
    right: tuple[Box, ...]
    foot: Box
    page: str  # address below the site
    prompt: str = ""  # of a problem: what is asked
    five: tuple[Entry, ...] = ()  # and the numbers to know of it
    svg: str = ""  # and its board
    told: str = ""  # in words
    board: str = ""  # of the whole interview: its figure
    small: str = ""  # of a phase: what of its board is drawn
    beside: Box | None = None  # what stands beside it,
    below: tuple[Box, ...] = ()  # and what stands below it on the board

    @property
    def large(self) -> bool:
        """Whether it is read at arm's length: fewer words, in larger type."""
        return bool(self.below)


def sentence(text: str) -> str:
    """The first sentence; a point inside a number or an abbreviation ends none."""
    return re.split(r"(?<=[a-z0-9\"')%][.?!]) (?=[A-Z0-9\"])", text, maxsplit=1)[0]


def balanced(left: list[Box], right: list[Box], either: Box) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """Two columns without empty boxes; the shorter one gets `either`: the left last, the right before the patterns."""
    columns = [[b for b in column if b.entries] for column in (left, right)]
    if either.entries:
        heights = [math.fsum(map(lines, column)) for column in columns]
        if heights[0] <= heights[1]:
            columns[0].append(either)
        else:
            columns[1].insert(-1, either)
    return tuple(columns[0]), tuple(columns[1])


def lines(box: Box) -> float:
    """About how many lines of half a page a box takes, its title counted as two."""
    return 2 + box.drawn + math.fsum(0.3 + -(-len(f"{e.lead} {e.text}") // 62) for e in box.entries)
