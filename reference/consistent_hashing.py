"""Consistent hashing: find the owner of a key by calculation, so that a new or lost node moves only its own share.

Vocabulary
    ring        the hash values from 0 to 2^64 - 1, closed to a circle, on which keys and nodes get their places
    point       one place of a node on the ring; a node has many, called virtual nodes, in proportion to its weight
    owner       the node of the first point clockwise from the key
    successor   the next other node clockwise; it keeps the second copy
    rendezvous  the relative without a ring: the node whose hash together with the key is highest

Complexity: with n nodes of v points, a lookup on the ring takes O(log nv) time, a join or leave O(nv) here, where a
list is rebuilt; space is O(nv). Rendezvous takes O(n) hashes a lookup and no space.

Source: Karger and others, "Consistent Hashing and Random Trees" (1997); Thaler and Ravishankar, "Using Name-Based
Mappings to Increase Hit Rates" (1998), for rendezvous.

A production version adds: a version of the node list, so that a node can refuse a client with an old one; a bound on
the load of each node; a faster hash (the one here is chosen because it is the same in every process, which hash() is
not).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from heapq import nlargest

SIZE = 2**64

# --- Hash ---


def place(text: str) -> int:
    """A number from 0 to 2^64 - 1, spread evenly and the same everywhere."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


# --- Ring ---


class Ring:
    """Nodes by name with `points` points for each unit of weight.

    >>> ring = Ring(["A", "B", "C"])
    >>> before = [ring.owner(f"key {n}") for n in range(1000)]
    >>> ring.join("D")
    >>> after = [ring.owner(f"key {n}") for n in range(1000)]
    >>> moved = [new for old, new in zip(before, after) if old != new]
    >>> len(moved), set(moved)  # about a quarter, and all of them to D
    (233, {'D'})
    """

    def __init__(self, nodes: Iterable[str] = (), points: int = 100, hashed: Callable[[str], int] = place):
        self.points, self.hashed = points, hashed
        self.ring: list[tuple[int, str]] = []  # sorted by place
        for node in nodes:
            self.join(node)

    def join(self, node: str, weight: float = 1) -> None:
        """Add a node with weight times `points` points. ValueError where it is there already."""
        if any(node == other for _, other in self.ring):
            raise ValueError(f"{node} is on the ring already")
        mine = [(self.hashed(f"{node}#{n}"), node) for n in range(max(1, round(self.points * weight)))]
        self.ring = sorted(self.ring + mine)

    def leave(self, node: str) -> None:
        """Remove a node with all its points; each arc falls to the next point. Nothing happens where it is unknown."""
        self.ring = [point for point in self.ring if point[1] != node]

    def owners(self, key: str, copies: int = 1) -> list[str]:
        """The owner and its successors: up to `copies` different nodes, fewer where there are not as many.

        LookupError where there is no node.
        """
        if not self.ring:
            raise LookupError("no node on the ring")
        start, found = bisect_right(self.ring, (self.hashed(key), "")), []
        for n in range(len(self.ring)):
            node = self.ring[(start + n) % len(self.ring)][1]  # past the last point it begins again
            if node not in found:  # further points of the same node would not be further copies
                found.append(node)
            if len(found) == copies:
                break
        return found

    def owner(self, key: str) -> str:
        """The node that a key belongs to."""
        return self.owners(key)[0]


# --- Rendezvous ---


def rendezvous(nodes: Iterable[str], key: str, copies: int = 1) -> list[str]:
    """The `copies` nodes with the highest hash of node and key, highest first: no state, and the nodes in any order.

    >>> rendezvous(["A", "B", "C"], "key 7", copies=2) == rendezvous(["C", "A", "B"], "key 7", copies=2)
    True
    """
    return nlargest(copies, nodes, key=lambda node: (place(f"{node}|{key}"), node))


# --- Modulo ---


def modulo(nodes: list[str], key: str) -> str:
    """What not to do: the remainder changes for most keys when the number of nodes does."""
    return nodes[place(key) % len(nodes)]


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run: each step with each method. Keys are names, or a count of generated ones; a small ring is drawn.

    scenario: {methods: [ring 1, rendezvous, modulo, ...], nodes, keys,
    steps: [[find, key, copies] or [join or leave, node], ...]}.
    """
    methods, keys, nodes = scenario["methods"], scenario["keys"], list(scenario["nodes"])
    if isinstance(keys, int):
        keys = [f"key {n}" for n in range(keys)]
    rings = {method: Ring(nodes, int(method.split()[1])) for method in methods if method.startswith("ring")}

    def owners(method: str, key: str, copies: int = 1) -> list[str]:
        if method in rings:
            return rings[method].owners(key, copies)
        return rendezvous(nodes, key, copies) if method == "rendezvous" else [modulo(nodes, key)]

    def title(method: str) -> str:
        if method not in rings:
            return method.capitalize()
        points = rings[method].points
        return f"Ring of {points} {'point' if points == 1 else 'points'} a node"

    def drawn(ring: list[tuple[int, str]], found: str, held: list[str], new: str) -> dict:
        start, dots = place(found), []
        first = [min((p for p in ring if p[1] == node), key=lambda p: (p[0] - start) % SIZE) for node in held]
        for point in ring:
            mark = "hit" if point in first else "new" if point[1] == new else None
            dots.append({"at": point[0] / SIZE, "text": point[1], "mark": mark})
        for key in keys:
            dots.append({"at": place(key) / SIZE, "text": key, "mark": "hit" if key == found else "idle"})
        return {"kind": "links", "shape": "ring", "nodes": dots}

    def frame(
        method: str, say: str, before: dict, now: dict, found: str = "", held: list[str] = (), new: str = ""
    ) -> dict:
        rows = []
        for node in sorted({*before.values(), *nodes}):
            mine = [key for key in keys if now[key] == node]
            cells = []
            for key in mine:
                moved = "changed" if now[key] != before[key] else None
                cells.append({"text": key, "mark": "hit" if key == found else moved})
            if len(keys) >= 12:
                gain = len(mine) - list(before.values()).count(node)
                note, mark = f"{gain:+}" if gain else "", "new" if node == new else None
                cells = [{"text": f"{len(mine)} keys", "note": note, "mark": mark}]
            rows.append({"head": node, "cells": cells})
        views = [{"kind": "cells", "label": "keys of each node", "rows": rows}]
        if method in rings and len(rings[method].ring) + len(keys) < 16:
            views.insert(0, drawn(rings[method].ring, found, held, new))
        return {"say": f"{title(method)}: {say}", "show": views, "key": before != now or len(held) > 1}

    last = {method: {key: owners(method, key)[0] for key in keys} for method in methods}
    for method, now in last.items():
        yield frame(method, f"{len(nodes)} nodes share {len(keys)} keys.", now, now)
    for did, what, *copies in scenario["steps"]:
        if did == "find":
            for method, now in last.items():
                held = owners(method, what, *copies)
                say = f"{what} belongs to {held[0]}"
                if held[1:]:
                    say += f"; {' and '.join(held[1:])} is the next other node and keeps a copy"
                yield frame(method, f"{say}.", now, now, found=what, held=held)
            continue
        if did == "join":
            nodes = [*nodes, what]
        else:
            nodes = [node for node in nodes if node != what]
        for ring in rings.values():
            getattr(ring, did)(what)
        for method, before in last.items():
            now = last[method] = {key: owners(method, key)[0] for key in keys}
            moved = [key for key in keys if now[key] != before[key]]
            to = ", ".join(sorted({now[key] for key in moved})) or "nobody"
            share = f"{len(moved)} of {len(keys)} keys move ({len(moved) / len(keys):.0%})"
            say = f"{what} {did}s. {share}, to {to}."
            yield frame(method, say, before, now, new=what if did == "join" else "")
