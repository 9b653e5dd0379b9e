"""How far two people who scored the same things agree, beyond what their habits alone would give.

Weighted kappa, after Cohen, "Weighted kappa: nominal scale agreement provision for scaled disagreement or partial
credit", Psychological Bulletin 70 (1968), 213-220:

    kappa = 1 - sum(weight * observed) / sum(weight * expected)

over all pairs of scores (i, j), with shares of the things scored as `observed`, and as `expected` the product of how
often the first gave i and the second j. The weights here are linear, |i - j|: two levels apart are twice as wrong as
one. Quadratic weights, which are common too, would forgive what is one level apart, and print higher figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

Scores = Mapping[
    tuple[str, str], int
]  # (excerpt, dimension) to a level, counted from the bottom; what was not shown is left out


def kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Weighted kappa of pairs of scores; None where it has no value: no pairs, or one score throughout."""
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(abs(a - b) for a, b in pairs)
    expected = sum(abs(a - b) * m * n for a, m in first.items() for b, n in second.items())
    return 1 - observed * len(pairs) / expected if expected else None


class Agreement(NamedTuple):
    """Two people's scores compared."""

    kappa: float | None  # of what both scored
    both: int  # things that both scored
    equal: int  # of these, given the same level
    shown: int  # things of which both say, or neither says, that it was shown at all


def agreement(one: Scores, other: Scores, things: Sequence[tuple[str, str]]) -> Agreement:
    """Compare two people over the things that both could have scored."""
    pairs = [(one[thing], other[thing]) for thing in things if thing in one and thing in other]
    shown = sum((thing in one) == (thing in other) for thing in things)
    return Agreement(kappa(pairs), len(pairs), sum(a == b for a, b in pairs), shown)
