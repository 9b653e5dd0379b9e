"""Idempotency key: the client names each intent; the server runs it once and answers repeats with the stored answer.

Vocabulary
    key        drawn by the client once for each intent, sent with every attempt; unique within account and endpoint
    hash       of the fields that matter, so that a reused key is told from a repeat
    claim      inserting the row before the work; a unique constraint decides who is first
    lease      seconds for which a claim in progress holds; after them a repeat takes over from a dead owner
    expiry     the end of keeping: later the same key counts as new

Complexity: O(1) time for each request, one insert and one update. Space is one row for each write of the time kept.

Source: the IETF draft "The Idempotency-Key HTTP Header Field" (400, 409, 422); Stripe's documentation.

A production version adds: the claim as a row under a unique constraint; effect and answer committed in one transaction;
for effects elsewhere a key derived from this one, passed on; reconciliation; expiry in small batches, by an index.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# --- Row ---

IN_PROGRESS, DONE = "in progress", "done"


@dataclass
class Row:
    """One claim. `attempt` says which owner holds it, so that one who was replaced cannot finish it."""

    hash: str
    state: str
    attempt: int
    lease_until: float
    expires_at: float
    status: int = 0
    body: Any = None


def fingerprint(payload: dict) -> str:
    """A hash of the parsed fields: a retry may serialize them in another order.

    >>> fingerprint({"amount": 49, "to": "shop"}) == fingerprint({"to": "shop", "amount": 49})
    True
    """
    return hashlib.sha256(json.dumps(payload, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True)
class Claimed:
    """The caller owns the work: do it with `derived` as the key for others, then finish with `attempt`."""

    attempt: int
    derived: str


@dataclass(frozen=True)
class Answer:
    """What to send at once. `replayed` says that it was stored by an earlier attempt."""

    status: int
    body: Any
    replayed: bool = False


# --- Store ---


class KeyStore:
    """Rows by (account, endpoint, key). Each method is one atomic step; times are in seconds."""

    def __init__(self, lease: float = 30, keep: float = 86_400):
        if not 0 < lease < keep:
            raise ValueError(f"lease {lease}, keep {keep}: a claim has to end, and before its row is dropped")
        self.lease, self.keep, self.attempts = lease, keep, 0
        self.rows: dict[tuple[str, str, str], Row] = {}

    def claim(self, account: str, endpoint: str, key: str | None, payload: dict, now: float) -> Claimed | Answer:
        """Before the work: the claim, or the answer that ends the request (400, 409, 422 or the stored one)."""
        if not key:
            return Answer(400, "a key is needed")
        place, digest = (account, endpoint, key), fingerprint(payload)
        row = self.rows.get(place)
        if row is None or now >= row.expires_at:
            row = self.rows[place] = Row(digest, IN_PROGRESS, 0, now + self.lease, now + self.keep)
        elif row.hash != digest:  # before anything is replayed: the stored answer belongs to another request
            return Answer(422, "this key was used for another request")
        elif row.state == DONE:
            return Answer(row.status, row.body, replayed=True)
        elif now < row.lease_until:
            return Answer(409, "the first request is still running")
        else:  # its owner is dead, or only slow: the derived key stays, so that others see one intent
            row.lease_until = now + self.lease
        row.attempt = self.attempts = self.attempts + 1  # never used again, even when the row has been dropped
        return Claimed(row.attempt, hashlib.sha256("/".join(place).encode()).hexdigest()[:12])

    def finish(self, account: str, endpoint: str, key: str, attempt: int, status: int, body: Any) -> bool:
        """Store the answer, in the transaction of the effect. False for an owner who was replaced: roll back."""
        row = self.rows.get((account, endpoint, key))
        if row is None or row.state == DONE or row.attempt != attempt:
            return False
        row.state, row.status, row.body = DONE, status, body
        return True


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {lease, keep, steps: [[time in s, request, name, account, key, payload] or
    [time, finish, name, status, body] or [time, stall, name], ...]}; a name stands for one attempt of a client."""
    store, owners, effects = KeyStore(scenario["lease"], scenario["keep"]), {}, 0

    def frame(say: str, place: tuple, mark: str, reply: dict | None = None, key: bool = False) -> dict:
        rows = []
        for (account, endpoint, name), row in store.rows.items():
            if row.state == IN_PROGRESS:
                until = f"lease to {row.lease_until:g} s"
            else:
                until = f"{row.status}, kept to {row.expires_at:g} s"
            here = (account, endpoint, name) == place
            state = {"text": row.state, "note": until, "mark": mark if here else None}
            rows.append({"head": f"{account}, {name}", "cells": [f"#{row.hash[:4]}", state]})
        twice = effects > len(store.rows)
        counters = [{"text": "effects", "value": effects, "mark": "bad" if twice else None}]
        views = [
            {"kind": "cells", "label": "rows: account, key, hash, state", "rows": rows or [{"cells": []}]},
            {"kind": "counters", "counters": counters},
        ]
        if reply:
            views.append({"kind": "messages", "messages": [reply]})
        return {"say": say, "show": views, "key": key}

    for now, what, name, *rest in scenario["steps"]:
        if what == "stall":
            say = f"{now:g} s: {name}'s server falls silent. The claim stays in progress."
            yield frame(say, owners[name][0], "bad")
        elif what == "finish":
            place, attempt = owners[name]
            if store.finish(*place, attempt, *rest):
                effects += 1
                reply = {"from": "server", "to": name, "text": f"{rest[0]} {rest[1]}"}
                say = f"{now:g} s, {name} finishes: effect and answer commit together."
                yield frame(say, place, "changed", reply, key=effects == 1)
            else:
                reply = {"from": "server", "to": name, "text": "409"}
                say = f"{now:g} s, {name} finishes: it was replaced meanwhile, so it rolls back: no second effect."
                yield frame(say, place, "hit", reply, key=True)
        else:
            account, key, payload = rest
            place = (account, "/pay", key)
            before = store.rows.get(place)
            result = store.claim(*place, payload, now)
            if isinstance(result, Claimed):
                owners[name] = (place, result.attempt)
                if before is None:
                    how = "no row, so it claims"
                elif now >= before.expires_at:
                    how = "the row has expired, so it counts as new"
                else:
                    how = "the lease is over, so it takes over"
                say = f"{now:g} s, {name}: {how}. Work begins, with {result.derived[:6]} as key for others."
                yield frame(say, place, "new", key=before is not None)
            else:
                text, how = f"{result.status} {result.body}", f"refused with {result.status}, {result.body}"
                if result.replayed:
                    text, how = f"{text}, stored", "already done: the stored answer is sent again"
                reply = {"from": "server", "to": name, "text": text}
                yield frame(f"{now:g} s, {name}: {how}.", place, "hit" if before else "bad", reply, key=True)
