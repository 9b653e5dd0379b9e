"""LRU cache: when room is needed, evict what was used least recently.

Vocabulary
    node      a key, its value, and links to its two neighbors in the list
    list      all nodes, most recently used in front
    sentinel  a node at each end that holds nothing, so that no link is ever empty
    map       key to node: the map finds, the list orders

Complexity: get and put take O(1) time; the cache takes O(capacity) space, two links and one map entry for each key.

Source: Sleator and Tarjan, "Amortized Efficiency of List Update and Paging Rules" (1985), analyze the policy and prove
it k-competitive; the build from a map and a list is common knowledge.

A production version adds: a lock or shards, since a hit moves a node; a limit in bytes; expiry; counters of hits and
evictions. CPython's collections.OrderedDict does the same with move_to_end and popitem(last=False).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any

# --- Structure ---


@dataclass(eq=False)
class Node:
    """One entry. It carries its key, because an eviction starts at the node and must find the map entry."""

    key: Hashable = None
    value: Any = None
    before: Node | None = field(default=None, repr=False)
    after: Node | None = field(default=None, repr=False)


class LRU:
    """A cache of at most `capacity` entries (a count of at least 1; else ValueError).

    >>> cache = LRU(2)
    >>> cache.put("a", 1), cache.put("b", 2), cache.get("a"), cache.put("c", 3)
    (None, None, 1, 'b')
    >>> cache.keys()
    ['c', 'a']
    """

    def __init__(self, capacity: int):
        if capacity < 1:
            raise ValueError(f"capacity {capacity}: room for at least one entry is needed")
        self.capacity = capacity
        self.nodes: dict[Hashable, Node] = {}
        self.front, self.back = Node(), Node()  # sentinels
        self.front.after, self.back.before = self.back, self.front

    def __len__(self) -> int:
        return len(self.nodes)

    def keys(self) -> list[Hashable]:
        """All keys, most recently used first."""
        found, node = [], self.front.after
        while node is not self.back:
            found.append(node.key)
            node = node.after
        return found

    # --- Operations ---

    def get(self, key: Hashable, default: Any = None) -> Any:
        """The value, and the key becomes the most recent; `default` where the key is absent, and nothing changes."""
        node = self.nodes.get(key)
        if node is None:
            return default
        self._unlink(node)
        self._link_in_front(node)
        return node.value

    def put(self, key: Hashable, value: Any) -> Hashable | None:
        """Store the value under the key, as the most recent. Returns the key that was evicted, or None."""
        node = self.nodes.get(key)
        if node is not None:  # already there: nobody has to leave
            node.value = value
            self._unlink(node)
            self._link_in_front(node)
            return None
        evicted = None
        if len(self.nodes) == self.capacity:
            oldest = self.back.before
            self._unlink(oldest)
            del self.nodes[oldest.key]  # from the map as well: forgetting this is the classic bug
            evicted = oldest.key
        node = self.nodes[key] = Node(key, value)
        self._link_in_front(node)
        return evicted

    # --- Links ---

    def _unlink(self, node: Node) -> None:
        node.before.after, node.after.before = node.after, node.before

    def _link_in_front(self, node: Node) -> None:
        node.before, node.after = self.front, self.front.after
        self.front.after.before = node
        self.front.after = node


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {capacity: count, operations: [[get, key] or [put, key, value], ...]}."""
    cache, hits, misses = LRU(scenario["capacity"]), 0, 0

    def frame(say: str, mark: dict, key: bool = False) -> dict:
        row = [{"text": k, "note": cache.nodes[k].value, "mark": mark.get(k)} for k in cache.keys()]
        gone = [{"text": k, "mark": "gone"} for k, how in mark.items() if how == "gone"]
        views = [
            {"kind": "links", "shape": "chain", "label": "list, most recent first", "nodes": row + gone},
            {"kind": "counters", "counters": [{"text": "hits", "value": hits}, {"text": "misses", "value": misses}]},
        ]
        return {"say": say, "show": views, "key": key}

    yield frame(f"Empty, with room for {cache.capacity}.", {})
    for name, key, *value in scenario["operations"]:
        known = key in cache.nodes
        if name == "get":
            cache.get(key)
            if known:
                hits += 1
                yield frame(f"get {key}: found, and moved to the front.", {key: "hit"})
            else:
                misses += 1
                yield frame(f"get {key}: not there. Nothing changes.", {})
            continue
        evicted = cache.put(key, value[0])
        if evicted is not None:
            say = f"put {key}: full, so {evicted} leaves the list and the map; {key} enters in front."
            yield frame(say, {key: "new", evicted: "gone"}, key=True)
        elif known:
            say = f"put {key}: already there. The value changes, it moves to the front, nobody leaves."
            yield frame(say, {key: "changed"}, key=True)
        else:
            yield frame(f"put {key}: there is room; it enters in front.", {key: "new"})
