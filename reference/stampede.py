"""Stampede protection: callers that miss together share one load, and a popular key is reloaded before it expires.

Vocabulary
    load        the expensive computation behind one key; it takes delta seconds, measured each time
    flight      a load that is under way, and the callers who wait for it
    coalescing  a caller who misses joins the flight of the key in place of starting another (singleflight)
    XFetch      probabilistic early expiration: each read draws a lot, and a winner starts the reload while the entry
                lives
    beta        how eager the lots are: 1 is the published choice, 0 switches them off

Complexity: read and finish take O(1) time; space is O(entries + callers who wait).

Source: Vattani, Chierichetti and Lowenstein, "Optimal Probabilistic Cache Stampede Prevention" (2015), for XFetch;
coalescing as in Go's singleflight.

A production version adds: a deadline for each caller and another for the load; a lease in the shared cache, since this
merges within one process only; a hard lifetime behind the soft one; a cap on loads of all keys together.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

# --- Early expiry ---


@dataclass
class Entry:
    """A value, the seconds that its load took, and the time of its expiry."""

    value: Any
    delta: float
    expiry: float


def early(entry: Entry, now: float, rng: Random, beta: float = 1) -> bool:
    """Whether this read should reload. `delta` is the load time: with the lifetime in its place 37% of the reads of a
    fresh entry reload it.

    >>> rng, entry = Random(1), Entry("v", delta=1.5, expiry=10)
    >>> [sum(early(entry, now, rng) for _ in range(1000)) for now in (5.5, 8.5, 10)]  # 5%, 37% and all
    [58, 344, 1000]
    """
    return now - entry.delta * beta * math.log(1 - rng.random()) >= entry.expiry  # the log is never positive


def chance(entry: Entry, now: float, beta: float = 1) -> float:
    """The probability that `early` holds: exp(-remaining / (beta * delta)), and 1 from the expiry on."""
    remaining, scale = entry.expiry - now, entry.delta * beta
    if remaining <= 0:
        return 1.0
    return math.exp(-remaining / scale) if scale else 0.0


# --- Coalescing ---


@dataclass
class Flight:
    """One load under way; all who wait for it receive its result, be it a value or an error."""

    key: Hashable
    started: float
    callers: list = field(default_factory=list)


class Loader:
    """Reads of keys whose entries live `lifetime` seconds. Times are in seconds.

    `read` says what to do, the caller runs the load, and `finish` says whom to answer.
    """

    def __init__(self, lifetime: float = 300, beta: float = 1, coalesce: bool = True):
        self.lifetime, self.beta, self.coalesce = lifetime, beta, coalesce
        self.entries: dict[Hashable, Entry] = {}
        self.flights: dict[int, Flight] = {}
        self.flying: dict[Hashable, int] = {}  # the flight to join, by key
        self.started = 0

    def read(self, key: Hashable, caller: Hashable, now: float, rng: Random) -> tuple[str, int | None]:
        """What happens to the caller, and the number of the load concerned.

        hit: answered from the entry. refresh: answered too, and a load is to be started behind. load: nothing to answer
        with, so it starts a load and waits. wait: it joins one.
        """
        entry, flying = self.entries.get(key), self.flying.get(key)
        if entry and now < entry.expiry:
            if flying is None and early(entry, now, rng, self.beta):
                return "refresh", self._start(key, now)
            return "hit", None
        if flying is None:
            number, did = self._start(key, now), "load"
        else:
            number, did = flying, "wait"
        self.flights[number].callers.append(caller)
        return did, number

    def finish(self, number: int, now: float, value: Any = None, failed: bool = False) -> list:
        """Store the value, unless the load failed. The callers to answer; KeyError where no such load is under way."""
        flight = self.flights.pop(number)
        self.flying.pop(flight.key, None)  # after a failure too: whoever comes next starts anew
        if not failed:
            self.entries[flight.key] = Entry(value, now - flight.started, now + self.lifetime)
        return flight.callers

    def _start(self, key: Hashable, now: float) -> int:
        self.started += 1
        self.flights[self.started] = Flight(key, now)
        if self.coalesce:
            self.flying[key] = self.started
        return self.started


# --- Trace ---

SAY = {
    "hit": "{who} is answered: {left:g} s left{luck}.",
    "refresh": "{who} is answered with {value}, and its lot starts load {n} behind: "
    "{left:g} s left, a chance of {odds:.0%}.",
    "load": "{who} misses: the entry has expired. It starts load {n}.",
    "wait": "{who} misses, and joins load {n} in place of starting another.",
}


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run: the key has an entry at first, a load takes `load` seconds, the loads listed in `fail` fail.

    scenario: {coalesce: bool, beta, seed, entry: {delta, expiry}, load, fail: [number, ...], slip: bool,
    reads: [[seconds, name], ...]}. With `slip` each entry keeps its lifetime where its load time belongs.
    """
    rng, beta, waited = Random(scenario["seed"]), scenario["beta"], 0
    loader = Loader(beta=beta, coalesce=scenario["coalesce"])
    loader.entries["k"] = Entry("v0", **scenario["entry"])
    events = [(at, 1, who) for at, who in scenario["reads"]]
    while events:
        at, is_read, who = events.pop(0)
        entry = loader.entries["k"]
        if is_read:
            odds, luck = chance(entry, at, beta), ""
            if loader.flights:
                luck = ", a reload is under way"
            elif beta:
                luck = f", a chance of {odds:.0%} to reload, not drawn"
            did, n = loader.read("k", who, at, rng)
            if did in ("load", "wait"):
                waited += 1
            if did in ("load", "refresh"):
                events.append((at + scenario["load"], 0, n))
                events.sort(key=lambda event: event[:2])
            say = SAY[did].format(who=who, n=n, value=entry.value, left=entry.expiry - at, odds=odds, luck=luck)
            key = did == "refresh" or (did == "load" and loader.started > 1)
        else:
            failed = who in scenario.get("fail", ())
            did, how, whom = ("failed", "fails", "An error for") if failed else ("stored", "is stored", "Answered")
            callers = loader.finish(who, at, f"v{who}", failed)
            if scenario.get("slip"):
                loader.entries["k"].delta = loader.lifetime
            answered = f"{whom}: {', '.join(callers)}." if callers else "Nobody waited for it."
            say = f"Load {who} {how}. {answered}"
            key = failed or len(callers) != 1
        entry = loader.entries["k"]
        mark = "new" if did == "stored" else "idle" if at >= entry.expiry else None
        rows = [{"head": "entry", "cells": [{"text": entry.value, "note": f"to {entry.expiry:g} s", "mark": mark}]}]
        for number, flight in loader.flights.items():
            rows.append({"head": f"load {number}", "cells": flight.callers or ["nobody waits"]})
        counters = [
            {"text": "loads started", "value": loader.started},
            {"text": "callers who waited", "value": waited},
        ]
        views = [{"kind": "cells", "label": f"at {at:g} s", "rows": rows}, {"kind": "counters", "counters": counters}]
        yield {"say": f"{at:g} s: {say}", "show": views, "key": key}
