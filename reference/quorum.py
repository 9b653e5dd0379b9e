"""Quorum: wait for w copies on a write and r on a read, so that r + w > n makes the two sets share a copy.

Vocabulary
    n, w, r         copies; confirmations that a write waits for; answers that a read waits for
    version         a counter and the writer's name; the larger is the newer, the name only breaks ties
    read repair     a read that meets an old copy sends it the newest value
    stand-in        takes a write for a copy that is down, with a hint for whom; counting it makes the quorum sloppy
    handoff         a stand-in delivers its hints

Complexity: a write sends n messages and waits for w, a read for r; each copy keeps one value a key.

Source: DeCandia et al., "Dynamo: Amazon's Highly Available Key-value Store" (2007), sections 4.5 and 4.6. The overlap
is Gifford's, "Weighted Voting for Replicated Data" (1979); that reads must write back is from Attiya, Bar-Noy and Dolev
(1995).

A production version adds: many keys and a ring that names their copies, version vectors, timeouts, a wait for the first
r of n answers, and a background comparison of hash trees for keys that nobody reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

# --- Arithmetic ---


def majority(n: int) -> int:
    """The least count of which any two among n share a member.

    >>> [(n, majority(n), n - majority(n)) for n in (3, 4, 5)]  # four tolerate no more failures than three
    [(3, 2, 1), (4, 3, 1), (5, 3, 2)]
    """
    return n // 2 + 1


def overlap(n: int, r: int, w: int) -> int:
    """How many copies every read shares with every write, at least; 0 if they may miss each other."""
    return max(0, r + w - n)


# --- Copies ---


class TooFew(Exception):
    """Fewer copies answered than were to be waited for."""


@dataclass
class Copy:
    version: tuple[int, str] = (0, "")
    value: Any = None
    hints: dict[str, tuple] = field(default_factory=dict)  # of a stand-in: for whom, what

    def take(self, version: tuple[int, str], value: Any) -> bool:
        """Keep the newer of two: messages may arrive late and in any order."""
        newer = version > self.version
        if newer:
            self.version, self.value = version, value
        return newer


class Quorum:
    """One key on the copies `names`. ValueError unless 1 <= r, w <= n. `reached` names who answers, in that order."""

    def __init__(self, names: list[str], r: int, w: int, repair: bool = True, stand_ins: list[str] = ()):
        for name, count in (("r", r), ("w", w)):
            if not 1 <= count <= len(names):
                raise ValueError(f"{name} {count}: has to be 1 to {len(names)}, the number of copies")
        self.names, self.r, self.w, self.repair, self.stand_ins = names, r, w, repair, stand_ins
        self.copies = {name: Copy() for name in [*names, *stand_ins]}

    # --- Write ---

    def write(self, value: Any, seen: int, writer: str, reached: list[str]) -> tuple[int, str]:
        """The version written, as the successor of the counter that the writer has `seen`.

        Sent to all; TooFew if fewer than w confirm, and then those that did keep the value: nothing is rolled back.
        """
        version, confirmed = (seen + 1, writer), 0
        for name in self.names:
            if name in reached:
                self.copies[name].take(version, value)
                confirmed += 1
        missing = [name for name in self.names if name not in reached]
        helpers = [name for name in self.stand_ins if name in reached]
        for name, helper in zip(missing, helpers, strict=False):  # sloppy: these confirm as well; no read asks them
            self.copies[helper].hints[name] = (version, value)
            confirmed += 1
        if confirmed < self.w:
            raise TooFew(f"{confirmed} of {self.w} confirmed; the value stays where it arrived")
        return version

    def handoff(self, reached: list[str]) -> list[str]:
        """Stand-ins deliver to the copies that are reached again; returns which got something new."""
        served = []
        for helper in self.stand_ins:
            hints = self.copies[helper].hints
            for name in [n for n in hints if n in reached]:
                if self.copies[name].take(*hints.pop(name)):
                    served.append(name)
        return served

    # --- Read ---

    def read(self, reached: list[str]) -> tuple[tuple[int, str], Any, list[str]]:
        """Version and value of the newest among the first r that answer, and the copies repaired. TooFew below r."""
        asked = [name for name in reached if name in self.names][: self.r]
        if len(asked) < self.r:
            raise TooFew(f"{len(asked)} of {self.r} answered")
        newest = max((self.copies[name] for name in asked), key=lambda copy: copy.version)
        repaired = []
        if self.repair:  # before the answer: else a later reader may still be given the older value
            repaired = [name for name in asked if self.copies[name].take(newest.version, newest.value)]
        return newest.version, newest.value, repaired


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {copies: [names], r, w, repair: bool, stand_ins: [names],
    steps: [[write, value, seen, writer, [reached]], [read, [reached]] or [handoff, [reached]], ...]}."""
    names, r, w = scenario["copies"], scenario["r"], scenario["w"]
    quorum = Quorum(names, r, w, scenario["repair"], scenario["stand_ins"])
    last = 0  # the newest completed write

    def frame(say: str, marks: dict, key: bool = False) -> dict:
        cells = []
        for name, copy in quorum.copies.items():
            if name in scenario["stand_ins"]:
                hints = copy.hints.items()
                note = ", ".join(f"for {of}: v{version[0]} {value}" for of, (version, value) in hints)
            else:
                note = f"v{copy.version[0]} {copy.value}" if copy.version[0] else "nothing"
            cells.append({"text": name, "note": note, "mark": marks.get(name)})
        counters = [
            {"text": "n, r, w", "value": f"{len(names)}, {r}, {w}"},
            {"text": "copies shared, at least", "value": overlap(len(names), r, w)},
        ]
        views = [{"kind": "cells", "rows": [{"cells": cells}]}, {"kind": "counters", "counters": counters}]
        return {"say": say, "show": views, "key": key}

    yield frame(f"{len(names)} copies: a write waits for {w}, a read for {r}.", {})
    for action, *of, reached in scenario["steps"]:
        marks = {}
        try:
            if action == "write":
                marks = {name: "new" if name in reached else "bad" for name in [*names, *reached]}
                value, seen, writer = of
                number, _ = quorum.write(value, seen, writer, reached)
                last = max(last, number)
                say = f"{writer} writes {value} as version {number}."
                yield frame(f"{say} It waits for {w}; confirmed by {', '.join(reached)}.", marks)
            elif action == "handoff":
                served = quorum.handoff(reached)
                say = f"Handoff: the stand-in delivers what it kept for {', '.join(served)}."
                yield frame(say, dict.fromkeys(served, "changed"))
            else:
                (number, _), value, repaired = quorum.read(reached)
                asked = reached[:r]
                say = f"Read asks {', '.join(asked)}: {value}, version {number}."
                if repaired:
                    say += f" {', '.join(repaired)} was behind and is repaired."
                if number < last:
                    say += " That is older than the last completed write."
                yield frame(say, dict.fromkeys(asked, "hit") | dict.fromkeys(repaired, "changed"), key=True)
        except TooFew as few:
            yield frame(f"{action.capitalize()} fails: {few}.", marks, key=True)
