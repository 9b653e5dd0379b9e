"""S3-FIFO: three queues that drop newcomers early and keep what proves itself; a hit only raises a small counter.

Vocabulary
    small queue  where a new key enters; a tenth of the cache
    main queue   where a key goes that was read often enough in the small one; the rest of the cache
    ghost queue  keys without values, dropped from the small queue not long ago
    hits         a counter at each entry that stops at 3
    promote      to move from the small to the main queue, which is settled only when an entry has to go

Complexity: get takes O(1) time and moves nothing; put takes O(1) amortized: each step of a search for a victim uses up
hits of the entry it passes. Space is O(capacity), plus one key for each ghost.

Source: Yang and others, "FIFO Queues are All You Need for Cache Eviction" (2023); the sizes, the two hits and the fresh
start of a promoted entry as in libCacheSim.

A production version adds: queues without locks (a ring buffer for each); hashes in place of ghost keys; sizes in bytes;
expiry. Two bits an entry hold the counter.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

MOST = 3  # what two bits hold

# --- Structure ---


@dataclass
class Entry:
    """A value and the hits since it entered its queue."""

    value: Any
    hits: int = 0


class S3FIFO:
    """A cache of `capacity` entries; `small` and `ghost` are shares of it, `needed` the hits to promote.

    ValueError where a queue would have no room.

    >>> cache = S3FIFO(2)
    >>> [cache.put(key, 0) for key in "abca"]  # c drops a, but a leaves a ghost, which lets it into main at its return
    [None, None, 'a', 'c']
    >>> list(cache.small), list(cache.main), list(cache.ghost)
    ([], ['b', 'a'], ['c'])
    """

    def __init__(self, capacity: int, small: float = 0.1, ghost: float = 0.9, needed: int = 2):
        if capacity < 2:
            raise ValueError(f"capacity {capacity}: both queues need room for at least one entry")
        if not 0 <= small < 1:
            raise ValueError(f"small {small}: a share that leaves room for the main queue")
        self.capacity, self.needed = capacity, needed
        self.small_room, self.ghost_room = max(1, int(capacity * small)), max(1, int(capacity * ghost))
        self.entries: dict[Hashable, Entry] = {}
        self.small: deque[Hashable] = deque()  # oldest first
        self.main: deque[Hashable] = deque()
        self.ghost: OrderedDict[Hashable, None] = OrderedDict()

    # --- Operations ---

    def get(self, key: Hashable, default: Any = None) -> Any:
        """The value, and one more hit; `default` where the key is absent, also where its ghost is there."""
        entry = self.entries.get(key)
        if entry is None:
            return default
        entry.hits = min(MOST, entry.hits + 1)  # all that a hit does: no queue is touched, no lock is needed
        return entry.value

    def put(self, key: Hashable, value: Any) -> Hashable | None:
        """Store the value under the key; an update counts as a hit. Returns the key that was evicted, or None."""
        if key in self.entries:
            self.get(key)
            self.entries[key].value = value
            return None
        returns = key in self.ghost
        self.ghost.pop(key, None)  # before the eviction, which might push this very ghost out
        full = len(self.entries) == self.capacity
        spare = not full and len(self.small) == self.small_room  # main is filled without a trial
        evicted = self._evict() if full else None
        (self.main if returns or spare else self.small).append(key)
        self.entries[key] = Entry(value)
        return evicted

    # --- Eviction ---

    def _evict(self) -> Hashable:
        while len(self.small) == self.small_room:
            key = self.small.popleft()
            if self.entries[key].hits < self.needed:
                self.ghost[key] = None
                if len(self.ghost) > self.ghost_room:
                    self.ghost.popitem(last=False)
                return self._drop(key)
            self.main.append(key)
            self.entries[key].hits = 0  # what it did as a newcomer has earned the place, and no more
        while self.entries[self.main[0]].hits:
            self.entries[self.main[0]].hits -= 1
            self.main.rotate(-1)  # the oldest goes round again
        return self._drop(self.main.popleft())  # no ghost: it had its time

    def _drop(self, key: Hashable) -> Hashable:
        del self.entries[key]
        return key


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {capacity, small: share, reads: [key, ...]}; a miss is loaded and put."""
    cache, hits = S3FIFO(scenario["capacity"], scenario["small"]), 0

    def row(head: str, keys: Iterable, mark: dict) -> dict:
        cells = []
        for k in keys:
            note = f"hits {cache.entries[k].hits}" if k in cache.entries else None
            cells.append({"text": k, "note": note, "mark": mark.get(k)})
        return {"head": head, "cells": cells}

    def frame(say: str, misses: int, mark: dict, left: list, key: bool = False) -> dict:
        rows = [row("small", cache.small, mark), row("main", cache.main, mark), row("ghost", cache.ghost, mark)]
        if left:
            rows.append(row("left", left, mark))
        views = [
            {"kind": "cells", "label": "queues, next to leave first", "rows": rows},
            {"kind": "counters", "counters": [{"text": "hits", "value": hits}, {"text": "misses", "value": misses}]},
        ]
        return {"say": say, "show": views, "key": key}

    for n, key in enumerate(scenario["reads"], start=1):
        small, known = list(cache.small), key in cache.ghost
        before = {k: entry.hits for k, entry in cache.entries.items() if k not in small}  # of main
        if cache.get(key) is not None:
            hits += 1
            say = f"{key}: a hit. Its counter stands at {cache.entries[key].hits}; nothing moves."
            yield frame(say, n - hits, {key: "hit"}, [])
            continue
        evicted = cache.put(key, key)
        promoted = [k for k in small if k in cache.main]
        spared = [k for k, count in before.items() if k in cache.entries and cache.entries[k].hits < count]
        if known:
            why = "its ghost is there: it enters main"
        elif key in cache.main:
            why = "small is full, main is not: it enters main"
        else:
            why = "it enters small"
        say = f"{key}: a miss; {why}."
        if promoted:
            say += f" At the end of small, with {cache.needed} hits or more: {', '.join(promoted)} moves to main."
        if spared:
            say += f" At the end of main, with a hit: {', '.join(spared)} goes round again."
        left = []
        if evicted in cache.ghost:
            say += f" {evicted} leaves: its ghost stays."
        elif evicted is not None:
            left = [evicted]
            say += f" {evicted} leaves: the oldest of main, without a hit."
        mark = dict.fromkeys(promoted + spared, "changed") | {evicted: "gone", key: "new"}
        first_ghost = list(cache.ghost) == [evicted]
        yield frame(say, n - hits, mark, left, key=bool(promoted or known or spared or left or first_ghost))
