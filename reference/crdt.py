"""CRDTs: a counter and a set whose copies are changed apart and merge, in any order and however often, to one state.

Vocabulary
    replica     one copy, with a name that no other copy ever uses
    merge       takes in another copy's state: commutative, associative and idempotent
    G-counter   only grows: a slot for each replica, written by that replica alone; the value is the sum
    PN-counter  goes up and down: two G-counters, and their difference
    OR-set      observed-remove set: a removal covers the additions it saw, so an addition made elsewhere survives
    tag         names one addition: the replica and its running number
    tombstone   a removed tag, kept because an old copy would bring the item back

Complexity: a change takes O(1) time in a counter, O(tags of the item) in the set; merge and state are O(replicas) in a
counter and O(all additions ever made) in the set.

Source: Shapiro, Preguiça, Baquero and Zawirski, "A comprehensive study of Convergent and Commutative Replicated Data
Types" (INRIA RR-7506, 2011).

A production version adds: deltas instead of whole states; version vectors instead of tombstones, or dropping those that
every copy has seen; a new replica name after a restore from backup, lest old tags be given out again; storage.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator

# --- G-counter ---


class GCounter:
    """A counter that only grows.

    >>> ann, ben = GCounter("ann"), GCounter("ben")
    >>> ann.add(2), ben.add(3), ann.merge(ben), ann.merge(ben), ann.value()
    (None, None, None, None, 5)
    """

    def __init__(self, replica: str):
        self.replica = replica
        self.slots: dict[str, int] = {}

    def add(self, n: int = 1) -> None:
        """n of at least 0; else ValueError: a slot that shrinks would be undone by the next merge."""
        if n < 0:
            raise ValueError(f"add {n}: a slot only grows; use a PN-counter")
        self.slots[self.replica] = self.slots.get(self.replica, 0) + n

    def value(self) -> int:
        """The sum of all slots that this copy has heard of."""
        return sum(self.slots.values())

    def merge(self, other: GCounter) -> None:
        """The larger of each slot: it is the newer, since its one writer only ever raises it."""
        for replica, n in other.slots.items():
            self.slots[replica] = max(n, self.slots.get(replica, 0))


# --- PN-counter ---


class PNCounter:
    """A counter that goes up and down. It knows no bound: two copies may each take the last one."""

    def __init__(self, replica: str):
        self.up, self.down = GCounter(replica), GCounter(replica)

    def add(self, n: int) -> None:
        """Any whole number; a negative one is counted in `down`."""
        (self.up if n >= 0 else self.down).add(abs(n))

    def value(self) -> int:
        """Ups less downs, as far as this copy has heard."""
        return self.up.value() - self.down.value()

    def merge(self, other: PNCounter) -> None:
        """Each half on its own."""
        self.up.merge(other.up)
        self.down.merge(other.down)


# --- OR-set ---


class ORSet:
    """A set in which an addition wins over a removal that did not see it.

    >>> ann, ben = ORSet("ann"), ORSet("ben")
    >>> ann.add("bread"), ben.merge(ann), ben.remove("bread"), ann.add("bread"), ann.merge(ben), ann.items()
    (None, None, None, None, None, ['bread'])
    """

    def __init__(self, replica: str):
        self.replica, self.counter = replica, 0
        self.tags: dict[str, set[tuple[str, int]]] = {}
        self.removed: set[tuple[str, int]] = set()  # tombstones

    def add(self, item: str) -> None:
        """A new tag, even if the item is there: this addition is to survive a removal of the earlier ones."""
        self.counter += 1
        self.tags.setdefault(item, set()).add((self.replica, self.counter))

    def remove(self, item: str) -> None:
        """Only the tags that this copy has seen. No effect where the item is absent."""
        self.removed |= self.tags.get(item, set())

    def items(self) -> list[str]:
        """In order of the alphabet: those with a tag that was not removed."""
        return sorted(item for item, tags in self.tags.items() if tags - self.removed)

    def merge(self, other: ORSet) -> None:
        """The union of the tags and the union of the tombstones."""
        for item, tags in other.tags.items():
            self.tags.setdefault(item, set()).update(tags)
        self.removed |= other.removed


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {type: counter or set, replicas: [names],
    steps: [[replica, add or remove, item or number], [replica, send, name of a message with its state, which is late],
    [replica, merge, another replica or a message], ...]}."""
    counting = scenario["type"] == "counter"
    copies = {name: PNCounter(name) if counting else ORSet(name) for name in scenario["replicas"]}
    states, shown = dict(copies), {}  # states: late messages as well

    def named(tag: tuple[str, int]) -> str:
        return f"{tag[0]} {tag[1]}"

    def cells(state: PNCounter | ORSet) -> list[dict]:
        found = []
        if counting:
            up, down = state.up.slots, state.down.slots
            for name in sorted(up | down):
                found.append({"text": f"+{up.get(name, 0)} −{down.get(name, 0)}", "note": name})
            return [*found, {"text": str(state.value()).replace("-", "−"), "note": "value"}]
        for item in sorted(state.tags):
            for tag in sorted(state.tags[item]):
                cell = {"text": item, "note": named(tag)}
                if tag in state.removed:
                    cell["mark"] = "gone"
                found.append(cell)
        return found

    def frame(say: str, key: bool = False) -> dict:
        rows = []
        for name, state in copies.items():
            now = cells(state)
            known, marked = shown.get(name, now), []
            for cell in now:
                old = cell in known or "mark" in cell
                marked.append(cell if old else cell | {"mark": "changed"})
            rows.append({"head": name, "cells": marked})
            shown[name] = now
        return {"say": say, "show": [{"kind": "cells", "label": "copies", "rows": rows}], "key": key}

    yield frame(f"{len(copies)} copies that nobody has changed. Each takes changes at once, without asking the others.")
    for n, (who, what, value) in enumerate(scenario["steps"]):
        mine = copies[who]
        if what == "add":
            mine.add(value)
            where = "its own slot, no other" if counting else f"a new tag, {who} {mine.counter}"
            takes = counting and value < 0
            does = f"takes {-value}" if takes else f"adds {value}"
            yield frame(f"{who} {does}: {where}.", key=takes)
        elif what == "remove":
            seen = ", ".join(named(tag) for tag in sorted(mine.tags.get(value, ())))
            mine.remove(value)
            yield frame(f"{who} removes {value}: this covers the tags seen here, {seen}, and no other.", key=True)
        elif what == "send":
            states[value] = copy.deepcopy(mine)
            yield frame(f"{who} sends its state. The message, {value}, is late.")
        else:
            before = cells(mine)
            mine.merge(states[value])
            after = cells(mine)
            now = after[-1]["text"] if counting else ", ".join(mine.items()) or "nothing is left"
            if after == before:
                now = f"nothing in it is new, still {now}"
            equal = all(cells(other) == after for other in copies.values())
            say = f"{who} merges {value}: {now}."
            if equal:
                say += " All copies are equal."
            yield frame(say, key=n > 2 and (equal or after == before))
