"""HyperLogLog: how many different items there were, from the longest run of zeros in their hashes.

Vocabulary
    p, m           bits of the hash that pick a register, and the number of registers, 2 to the power p
    register       the longest run seen among its share of the items
    run            leading zeros of the rest of the hash, plus one: a run of r turns up once in 2^r different items
    harmonic mean  of 2^run over all registers; one lucky register does little harm to it
    linear counting  for small counts: the number of items is taken from the share of empty registers
    standard error   1.04 / sqrt(m): two estimates in three lie within it, and nearly all within three of it

Complexity: add takes O(1), count and merge O(m) time; a sketch takes m registers of 6 bits, for any number of items.

Source: Flajolet, Fusy, Gandouet and Meunier, "HyperLogLog: the analysis of a near-optimal cardinality estimation
algorithm" (2007); 64-bit hashes, which need no correction for large counts: Heule, Nunkesser and Hall, "HyperLogLog in
Practice" (2013).

A production version adds: a sparse form for small counts; corrections around the switch to linear counting; registers
packed in 6 bits; hash, seed and p stored with the sketch, for years; a keyed hash where others choose the items.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from hashlib import blake2b

# --- Sketch ---


class HyperLogLog:
    """p from 4 to 18; else ValueError.

    >>> seen = HyperLogLog(p=14)
    >>> for item in ("ann", "ben", "ann"):
    ...     seen.add(item)
    >>> round(seen.count())
    2
    """

    def __init__(self, p: int = 14):
        if not 4 <= p <= 18:
            raise ValueError(f"p {p}: 4 to 18 bits pick the register")
        self.p, self.m = p, 1 << p
        self.registers = bytearray(self.m)

    def place(self, item: str) -> tuple[int, int]:
        """(register, run) of an item: its first p hash bits, and the zeros that the others start with, plus one."""
        x = int.from_bytes(blake2b(item.encode(), digest_size=8).digest(), "big")
        width = 64 - self.p
        return x >> width, width - (x & (1 << width) - 1).bit_length() + 1

    def add(self, item: str) -> None:
        """A repeated item has the same hash, so it changes nothing."""
        register, run = self.place(item)
        self.registers[register] = max(self.registers[register], run)

    # --- Estimate ---

    def count(self) -> float:
        """Different items so far, give or take the standard error."""
        alpha = {16: 0.673, 32: 0.697, 64: 0.709}.get(self.m, 0.7213 / (1 + 1.079 / self.m))
        estimate = alpha * self.m * self.m / sum(2.0**-run for run in self.registers)
        empty = self.registers.count(0)
        if empty and estimate <= 2.5 * self.m:  # most registers say nothing yet, and the formula is biased
            return self.m * math.log(self.m / empty)
        return estimate

    def standard_error(self) -> float:
        """As a share of the count.

        >>> f"{HyperLogLog(14).standard_error():.2%}"
        '0.81%'
        """
        return 1.04 / math.sqrt(self.m)

    # --- Merge ---

    def merge(self, other: HyperLogLog) -> None:
        """Take in all items of the other: bit for bit the sketch of the union. ValueError where p differs."""
        if self.p != other.p:
            raise ValueError(f"p {self.p} and {other.p}: their registers stand for different items")
        self.registers = bytearray(map(max, self.registers, other.registers))


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {p, steps: [[add, sketch, item], [fill, sketch, from, to], which adds item-from up to
    item-to, [merge, sketch, other], [overlap, sketch, other], ...]}. A sketch is made when it is first named."""
    p, sketches, truth = scenario["p"], {}, {}

    def frame(say: str, at: tuple[str, int] | None = None, mark: str = "new", key: bool = False) -> dict:
        views, facts = [], []
        for name, sketch in sketches.items():
            if p == 4:
                cells = []
                for n, run in enumerate(sketch.registers):
                    cells.append({"text": run, "mark": mark if at == (name, n) else None})
                rows = [{"cells": cells[:8]}, {"cells": cells[8:]}]
                views.append({"kind": "cells", "label": f"{name}, registers 0 to 15", "rows": rows})
            facts.append((f"{name}, estimate", round(sketch.count())))
            facts.append((f"{name}, true", len(truth[name])))
        counters = [{"text": text, "value": f"{value:,}"} for text, value in sorted(facts)]
        return {"say": say, "show": [*views, {"kind": "counters", "counters": counters}], "key": key}

    for what, name, *values in scenario["steps"]:
        sketch, items = sketches.setdefault(name, HyperLogLog(p)), truth.setdefault(name, set())
        if what == "add":
            item = values[0]
            register, run = sketch.place(item)
            old = sketch.registers[register]
            if item in items:
                why = "The same as before, so nothing changes."
            elif run > old:
                why = f"Longer than {old}, so it is kept."
            else:
                why = f"Not longer than {old}, so nothing changes."
            sketch.add(item)
            items.add(item)
            say = f"{name} gets {item}: register {register}, run {run}. {why}"
            yield frame(say, (name, register), "new" if run > old else "hit", key=run <= old)
        elif what == "fill":
            for n in range(*values):
                sketch.add(f"item-{n}")
                items.add(f"item-{n}")
            off, error = sketch.count() / len(items) - 1, sketch.standard_error()
            say = f"{name} has {len(items):,} different items. "
            say += f"The estimate is off by {off:+.2%}; the standard error is {error:.2%}."
            yield frame(say.replace("-", "−"), key=abs(off) > error)
        elif what == "merge":
            other, old = values[0], sketch.registers
            total = f"{sketch.count() + sketches[other].count():,.0f}"
            sketch.merge(sketches[other])
            items.update(truth[other])
            if old == sketch.registers:
                why = "Nothing changes: a repeated merge does no harm."
            else:
                why = f"The estimates add up to {total}; merged it is {sketch.count():,.0f}, "
                why += "for whoever is in both counts once."
            yield frame(f"{name} takes in {other}: the larger of each register. {why}", key=True)
        else:
            union, other = HyperLogLog(p), values[0]
            union.merge(sketch)
            union.merge(sketches[other])
            overlap = f"{sketch.count() + sketches[other].count() - union.count():,.0f}".replace("-", "−")
            both = len(items & truth[other])
            small = 5 * both < len(items)
            why = "Errors of large numbers drown it." if small else "A large overlap survives the errors."
            yield frame(f"{name} + {other} − union: {overlap}. In truth they share {both:,}. {why}", key=True)
