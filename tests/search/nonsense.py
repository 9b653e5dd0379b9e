"""Strings that no reader means and somebody will type."""

from __future__ import annotations

import random

LETTERS = "abcdefghijklmnopqrstuvwxyz ABC012-_./\\*+?^${}()|[]<>&\"'`;:,äöüßéñ日本語🙂\u0000\u200b\n\t"
MARKUP = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "a" * 10_000,
    "constructor",
    "__proto__",
    "toString valueOf",
    ".*",
    "\\",
]


def strings(n: int) -> list[str]:
    """n strings, always the same: unicode, control characters, markup, patterns, up to 10,000 characters."""
    rng = random.Random(7)
    return MARKUP + [
        "".join(rng.choices(LETTERS, k=rng.choice([1, 2, 5, 12, 40, 300]))) for _ in range(n - len(MARKUP))
    ]
