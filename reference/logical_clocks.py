"""Logical clocks: order events by what could have caused what, with counters that travel in messages.

Vocabulary
    event           something local, a sending or a receipt; each counts
    happened before in one process earlier, or the sending of a message before its receipt, or a chain of such steps
    concurrent      neither happened before the other, however many seconds lie between them
    Lamport time    one counter a process: on receipt the larger of the two, plus one
    vector          one counter for each process, merged by maximum on receipt, own entry plus one
    version vector  the same attached to one record: it counts updates by replica, not events
    context         the version vector that a client had read when it wrote

Complexity: Lamport O(1) an event and 8 bytes a message; vectors O(n) both, among n processes.

Source: Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System" (1978); vectors are by Fidge (1988)
and Mattern (1989), version vectors by Parker et al. (1983).

A production version adds: names that are retired, dots that keep two clients of one replica apart, and often a hybrid
clock instead, which stays near the wall's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

# --- Process ---


@dataclass
class Process:
    """A process with both clocks. Each method is one event and returns its stamp: Lamport time, and the vector copied.

    >>> a, b = Process("A"), Process("B")
    >>> sent = a.send()
    >>> b.receive(sent)
    (2, {'A': 1, 'B': 1})
    """

    name: str
    time: int = 0
    vector: dict[str, int] = field(default_factory=dict)

    def local(self) -> tuple[int, dict[str, int]]:
        """Something happens that nobody else is told."""
        self.time += 1
        self.vector[self.name] = self.vector.get(self.name, 0) + 1
        return self.time, dict(self.vector)

    def send(self) -> tuple[int, dict[str, int]]:
        """The stamp goes along with the message; sending is an event as well."""
        return self.local()

    def receive(self, stamp: tuple[int, dict[str, int]]) -> tuple[int, dict[str, int]]:
        """Take over what the sender knew, then count the receipt."""
        self.time, self.vector = max(self.time, stamp[0]), merge(self.vector, stamp[1])
        return self.local()


# --- Comparison ---


def merge(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    """The larger of both, entry by entry; an absent entry is 0."""
    return {name: max(one.get(name, 0), other.get(name, 0)) for name in one | other}


def covers(one: dict[str, int], other: dict[str, int]) -> bool:
    """No entry of the other is larger: whoever has `one` has seen `other`."""
    return all(one.get(name, 0) >= n for name, n in other.items())


def compare(one: dict[str, int], other: dict[str, int]) -> str:
    """`before`, `after`, `equal` or `concurrent`.

    >>> compare({"A": 1}, {"A": 1, "B": 2}), compare({"A": 2}, {"A": 1, "B": 2})
    ('before', 'concurrent')
    """
    newer, older = covers(one, other), covers(other, one)
    if newer and older:
        return "equal"
    if newer:
        return "after"
    return "before" if older else "concurrent"


# --- Versions of a record ---


class Record:
    """Replicas' common view of one record: every version that none other covers.

    More than one is a conflict to be merged.
    """

    def __init__(self):
        self.versions: list[tuple[dict[str, int], Any]] = []
        self.counters: dict[str, int] = {}

    def context(self) -> dict[str, int]:
        """What a reader of all versions has seen; it goes along with the next write."""
        seen: dict[str, int] = {}
        for vector, _ in self.versions:
            seen = merge(seen, vector)
        return seen

    def put(self, value: Any, context: dict[str, int], replica: str) -> dict[str, int]:
        """The new version's vector: what the writer had seen, and one more update by this replica.

        It replaces what it covers.
        """
        self.counters[replica] = self.counters.get(replica, 0) + 1
        vector = merge(context, {replica: self.counters[replica]})
        self.versions = [(v, kept) for v, kept in self.versions if not covers(vector, v)]
        self.versions.append((vector, value))
        return vector


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {processes: [names], ask: [[event, event], ...],
    events: [[name, event, {local, send or receive: the event that sent}], ...]}; or
    {writes: [[client, value, replica, read or stale], ...]}: what the client does before it writes."""
    yield from _record(scenario["writes"]) if "writes" in scenario else _events(**scenario)


def _events(processes: list, events: list, ask: list) -> Iterator[dict]:
    all_of = {name: Process(name) for name in processes}
    stamps: dict[str, tuple] = {}  # by event
    rows: dict[str, list[dict]] = {name: [] for name in processes}

    def frame(say: str, marks: dict, key: bool = False) -> dict:
        lines = []
        for name, cells in rows.items():
            marked = [cell | {"mark": marks.get(cell["text"][0])} for cell in cells]
            lines.append({"head": name, "cells": marked})
        views = [{"kind": "cells", "label": "event: Lamport time, vector", "rows": lines}]
        return {"say": say, "show": views, "key": key}

    for name, event, kind in events:
        process = all_of[name]
        if kind in ("local", "send"):
            stamps[event] = getattr(process, kind)()
            why = f"{kind}: own counter plus one"
        else:
            stamps[event] = process.receive(stamps[kind])
            why = f"receives what {kind} sent: the larger of each, then plus one"
        time, vector = stamps[event]
        rows[name].append({"text": f"{event}: {time}", "note": " ".join(str(vector.get(n, 0)) for n in processes)})
        yield frame(f"{event} at {name}, {why}. Lamport {time}.", {event: "new"})
    for one, other in ask:
        (time, vector), (time_2, vector_2) = stamps[one], stamps[other]
        if time == time_2:
            no = "neither caused the other"
        else:
            early, late = (one, other) if time < time_2 else (other, one)
            no = f"{late} did not cause {early}"
        say = f"{one} and {other}: Lamport {time} and {time_2} say only that {no}. "
        say += f"The vectors say: {compare(vector, vector_2)}."
        yield frame(say, {one: "hit", other: "hit"}, key=True)


def _record(writes: list) -> Iterator[dict]:
    record = Record()
    seen: dict[str, dict] = {}  # by client: the context of the next write
    known: dict[str, list] = {}  # by client: values that it has read or written

    def shown(vector: dict) -> str:
        return "[" + " ".join(f"{name}:{n}" for name, n in vector.items()) + "]"

    for client, value, replica, first in writes:
        before = [kept for _, kept in record.versions]
        if first == "read":
            seen[client] = record.context()
            known[client] = known.get(client, []) + before
        say = f"{client} has seen {shown(seen[client])} and writes {value} through {replica}: "
        seen[client] = record.put(value, seen[client], replica)
        after = [kept for _, kept in record.versions]
        lost = [kept for kept in before if kept not in after]
        unread = [kept for kept in lost if kept not in known[client]]
        known[client].append(value)
        say += f"{shown(seen[client])}. That covers {', '.join(lost) or 'nothing'}."
        if unread:
            say += f" {client} never read {', '.join(unread)}: a write is lost."
        if len(after) > 1:
            say += f" {len(after)} versions stand side by side: a conflict to merge."
        cells = []
        for vector, kept in record.versions:
            cells.append({"text": kept, "note": shown(vector), "mark": "new" if kept == value else None})
        cells += [{"text": kept, "mark": "gone"} for kept in lost]
        views = [{"kind": "cells", "label": "versions", "rows": [{"cells": cells}]}]
        yield {"say": say, "show": views, "key": bool(before)}
