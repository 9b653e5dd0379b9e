"""Doubling wait: each try waits twice as long, up to a cap."""

from __future__ import annotations

from collections.abc import Iterator

# --- Wait ---


def wait(attempt: int, cap: float) -> float:
    """Seconds before the next try.

    >>> wait(2, 10)
    4
    """
    return min(cap, 2**attempt)


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {cap: seconds, tries: count}."""
    for attempt in range(scenario["tries"]):
        seconds = wait(attempt, scenario["cap"])
        view = {"kind": "counters", "counters": [{"text": "wait", "value": f"{seconds} s", "mark": "changed"}]}
        yield {"say": f"Try {attempt + 1} fails; wait {seconds} s.", "show": [view]}
