"""Change data capture: read the database's log, publish each change, and take in the rows that are older than the log.

Vocabulary
    log        the database's own list of committed changes, in order; the position numbers them
    connector  reads the log and publishes; durable are its position and how far its snapshot has come
    slot       keeps the log from the connector's position on, for as long as it takes
    chunk      some rows of the table, read by primary key while the stream goes on: a piece of an incremental snapshot
    watermark  an entry that the connector writes into the log: low before it reads a chunk, high after
    copy       a consumer; it keeps the log position by key, deleted keys included, and skips what is not newer

Complexity: O(1) for each change; a snapshot reads each row once, O(rows), in chunks.

Source: Andreakis and Papapanagiotou, "DBLog: A Watermark Based Change-Data-Capture Framework" (2020); Debezium's
incremental snapshots follow it.

A production version adds: one log of many tables; transactions; partitions by primary key; a limit to what the slot may
hold, and an alert before it; schemas; a heartbeat, so that an idle table does not look like a dead stream.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator

# --- Database ---

Entry = namedtuple("Entry", "position op key row")  # op: upsert, delete, mark; and read, for a row of a chunk


class Database:
    """One table. A change and its log entry are one transaction."""

    def __init__(self):
        self.table: dict[str, int] = {}
        self.log: list[Entry] = []

    def _commit(self, op: str, key: str = "", row: int | None = None) -> int:
        self.log.append(Entry(len(self.log) + 1, op, key, row))
        return len(self.log)

    def write(self, key: str, row: int) -> None:
        """Insert or update."""
        self.table[key] = row
        self._commit("upsert", key, row)

    def delete(self, key: str) -> None:
        """KeyError where there is no such row."""
        del self.table[key]
        self._commit("delete", key)

    def mark(self) -> int:
        """A watermark; its position."""
        return self._commit("mark")

    def chunk(self, after: str, size: int) -> dict[str, int]:
        """At most `size` rows, those with the lowest keys above `after`, as they are now."""
        return dict([(key, row) for key, row in sorted(self.table.items()) if key > after][:size])


# --- Connector ---


class Connector:
    """Publishes to `topic`. A new connector starts at the end of the log: what is older comes by the snapshot."""

    def __init__(self, db: Database, topic: list[Entry]):
        self.db, self.topic = db, topic
        self.position, self.after, self.complete = len(db.log), "", False  # durable
        self.window: tuple[int, int, dict[str, int]] | None = None  # in memory: low, high, rows of the chunk

    def stream(self) -> Iterator[str]:
        """To the end of the log. It yields where it may die: after publishing, before its position is saved."""
        while self.position < len(self.db.log):
            entry, ends = self.db.log[self.position], False
            if entry.op != "mark":
                self.topic.append(entry)
                if self.window:
                    self.window[2].pop(entry.key, None)  # the stream's version is at least as new
            elif self.window and entry.position == self.window[1]:
                ends = True
                self.topic.extend(Entry(self.window[0], "read", key, row) for key, row in self.window[2].items())
            yield f"{entry.op} {entry.key}".strip() + " published, position not saved"
            self.position = entry.position
            if ends:
                self.after, self.complete, self.window = self.last, self.last == "", None

    def read_chunk(self, size: int = 1024) -> Iterator[str]:
        """The next rows of the snapshot, while others write: low watermark, read, high watermark.

        The stream publishes them.
        """
        low = self.db.mark()
        yield f"low watermark at {low}"
        rows = self.db.chunk(self.after, size)
        self.last = max(rows, default="")  # nothing left: the snapshot is complete
        self.window = low, 0, rows
        yield f"{len(rows)} rows read: {', '.join(rows) or 'none are left'}"
        self.window = low, self.db.mark(), rows
        yield f"high watermark at {self.window[1]}"

    def restart(self) -> None:
        """After a crash: the window is gone, so its chunk will be read again; its watermarks mean nothing any more."""
        self.window = None


# --- Copy ---


class Copy:
    """A consumer. It keeps the position of deleted rows as well, or a late upsert would bring them back."""

    def __init__(self):
        self.known: dict[str, tuple[int, int | None]] = {}

    def apply(self, entry: Entry) -> bool:
        """Whether it was newer than what is here; if not, nothing changes."""
        if entry.key in self.known and entry.position <= self.known[entry.key][0]:
            return False
        self.known[entry.key] = entry.position, entry.row
        return True

    def rows(self) -> dict[str, int]:
        """By key."""
        return {key: self.known[key][1] for key in sorted(self.known) if self.known[key][1] is not None}


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {rows: {key: row}, steps: [[write, key, row], [delete, key],
    [chunk, size] and then [chunk] for its next step, [stream], [dies, after how many entries of the stream],
    [again, number of a message of the topic], ...]}."""
    db, topic, copy, taken, reader = Database(), [], Copy(), 0, iter(())
    for key, row in scenario["rows"].items():
        db.write(key, row)
    connector = Connector(db, topic)

    def frame(say: str, key: bool = False, changed: tuple[str, ...] = ()) -> dict:
        log = []
        for entry in db.log:
            cell = {"text": f"{entry.op} {entry.key}".strip(), "note": entry.position}
            if entry.position <= connector.position:
                cell["mark"] = "idle"
            log.append(cell)
        rows = [
            {"head": "table", "cells": [f"{k} {v}" for k, v in sorted(db.table.items())]},
            {"head": "log, its end", "cells": log[-7:]},
        ]
        if connector.window:
            rows.append({"head": "chunk", "cells": [f"{k} {v}" for k, v in connector.window[2].items()]})
        copied = []
        for k, v in copy.rows().items():
            cell = {"text": f"{k} {v}", "note": copy.known[k][0]}
            if k in changed:
                cell["mark"] = "changed"
            copied.append(cell)
        rows.append({"head": "copy", "cells": copied})
        counters = [
            {"text": "position", "value": connector.position},
            {"text": "log held", "value": len(db.log) - connector.position},
        ]
        views = [{"kind": "cells", "rows": rows}, {"kind": "counters", "counters": counters}]
        return {"say": say, "show": views, "key": key}

    yield frame("The rows were written long ago. The connector is new: it starts at the end of the log.")
    for what, *values in scenario["steps"]:
        if what in ("write", "delete"):
            getattr(db, what)(*values)
            say = f"{what} {' '.join(map(str, values))}: table and log, in one transaction."
            yield frame(say, key=len(db.log) - connector.position == 5)
        elif what == "chunk":
            if values:
                reader = connector.read_chunk(*values)
            did = next(reader)
            yield frame(f"Snapshot: {did}.", key="rows read" in did or "high" in did)
        elif what == "again":
            entry = topic[values[0]]
            newer = copy.apply(entry)
            end = "It is newer." if newer else "The copy has a newer one and skips it."
            say = f"{entry.op} {entry.key} {entry.row or ''} of position {entry.position} comes again, late. {end}"
            yield frame(say, key=True)
        else:
            process = connector.stream()
            for _ in range(values[0] if what == "dies" else 99):
                next(process, None)
            if what == "dies":
                connector.restart()
            fresh, taken = topic[taken:], len(topic)
            new = [entry for entry in fresh if copy.apply(entry)]
            published = ", ".join(f"{entry.op} {entry.key}" for entry in fresh)
            say = f"Published: {published or 'nothing'}. New to the copy: {len(new)}."
            if what == "dies":
                say += " It dies before it saves the last position."
            yield frame(say, key=True, changed=tuple(entry.key for entry in new))
