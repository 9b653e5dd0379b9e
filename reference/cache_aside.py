"""Cache-aside: the application reads the cache, loads what is missing, and deletes the entry after a write.

Vocabulary
    look, load, store  the three steps of a reader that misses; anything may happen between two of them
    commit, delete     the two steps of a writer, in this order
    stale set          a reader stores a value that was overwritten after it had loaded it
    lease              a token that a miss hands to one reader; a delete voids it, and a store without it is refused
    lifetime           seconds from the store after which an entry is gone: a late store starts them late

Complexity: each step is O(1). A read costs one round trip on a hit and three on a miss.

Source: Nishtala and others, "Scaling Memcache at Facebook" (2013), section 3.2.1, for the lease and its 10 seconds.

A production version adds: a random spread on lifetimes (300 s, plus or minus 10%); timeouts of a few milliseconds on
the cache; a limit on waiting; a second delete driven by the change log, for the writer that dies before its own.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

# --- Cache ---


class Cache:
    """A cache server whose entries live `lifetime` seconds. Values may be anything but None. Times are in seconds.

    >>> cache = Cache()
    >>> cache.get("k", now=0), cache.get("k", now=1)  # a lease for the first, nothing for the second
    ((None, 1), (None, None))
    >>> cache.delete("k"), cache.set("k", "old", lease=1, now=2)
    (None, False)
    """

    def __init__(self, lifetime: float = 300, lease_time: float = 10, leases: bool = True):
        self.lifetime, self.lease_time, self.leases = lifetime, lease_time, leases
        self.entries: dict[Hashable, tuple[Any, float]] = {}  # value, and when it is gone
        self.held: dict[Hashable, tuple[int, float]] = {}  # lease, and when another may be given
        self.last = 0

    def get(self, key: Hashable, now: float) -> tuple[Any, int | None]:
        """(value, None) on a hit; (None, lease) on a miss; (None, None) where somebody else holds the lease: wait."""
        value, gone = self.entries.get(key, (None, now))
        if now < gone:
            return value, None
        if self.leases and now < self.held.get(key, (0, now))[1]:
            return None, None
        self.last += 1
        if self.leases:
            self.held[key] = self.last, now + self.lease_time  # it ends, because its holder can die
        return None, self.last

    def set(self, key: Hashable, value: Any, lease: int | None, now: float) -> bool:
        """Store the value; False, and nothing stored, where the lease was voided or given anew since."""
        if self.leases and (lease is None or self.held.get(key, (None, 0))[0] != lease):
            return False
        self.held.pop(key, None)
        self.entries[key] = value, now + self.lifetime
        return True

    def delete(self, key: Hashable) -> None:
        """Forget the value and void the lease. Harmless to repeat."""
        self.entries.pop(key, None)
        self.held.pop(key, None)


# --- Reader ---


class Reader:
    """One read, a step at a time; `value` is the answer once `next` is None."""

    def __init__(self, cache: Cache, database: dict, key: Hashable):
        self.cache, self.database, self.key = cache, database, key
        self.next, self.value, self.lease = "look", None, None

    def step(self, now: float) -> str:
        """Do the next step; returns how it went: hit, wait, miss, loaded, stored or refused."""
        if self.next == "look":
            self.value, self.lease = self.cache.get(self.key, now)
            if self.value is not None:
                self.next = None
                return "hit"
            if self.lease is None:
                return "wait"  # and look again
            self.next = "load"
            return "miss"
        if self.next == "load":
            self.value, self.next = self.database[self.key], "store"
            return "loaded"
        self.next = None  # refused or not, the caller has its answer
        return "stored" if self.cache.set(self.key, self.value, self.lease, now) else "refused"


# --- Writer ---


class Writer:
    """One write. `order` can be changed to see what goes wrong: delete first, or update in place of delete."""

    def __init__(self, cache: Cache, database: dict, key: Hashable, value: Any, order: tuple = ("commit", "delete")):
        self.cache, self.database, self.key, self.value = cache, database, key, value
        self.steps = list(order)

    @property
    def next(self) -> str | None:
        """The step to come, or None."""
        return self.steps[0] if self.steps else None

    def step(self, now: float) -> str:
        """Do the next step; returns its name."""
        name = self.steps.pop(0)
        if name == "commit":
            self.database[self.key] = self.value
        elif name == "delete":
            self.cache.delete(self.key)
        else:  # update: two writers can do this in another order than that of their commits
            self.cache.entries[self.key] = self.value, now + self.cache.lifetime
        return name


# --- Trace ---


WORDS = {
    "hit": "finds and returns {v}{old}.",
    "wait": "misses, but another reader holds the lease: it waits and looks again.",
    "miss": "misses{lease}.",
    "loaded": "loads {v} from the database.",
    "stored": "stores {v}{old}.",
    "refused": "wants to store {v}: refused, its lease is void. Only its own caller sees that value.",
    "commit": "commits {v}{behind}.",
    "delete": "deletes the key{void}.",
    "update": "puts {v} into the cache{old}.",
}


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {leases: bool, order: [step, step] of writers, steps: [[seconds, name], ...]}.

    A name begins with R for a reader, W for a writer; W2 writes v2.
    """
    cache, database, actors = Cache(leases=scenario["leases"]), {"k": "v1"}, {}
    for now, name in scenario["steps"]:
        if name not in actors and name[0] == "W":
            actors[name] = Writer(cache, database, "k", f"v{name[1:]}", scenario["order"])
        elif name not in actors:
            actors[name] = Reader(cache, database, "k")
        actor = actors[name]
        void = ", and voids the lease" if cache.held else ""
        did = actor.step(now)
        value, gone = cache.entries.get("k", (None, now))
        stale = now < gone and value != database["k"]
        say = WORDS[did].format(
            v=actor.value,
            old=", which the database no longer holds" if stale else "",
            behind="; the cache still has the old value" if stale else "",
            void=void,
            lease=f" and receives lease {cache.last}" if cache.leases else "",
        )
        lines = [f"{value}, to {gone:g} s" if now < gone else "empty"]
        lines += [f"lease {number}" for number, _ in cache.held.values()]
        change = {"stored": "new", "update": "new", "delete": "gone"}.get(did)
        stores = [
            {"text": "cache", "lines": lines, "mark": "bad" if stale else change},
            {"text": "database", "lines": [database["k"]], "mark": "changed" if did == "commit" else None},
        ]
        people = []
        for other, a in actors.items():
            following = f"next: {a.next}" if a.next else "done"
            people.append({"text": other, "lines": [f"has {a.value or 'nothing'}", following]})
        views = [
            {"kind": "nodes", "label": f"at {now:g} s", "nodes": stores},
            {"kind": "nodes", "label": "who", "nodes": people},
        ]
        key = did in ("refused", "wait", "delete") or (stale and did in ("stored", "update", "commit", "hit"))
        yield {"say": f"{now:g} s, {name} {say}", "show": views, "key": key}
