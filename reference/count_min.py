"""Count-min sketch: how often each key came, in a fixed table of counters that keys share. Never too low.

Vocabulary
    width w, depth d  counters in a row, and rows; each row has its own hash function
    update            add one to the key's cell in each row
    estimate          the minimum of the key's cells: the one with the fewest strangers
    N                 all events together; the error is a share of it, not of the key's own count
    ε, δ              an estimate is too high by more than ε · N with a probability of at most δ
    conservative      an update that raises only those cells that are at the minimum: smaller errors, no exact merge
    candidates        keys kept beside the table with their estimates, since the table knows no keys

Complexity: update and estimate take O(d), a merge O(w · d); the table takes w · d counters, for any number of keys.

Source: Cormode and Muthukrishnan, "An improved data stream summary: the count-min sketch and its applications" (2005).
Conservative update: Estan and Varghese, "New Directions in Traffic Measurement and Accounting" (2002).

A production version adds: a sketch for each minute in a ring, or halving, since the error grows with N; counters that
stop at their largest value; a keyed hash where clients choose the keys; an exact count of the candidates.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from hashlib import blake2b

# --- Size ---


def size(epsilon: float, delta: float) -> tuple[int, int]:
    """(width, depth) for an error of at most epsilon of all events, missed with probability at most delta.

    >>> size(0.001, 0.007)
    (2719, 5)

    ValueError where one of them is not between 0 and 1.
    """
    if not (0 < epsilon < 1 and 0 < delta < 1):
        raise ValueError(f"epsilon {epsilon}, delta {delta}: shares between 0 and 1 are needed")
    return math.ceil(math.e / epsilon), math.ceil(math.log(1 / delta))


# --- Sketch ---


class CountMin:
    """A table of `depth` rows of `width` counters, both at least 1; else ValueError.

    >>> tags = CountMin(width=100, depth=3)
    >>> tags.add("cats", 5), tags.add("dogs")
    (None, None)
    >>> tags.estimate("cats"), tags.estimate("birds")
    (5, 0)
    """

    def __init__(self, width: int = 2719, depth: int = 5, conservative: bool = False):
        if width < 1 or depth < 1:
            raise ValueError(f"width {width}, depth {depth}: at least one counter is needed")
        self.width, self.depth, self.conservative = width, depth, conservative
        self.rows = [[0] * width for _ in range(depth)]
        self.total = 0  # N

    def places(self, key: str) -> list[int]:
        """The key's cell in each row. The row's number is in the hash: keys that meet in one row part in the next."""
        places = []
        for row in range(self.depth):
            digest = blake2b(key.encode(), digest_size=8, salt=row.to_bytes(8, "big")).digest()
            places.append(int.from_bytes(digest, "big") % self.width)
        return places

    def add(self, key: str, n: int = 1) -> None:
        """n events, at least 0; else ValueError: a sketch that is lowered may go below the truth."""
        if n < 0:
            raise ValueError(f"add {n}: counters only grow")
        self.total += n
        least = self.estimate(key) + n
        for row, place in zip(self.rows, self.places(key), strict=True):
            row[place] = max(row[place], least) if self.conservative else row[place] + n

    def estimate(self, key: str) -> int:
        """At least the true count."""
        return min(row[place] for row, place in zip(self.rows, self.places(key), strict=True))

    # --- Merge ---

    def merge(self, other: CountMin) -> None:
        """Add the other's events, cell by cell. ValueError for unlike sizes, and for conservative ones: their sum is a
        bound, not the sketch of both streams."""
        if (self.width, self.depth) != (other.width, other.depth) or self.conservative or other.conservative:
            raise ValueError("only plain sketches of equal width and depth add up to the sketch of both")
        for row, theirs in zip(self.rows, other.rows, strict=True):
            row[:] = [a + b for a, b in zip(row, theirs, strict=True)]
        self.total += other.total


# --- Top list ---


class Top:
    """The `room` keys with the highest estimates among those that came. Keep more than you show: some rise late."""

    def __init__(self, sketch: CountMin, room: int):
        self.sketch, self.room = sketch, room
        self.candidates: dict[str, int] = {}

    def add(self, key: str, n: int = 1) -> None:
        """Count, and let the key replace the weakest candidate if its estimate is higher."""
        self.sketch.add(key, n)
        self.candidates[key] = self.sketch.estimate(key)
        if len(self.candidates) > self.room:  # a heap finds the weakest in O(log room)
            del self.candidates[min(self.candidates, key=lambda k: (self.candidates[k], k != key))]

    def list(self) -> list[tuple[str, int]]:
        """Highest first; equal ones in order of the alphabet."""
        return sorted(self.candidates.items(), key=lambda entry: (-entry[1], entry[0]))


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {width, depth, conservative, room: candidates or 0, steps: [[add, key, times],
    [ask, key], [noise, how many keys that each come once], ...]}."""
    sketch = CountMin(scenario["width"], scenario["depth"], scenario.get("conservative", False))
    top, truth = Top(sketch, scenario["room"]), {}

    def frame(say: str, marks: list[int] = (), mark: str = "new", key: bool = False) -> dict:
        views = []
        if sketch.width <= 8:
            rows = []
            for number, counters in enumerate(sketch.rows, start=1):
                rows.append({"head": number, "cells": [{"text": n} for n in counters]})
            for number, place in enumerate(marks):
                rows[number]["cells"][place]["mark"] = mark
            views.append({"kind": "cells", "label": "counters", "rows": rows})
        if scenario["room"]:
            cells = []
            for k, n in top.list():
                cells.append({"text": k, "note": f"{n}, true {truth[k]}", "mark": None if n == truth[k] else "bad"})
            views.append({"kind": "cells", "label": "top, by estimate", "rows": [{"cells": cells}]})
        facts = {"events": sketch.total, "keys": len(truth), "counters": sketch.width * sketch.depth}
        counters = [{"text": text, "value": f"{value:,}"} for text, value in facts.items()]
        views.append({"kind": "counters", "counters": counters})
        return {"say": say, "show": views, "key": key}

    how = ", updated conservatively" if sketch.conservative else ""
    yield frame(f"{sketch.depth} rows of {sketch.width} counters, all zero{how}.")
    for what, key, *times in scenario["steps"]:
        if what == "noise":
            rare = [f"rare-{n}" for n in range(key)]
            for one in rare:
                truth[one] = truth.get(one, 0) + 1
                top.add(one)
            most = max(sketch.estimate(one) for one in rare)
            bound = math.e / sketch.width * sketch.total
            say = f"{key:,} keys come once each. ε · N is {bound:,.0f}; the highest estimate of one of them: {most}."
            yield frame(say, key=True)
        elif what == "add":
            truth[key] = truth.get(key, 0) + times[0]
            top.add(key, times[0])
            yield frame(f"{key} comes {times[0]:,} times: its cell in each row is raised.", sketch.places(key))
        else:
            places = sketch.places(key)
            cells = [row[place] for row, place in zip(sketch.rows, places, strict=True)]
            held = ", ".join(map(str, cells))
            say = f"{key}: its cells hold {held}; the least is {min(cells)}. True: {truth.get(key, 0)}."
            yield frame(say, places, "hit", key=True)
