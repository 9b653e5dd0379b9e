"""Write-back: the cache takes the write and answers; changed entries are merged and carried to the database later.

Vocabulary
    dirty        an entry that was changed and is not stored yet: the cache holds the only copy
    version      a number of the entry that grows with each write; the row keeps the version it was given
    batch        some dirty entries, taken with value and version, stored together
    flush        take a batch, store it, clear the marks: three steps, and writes go on between them
    loss window  the seconds of acknowledged writes that a crash can take: the flush interval and one flush, if they
                 keep up

Complexity: read takes O(1) time, and add and flush as well, a row at a time, once the dirty entries stand in a queue;
here they are sought and sorted anew, O(n log n). Space is O(entries).

Source: write-back is how page caches of operating systems work; the interval and the limit on dirty entries as in
Apache Ignite, which calls it write-behind.

A production version adds: a replicated log before the answer, where the loss window is too long; parking of rows that
the database refuses; several flushers; an alert on the age of the oldest dirty entry.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

# --- Database ---


class Database:
    """Rows of (value, version), and how many row updates it was asked for."""

    def __init__(self):
        self.rows: dict[Hashable, tuple[int, int]] = {}
        self.updates = 0

    def store(self, batch: dict[Hashable, tuple[int, int]]) -> None:
        """Store values, not differences, and only over a lower version: so a batch may come twice, or late."""
        for key, (value, version) in batch.items():
            self.updates += 1
            if self.rows.get(key, (0, 0))[1] < version:
                self.rows[key] = value, version


# --- Cache ---


@dataclass
class Entry:
    """A count with its version; `since` is the time of the first write that is not stored, None where it is clean."""

    value: int
    version: int
    since: float | None = None


class WriteBack:
    """Counts in front of a database; at most `most_dirty` (a count) wait, flushed every `interval` seconds.

    >>> database = Database()
    >>> cache = WriteBack(database)
    >>> [cache.add("post", 1, now=n / 100) for n in range(100)].count(True), cache.flush(now=5)
    (100, 1)
    >>> database.rows, database.updates
    ({'post': (100, 100)}, 1)
    """

    def __init__(self, database: Database, interval: float = 5, most_dirty: int = 15_360, batch: int = 500):
        self.database, self.interval, self.most_dirty, self.batch = database, interval, most_dirty, batch
        self.entries: dict[Hashable, Entry] = {}

    def read(self, key: Hashable) -> int:
        """The count, every acknowledged write included; loaded from its row where the cache has no entry."""
        if key not in self.entries:
            self.entries[key] = Entry(*self.database.rows.get(key, (0, 0)))
        return self.entries[key].value

    def add(self, key: Hashable, by: int, now: float) -> bool:
        """Apply the write in memory and acknowledge it; False, and nothing done, where too many entries are dirty."""
        self.read(key)
        entry = self.entries[key]
        if entry.since is None:
            if len(self.dirty()) >= self.most_dirty:
                return False  # without a bound the queue would end where memory does
            entry.since = now
        entry.value, entry.version = entry.value + by, entry.version + 1
        return True

    def evict(self, key: Hashable) -> None:
        """Drop a clean entry. ValueError where it is dirty: the write would be lost without a trace."""
        if self.entries[key].since is not None:
            raise ValueError(f"{key} is dirty: flush it first")
        del self.entries[key]

    # --- Flush ---

    def dirty(self) -> list[Hashable]:
        """Keys of dirty entries, the oldest first."""
        found = [key for key, entry in self.entries.items() if entry.since is not None]
        return sorted(found, key=lambda key: self.entries[key].since)

    def due(self, now: float) -> bool:
        """Whether the oldest dirty entry has waited for the interval, or the room for dirty entries is used up."""
        keys = self.dirty()
        return bool(keys) and (len(keys) >= self.most_dirty or now >= self.entries[keys[0]].since + self.interval)

    def take(self) -> dict[Hashable, tuple[int, int]]:
        """A batch of the oldest dirty entries: {key: (value, version)}. They stay dirty until it is stored."""
        return {key: (self.entries[key].value, self.entries[key].version) for key in self.dirty()[: self.batch]}

    def clear(self, batch: dict[Hashable, tuple[int, int]], taken: float) -> None:
        """Mark as clean what is stored. An entry that was written since the batch was taken stays dirty."""
        for key, (_, version) in batch.items():
            entry = self.entries[key]
            if entry.version == version:
                entry.since = None
            elif entry.since is not None:
                entry.since = max(entry.since, taken)

    def flush(self, now: float) -> int:
        """Take, store and clear in one go. Returns the number of rows."""
        self.database.store(batch := self.take())
        self.clear(batch, now)
        return len(batch)

    def crash(self) -> dict[Hashable, int]:
        """Memory is gone. Returns what the rows lack, by key: the price of having answered early."""
        entries, self.entries = self.entries, {}
        lost = {key: entry.value - self.database.rows.get(key, (0, 0))[0] for key, entry in entries.items()}
        return {key: by for key, by in lost.items() if by}


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {most_dirty, steps: [[seconds, add, key, by] or
    [seconds, take, store, clear or crash], ...]}."""
    database, batch, taken, writes, lost = Database(), {}, 0, 0, 0
    cache = WriteBack(database, most_dirty=scenario["most_dirty"])

    def frame(say: str, at: float, before: dict, mark: dict, key: bool) -> dict:
        cached, stored = [], []
        for k, entry in cache.entries.items():
            state = "clean" if entry.since is None else "dirty"
            cell = {"text": f"{k}: {entry.value}", "note": f"v{entry.version}, {state}", "mark": mark.get(k)}
            cached.append(cell)
        for k, (value, version) in database.rows.items():
            changed = before.get(k) != (value, version)
            stored.append({"text": f"{k}: {value}", "note": f"v{version}, stored", "mark": "new" if changed else None})
        rows = [{"head": "cache", "cells": cached}, {"head": "database", "cells": stored}]
        counters = [{"text": "writes", "value": writes}, {"text": "row updates", "value": database.updates}]
        if lost:
            counters.append({"text": "lost", "value": lost, "mark": "bad"})
        views = [{"kind": "cells", "label": f"at {at:g} s", "rows": rows}, {"kind": "counters", "counters": counters}]
        return {"say": f"{at:g} s: {say}", "show": views, "key": key}

    for at, did, *rest in scenario["steps"]:
        before, dirty = database.rows.copy(), cache.dirty()
        mark, key = {}, did not in ("add", "take")
        if did == "add":
            k, by = rest
            if cache.add(k, by, at):
                writes, mark = writes + 1, {k: "changed"}
                how = "dirty already, so merged" if k in dirty else "dirty from now on"
                say = f"{by} to {k}: acknowledged from memory; {how}."
            else:
                mark, key = {k: "bad"}, True
                say = f"{by} to {k}: refused. {len(dirty)} entries are dirty, so this writer waits."
        elif did == "take":
            full = len(dirty) == cache.most_dirty
            why = "The room for dirty entries is used up" if full else "The interval is over"
            batch, taken = cache.take(), at
            say = f"{why}: the flusher takes {' and '.join(batch)}. Until stored they stay dirty."
        elif did == "store":
            database.store(batch)
            say = "The batch is stored."
            if database.rows == before:
                say = "The batch comes again. No version is higher, so nothing changes."
        elif did == "clear":
            cache.clear(batch, taken)
            left = " and ".join(k for k in batch if k in cache.dirty())
            say = "No version has changed meanwhile: all clean."
            if left:
                say = f"{left} was written meanwhile and stays dirty."
        else:
            gone = cache.crash()
            lost += sum(gone.values())
            say = f"The cache dies. Acknowledged and lost: {', '.join(f'{by} of {k}' for k, by in gone.items())}."
        yield frame(say, at, before, mark, key)
