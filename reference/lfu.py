"""LFU cache: when room is needed, evict the entry with the fewest accesses; among equals, the least recently used.

Vocabulary
    count   accesses on record for a key: 1 when it enters, one more at each hit and at each update
    bucket  all keys of one count, the least recently used first
    least   the lowest count that has a bucket: its front key is the next to go
    halve   the aging step, called now and then: each count loses half, so that fame fades

Complexity: with buckets, get and put take O(1) time and the cache O(capacity) space; halve takes O(n log n)
for n entries, since it sorts the counts: O(log n) an access if done every few capacities of accesses. With a heap, get
and put take O(log capacity), amortized.

Source: Shah, Mitra and Matani, "An O(1) algorithm for implementing the LFU cache eviction scheme" (2010), which links
the buckets; one variable for the least count is enough as long as an insert evicts one entry only.

A production version adds: a lock or shards; entries with sizes, which need the linked buckets; a small area where new
keys prove themselves (W-TinyLFU); or approximate counters and sampling, as Redis has.
"""

from __future__ import annotations

import heapq
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from typing import Any

# --- Buckets ---


class LFU:
    """A cache of at most `capacity` entries (at least 1, else ValueError).

    >>> cache = LFU(2)
    >>> cache.put("a", 1), cache.put("b", 2), cache.get("a"), cache.put("c", 3)
    (None, None, 1, 'b')
    >>> cache.counts()
    {1: ['c'], 2: ['a']}
    """

    def __init__(self, capacity: int):
        if capacity < 1:
            raise ValueError(f"capacity {capacity}: room for at least one entry is needed")
        self.capacity, self.least = capacity, 0
        self.values, self.count = {}, {}  # by key
        self.bucket: dict[int, OrderedDict] = {}  # ordered as a linked list: a dict would search for its first key

    def counts(self) -> dict[int, list]:
        """The keys by count, lowest count first and least recently used first: the order of eviction."""
        return {n: list(self.bucket[n]) for n in sorted(self.bucket)}

    def get(self, key: Hashable, default: Any = None) -> Any:
        """The value, and the key's count grows; `default` where the key is absent."""
        if key not in self.values:
            return default
        self._touch(key)
        return self.values[key]

    def put(self, key: Hashable, value: Any) -> Hashable | None:
        """Store the value under the key; an update counts as an access. Returns the key that was evicted, or None."""
        evicted = None
        if key in self.values:
            self._touch(key)
        else:
            if len(self.values) == self.capacity:  # evict first: after it the newcomer itself would be the least
                evicted = next(iter(self.bucket[self.least]))
                self._remove(evicted)
                del self.values[evicted], self.count[evicted]
            self._place(key, 1)
            self.least = 1
        self.values[key] = value
        return evicted

    # --- Counting ---

    def _touch(self, key: Hashable) -> None:
        n = self.count[key]
        self._remove(key)
        self._place(key, n + 1)
        if self.least not in self.bucket:
            self.least = n + 1  # certain, because this very key went there

    def _remove(self, key: Hashable) -> None:
        n = self.count[key]
        del self.bucket[n][key]
        if not self.bucket[n]:
            del self.bucket[n]

    def _place(self, key: Hashable, n: int) -> None:
        self.count[key] = n
        self.bucket.setdefault(n, OrderedDict())[key] = None

    # --- Aging ---

    def halve(self) -> None:
        """Halve all counts, down to 1. Where two buckets become one, keys that had the lower count go first."""
        before, self.bucket = self.counts(), {}
        for n, keys in before.items():
            for key in keys:
                self._place(key, max(1, n // 2))
        self.least = min(self.bucket, default=0)


# --- Heap ---


class Heap:
    """The same order from a heap of (count, last access, key); without the last access, ties would go to any key.

    A hit cannot move an entry inside the heap, so it adds a newer one; those out of date are skipped when they surface.
    """

    def __init__(self):
        self.accesses, self.heap, self.rank = 0, [], {}

    def touch(self, key: Hashable) -> None:
        """Count an access: a new key enters at 1. O(log n)."""
        self.accesses += 1
        self.rank[key] = self.rank.get(key, (0, 0))[0] + 1, self.accesses
        heapq.heappush(self.heap, (*self.rank[key], key))
        if len(self.heap) > 4 * len(self.rank):  # else it would grow with every hit
            self.heap = [(*rank, k) for k, rank in self.rank.items()]
            heapq.heapify(self.heap)

    def evict(self) -> Hashable:
        """Take out the key that goes next. O(log n), amortized over the touches; IndexError where there is no key."""
        *rank, key = heapq.heappop(self.heap)
        while self.rank[key] != tuple(rank):  # from before its last hit
            *rank, key = heapq.heappop(self.heap)
        del self.rank[key]
        return key


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {capacity, halve_every: reads or absent, reads: [key, ...]}; a miss is loaded and
    put."""
    cache, hits, left = LFU(scenario["capacity"]), 0, []
    every = scenario.get("halve_every")

    def frame(say: str, misses: int, mark: dict, key: bool = False) -> dict:
        rows = []
        for n, keys in cache.counts().items():
            rows.append({"head": f"{n}x", "cells": [{"text": k, "mark": mark.get(k)} for k in keys]})
        for k, how in mark.items():
            if how == "gone":
                rows.append({"head": "left", "cells": [{"text": k, "mark": "gone"}]})
        views = [
            {"kind": "cells", "label": "buckets by count, next to go first", "rows": rows},
            {"kind": "counters", "counters": [{"text": "hits", "value": hits}, {"text": "misses", "value": misses}]},
        ]
        return {"say": say, "show": views, "key": key}

    for n, key in enumerate(scenario["reads"], start=1):
        tie = len(cache.bucket.get(cache.least, ())) > 1
        evicted, first = None, False
        if cache.get(key) is not None:
            hits += 1
            mark = {key: "hit"}
            say = f"{key}: a hit. It moves to the end of the bucket of {cache.count[key]}."
        else:
            evicted = cache.put(key, key)
            mark = {key: "new"}
            say = f"{key}: a miss, and there is room. It starts at 1."
        if evicted is not None:
            mark[evicted] = "gone"
            why = "the least recent of the lowest bucket" if tie else "alone in the lowest bucket"
            say = f"{key}: a miss. {evicted} leaves, {why}; {key} starts at 1."
            first = evicted not in left
            left.append(evicted)
        yield frame(say, n - hits, mark, key=first)
        if every and n % every == 0:
            cache.halve()
            say = f"After {n} reads all counts are halved, down to 1 at the least."
            yield frame(say, n - hits, dict.fromkeys(cache.values, "changed"), key=True)
