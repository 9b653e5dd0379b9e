"""Multipart upload: one object sent as numbered parts, each retried alone, and assembled by a final call or not at all.

Vocabulary
    upload ID  names one attempt to build one object; its parts are no object and show in no listing
    part       a number from 1 on, and bytes; the number is its place, and sending it again replaces it
    ETag       the store's tag of a part, an MD5 here as at S3; of the object a hash over part hashes, with their count
    checksum   of a part, sent along, so that the store refuses what was damaged on the way
    abort      drop the parts; until then, or until completion, they are billed

Complexity: a part takes time in its size. Completing takes O(size) here, where the bytes are hashed and joined again,
and O(parts) in a store that keeps tags and points at parts. A failure costs one part, not the object.

Source: Amazon S3 User Guide, "Uploading and copying objects using multipart upload", and the API's names of errors.

A production version adds: quota before the start; a signed URL for each part; three or four parts at once; a CRC of the
whole at completion; quarantine until type and content are verified; a rule that aborts what is unfinished; a second
abort, since parts in flight may outlive the first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

MIB = 1024 * 1024

# --- Part size ---


def part_size(size: int, least: int = 16 * MIB, parts: int = 10_000) -> int:
    """Bytes of each part for an object of `size` bytes: whole MiB, and few enough parts.

    >>> [part_size(size) // MIB for size in (4 * 1024 * MIB, 1024 * 1024 * MIB)]
    [16, 105]
    """
    fewest = -(-size // parts)
    return -(-max(least, fewest) // MIB) * MIB


# --- Store ---


class StoreError(Exception):
    """A refusal; its text starts with the store's code for it, such as NoSuchUpload."""


def tag(data: bytes) -> str:
    """A part's ETag."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


class Store:
    """Objects by key, and the parts of unfinished uploads. `least`: bytes of a part unless it is the last."""

    def __init__(self, least: int = 5 * MIB, most_parts: int = 10_000):
        self.least, self.most_parts, self.started = least, most_parts, 0
        self.objects: dict[str, bytes] = {}
        self.uploads: dict[str, tuple[str, dict[int, bytes]]] = {}

    def start(self, key: str) -> str:
        """The upload ID. Several uploads of one key can be open.

        Here the last to complete wins; S3 with versions prefers the one started last.
        """
        self.started += 1
        self.uploads[f"upload-{self.started}"] = (key, {})
        return f"upload-{self.started}"

    def put_part(self, upload: str, number: int, data: bytes, checksum: str) -> str:
        """Keep the part and return its ETag. `checksum` is the SHA-256 in hex of what the client meant to send."""
        parts = self._parts(upload)
        if not 1 <= number <= self.most_parts:
            raise StoreError(f"InvalidArgument: part number {number} is not in 1 to {self.most_parts}")
        if hashlib.sha256(data).hexdigest() != checksum:
            raise StoreError(f"BadDigest: part {number} was damaged on the way")
        parts[number] = data  # in place of an earlier one, so that a retry is safe
        return tag(data)

    def list_parts(self, upload: str) -> list[tuple[int, int, str]]:
        """[(number, size, ETag)], by number."""
        return [(number, len(data), tag(data)) for number, data in sorted(self._parts(upload).items())]

    def complete(self, upload: str, wanted: list[tuple[int, str]]) -> str:
        """The object appears under its key, from the parts [(number, ETag)] in rising order; returns its ETag."""
        parts, numbers = self._parts(upload), [number for number, _ in wanted]
        if not numbers or numbers != sorted(set(numbers)):
            raise StoreError("InvalidPartOrder: name at least one part, each once, by rising number")
        for number, etag in wanted:
            if number not in parts or tag(parts[number]) != etag:
                raise StoreError(f"InvalidPart: part {number} is absent, or was replaced since")
            if len(parts[number]) < self.least and number != numbers[-1]:  # only now is it known which is last
                raise StoreError(f"EntityTooSmall: part {number} is below {self.least} bytes")
        key, _ = self.uploads.pop(upload)
        self.objects[key] = b"".join(parts[number] for number in numbers)
        return tag(b"".join(bytes.fromhex(etag) for _, etag in wanted)) + f"-{len(wanted)}"

    def abort(self, upload: str) -> None:
        """Drop the upload and its parts."""
        self._parts(upload)
        del self.uploads[upload]

    def billed(self) -> int:
        """Bytes that cost money, listed or not."""
        unfinished = [data for _, parts in self.uploads.values() for data in parts.values()]
        return sum(map(len, [*self.objects.values(), *unfinished]))

    def _parts(self, upload: str) -> dict[int, bytes]:
        if upload not in self.uploads:
            raise StoreError(f"NoSuchUpload: {upload} was completed or aborted, or never began")
        return self.uploads[upload][1]


# --- Completion ---


def finish(store: Store, upload: str, key: str, size: int) -> str:
    """Complete from the server: trust the store's list, not the client. Returns "completed" or "was completed before".

    StoreError as Store.complete, or Incomplete where parts are missing or the total is not the declared `size`.
    """
    try:
        listed = store.list_parts(upload)
    except StoreError:
        if len(store.objects.get(key, b"")) == size:  # an answer was lost; the key is our own, so it is no other object
            return "was completed before"
        raise
    numbers, total = [number for number, _, _ in listed], sum(n for _, n, _ in listed)
    if numbers != list(range(1, len(listed) + 1)) or total != size:
        raise StoreError(f"Incomplete: {total} of {size} bytes, in parts {numbers}")
    store.complete(upload, [(number, etag) for number, _, etag in listed])
    return "completed"


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run, a byte standing for a MiB. scenario: {size, part, least: bytes, steps: [[put, number, lost or
    damaged or dropped (each may be absent)], [finish], [abort], ...]}; lost: the answer never arrives."""
    store, part, size = Store(least=scenario["least"]), scenario["part"], scenario["size"]
    upload, count = store.start("film"), -(-size // part)
    known: dict[int, str] = {}  # tags that the client has been told
    sent: list[int] = []

    def frame(say: str, mark: dict, key: bool = False) -> dict:
        held = {number: n for number, n, _ in store.list_parts(upload)} if upload in store.uploads else {}
        stored, tags = [], []
        for number in range(1, count + 1):
            idle = None if number in held else "idle"
            note = f"{held[number]} MiB" if number in held else ""
            stored.append({"text": str(number), "note": note, "mark": mark.get(number, idle)})
            tags.append({"text": known.get(number, "?"), "mark": None if number in known else "idle"})
        whole = len(store.objects.get("film", b""))
        counters = [
            {"text": "object", "value": f"{whole} MiB" if whole else "none"},
            {"text": "billed", "value": f"{store.billed()} MiB"},
        ]
        rows = [{"head": "in the store", "cells": stored}, {"head": "client's tags", "cells": tags}]
        views = [{"kind": "cells", "label": "parts", "rows": rows}, {"kind": "counters", "counters": counters}]
        return {"say": say, "show": views, "key": key}

    yield frame(f"Started: {size} MiB in {count} parts of {part}, the last may be smaller. Nothing is visible yet.", {})
    for what, *rest in scenario["steps"]:
        number = rest[0] if rest else 0
        fate = rest[1] if len(rest) > 1 else "kept"
        try:
            if what == "put" and fate == "dropped":
                say = f"Part {number}: the connection drops. Only this part has to be sent again."
                yield frame(say, {number: "bad"}, key=True)
            elif what == "put":
                data = bytes([64 + number]) * min(part, size - part * (number - 1))
                arrives = b"?" + data[1:] if fate == "damaged" else data
                etag = store.put_part(upload, number, arrives, hashlib.sha256(data).hexdigest())
                did, mark = ("replaced", "changed") if number in sent else ("stored", "new")
                sent.append(number)
                if fate == "lost":
                    say = "but the answer is lost. Sending it again is safe."
                else:
                    known[number] = etag[:4]
                    say = f"tag {etag[:4]}."
                yield frame(f"Part {number}: {did}, {say}", {number: mark})
            elif what == "abort":
                store.abort(upload)
                say = "Aborted: the parts are dropped and no longer billed. There never was an object."
                yield frame(say, {}, key=True)
            else:
                did = finish(store, upload, "film", size)
                yield frame(f"Finish: {did}. The object is there as a whole.", {}, key=True)
        except StoreError as error:
            why = str(error).replace(" bytes", " MiB")
            of = f"{what.capitalize()} part {number}" if number else what.capitalize()
            yield frame(f"{of}: refused. {why}.", {number: "bad"}, key=True)
