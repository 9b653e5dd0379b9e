"""Multipart upload: one object sent as numbered parts, each retried alone, and assembled by a final call or not at all.

Vocabulary
    upload ID  names one attempt to build one object; its parts are no object and show in no listing
    part       a number from 1 on, and bytes; the number is its place, and sending it again replaces it
    ETag       the store's tag of a part, an MD5 here as at S3; of the object a hash over part hashes, with their count
    checksum   of a part, sent along, so that the store refuses what was damaged on the way
    abort      drop the parts; until then, or until completion, they are billed

Complexity: a part takes time in its size; completing takes O(parts). A failure costs one part, not the object.

Source: Amazon S3 User Guide, "Uploading and copying objects using multipart upload", and the API's names of errors.

A production version adds: quota before the start; a signed URL for each part; three or four parts at once; a CRC of the
whole at completion; quarantine until type and content are verified; a rule that aborts what is unfinished.
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
        """The upload ID. Several uploads of one key can be open. Here the last to complete wins; S3 with versions prefers the one started last."""
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
        return sum(map(len, self.objects.values())) + sum(len(d) for _, parts in self.uploads.values() for d in parts.values())

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
    if [number for number, _, _ in listed] != list(range(1, len(listed) + 1)) or sum(n for _, n, _ in listed) != size:
        raise StoreError(f"Incomplete: {sum(n for _, n, _ in listed)} of {size} bytes, in parts {[n for n, _, _ in listed]}")
    store.complete(upload, [(number, etag) for number, _, etag in listed])
    return "completed"


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run, a byte standing for a MiB. scenario: {size, part, least: bytes, steps: [[put, number, lost or damaged
    or dropped (each may be absent)], [finish], [abort], ...]}; lost: the answer never arrives."""
    store, part, size, known = Store(least=scenario["least"]), scenario["part"], scenario["size"], {}
    upload, count, seen = store.start("film"), -(-size // part), []

    def frame(say: str, mark: dict, key: bool = False) -> dict:
        held = {number: n for number, n, _ in store.list_parts(upload)} if upload in store.uploads else {}
        stored = [{"text": str(n), "note": f"{held[n]} MiB" if n in held else "", "mark": mark.get(n)} for n in range(1, count + 1)]
        stored = [c if int(c["text"]) in held or c["mark"] else c | {"mark": "idle"} for c in stored]
        tags = [{"text": known.get(n, "?"), "mark": None if n in known else "idle"} for n in range(1, count + 1)]
        whole = len(store.objects.get("film", b""))
        counts = [{"text": "object", "value": f"{whole} MiB" if whole else "none"}, {"text": "billed", "value": f"{store.billed()} MiB"}]
        rows = [{"head": "in the store", "cells": stored}, {"head": "client's tags", "cells": tags}]
        views = [{"kind": "cells", "label": "parts", "rows": rows}, {"kind": "counters", "counters": counts}]
        return {"say": say, "show": views} | ({"key": True} if key else {})

    yield frame(f"Started: {size} MiB in {count} parts of {part}, the last may be smaller. Nothing is visible yet.", {})
    for what, *rest in scenario["steps"]:
        number, fate = (rest + [0, "kept"])[:2] if len(rest) != 1 else (rest[0], "kept")
        data = bytes([64 + number]) * min(part, size - part * (number - 1))
        try:
            if what == "put" and fate == "dropped":
                yield frame(f"Part {number}: the connection drops. Only this part has to be sent again.", {number: "bad"}, key=True)
            elif what == "put":
                sent = b"?" + data[1:] if fate == "damaged" else data
                etag = store.put_part(upload, number, sent, hashlib.sha256(data).hexdigest())
                known |= {} if fate == "lost" else {number: etag[:4]}
                say = f"tag {etag[:4]}." if fate != "lost" else "but the answer is lost. Sending it again is safe."
                say = f"Part {number}: {'replaced' if number in seen else 'stored'}, {say}"
                yield frame(say, {number: "changed" if number in seen else "new"})
                seen.append(number)
            elif what == "abort":
                store.abort(upload)
                yield frame("Aborted: the parts are dropped and no longer billed. There never was an object.", {}, key=True)
            else:
                yield frame(f"Finish: {finish(store, upload, 'film', size)}. The object is there as a whole.", {}, key=True)
        except StoreError as error:
            why = str(error).replace(" bytes", " MiB")
            yield frame(f"{what.capitalize()}{f' part {number}' if number else ''}: refused. {why}.", {number: "bad"}, key=True)
