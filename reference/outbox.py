"""Transactional outbox and inbox: a change and its message commit together, and a repeated message has one effect.

Vocabulary
    outbox    a table beside the data; the message is a row, written in the transaction of the change
    relay     publishes the rows that are not marked as sent, and marks them after the broker's acknowledgment
    broker    delivers at least once: what is not acknowledged is delivered again
    inbox     the consumer's table of handled event IDs, unique, written in the transaction of the effect
    event ID  given where the event is written, and carried through every hop; the broker's own number names one send
    step      the piece of work between two points at which a process may die

Complexity: a change takes one insert more, a message one insert more at the consumer; both tables need cleaning. A
relay finds its rows in O(log rows + batch), by an index over those that are not sent, and marks each in O(log rows).

Source: Debezium's outbox event router (its five fields: id, aggregatetype, aggregateid, type, payload); "Message
Delivery Semantics" in Kafka's design documentation.

A production version adds: FOR UPDATE SKIP LOCKED or a share of the aggregates for each relay; reading the log instead
of polling; cleanup, of the outbox by partition, of the inbox in small batches by age; an alert on the age of the oldest
unsent row; the event's type, version and trace context.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

# --- Tables ---


def producer_database() -> sqlite3.Connection:
    """Orders, and the outbox beside them. Transactions are begun and committed by hand."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute("CREATE TABLE orders (id TEXT PRIMARY KEY, account TEXT)")
    columns = "id INTEGER PRIMARY KEY, event_id TEXT UNIQUE, aggregate_id TEXT, payload TEXT, sent INTEGER DEFAULT 0"
    db.execute(f"CREATE TABLE outbox ({columns})")
    db.execute("CREATE INDEX unsent ON outbox (id) WHERE sent = 0")
    return db


def consumer_database() -> sqlite3.Connection:
    """Points by account, and the inbox beside them."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute("CREATE TABLE points (account TEXT PRIMARY KEY, points INTEGER)")
    db.execute("CREATE TABLE inbox (consumer TEXT, event_id TEXT, PRIMARY KEY (consumer, event_id))")
    return db


# --- Broker ---


class Broker:
    """Keeps what was published until it is acknowledged, in order. Twice published is twice there."""

    def __init__(self):
        self.messages: list[tuple[str, str]] = []  # event ID, payload
        self.acknowledged = 0

    def publish(self, event_id: str, payload: str) -> None:
        """Accepted, durably."""
        self.messages.append((event_id, payload))

    def next(self) -> tuple[str, str] | None:
        """The oldest message without acknowledgment, however often it has been asked for; None where there is none."""
        return self.messages[self.acknowledged] if self.acknowledged < len(self.messages) else None


# --- Three processes ---
# Each is a generator that yields before every point at which it may die. A crash drops the generator and rolls back.


def place_order(db: sqlite3.Connection, order: str, account: str, drawn: int | None = None) -> Iterator[str]:
    """The request. The order is the change, the outbox row its message: both or neither.

    `drawn`: the row's ID, where a sequence gave it out earlier than to rows that have committed since; None: the next.
    """
    db.execute("BEGIN")
    db.execute("INSERT INTO orders VALUES (?, ?)", (order, account))
    yield "order inserted, not committed"
    row = (drawn, f"placed-{order}", order, account)
    db.execute("INSERT INTO outbox (id, event_id, aggregate_id, payload) VALUES (?, ?, ?, ?)", row)
    yield "outbox row inserted, not committed"
    db.execute("COMMIT")
    yield "committed: order and message"


def relay(db: sqlite3.Connection, broker: Broker, batch: int = 100) -> Iterator[str]:
    """One pass. By status, never by the highest ID sent: IDs are drawn before commit: a lower one may appear later."""
    unsent = "SELECT id, event_id, payload FROM outbox WHERE sent = 0 ORDER BY id LIMIT ?"
    for row, event_id, payload in db.execute(unsent, (batch,)).fetchall():
        broker.publish(event_id, payload)
        yield f"{event_id} published, not marked"
        db.execute("UPDATE outbox SET sent = 1 WHERE id = ?", (row,))
        yield f"{event_id} marked as sent"


ADD = "INSERT INTO points VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET points = points + excluded.points"


def consume(db: sqlite3.Connection, broker: Broker, consumer: str = "loyalty", points: int = 10) -> Iterator[str]:
    """All messages that wait. Insert first: two copies of the consumer meet at the unique key, not after a look-up."""
    while message := broker.next():
        event_id, account = message
        db.execute("BEGIN")
        new = db.execute("INSERT INTO inbox VALUES (?, ?) ON CONFLICT DO NOTHING", (consumer, event_id)).rowcount
        if new:
            yield f"{event_id} in the inbox, no effect yet"
            db.execute(ADD, (account, points))
            yield f"{event_id} took effect, not committed"
        db.execute("COMMIT")
        yield f"{event_id} {'committed' if new else 'is a repeat, no effect'}, not acknowledged"
        broker.acknowledged += 1
        yield f"{event_id} acknowledged"


def crash(process: Iterator[str], db: sqlite3.Connection) -> None:
    """The process dies: nothing after its last step happens, and its database rolls back what was open."""
    process.close()
    if db.in_transaction:
        db.execute("ROLLBACK")


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {runs: [[step after which it dies, or 0, then order, ID, account and perhaps the row's
    ID], [step or 0, relay], [step or 0, consume], ...]}."""
    orders, loyalty, broker, shown = producer_database(), consumer_database(), Broker(), {}

    def tables() -> dict[str, list[dict]]:
        outbox, sends = [], []
        for event, row, sent in orders.execute("SELECT event_id, id, sent FROM outbox ORDER BY id"):
            outbox.append({"text": event, "note": f"{row} {'sent' if sent else 'unsent'}"})
        for n, (event, _) in enumerate(broker.messages):
            sends.append({"text": event, "note": "done" if n < broker.acknowledged else "waits"})
        points = loyalty.execute("SELECT account, points FROM points ORDER BY account")
        return {
            "orders": [{"text": order} for (order,) in orders.execute("SELECT id FROM orders ORDER BY id")],
            "outbox": outbox,
            "broker": sends,
            "inbox": [{"text": event} for (event,) in loyalty.execute("SELECT event_id FROM inbox ORDER BY event_id")],
            "points": [{"text": f"{account} {n}"} for account, n in points],
        }

    def frame(say: str, key: bool = False) -> dict:
        now, rows = tables(), []
        for name, cells in now.items():
            was, marked = shown.get(name, []), []
            for cell in cells:
                known = cells.count(cell) == was.count(cell)
                marked.append(cell if known else cell | {"mark": "changed"})
            rows.append({"head": name, "cells": marked})
        shown.update(now)
        return {"say": say, "show": [{"kind": "cells", "rows": rows}], "key": key}

    yield frame("Orders and outbox are in one database, inbox and points in another. The broker stands between.")
    for dies, what, *values in scenario["runs"]:
        if what == "order":
            db, process = orders, place_order(orders, *values)
        elif what == "relay":
            db, process = orders, relay(orders, broker)
        else:
            db, process = loyalty, consume(loyalty, broker)
        done = []
        for step in process:
            done.append(step)
            if len(done) == dies:
                break
        crash(process, db)
        say = f"{what}: {'; '.join(done[-3:]) or 'nothing to do'}."
        if dies:
            say += " It dies here, and whatever was not committed is undone."
        yield frame(say, key=dies > 0 or what == "consume" or len(values) == 3)
