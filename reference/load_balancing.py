"""Load balancing: which instance is next, by turn, by requests in flight, or by the better of two at random.

Vocabulary
    in flight            requests that were sent to an instance and are not answered
    load                 what a rule compares: requests in flight, and failures of the last seconds
    round robin          each in turn; counts requests, not their weight
    least requests       the lowest load of all; ties at random
    power of two choices two instances at random, of which the one with the lower load
    draining             no new requests, time to finish those in flight

Complexity: round robin and two choices take O(1) a request with an array of instances, least requests O(n), or O(log n)
with a heap; here the loads are listed anew, which is O(n). Space is O(n).

Source: Azar and others, "Balanced Allocations" (1994); Mitzenmacher, "The Power of Two Choices in Randomized Load
Balancing" (2001).

A production version adds: weights, with slow start for a new instance; zones; retries on another instance where that is
safe; ejection of instances that fail more than their peers, up to a share of the fleet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from random import Random

# --- Rules ---


def round_robin(loads: dict[str, int], turn: int, rng: Random) -> str:
    """Each in turn, whatever its load."""
    return list(loads)[turn % len(loads)]


def least_requests(loads: dict[str, int], turn: int, rng: Random) -> str:
    """One of the lowest load. Exact where the loads are; with old numbers everybody picks the same one."""
    lowest = min(loads.values())
    return rng.choice([name for name, load in loads.items() if load == lowest])


def two_choices(loads: dict[str, int], turn: int, rng: Random) -> str:
    """The less loaded of two different ones: the one fullest of all is never chosen.

    >>> [two_choices({"A": 9, "B": 0, "C": 3}, 0, Random(seed)) for seed in range(8)]
    ['B', 'C', 'C', 'C', 'B', 'B', 'C', 'B']
    """
    return min(rng.sample(list(loads), min(2, len(loads))), key=loads.__getitem__)


# --- Balancer ---


class Balancer:
    """Sends requests to instances by name. Times are in seconds.

    A failure counts as one request of load for `hold` seconds, or a broken instance, fast and idle, would draw all
    traffic. With `refresh` above 0 loads are learned only that often, as from reports.
    """

    def __init__(self, names: Iterable[str], rule: Callable = two_choices, hold: float = 10, refresh: float = 0):
        self.rule, self.hold, self.refresh, self.turn = rule, hold, refresh, 0
        self.in_flight = dict.fromkeys(names, 0)
        self.draining: list[str] = []
        self.failures: list[tuple[float, str]] = []
        self.seen: tuple[float, dict[str, int]] = (float("-inf"), {})

    def loads(self, now: float) -> dict[str, int]:
        """The load of each instance that takes requests, as far as the balancer knows."""
        if now >= self.seen[0] + self.refresh:
            self.failures = [(at, name) for at, name in self.failures if now < at + self.hold]
            counted = [name for _, name in self.failures]
            self.seen = now, {name: n + counted.count(name) for name, n in self.in_flight.items()}
        takes = [name for name in self.in_flight if name not in self.draining]
        return {name: load for name, load in self.seen[1].items() if name in takes}

    def send(self, now: float, rng: Random) -> str:
        """Choose an instance and count the request. LookupError where none takes requests."""
        loads = self.loads(now)
        if not loads:
            raise LookupError("no instance takes requests")
        name = self.rule(loads, self.turn, rng)
        self.turn += 1
        self.in_flight[name] += 1
        return name

    def done(self, name: str, now: float, failed: bool = False) -> None:
        """An answer, or a failure, has come back. A draining instance is removed with its last one."""
        self.in_flight[name] -= 1
        if failed:
            self.failures.append((now, name))
        self._remove_if_drained(name)

    def drain(self, name: str) -> None:
        """No new requests; those in flight may finish. KeyError where the name is unknown."""
        self.draining.append(name)
        self._remove_if_drained(name)

    def _remove_if_drained(self, name: str) -> None:
        if name in self.draining and self.in_flight[name] == 0:
            self.draining.remove(name)
            del self.in_flight[name]


# --- Trace ---


RULES = {"round robin": round_robin, "least requests": least_requests, "two choices": two_choices}


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run: each instance serves one request at a time; those in `broken` fail after 0.1 s.

    scenario: {rule, instances: [name, ...], broken: [name, ...], hold, refresh, seed,
    requests: [[at, seconds of work], ...]}.
    """
    names, ill, rng = scenario["instances"], scenario.get("broken", ()), Random(scenario["seed"])
    rule, hold, refresh = RULES[scenario["rule"]], scenario.get("hold", 10), scenario.get("refresh", 0)
    balancer = Balancer(names, rule, hold, refresh)
    queued: dict[str, list] = {name: [] for name in names}  # request, when it ends, its work
    failed, longest = 0, 0
    for n, (at, work) in enumerate(scenario["requests"], start=1):
        for name, waiting in queued.items():
            while waiting and waiting[0][1] <= at:
                _, end, _ = waiting.pop(0)
                balancer.done(name, end, failed=name in ill)
        known = ", ".join(f"{name} {load}" for name, load in balancer.loads(at).items())
        chosen = balancer.send(at, rng)
        start = max([at, *(end for _, end, _ in queued[chosen])])
        takes = 0.1 if chosen in ill else work
        queued[chosen].append((f"r{n}", start + takes, work))
        longest = max(longest, start - at)
        say = f"{at:g} s: r{n}, {work:g} s of work, goes to {chosen} (loads known: {known})."
        if chosen in ill:
            failed += 1
            say += " It fails at once, and the instance is idle again."
        elif start > at:
            say += f" It waits {start - at:g} s there."
        bad = chosen in ill or start > at
        rows = []
        for name, waiting in queued.items():
            cells = [{"text": request, "note": f"{seconds:g} s", "mark": None} for request, _, seconds in waiting]
            if name == chosen:
                cells[-1]["mark"] = "bad" if bad else "new"
            rows.append({"head": name, "cells": cells})
        counters = [{"text": "longest wait", "value": f"{longest:g} s"}, {"text": "failed", "value": failed}]
        views = [
            {"kind": "cells", "label": "in flight, first is served", "rows": rows},
            {"kind": "counters", "counters": counters},
        ]
        yield {"say": say, "show": views, "key": bad}
