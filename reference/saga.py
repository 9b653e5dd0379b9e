"""Saga: local transactions in several services, driven by an orchestrator that may crash between any two of its steps.

Vocabulary
    compensable   a step that can be made up for by a later transaction: its compensation
    pivot         the point of no return: once it has succeeded, the saga only goes forward
    retryable     a step after the pivot, repeated until it succeeds; here it never refuses for good (one that does
                  needs a person)
    log           durable and only appended to: an intent before each call, its result after it
    key           names one step of one saga, so that a repeated call has one effect, and a cancel finds its step
    timeout       an unknown outcome, not a failure: the participant may have acted

Complexity: O(steps) calls, plus one for each lost answer or crash. Finding the next action reads the saga's log,
O(entries), so a saga takes O(steps²) in all.

Source: Garcia-Molina and Salem, "Sagas" (1987); pivot and retryable steps as in Richardson, "Microservices Patterns"
(2018).

A production version adds: the log as a table; backoff between attempts; after hours of failing a queue for people, with
an owner; one orchestrator for each saga at a time, by a lease; a semantic lock, since others can see the states
between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

COMPENSABLE, PIVOT, RETRYABLE = "compensable", "pivot", "retryable"

# --- Participant ---


class Participant:
    """A service that remembers keys. `fates` says what becomes of each call in turn, for do and undo; then all go well.

    ok; refused: a business reason, final; lost: it acts, but the answer never arrives; down: it does not act either.
    """

    def __init__(self, do: list[str] = (), undo: list[str] = ()):
        self.fates = {"do": list(do), "undo": list(undo)}
        self.acted: list[str] = []  # keys, once for each real effect
        self.compensated: list[str] = []
        self.refused: list[str] = []

    def call(self, what: str, key: str) -> str:
        """what: do or undo. The answer as the caller sees it: ok, refused or timeout."""
        fate = self.fates[what].pop(0) if self.fates[what] else "ok"
        if fate == "down":
            return "timeout"
        if what == "undo":
            if key in self.acted and key not in self.compensated:
                self.compensated.append(key)
            self.refused.append(key)  # a cancel may overtake its step, which must then be refused
        elif key not in self.acted and key not in self.refused:
            (self.refused if fate == "refused" else self.acted).append(key)
        answer = "refused" if what == "do" and key in self.refused else "ok"
        return "timeout" if fate == "lost" else answer


# --- Decision ---


def next_action(steps: list[tuple[str, str]], log: list[tuple[str, str]], patience: int) -> tuple[str, str]:
    """("do" or "undo", step) or ("end", outcome), from nothing but the log: that is what makes a crash harmless.

    >>> next_action([("stock", "compensable"), ("charge", "pivot")], [("do", "stock"), ("ok", "stock")], patience=3)
    ('do', 'charge')
    >>> log = [("do", "stock"), ("ok", "stock"), ("do", "charge"), ("refused", "charge")]
    >>> next_action([("stock", "compensable"), ("charge", "pivot")], log, patience=3)
    ('undo', 'stock')
    """
    count = Counter(log)
    done: list[str] = []
    for name, kind in steps:
        if ("ok", name) in count:
            done.append(name)
            continue
        unknown = kind == COMPENSABLE and count[("timeout", name)] >= patience
        if kind == RETRYABLE or not unknown and ("refused", name) not in count:
            return "do", name
        if unknown:
            done.append(name)  # so it is canceled like those that are done
        left = [other for other in done if ("undone", other) not in count]
        return ("undo", left[-1]) if left else ("end", "compensated")
    return "end", "completed"


# --- Orchestrator ---


class Orchestrator:
    """Drives one saga. Only `log` outlives a crash; a new orchestrator over the same log goes on."""

    def __init__(
        self, saga: str, steps: list[tuple[str, str]], log: list, services: dict[str, Participant], patience: int = 3
    ):
        kinds = [kind for _, kind in steps]
        order = [(COMPENSABLE, PIVOT, RETRYABLE).index(kind) for kind in kinds]
        if order != sorted(order) or kinds.count(PIVOT) > 1:
            rule = "first the compensable ones, then at most one pivot, then the retryable"
            raise ValueError(f"steps {kinds}: {rule}")
        self.saga, self.steps, self.log, self.services, self.patience = saga, steps, log, services, patience
        self.answer: str | None = None  # in memory only

    def tick(self) -> tuple[str, str, str]:
        """One thing that a crash could follow: (intent, call, record or end; the action; the step, or the outcome)."""
        what, name = next_action(self.steps, self.log, self.patience)
        if what == "end":
            return "end", what, name
        if not self.log or self.log[-1] != (what, name):
            self.log.append((what, name))
            return "intent", what, name
        if self.answer is None:  # also after a restart: whether the call was made is unknown, so it is made again
            self.answer = self.services[name].call(what, f"{self.saga}/{name}")
            return "call", what, name
        if what == "do":
            result = self.answer
        else:
            result = "undone" if self.answer == "ok" else "undo timeout"
        self.log.append((result, name))
        self.answer = None
        return "record", what, name


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {patience, steps: [[name, kind], ...], fates: {name: {do: [...], undo: [...]}},
    crashes: numbers of the calls after which the orchestrator dies before it has recorded the answer}."""
    steps, log, calls = [tuple(s) for s in scenario["steps"]], [], 0
    services = {name: Participant(**scenario["fates"].get(name, {})) for name, _ in steps}

    def orchestrator() -> Orchestrator:
        return Orchestrator("order-7", steps, log, services, scenario["patience"])

    def frame(say: str, at: str | None, mark: str, key: bool = False) -> dict:
        rows = []
        for name, kind in steps:
            service = services[name]
            cell = {"text": "nothing", "mark": "idle"}
            if service.acted:
                cell = {"text": "made up for" if service.compensated else "acted", "mark": None}
            if name == at:
                cell["mark"] = mark
            rows.append({"head": name, "cells": [kind, cell]})
        entries = [f"{what} {name}" for what, name in log[-6:]]
        views = [
            {"kind": "cells", "label": "services", "rows": rows},
            {"kind": "cells", "label": "log, its end", "rows": [{"cells": entries}]},
        ]
        return {"say": say, "show": views, "key": key}

    driver = orchestrator()
    had: set[tuple[str, str]] = set()  # what took effect before
    while (did := driver.tick())[0] != "end":
        step, what, name = did
        if step != "call":
            continue
        calls += 1
        answer, dies = driver.answer, calls in scenario["crashes"]
        say = f"{what} {name}: {answer}."
        if (what, name) in had and answer == "ok":
            say += " It had acted before; the key prevents a second effect."
        if answer == "timeout":
            say += f" Nobody knows whether it {'acted' if what == 'do' else 'was undone'}."
        if dies:
            say += " The orchestrator dies before it records this. A new one finds only the intent."
        bad = answer != "ok" or dies
        mark = "bad" if bad else "new" if what == "do" else "gone"
        yield frame(say, name, mark, key=bad)
        if services[name].acted if what == "do" else services[name].compensated:
            had.add((what, name))
        if dies:
            driver = orchestrator()
    yield frame(f"The saga has ended: {did[2]}.", None, "new", key=True)
