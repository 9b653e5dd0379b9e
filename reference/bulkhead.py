"""Bulkhead: a compartment of slots for one dependency, with at most a few callers waiting in front of it.

Vocabulary
    slot      the right to run one call; a semaphore counts them
    place     room for one waiting caller; none by default, so a full compartment refuses at once
    max wait  seconds after which a waiting caller gives up
    refused   the caller gets an error of the bulkhead's own, to be counted neither as a failure of the dependency nor
              retried
    handover  a slot that becomes free goes to the caller who has waited longest, before anyone new

Complexity: O(slots + places) time for each step, since the call is searched; O(1) amortized with a handle. Space is
O(slots + places).

Source: Nygard, "Release It!" (2007), for the name; the defaults of resilience4j are 25 slots and a wait of 0 ms.

A production version adds: a lock or an asynchronous semaphore; the time of day, so that a waiting caller wakes up by
itself; counters of refusals with an alert; a limit on the sum over all instances. What waits still holds its thread.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Hashable, Iterator

RUNS, WAITS, REFUSED = "runs", "waits", "refused"

# --- Size ---


def slots_for(calls_per_second: float, seconds_each: float, headroom: float = 2) -> int:
    """Little's law at peak, with room for bursts: concurrency is arrivals a second times seconds each.

    >>> slots_for(30, 0.5), slots_for(200, 0.1)
    (30, 40)
    """
    return math.ceil(round(calls_per_second * seconds_each * headroom, 6))  # 3 × 0.1 is a little more than 0.3


# --- Compartment ---


class Bulkhead:
    """A compartment. Every step takes `now` in seconds and first ends the waits that are over by then.

    >>> airline = Bulkhead(slots=1, places=1, max_wait=5)
    >>> airline.enter("a", 0), airline.enter("b", 0), airline.enter("c", 0)
    ('runs', 'waits', 'refused')
    >>> airline.leave("a", 1)
    'b'
    """

    def __init__(self, slots: int = 25, places: int = 0, max_wait: float = 0):
        if slots < 1 or places < 0 or (places > 0) != (max_wait > 0):
            given = f"slots {slots}, places {places}, max wait {max_wait}"
            raise ValueError(f"{given}: one slot is needed, and places only with a wait")
        self.slots, self.places, self.max_wait = slots, places, max_wait
        self.running: list[Hashable] = []
        self.waiting: deque[tuple[Hashable, float]] = deque()  # with the time at which the wait ends: soonest first
        self.refusals = 0

    def enter(self, call: Hashable, now: float) -> str:
        """RUNS, WAITS or REFUSED. A call that is inside already: ValueError."""
        self.expire(now)
        if call in self.running or any(call == other for other, _ in self.waiting):
            raise ValueError(f"call {call!r} is inside already: each attempt enters once")
        if len(self.running) < self.slots:  # then nobody waits: leave() hands a slot over, it never becomes free
            self.running.append(call)
            return RUNS
        if len(self.waiting) < self.places:
            self.waiting.append((call, now + self.max_wait))
            return WAITS
        self.refusals += 1
        return REFUSED

    def leave(self, call: Hashable, now: float) -> Hashable | None:
        """The call ended, well or badly. Returns the waiting call that got its slot, or None.

        ValueError where the call does not run: a slot given back twice would let one call too many in for ever.
        """
        self.expire(now)
        if call not in self.running:
            raise ValueError(f"call {call!r} holds no slot: give each slot back exactly once")
        self.running.remove(call)
        if not self.waiting:
            return None
        following, _ = self.waiting.popleft()
        self.running.append(following)
        return following

    def expire(self, now: float) -> list[Hashable]:
        """The calls whose wait is over; they are refused."""
        gone = []
        while self.waiting and self.waiting[0][1] <= now:
            gone.append(self.waiting.popleft()[0])
        self.refusals += len(gone)
        return gone


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {threads: count, compartments: {name: {slots, places, max_wait}},
    steps: [[time in s, enter or leave, compartment, call, ...], ...]}. Whoever runs or waits holds a thread."""
    rooms = {name: Bulkhead(**limits) for name, limits in scenario["compartments"].items()}
    outside = 0

    def held() -> int:
        return sum(len(room.running) + len(room.waiting) for room in rooms.values())

    def frame(say: str, mark: dict, key: bool = False) -> dict:
        views = []
        for name, room in rooms.items():
            slots = [{"text": call, "mark": mark.get(call)} for call in room.running]
            slots += [{"text": "slot", "mark": "idle"}] * (room.slots - len(room.running))
            rows = [{"head": "slots", "cells": slots}]
            if room.places:
                queue = [{"text": call, "note": f"to {end:g} s", "mark": mark.get(call)} for call, end in room.waiting]
                queue += [{"text": "place", "mark": "idle"}] * (room.places - len(room.waiting))
                rows.append({"head": "queue", "cells": queue})
            views.append({"kind": "cells", "label": name, "rows": rows})
        free = scenario["threads"] - held()
        counters = [
            {"text": "threads free", "value": free, "mark": None if free else "bad"},
            {"text": "refused", "value": sum(room.refusals for room in rooms.values()), "mark": None},
            {"text": "no thread", "value": outside, "mark": None},
        ]
        return {"say": say, "show": [*views, {"kind": "counters", "counters": counters}], "key": key}

    yield frame(f"{scenario['threads']} threads for all. Each compartment takes at most its slots.", {})
    for now, what, name, *calls in scenario["steps"]:
        room, said, mark = rooms[name], [], {}
        gone = [call for other in rooms.values() for call in other.expire(now)]
        if gone:
            said.append(f"the wait of {', '.join(gone)} is over: refused")
        for call in calls:
            if what == "leave":
                following = room.leave(call, now)
                if following:
                    said.append(f"{call} ends, {following} takes its slot")
                    mark[following] = "changed"
                else:
                    said.append(f"{call} ends")
            elif held() >= scenario["threads"]:
                outside += 1
                said.append(f"no thread is left for {call}")
            else:
                verdict = room.enter(call, now)
                said.append(f"{call} refused at once" if verdict == REFUSED else f"{call} {verdict}")
                mark[call] = "new"
        text = "; ".join(said)
        key = any(word in text for word in ("refused", "no thread", "takes")) or held() == scenario["threads"]
        yield frame(f"{now:g} s, {name}: {text}.", mark, key)
