"""Circuit breaker: stop calling a dependency that keeps failing, and try it again with a few probes.

Vocabulary
    closed     calls pass and their outcomes go into the window
    open       calls are refused at once, until the wait has ended
    half-open  open whose wait has ended: a few trial calls, the probes, decide
    window     the outcomes of the last calls, here by count; below `minimum` of them no rate counts
    permit     what an admitted call carries: the number of the state that admitted it

Complexity: allow takes O(1) time; record takes O(window), or O(1) with running sums. Space is O(window).

Source: Nygard, "Release It!" (2007); settings as in resilience4j, which judges probes by the same rates, where here the
first that fails decides.

A production version adds: a lock; a window by time; jitter on the wait; a limit on the time spent half-open, since the
caller of a probe can die; an event for each change of state.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

# --- Settings ---

CLOSED, OPEN, HALF_OPEN = "closed", "open", "half-open"
OUTCOMES = ("ok", "failed", "ignored")  # ignored: the caller's own mistake, such as 404


@dataclass(frozen=True)
class Settings:
    """Counts of calls, rates from 0 to 1 that open when reached, and seconds. ValueError where they contradict."""

    window: int = 20
    minimum: int = 20
    failure_rate: float = 0.5
    slow_rate: float = 0.5
    slow_after: float = 0.3
    wait: float = 5.0
    probes: int = 5

    def __post_init__(self):
        if not 1 <= self.minimum <= self.window:
            bounds = f"at least 1, and a window of {self.window} has to hold it"
            raise ValueError(f"minimum {self.minimum}: has to be {bounds}")
        if self.probes < 1:
            raise ValueError(f"probes {self.probes}: without a trial call it could never close")


# --- Breaker ---


class CircuitBreaker:
    """Ask `allow` before a call, tell `record` after it. Times are in seconds.

    >>> breaker = CircuitBreaker(Settings(window=1, minimum=1, wait=5, probes=1))
    >>> breaker.record(breaker.allow(0), "failed", 0.1, now=1)
    >>> breaker.state, breaker.allow(5.9), breaker.allow(6), breaker.state
    ('open', None, 3, 'half-open')
    """

    def __init__(self, settings: Settings):
        self.settings, self.number, self.open_until = settings, 0, 0.0
        self._enter(CLOSED)

    def allow(self, now: float) -> int | None:
        """A permit for one call, or None: refused, use the fallback."""
        if self.state == OPEN and now >= self.open_until:  # no timer: the next caller finds that the wait is over
            self._enter(HALF_OPEN)
        if self.state == OPEN or self.state == HALF_OPEN and self.trials == self.settings.probes:
            return None
        self.trials += 1
        return self.number

    def record(self, permit: int, outcome: str, seconds: float, now: float) -> None:
        """The outcome (one of OUTCOMES, else ValueError) of a call that took `seconds`."""
        if outcome not in OUTCOMES:
            raise ValueError(f"outcome {outcome!r}: use one of {', '.join(OUTCOMES)}")
        if permit != self.number:
            return  # an answer to an earlier state says nothing about this one
        failed, slow = outcome == "failed", seconds > self.settings.slow_after
        if self.state == HALF_OPEN:
            self._judge_probe(outcome, failed or slow, now)
        elif outcome != "ignored":
            self.window.append((failed, slow))
            if self._tripped():
                self._enter(OPEN, now)

    # --- Decisions ---

    def rates(self) -> tuple[float, float]:
        """The shares of the window that failed and that were slow; a call can be both."""
        calls = len(self.window) or 1
        return sum(failed for failed, _ in self.window) / calls, sum(slow for _, slow in self.window) / calls

    def _tripped(self) -> bool:
        failures, slow = self.rates()
        bad = failures >= self.settings.failure_rate or slow >= self.settings.slow_rate
        return bad and len(self.window) >= self.settings.minimum  # two failures of three calls are noise

    def _judge_probe(self, outcome: str, bad: bool, now: float) -> None:
        if outcome == "ignored":
            self.trials -= 1  # it proved nothing, so another call may try
            return
        if not bad:
            self.passed += 1
        if bad or self.passed == self.settings.probes:
            self._enter(OPEN if bad else CLOSED, now)

    def _enter(self, state: str, now: float = 0.0) -> None:
        self.state, self.number = state, self.number + 1
        self.window = deque(maxlen=self.settings.window)  # an old failure must not open it again
        self.trials = self.passed = 0
        if state == OPEN:
            self.open_until = now + self.settings.wait


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {settings: {name: value}, calls: [[start in s, outcome, seconds taken], ...]}."""
    breaker, permits, events = CircuitBreaker(Settings(**scenario["settings"])), {}, []
    s = breaker.settings

    def frame(say: str, mark: str | None = None, changed: bool = False, key: bool = False) -> dict:
        if breaker.state == CLOSED:
            failures, slow = breaker.rates()
            counts = {"failed": f"{failures:.0%}", "slow": f"{slow:.0%}"}
        elif breaker.state == HALF_OPEN:
            counts = {"probes sent": breaker.trials, "passed": breaker.passed}
        else:
            counts = {"until": f"{breaker.open_until:g} s"}
        counters = [{"text": "state", "value": breaker.state, "mark": "changed" if changed else None}]
        counters += [{"text": text, "value": value} for text, value in counts.items()]
        views = [{"kind": "counters", "counters": counters}]
        if breaker.state == CLOSED:
            done = [{"text": "failed" if failed else "slow" if slow else "ok"} for failed, slow in breaker.window]
            if done:
                done[-1]["mark"] = mark
            views.append({"kind": "cells", "label": f"window, at most {s.window}", "rows": [{"cells": done}]})
        return {"say": say, "show": views, "key": key or changed}

    yield frame(f"Closed. A rate counts from {s.minimum} calls on.")
    for n, (start, outcome, seconds) in enumerate(scenario["calls"], start=1):
        events.append((start, 1, n, outcome, seconds))
        events.append((start + seconds, 0, n, outcome, seconds))
    for at, starts, n, outcome, seconds in sorted(events):
        before, slow = breaker.state, seconds > s.slow_after
        if starts:
            permits[n] = breaker.allow(at)
            if permits[n] is None:
                say = f"{at:g} s, call {n}: refused, {breaker.state}. The caller uses its fallback."
                yield frame(say, key=breaker.state == OPEN)
            elif breaker.state != before:
                yield frame(f"{at:g} s, call {n}: the wait is over, so it may pass as a probe.", changed=True)
        elif permits[n] is not None:
            late = permits[n] != breaker.number
            bad = outcome == "failed" or slow
            breaker.record(permits[n], outcome, seconds, at)
            noise, why = False, ""
            if late:
                why = " It began in an earlier state, so it does not count."
            elif outcome == "ignored":
                why = " The caller's own mistake does not count."
            elif breaker.state == OPEN:
                why = " The breaker opens."
            elif breaker.state != before:
                why = " All probes passed: it closes, with an empty window."
            elif bad and max(breaker.rates()) >= s.failure_rate:
                noise, why = True, f" Below {s.minimum} calls a rate is noise, however high."
            how = f", slow ({seconds:g} s)" if slow else ""
            mark = None if outcome == "ignored" else "bad" if bad else "new"
            yield frame(f"{at:g} s, call {n}: {outcome}{how}.{why}", mark, changed=breaker.state != before, key=noise)
