"""Token bucket: a request takes tokens; they come back at a steady rate, up to the burst.

Vocabulary
    rate    tokens a second that come back: the long-run limit
    burst   the most tokens the bucket holds, and so the most that pass at once
    cost    tokens that one request takes; a search may cost more than a read
    refill  computed at each request from the time since the last one: no timer runs
    GCRA    generic cell rate algorithm: the same decisions, while the clock runs forward, from the time at which the
            bucket is full

Complexity: O(1) time for each request. Space for each client: two numbers, 16 bytes; with GCRA one, 8 bytes.

Source: Turner, "New Directions in Communications" (1986), for the bucket as a meter; RFC 2697 for buckets of tokens;
GCRA is in ITU-T I.371 and the ATM Forum's User-Network Interface.

A production version adds: one atomic step, such as a script inside the store; the store's clock, since two
nodes' clocks differ; whole nanoseconds, since 0.1 + 0.2 is not 0.3; expiry of idle clients; 429.
"""

from __future__ import annotations

from collections.abc import Iterator

# --- Bucket ---


class TokenBucket:
    """`rate` tokens a second and room for `burst`; starts full, so that the first burst passes.

    >>> bucket = TokenBucket(rate=10, burst=2)
    >>> [bucket.admit(now) for now in (0, 0, 0, 0.1, 0.1)], bucket.retry_after(0.1)
    ([True, True, False, True, False], 0.1)
    """

    def __init__(self, rate: float, burst: float, now: float = 0):
        _check_limits(rate, burst)
        self.rate, self.burst, self.tokens, self.last = rate, burst, burst, now

    def admit(self, now: float, cost: float = 1) -> bool:
        """Take `cost` tokens if that many are there. A cost above the burst could never pass: ValueError."""
        _check_cost(cost, self.burst)
        self._refill(now)
        if self.tokens < cost:
            return False  # nothing is taken: a client that keeps asking is not punished for it
        self.tokens -= cost
        return True

    def retry_after(self, now: float, cost: float = 1) -> float:
        """Seconds until `cost` tokens are there, if nobody else takes any; 0 if they are there now."""
        _check_cost(cost, self.burst)
        self._refill(now)
        return max(0.0, (cost - self.tokens) / self.rate)

    def _refill(self, now: float) -> None:
        if now > self.last:  # a clock that steps back must neither take tokens nor count the same second twice
            self.tokens = min(self.burst, self.tokens + self.rate * (now - self.last))
            self.last = now


# --- GCRA ---


class GCRA:
    """The same decisions from one number: `full_at`, when the bucket would be full if nobody asked again.

    >>> limiter = GCRA(rate=8, burst=2)
    >>> [limiter.admit(now) for now in (0, 0, 0, 0.125, 0.125)]
    [True, True, False, True, False]
    """

    def __init__(self, rate: float, burst: float, now: float = 0):
        _check_limits(rate, burst)
        self.rate, self.burst, self.full_at = rate, burst, now

    def admit(self, now: float, cost: float = 1) -> bool:
        """As TokenBucket.admit. Each token taken moves `full_at` on by 1 / rate; it may run ahead by burst / rate."""
        _check_cost(cost, self.burst)
        moved = max(self.full_at, now) + cost / self.rate
        if moved - now > self.burst / self.rate:
            return False
        self.full_at = moved
        return True


# --- Limits ---


def _check_limits(rate: float, burst: float) -> None:
    if rate <= 0 or burst < 1:
        raise ValueError(f"rate {rate}, burst {burst}: the rate has to be above 0 and the burst at least 1")


def _check_cost(cost: float, burst: float) -> None:
    if not 0 < cost <= burst:
        raise ValueError(f"cost {cost}: has to be above 0 and at most the burst, {burst}, or it could never pass")


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {rate: tokens a second, burst: tokens, requests: [[time in s, cost], ...]}."""
    rate, burst = scenario["rate"], scenario["burst"]
    bucket, gcra = TokenBucket(rate, burst), GCRA(rate, burst)
    verdicts, clock = [], 0

    def frame(say: str, before: float, now: float, key: bool = False) -> dict:
        held = int(bucket.tokens + 1e-9)
        taken = max(0, int(before + 1e-9) - held)
        cells = [{"text": "token"}] * held + [{"text": "token", "mark": "gone"}] * taken
        cells += [{"text": "room", "mark": "idle"}] * (int(bucket.burst) - held - taken)
        counters = [
            {"text": "tokens", "value": f"{bucket.tokens:.3g}", "mark": "changed" if taken else None},
            {"text": "GCRA: full at", "value": f"{max(gcra.full_at, now):.3g} s"},
        ]
        views = [
            {"kind": "cells", "label": "bucket", "rows": [{"cells": cells}]},
            {"kind": "counters", "counters": counters},
            {"kind": "cells", "label": "answers", "rows": [{"cells": verdicts[-8:]}]},
        ]
        return {"say": say, "show": views, "key": key}

    yield frame(f"Full: {burst:g} tokens. {rate:g} come back each second.", bucket.tokens, 0)
    for at, cost in scenario["requests"]:
        held, wait = bucket.tokens, bucket.retry_after(at, cost)
        before = bucket.tokens  # with those that came back
        admitted, same = bucket.admit(at, cost), gcra.admit(at, cost)
        spills = before > held and held + rate * (at - clock) > burst
        if at < clock:
            back = "the clock has stepped back, so nothing comes back; "
        elif spills:
            back = f"{before - held:.3g} came back, the rest spills over; "
        elif before > held:
            back = f"{before - held:.3g} came back; "
        else:
            back = ""
        what = "1 token" if cost == 1 else f"{cost:g} tokens"
        if admitted:
            did = f"takes {what}, {bucket.tokens:.3g} left"
        else:
            did = f"needs {what}, has {before:.3g}: 429, Retry-After {wait:.3g} s"
        other = "agrees" if admitted == same else "admits it" if same else "refuses"
        clock = max(clock, at)
        verdicts[:] = [verdict | {"mark": None} for verdict in verdicts]
        verdict, mark = ("ok", "new") if admitted else ("429", "bad")
        verdicts.append({"text": verdict, "note": f"{at:g} s", "mark": mark})
        yield frame(f"{at:g} s: {back}{did}. GCRA {other}.", before, at, key=not admitted or spills)
