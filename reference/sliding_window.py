"""Sliding window: how many requests passed within the last window, counted exactly by a log or nearly by two counters.

Vocabulary
    window    seconds over which the limit holds
    fixed     one counter, back to zero at each border: for comparison, since it admits twice the limit around a border
    log       the time of each request that passed within the last window: exact
    counter   two counts, of this fixed window and the one before; the older is weighted by its overlap
    overlap   share of the previous fixed window that the sliding window still covers, from 1 down to 0

Complexity: log O(1) amortized time and O(limit) space for each client; fixed and counter O(1) time and space.

Source: the counter is described by Cloudflare, "How we built rate limiting capable of scaling to millions of domains"
(2017); the log is folklore.

A production version adds: one atomic step at a shared store, and the store's clock; expiry of a client's state after
two windows; 429 with Retry-After. A refused request is not counted here: where it is, a client that keeps asking stays
out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

# --- Limits ---


class _Limiter:
    def __init__(self, limit: int, window: float):
        if limit < 1 or window <= 0:
            raise ValueError(f"limit {limit}, window {window}: at least one request, in more than 0 seconds")
        self.limit, self.window, self.last = limit, window, 0.0

    def _forward(self, now: float) -> float:
        """Time as the limiter sees it: a clock that steps back would reopen a window that has been used."""
        self.last = max(self.last, now)
        return self.last


# --- Fixed window ---


class FixedWindow(_Limiter):
    """At most `limit` in each window that starts at a multiple of `window` seconds.

    >>> limiter = FixedWindow(limit=2, window=60)
    >>> [limiter.admit(now) for now in (59, 59, 59, 60, 60)]
    [True, True, False, True, True]
    """

    def __init__(self, limit: int, window: float):
        super().__init__(limit, window)
        self.index, self.count = 0, 0

    def admit(self, now: float) -> bool:
        """Whether a request at `now` (seconds from 0) passes."""
        index = int(self._forward(now) // self.window)
        if index != self.index:
            self.index, self.count = index, 0
        passes = self.count < self.limit
        self.count += passes
        return passes


# --- Sliding log ---


class SlidingLog(_Limiter):
    """At most `limit` in any interval (t - window, t].

    >>> limiter = SlidingLog(limit=2, window=60)
    >>> [limiter.admit(now) for now in (59, 59, 60, 118.9, 119)]
    [True, True, False, False, True]
    """

    def __init__(self, limit: int, window: float):
        super().__init__(limit, window)
        self.times: deque[float] = deque()

    def admit(self, now: float) -> bool:
        """As FixedWindow.admit; exact."""
        now = self._forward(now)
        while self.times and self.times[0] <= now - self.window:
            self.times.popleft()
        if len(self.times) >= self.limit:
            return False
        self.times.append(now)
        return True


# --- Sliding counter ---


class SlidingCounter(_Limiter):
    """Nearly `limit` in the last window, taking the previous fixed window's requests as spread evenly.

    They may not have been. If all came at its very end, a whole window's length can see almost twice the limit, though
    never in one burst at the border.

    >>> limiter = SlidingCounter(limit=2, window=60)
    >>> [limiter.admit(now) for now in (59, 59, 60, 89, 90)]
    [True, True, False, False, True]
    """

    def __init__(self, limit: int, window: float):
        super().__init__(limit, window)
        self.index, self.previous, self.current = 0, 0, 0

    def overlap(self, now: float) -> float:
        """The share of the previous window that still counts at `now`; a border passed on the way moves the counts."""
        now = self._forward(now)
        index = int(now // self.window)
        if index != self.index:
            self.previous = self.current if index == self.index + 1 else 0  # after a longer pause both are old
            self.index, self.current = index, 0
        return 1 - (now - index * self.window) / self.window

    def estimate(self, now: float) -> float:
        """Requests within the last window, as far as two counts can tell."""
        return self.overlap(now) * self.previous + self.current

    def admit(self, now: float) -> bool:
        """As FixedWindow.admit, by the estimate."""
        if self.estimate(now) + 1 > self.limit:
            return False
        self.current += 1
        return True


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run of all three. scenario: {limit, window: s, requests: [[time in s, how many at once], ...]}."""
    limit, window, requests = scenario["limit"], scenario["window"], scenario["requests"]
    counter = SlidingCounter(limit, window)
    limiters = {"fixed": FixedWindow(limit, window), "log": SlidingLog(limit, window), "counter": counter}
    verdicts: dict[str, list[dict]] = {name: [] for name in limiters}
    passed: dict[str, list[float]] = {name: [] for name in limiters}  # times within the last window

    def table() -> dict:
        rows = [{"head": name, "cells": list(cells)} for name, cells in verdicts.items()]
        return {"kind": "cells", "label": "passed", "rows": rows}

    say = f"Limit {limit} in {window:g} s, by three limiters side by side. The log holds times, the counter two counts."
    yield {"say": say, "show": [table()]}
    seen = False  # whether a frame has shown more than the limit
    for n, (now, count) in enumerate(requests, start=1):
        said, over, counters = [], [], []
        for name, limiter in limiters.items():
            fresh = sum(limiter.admit(now) for _ in range(count))
            passed[name] = [at for at in passed[name] if at > now - window] + [now] * fresh
            verdicts[name] = [cell | {"mark": None} for cell in verdicts[name]]
            verdict = {"text": f"{fresh} of {count}", "note": f"{now:g} s", "mark": "new" if fresh else "gone"}
            verdicts[name].append(verdict)
            said.append(f"{name} {fresh}")
            within = len(passed[name])
            if within > limit:
                over.append(name)
            counters.append({"text": name, "value": within, "mark": "bad" if within > limit else None})
        weighted = f"{counter.overlap(now):.2g} × {counter.previous} + {counter.current} = {counter.estimate(now):.3g}"
        counters.append({"text": "estimate", "value": weighted})
        say = f"{now:g} s, {count} at once: {', '.join(said)} pass."
        if over:
            say += f" More than {limit} within {window:g} s: {', '.join(over)}."
        views = [table(), {"kind": "counters", "label": "in the last window", "counters": counters}]
        yield {"say": say, "show": views, "key": bool(over and not seen) or n == len(requests)}
        seen = seen or bool(over)
