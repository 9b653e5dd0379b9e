"""Event store with projections: what happened is written down at an expected version; what is, is computed from it.

Vocabulary
    stream      the events of one entity, numbered from 1: its version is the number of the last
    position    the number of an event in the whole store: the order that readers follow
    fold        start empty, apply each event: the current state
    append      names the version that the decision was based on; it fails if another append came first
    projection  a table in the shape of one screen, made from the events in order
    checkpoint  the position up to which a projection has applied; it commits together with the rows
    park        put an event that cannot be applied aside, and all later ones of its stream, and go on with the others

Complexity: with an index on the stream a command reads O(events of its stream), each time that it decides; an append is
O(new events); a rebuild is O(all events).

Source: "Event Sourcing pattern" in Microsoft's Azure Architecture Center; Young, "CQRS Documents" (2010).

A production version adds: a table with a primary key of stream and version; snapshots as a cache; upcasters for old
shapes of events; a lock on the checkpoint; a few attempts before an event is parked, and an alert after it.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

# --- Store ---

Event = namedtuple("Event", "position stream version type seats")  # its type in the past tense: SeatsReserved


class Conflict(Exception):
    """Another command has appended since: load again, decide again."""


class EventStore:
    """Append-only. In a database the check is the unique key of stream and version."""

    def __init__(self):
        self.events: list[Event] = []
        self.streams: dict[str, list[Event]] = {}  # the index on the stream
        self.commands: dict[str, int] = {}  # ID to the version that it led to: recognizes a retry

    def read(self, stream: str) -> list[Event]:
        """All of one entity, oldest first. Their number is the version."""
        return list(self.streams.get(stream, ()))

    def after(self, position: int, limit: int) -> list[Event]:
        """What a reader has not seen yet. Readers pull; nothing is published by hand."""
        return self.events[position : position + limit]

    def append(self, stream: str, expected: int, new: list[tuple[str, int]], command: str) -> int:
        """All of the new events or, where the version is not the expected one, Conflict and none. The new version."""
        version = len(self.streams.get(stream, ()))
        if version != expected:
            raise Conflict(f"{stream} is at version {version}, not {expected}")
        for n, (kind, seats) in enumerate(new, start=1):
            self.events.append(Event(len(self.events) + 1, stream, expected + n, kind, seats))
            self.streams.setdefault(stream, []).append(self.events[-1])
        self.commands[command] = expected + len(new)
        return expected + len(new)


# --- Command ---

CHANGE = {"ShowOpened": 1, "SeatsReserved": -1, "ReservationCanceled": 1}  # of the seats left


def fold(events: list[Event]) -> int:
    """Seats left, of the events of one show."""
    return sum(CHANGE[e.type] * e.seats for e in events)


def reserve(store: EventStore, stream: str, seats: int, command: str) -> Iterator[str]:
    """A command handler. It yields where another may come in between; ValueError where the rule says no."""
    while command not in store.commands:
        events = store.read(stream)
        left, version = fold(events), len(events)
        yield f"loaded version {version}: {left} left"
        if seats > left:
            raise ValueError(f"{seats} wanted, {left} left")
        try:
            store.append(stream, version, [("SeatsReserved", seats)], command)
        except Conflict as conflict:
            yield f"append fails, {conflict}"
    yield f"done, version {store.commands[command]}"


# --- Projection ---


@dataclass
class View:
    """Rows, checkpoint and parked events: one transaction holds all three."""

    rows: dict[str, int] = field(default_factory=dict)
    position: int = 0
    parked: dict[str, list[Event]] = field(default_factory=dict)


def sold(row: int, event: Event) -> int:
    """Seats sold of a show."""
    if event.type not in CHANGE:
        raise ValueError(f"no event type {event.type}")
    return row if event.type == "ShowOpened" else row - CHANGE[event.type] * event.seats


def project(store: EventStore, view: View, apply: Callable[[int, Event], int], batch: int = 500) -> Iterator[str]:
    """One batch; `apply` makes the new row. It yields where the process may die: before the commit, and after it."""
    changed: dict[str, int] = {}
    parked: dict[str, list[Event]] = {}
    events = store.after(view.position, batch)
    for event in events:
        try:
            if event.stream in view.parked or event.stream in parked:
                raise ValueError("an earlier event of this stream is parked")
            changed[event.stream] = apply(changed.get(event.stream, view.rows.get(event.stream, 0)), event)
        except ValueError:
            parked.setdefault(event.stream, []).append(event)
    yield f"{len(events)} events applied, not committed"
    view.rows.update(changed)
    view.position += len(events)
    for stream, aside in parked.items():
        view.parked.setdefault(stream, []).extend(aside)
    yield f"committed with position {view.position}"


def replay_parked(view: View, apply: Callable[[int, Event], int]) -> None:
    """After the fix: what was put aside, in order. ValueError, and no change, where it still cannot be applied."""
    rows = dict(view.rows)
    for stream, events in view.parked.items():
        for event in events:
            rows[stream] = apply(rows.get(stream, 0), event)
    view.rows, view.parked = rows, {}


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {streams: {name: [[type, seats], ...]}, steps: [[command, who, stream, seats, ID],
    [go, who] for its next step, [event, stream, type, seats], [project, view, batch, dies or lives],
    [replay, view], ...]}."""
    store, views, clients, old = EventStore(), {}, {}, []
    for stream, events in scenario["streams"].items():
        store.append(stream, 0, [tuple(e) for e in events], f"open {stream}")

    def frame(say: str, key: bool = False) -> dict:
        rows = {name: [] for name in scenario["streams"]}
        for event in store.events:
            note = f"{event.seats}: v{event.version}, at {event.position}"
            rows[event.stream].append({"text": event.type, "note": note})
        for name, view in views.items():
            texts = [f"{stream} {n}" for stream, n in sorted(view.rows.items())]
            texts += [f"{stream} parked" for stream in view.parked]
            rows[name] = [{"text": text} for text in [*texts, f"at {view.position}"]]
        drawn = []
        for name, cells in rows.items():
            marked = [cell if (name, cell) in old else cell | {"mark": "changed"} for cell in cells]
            drawn.append({"head": name, "cells": marked})
        old.extend((name, cell) for name, cells in rows.items() for cell in cells)
        return {"say": say, "show": [{"kind": "cells", "rows": drawn}], "key": key}

    def mended(row: int, event: Event) -> int:
        return row - event.seats if event.type == "SeatsReleased" else sold(row, event)

    yield frame("The events of each stream. Nothing else is stored as the truth.")
    for what, name, *values in scenario["steps"]:
        if what in ("command", "go"):
            if what == "command":
                clients[name] = reserve(store, *values)
            try:
                did = next(clients[name])
            except ValueError as refused:
                did = f"refused, {refused}"
            say = f"{name}: {did}."
            if what == "command" and "done" in did:
                say += " The ID is known: the first answer, and no second effect."
            yield frame(say, key="loaded" not in did)
        elif what == "event":
            store.append(name, len(store.read(name)), [tuple(values)], f"event {len(store.events)}")
            yield frame(f"{values[0]} {values[1]} is appended to {name}.")
        elif what == "replay":
            replay_parked(views[name], mended)
            yield frame(f"{name}, with the fixed projector, replays what was parked, in order.", key=True)
        else:
            batch, end = values
            view = views.setdefault(name, View())
            process = project(store, view, sold, batch)
            if end == "dies":
                say = f"{name}: {next(process)}. It dies here: nothing has changed."
            else:
                *_, did = process
                say = f"{name}: {did}."
            for stream in view.parked:
                say += f" Parked: {stream}; the others go on."
            yield frame(say, key=end == "dies" or view.position == len(store.events) > 3)
