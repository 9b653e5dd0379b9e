"""Collaborative filtering: what to recommend, from who liked what and nothing else.

Vocabulary
    ratings     person to item to stars
    centered    a rating less its owner's mean: generosity is no taste
    similarity  cosine over what two people share, from -1 to 1, shrunk where little is shared
    neighbors   the most similar people
    history     the distinct items one person chose: no stars, and no dislike
    likeness    of two items: cosine of the sets of people who chose them

Complexity: neighbors read the raters of the person's items, near O(M + N) of M people and N items; building the item
table counts h * (h - 1) / 2 pairs for a history of h; a recommendation is O(recent * K).

Source: Resnick et al., "GroupLens" (1994); Sarwar et al., "Item-Based Collaborative Filtering" (2001); Linden, Smith and
York, "Amazon.com Recommendations" (2003).

A production version adds: stored lists of raters; damping of hits; recency; stock and variants; another source for newcomers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from math import sqrt

Ratings = dict[str, dict[str, float]]


def shrink(similarity: float, shared: int, damp: float = 10) -> float:
    """Little in common proves little: n / (n + damp) of the similarity."""
    return similarity * shared / (shared + damp)


# --- People ---


def mean(stars: dict[str, float]) -> float:
    """One person's usual level: the zero from which likes and dislikes are counted."""
    return sum(stars.values()) / len(stars)


def cosine(one: dict[str, float], other: dict[str, float], centered: bool = True) -> float:
    """Over the items both rated; 0 where nothing is shared or nothing varies.

    >>> ann, ben = {"a": 5, "b": 4, "c": 2}, {"a": 3, "b": 4, "c": 5}
    >>> round(cosine(ann, ben, centered=False), 2), round(cosine(ann, ben), 2)
    (0.86, -0.98)
    """
    left, right = (mean(one), mean(other)) if centered else (0, 0)
    pairs = [(one[item] - left, other[item] - right) for item in one if item in other]
    lengths = sqrt(sum(x * x for x, _ in pairs)) * sqrt(sum(y * y for _, y in pairs))
    return sum(x * y for x, y in pairs) / lengths if lengths > 1e-12 else 0.0


def neighbors(user: str, ratings: Ratings, k: int = 50, least: int = 5, damp: float = 10) -> dict[str, float]:
    """The k most similar people of those with at least `least` items in common, and a similarity above 0."""
    shared: Counter[str] = Counter()
    for item in ratings[user]:  # an index holds the raters of each item; here they are searched
        shared.update(person for person, stars in ratings.items() if item in stars and person != user)
    found = {p: shrink(cosine(ratings[user], ratings[p]), n, damp) for p, n in shared.items() if n >= least}
    best = sorted(((likeness, p) for p, likeness in found.items() if likeness > 0), key=lambda one: (-one[0], one[1]))
    return {person: likeness for likeness, person in best[:k]}


def predict(user: str, item: str, ratings: Ratings, near: dict[str, float], quorum: int = 3) -> float:
    """The user's mean plus what neighbors think above theirs; just the mean if fewer than `quorum` rated the item."""
    rated = [(likeness, ratings[p][item] - mean(ratings[p])) for p, likeness in near.items() if item in ratings[p]]
    if len(rated) < quorum or not rated:
        return mean(ratings[user])
    weight = sum(abs(likeness) for likeness, _ in rated)
    return mean(ratings[user]) + sum(likeness * above for likeness, above in rated) / weight


# --- Items ---


def item_table(histories: dict[str, list[str]], keep: int = 100, cap: int = 300, damp: float = 10) -> dict[str, dict[str, float]]:
    """For each item its `keep` most alike items. Only pairs that occur are counted; of a history the last `cap` items."""
    buyers: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for history in histories.values():
        items = list(dict.fromkeys(reversed(history)))[:cap]
        buyers.update(items)
        together.update(combinations(sorted(items), 2))
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), shared in together.items():
        table[one][other] = table[other][one] = shrink(shared / sqrt(buyers[one] * buyers[other]), shared, damp)
    return {item: dict(sorted(row.items(), key=lambda pair: (-pair[1], pair[0]))[:keep]) for item, row in table.items()}


def recommend(recent: dict[str, float], owned: list[str], table: dict[str, dict[str, float]], k: int = 10) -> list[tuple[str, float]]:
    """The best k items not owned, for recent ones (item to weight). Sums: of clicks, each average would be 1."""
    score: dict[str, float] = defaultdict(float)
    for item, weight in recent.items():
        for other, likeness in table.get(item, {}).items():
            if other not in owned:
                score[other] += weight * likeness
    return sorted(score.items(), key=lambda pair: (-pair[1], pair[0]))[:k]


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """scenario: {user, ratings, least, damp, quorum, film} for people, or {histories, recent, owned, damp} for items."""
    yield from (_people if "ratings" in scenario else _items)(**scenario)


def _frame(say: str, *tables: tuple[str, dict], key: bool = False) -> dict:
    views = [(label, [{"head": h, "cells": cells} for h, cells in rows.items()]) for label, rows in tables]
    return {"say": say, "show": [{"kind": "cells", "label": label, "rows": rows} for label, rows in views]} | ({"key": True} if key else {})


def _people(user: str, ratings: Ratings, least: int, damp: float, quorum: int, film: str) -> Iterator[dict]:
    own, known = ratings[user], {}
    stars = {p: [{"text": n, "note": f} for f, n in s.items()] for p, s in ratings.items()}
    signed = {p: [{"text": f"{n - mean(s):+.1f}", "note": f} for f, n in s.items()] for p, s in ratings.items()}
    yield _frame(f"{user} and {len(ratings) - 1} others have rated films. Who is like {user}?", ("stars", stars))
    yield _frame("Less each owner's mean: now likes and dislikes have signs.", ("stars less the owner's mean", signed))
    near = neighbors(user, ratings, least=least, damp=damp)
    for p, s in ratings.items():
        if p != user:
            shared, raw, sim = sum(f in s for f in own), cosine(own, s, centered=False), cosine(own, s)
            used = f"{near[p]:.2f}" if p in near else "out"
            known[p] = [f"raw {raw:.2f}", f"centered {sim:.2f}", {"text": used, "mark": "hit" if p in near else "bad"}]
            say = f"{p}, films in common: {shared}. Raw {raw:.2f}, centered {sim:.2f}. "
            say += f"Shrunk for so few: {used}." if p in near else f"Left out: under {least} shared, or not alike."
            yield _frame(say, ("stars less the owner's mean", signed), ("similarity", known.copy()), key=True)
    value, votes = predict(user, film, ratings, near, quorum), sum(film in ratings[p] for p in near)
    say = f"{film} for {user}: rated by neighbors: {votes}, needed: {quorum}. Predicted {value:.2f}; {user}'s mean is {mean(own):.2f}."
    yield _frame(say, ("similarity", known), ("prediction", {film: [{"text": f"{value:.2f}", "mark": "new"}]}), key=True)


def _items(histories: dict, recent: dict, owned: list, damp: float) -> Iterator[dict]:
    done: dict[str, list[str]] = {}
    yield _frame("Histories, without stars. Who else took it, and what else did they take?", ("histories", histories))
    for p, history in histories.items():
        done[p] = history
        rows = {i: [{"text": j, "note": f"{v:.2f}"} for j, v in row.items()] for i, row in sorted(item_table(done, damp=damp).items())}
        if len(done) in (1, 2, 3, len(histories)):
            pairs = len(history) * (len(history) - 1) // 2
            yield _frame(f"{p}: items {len(history)}, pairs {pairs}. Only pairs that occur cost anything.", ("likeness", rows))
    table = item_table(histories, damp=damp)
    counts = {i: {j: sum(i in h and j in h for h in histories.values()) for j in table[i]} for i in recent}
    for item in recent:
        raw = [{"text": j, "note": n} for j, n in sorted(counts[item].items(), key=lambda one: (-one[1], one[0]))]
        cos = [{"text": j, "note": f"{v:.2f}"} for j, v in table[item].items()]
        say = f"{item}: by raw count {raw[0]['text']} is nearest, by cosine {cos[0]['text']}."
        yield _frame(say, ("by shared buyers", {item: raw}), ("by cosine, shrunk", {item: cos}), key=True)
    free, best = recommend(recent, [], table), recommend(recent, owned, table)
    cells = [{"text": i, "note": f"{v:.2f}", "mark": "gone" if i in owned else "hit"} for i, v in free]
    say = f"Sums over {', '.join(recent)}; what is owned goes out. Recommended: {', '.join(i for i, _ in best) or 'nothing'}."
    yield _frame(say, ("scores", {"": cells}), key=True)
