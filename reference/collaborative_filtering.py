"""Collaborative filtering: what to recommend, from who liked what and nothing else.

Vocabulary
    ratings     person to item to stars
    centered    a rating less its owner's mean: generosity is no taste
    similarity  cosine over what two people share, from -1 to 1, shrunk where little is shared
    neighbors   the most similar people
    history     the distinct items one person chose: no stars, and no dislike
    likeness    of two items: cosine of the sets of people who chose them

Complexity: neighbors O(h * M) for h rated items and M people, who are searched here; a stored list of raters touches
only those who share an item. Building the item table counts h * (h - 1) / 2 pairs for a history of h. A recommendation
adds recent * K likenesses and sorts them.

Source: Resnick et al., "GroupLens" (1994); Sarwar et al., "Item-Based Collaborative Filtering" (2001); Linden, Smith
and York, "Amazon.com Recommendations" (2003).

A production version adds: stored lists of raters; damping of hits; recency; stock and variants; another source for
newcomers.
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
    return dict(best_first({p: likeness for p, likeness in found.items() if likeness > 0})[:k])


def predict(user: str, item: str, ratings: Ratings, near: dict[str, float], quorum: int = 3) -> float:
    """The user's mean plus what neighbors think above theirs; just the mean if fewer than `quorum` rated the item."""
    rated = [(likeness, ratings[p][item] - mean(ratings[p])) for p, likeness in near.items() if item in ratings[p]]
    if len(rated) < quorum or not rated:
        return mean(ratings[user])
    weight = sum(abs(likeness) for likeness, _ in rated)
    return mean(ratings[user]) + sum(likeness * above for likeness, above in rated) / weight


# --- Items ---


Table = dict[str, dict[str, float]]  # item to those like it, and how much


def item_table(histories: dict[str, list[str]], keep: int = 100, cap: int = 300, damp: float = 10) -> Table:
    """For each item its `keep` most alike items. Only pairs that occur are counted; of a history the last `cap`."""
    buyers: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for history in histories.values():
        items = list(dict.fromkeys(reversed(history)))[:cap]
        buyers.update(items)
        together.update(combinations(sorted(items), 2))
    table: Table = defaultdict(dict)
    for (one, other), shared in together.items():
        likeness = shrink(shared / sqrt(buyers[one] * buyers[other]), shared, damp)
        table[one][other] = table[other][one] = likeness
    return {item: dict(best_first(row)[:keep]) for item, row in table.items()}


def recommend(recent: dict[str, float], owned: list[str], table: Table, k: int = 10) -> list[tuple[str, float]]:
    """The best k items not owned, for recent ones (item to weight). Sums: of clicks, each average would be 1."""
    score: dict[str, float] = defaultdict(float)
    left_out = set(owned)
    for item, weight in recent.items():
        for other, likeness in table.get(item, {}).items():
            if other not in left_out:
                score[other] += weight * likeness
    return best_first(score)[:k]


def best_first(score: dict[str, float]) -> list[tuple[str, float]]:
    """By falling value, and by name among equals."""
    return sorted(score.items(), key=lambda pair: (-pair[1], pair[0]))


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {user, ratings, least, damp, quorum, film} for people, or
    {histories, recent, owned, damp} for items."""
    yield from (_people if "ratings" in scenario else _items)(**scenario)


def _frame(say: str, *tables: tuple[str, dict], key: bool = False) -> dict:
    views = []
    for label, rows in tables:
        views.append(
            {"kind": "cells", "label": label, "rows": [{"head": h, "cells": cells} for h, cells in rows.items()]}
        )
    return {"say": say, "show": views, "key": key}


def _people(user: str, ratings: Ratings, least: int, damp: float, quorum: int, film: str) -> Iterator[dict]:
    own, stars, signed = ratings[user], {}, {}
    for person, rated in ratings.items():
        stars[person] = [{"text": n, "note": name} for name, n in rated.items()]
        signed[person] = [{"text": f"{n - mean(rated):+.1f}", "note": name} for name, n in rated.items()]
    centered = ("stars less the owner's mean", signed)
    yield _frame(f"{user} and {len(ratings) - 1} others have rated films. Who is like {user}?", ("stars", stars))
    yield _frame("Less each owner's mean: now likes and dislikes have signs.", centered)
    near = neighbors(user, ratings, least=least, damp=damp)
    known: dict[str, list] = {}
    for person, rated in ratings.items():
        if person == user:
            continue
        shared = sum(name in rated for name in own)
        raw = f"{cosine(own, rated, centered=False):.2f}"
        sim = f"{cosine(own, rated):.2f}"
        if person in near:
            used = {"text": f"{near[person]:.2f}", "mark": "hit"}
            verdict = f"Shrunk for so few: {used['text']}."
        else:
            used = {"text": "out", "mark": "bad"}
            verdict = f"Left out: under {least} shared, or not alike."
        known[person] = [f"raw {raw}", f"centered {sim}", used]
        say = f"{person}, films in common: {shared}. Raw {raw}, centered {sim}. {verdict}"
        yield _frame(say, centered, ("similarity", known.copy()), key=True)
    value = f"{predict(user, film, ratings, near, quorum):.2f}"
    votes = sum(film in ratings[person] for person in near)
    say = f"{film} for {user}: rated by neighbors: {votes}, needed: {quorum}. "
    say += f"Predicted {value}; {user}'s mean is {mean(own):.2f}."
    yield _frame(say, ("similarity", known), ("prediction", {film: [{"text": value, "mark": "new"}]}), key=True)


def _items(histories: dict, recent: dict, owned: list, damp: float) -> Iterator[dict]:
    done: dict[str, list[str]] = {}
    yield _frame("Histories, without stars. Who else took it, and what else did they take?", ("histories", histories))
    for person, history in histories.items():
        done[person] = history
        table = item_table(done, damp=damp)
        if len(done) in (1, 2, 3, len(histories)):
            rows = {item: [_valued(other, v) for other, v in table[item].items()] for item in sorted(table)}
            pairs = len(history) * (len(history) - 1) // 2
            say = f"{person}: items {len(history)}, pairs {pairs}. Only pairs that occur cost anything."
            yield _frame(say, ("likeness", rows))
    for item in recent:
        counts = {other: sum(item in h and other in h for h in histories.values()) for other in table[item]}
        raw = [{"text": other, "note": n} for other, n in best_first(counts)]
        cos = [_valued(other, likeness) for other, likeness in table[item].items()]
        say = f"{item}: by raw count {raw[0]['text']} is nearest, by cosine {cos[0]['text']}."
        yield _frame(say, ("by shared buyers", {item: raw}), ("by cosine, shrunk", {item: cos}), key=True)
    cells = []
    for item, score in recommend(recent, [], table):
        cells.append(_valued(item, score) | {"mark": "gone" if item in owned else "hit"})
    best = ", ".join(item for item, _ in recommend(recent, owned, table))
    say = f"Sums over {', '.join(recent)}; what is owned goes out. Recommended: {best or 'nothing'}."
    yield _frame(say, ("scores", {"": cells}), key=True)


def _valued(item: str, value: float) -> dict:
    return {"text": item, "note": f"{value:.2f}"}
