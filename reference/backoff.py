"""Retry with backoff and jitter: growing random waits, asked for only while another attempt can be of use.

Vocabulary
    base, cap     seconds: the first interval, and the longest
    interval      min(cap, base × 2^n) before retry n, counted from 0
    full, equal   drawn between zero, or half of the interval, and the whole of it
    decorrelated  drawn between base and three times the last wait, then capped
    budget        tokens of one client: a first attempt adds a share, a retry costs one

Complexity: O(1) time for each decision; one number of state for each request, and one for each client.

Source: Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog (2015), for the three forms; "Handling
Overload" in Site Reliability Engineering (2016) for the limit of 10% on retries.

A production version adds: longer waits after throttling than after a lost connection; a wider draw on top of a long
Retry-After; a circuit breaker; statistics by reason; the sleep itself, which stands after the decision and never before
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

# --- Waits ---


def interval(n: int, base: float, cap: float) -> float:
    """The interval before retry n, in seconds. The cap is on the interval, so that a draw inside it never exceeds it.

    >>> [interval(n, base=0.1, cap=1) for n in range(5)]
    [0.1, 0.2, 0.4, 0.8, 1]
    """
    return min(cap, base * 2 ** min(n, 64))  # 2^n for a large n would no longer be a float


def wait(jitter: str, n: int, previous: float, base: float, cap: float, rng: Random) -> float:
    """Seconds before retry n. `previous` is the last wait as it was used, capped; only decorrelated needs it."""
    whole = interval(n, base, cap)
    if jitter == "none":
        return whole
    if jitter in ("full", "equal"):
        return rng.uniform(0 if jitter == "full" else whole / 2, whole)
    if jitter == "decorrelated":
        return min(cap, rng.uniform(base, 3 * previous))
    raise ValueError(f"jitter {jitter!r}: use none, full, equal or decorrelated")


# --- Budget ---


class Budget:
    """Tokens shared by all requests of a client. Nothing else here looks at more than one request."""

    def __init__(self, ratio: float = 0.1, most: float = 10.0, tokens: float = 0.0):
        self.ratio, self.most, self.tokens = ratio, most, tokens

    def first_attempt(self) -> None:
        self.tokens = min(self.most, self.tokens + self.ratio)  # capped, or a quiet day would pay for a storm

    def take(self) -> bool:
        """Pay for one retry; False where the tokens do not reach, and none is taken."""
        if self.tokens < 1 - 1e-9:  # ten tenths add up to a little less than one
            return False
        self.tokens = max(0.0, self.tokens - 1)
        return True


# --- Decision ---

PASSING = ("refused", "timeout", 408, 425, 429, 502, 503, 504)  # a repeat can help; also after 409 while the key runs
NOT_DONE = ("refused", 408, 425, 429, 503)  # no effect, if the 408 or 503 came before any work


@dataclass(frozen=True)
class Policy:
    """Attempts count the first one too. Seconds otherwise; `typical` is what one call takes."""

    attempts: int = 3
    base: float = 0.1
    cap: float = 2.0
    jitter: str = "full"
    typical: float = 0.3


class Request:
    """One request and its attempts. `safe`: idempotent by nature, or carries an idempotency key."""

    def __init__(self, policy: Policy, budget: Budget, rng: Random, deadline: float, safe: bool = True):
        self.policy, self.budget, self.rng, self.deadline, self.safe = policy, budget, rng, deadline, safe
        self.n, self.previous = 0, policy.base
        budget.first_attempt()

    def after(self, error: str | int, now: float, retry_after: float = 0) -> tuple[float | None, str]:
        """After a failed attempt: seconds to wait for the next one, or None to give up at once; and why."""
        p = self.policy
        if error not in PASSING:
            return None, "final: repeating alone changes nothing"
        if not self.safe and error not in NOT_DONE:
            return None, "outcome unknown, and no idempotency key"
        if self.n + 1 >= p.attempts:
            return None, "that was the last attempt"
        drawn = wait(p.jitter, self.n, self.previous, p.base, p.cap, self.rng)
        pause = retry_after + drawn  # on top, or all who were told the same wait come at one moment
        if now + pause + p.typical >= self.deadline:
            return None, "no time for the wait and a call"
        if not self.budget.take():  # asked last: it costs something
            return None, "the budget is spent"
        self.n, self.previous = self.n + 1, drawn
        return pause, "wait"


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {seed, clients, retries, after: retries that went before, base, cap}: the forms
    compared; or {seed, policy, tokens, deadline,
    requests: [{safe, answers: [[error or ok, seconds, retry_after], ...]}, ...]}."""
    yield from _requests(scenario) if "requests" in scenario else _forms(scenario)


def _requests(scenario: dict) -> Iterator[dict]:
    policy, budget = Policy(**scenario["policy"]), Budget(tokens=scenario["tokens"])
    seen: list[str] = []  # reasons that a frame has shown

    def frame(say: str, head: str, spans: list[dict], retries: int, why: str) -> dict:
        counts = [{"text": "retries", "value": retries}, {"text": "budget", "value": f"{budget.tokens:.1f} tokens"}]
        rows = [{"head": head, "spans": list(spans)}]
        bars = {"kind": "timeline", "unit": "s", "end": scenario["deadline"], "rows": rows}
        first = why not in seen
        seen.append(why)
        return {"say": say, "show": [bars, {"kind": "counters", "counters": counts}], "key": first}

    seen.append("start")
    say = f"At most {policy.attempts} attempts within {scenario['deadline']} s, paid from the budget."
    yield frame(say, "no request", [], 0, "start")
    for number, one in enumerate(scenario["requests"], start=1):
        now, spans = 0.0, []
        request = Request(policy, budget, Random(scenario["seed"] + number), scenario["deadline"], one["safe"])
        for error, seconds, *retry_after in one["answers"]:
            end = round(now + seconds, 2)
            spans.append({"from": now, "to": end, "text": str(error), "mark": "hit" if error == "ok" else "bad"})
            if error == "ok":
                pause, why, say = None, "answered", "done."
            else:
                pause, why = request.after(error, end, *retry_after)
                say = f"give up: {why}."
            if pause is not None:
                say = f"wait {pause:.2f} s."
                now = round(end + pause, 2)
                spans.append({"from": end, "to": now, "text": "wait", "mark": "idle"})
            yield frame(f"Request {number}, {error} at {end:.2f} s: {say}", f"request {number}", spans, request.n, why)
            if pause is None:
                break


FORMS = {
    "none": "No jitter: those who failed together come back together, in waves, farther apart up to the cap.",
    "added": "Up to a tenth added: the waves remain, a little softer, and a wait can exceed the cap.",
    "full": "Full: drawn over the whole interval, from zero; the crowd is spread.",
    "equal": "Equal: never less than half of the interval; spread over the other half.",
    "decorrelated": "Decorrelated: drawn between base and three times the last wait, then capped.",
}


def _forms(scenario: dict) -> Iterator[dict]:
    base, cap, before = scenario["base"], scenario["cap"], scenario["after"]
    for jitter, say in FORMS.items():
        rng, rows, slots, stuck = Random(scenario["seed"]), [], [], 0
        for client in range(scenario["clients"]):
            now, pause, cells = 0.0, interval(before, base, cap), []
            for n in range(before, before + scenario["retries"]):
                if jitter == "added":
                    share = 1 + rng.uniform(0, 0.1)
                    pause = wait("none", n, pause, base, cap, rng) * share
                else:
                    pause = wait(jitter, n, pause, base, cap, rng)
                if pause == cap:
                    stuck += 1
                now += pause
                slots.append(int(now * 50))
                cells.append({"text": f"{now:.2f} s", "mark": "bad" if pause >= cap else None})
            rows.append({"head": f"client {client + 1}", "cells": cells})
        most = max(slots.count(slot) for slot in slots)
        views = [
            {"kind": "cells", "label": "times of the retries", "rows": rows},
            {"kind": "counters", "counters": [{"text": "most calls within 20 ms", "value": most}]},
        ]
        if stuck:
            say += f" {stuck} waits are exactly the cap."
        yield {"say": say, "show": views, "key": jitter in ("none", "full", "decorrelated")}
