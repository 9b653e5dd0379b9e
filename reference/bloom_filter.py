"""Bloom filter: a bit array that answers "surely not" or "maybe" about a key, and stores no key.

Vocabulary
    m, k, n         bits in the array; hash positions of a key; keys added so far
    add             set the key's k bits; nothing ever clears one
    surely not      one of the k bits is zero: the key was never added
    maybe           all k bits are set: by this key, or by others between them
    false positive  a maybe for a key that was never added

Complexity: add and ask take O(k) time; the filter takes m bits, 9.6 a key at 1%, whatever the length of the keys.

Source: Bloom, "Space/Time Trade-offs in Hash Coding with Allowable Errors" (1970). All positions from one hash: Kirsch
and Mitzenmacher, "Less Hashing, Same Performance" (2008).

A production version adds: the k bits of a key in one cache line (a blocked filter); an alarm on the share of set bits;
a rebuild, larger, from the source of the keys; size, k and hash stored with the bits.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from hashlib import blake2b

# --- Size ---


def size(keys: int, error: float) -> tuple[int, int]:
    """(m, k) for so many keys and this share of false positives among absent keys, once all are added.

    >>> size(100_000_000, 0.01)
    (958505838, 7)

    ValueError where no key is planned or the error is not between 0 and 1.
    """
    if keys < 1 or not 0 < error < 1:
        raise ValueError(f"keys {keys}, error {error}: at least one key and an error between 0 and 1 are needed")
    bits = math.ceil(-keys * math.log(error) / math.log(2) ** 2)
    return bits, max(1, round(bits / keys * math.log(2)))


def expected_error(bits: int, hashes: int, keys: int) -> float:
    """Share of absent keys that get a maybe when so many keys are in.

    >>> [round(expected_error(*size(1000, 0.01), keys), 2) for keys in (1000, 2000, 3000)]
    [0.01, 0.16, 0.44]
    """
    return (1 - math.exp(-hashes * keys / bits)) ** hashes


# --- Filter ---


class BloomFilter:
    """Sized for `keys` keys at `error`. `secret`: up to 64 bytes, so that nobody outside can pick keys that collide.

    >>> names = BloomFilter(keys=1000, error=0.01)
    >>> names.add("ann")
    >>> names.ask("ann"), names.ask("bob")
    (True, False)
    """

    def __init__(self, keys: int, error: float, secret: bytes = b""):
        self.m, self.k = size(keys, error)
        self.secret = secret
        self.bits = bytearray((self.m + 7) // 8)

    def positions(self, key: str) -> list[int]:
        """The key's k places, 0 to m - 1. Two halves of one hash stand in for k hash functions."""
        digest = blake2b(key.encode(), digest_size=16, key=self.secret).digest()
        first, step = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:], "big") | 1
        return [(first + i * step) % self.m for i in range(self.k)]

    def add(self, key: str) -> None:
        """From now on the answer for this key is maybe. Add before the key can be asked for."""
        for place in self.positions(key):
            self.bits[place // 8] |= 1 << place % 8

    def ask(self, key: str) -> bool:
        """False: surely never added. True: maybe."""
        return all(self.is_set(place) for place in self.positions(key))

    def is_set(self, place: int) -> bool:
        """Whether the bit at this place is one."""
        return bool(self.bits[place // 8] >> place % 8 & 1)

    # --- Merge and fill ---

    def merge(self, other: BloomFilter) -> None:
        """Take in all keys of the other, by OR. ValueError unless both put every key in the same places."""
        if (self.m, self.k, self.secret) != (other.m, other.k, other.secret):
            raise ValueError("filters of unlike size, hashes or secret: their bits do not mean the same keys")
        self.bits = bytearray(a | b for a, b in zip(self.bits, other.bits, strict=True))

    def fill(self) -> float:
        """Share of set bits: 1 - e^(-kn/m), about half, when the planned n are in. More means more keys: rebuild."""
        return sum(byte.bit_count() for byte in self.bits) / self.m


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {keys, error, steps: [[add or ask or clear, key] or [fill, keys in total], ...]}.

    clear does what no filter offers: it sets the key's bits to zero. fill adds key-0, key-1 and so on, and asks for
    10,000 others.
    """
    bloom, added = BloomFilter(scenario["keys"], scenario["error"]), []

    def frame(say: str, marks: dict[int, str], key: bool = False) -> dict:
        views = []
        if bloom.m <= 40:
            cells = [{"text": int(bloom.is_set(p)), "note": p, "mark": marks.get(p)} for p in range(bloom.m)]
            rows = [{"cells": cells[p : p + 8]} for p in range(0, bloom.m, 8)]
            views.append({"kind": "cells", "label": "bits", "rows": rows})
        counters = [
            {"text": "keys added", "value": len(added)},
            {"text": "bits set", "value": f"{bloom.fill():.0%}"},
        ]
        views.append({"kind": "counters", "counters": counters})
        return {"say": say, "show": views, "key": key}

    planned = f"{scenario['keys']} keys at {scenario['error']:.0%} error"
    yield frame(f"Planned: {planned}. That takes {bloom.m} bits and {bloom.k} positions a key.", {})
    for name, value in scenario["steps"]:
        if name == "fill":
            while len(added) < value:
                added.append(f"key-{len(added)}")
                bloom.add(added[-1])
            found = sum(bloom.ask(f"other-{i}") for i in range(10_000))
            expected = 10_000 * expected_error(bloom.m, bloom.k, value)
            say = f"{value} keys are in. Of 10,000 keys never added, {found:,} get a maybe; "
            say += f"the formula says {expected:,.0f}."
            if value > scenario["keys"]:
                full = 1 - math.exp(-bloom.k * scenario["keys"] / bloom.m)
                say += f" More bits are set than the {full:.0%} of the plan: rebuild."
            yield frame(say, {}, key=True)
            continue
        places = bloom.positions(value)
        before = {place: bloom.is_set(place) for place in places}
        where = ", ".join(map(str, places))
        if name == "add":
            bloom.add(value)
            added.append(value)
            shared = sum(before[place] for place in places)
            say = f"add {value}: set bits {where}."
            if shared:
                say += f" Already set by others: {shared}."
            marks = {place: "hit" if before[place] else "new" for place in places}
            yield frame(say, marks, key=shared == bloom.k)
        elif name == "clear":
            for place in places:
                bloom.bits[place // 8] &= ~(1 << place % 8)
            say = f"Somebody removes {value} by clearing bits {where}."
            yield frame(say, dict.fromkeys(places, "gone"), key=True)
        else:
            maybe, there = bloom.ask(value), value in added
            bits = ", ".join("1" if before[place] else "0" for place in places)
            say = f"ask {value}: bits {where} are {bits}. {'Maybe' if maybe else 'Surely not'}."
            zero = "idle"
            if maybe and not there:
                say += " It was never added: a false positive."
            elif there and not maybe:
                say += " It was added: the one promise is broken."
                zero = "bad"
            marks = {place: "hit" if before[place] else zero for place in places}
            yield frame(say, marks, key=not maybe or not there)
