"""Autocomplete: a trie whose nodes hold their best completions, so that a keystroke only looks up.

Vocabulary
    weight    how popular a text is: each search, one a person and day, counts 2^(-age / half-life)
    best      the k heaviest texts under a node of the trie, stored there, heaviest first
    depth     longest prefix that has a node; longer ones are found in the sorted texts
    risers    a second, small trie of texts that enough people sent in the last hour, merged when asked
    blocked   texts dropped when asked, because a scandal does not wait for a build

Complexity, with n texts, b of them below the longest prefix: complete O(letters + k log k) up to `depth` letters, and
O(b log b) beyond; set O(n + b log b + depth * children * k), with a log for sorting; space O(texts * depth) references.

Source: lists of the top k in a trie are folklore.

A production version adds: a compact read-only snapshot (FST) in place of nodes; lists somewhat longer than k, so that
blocking leaves enough; typos from three letters on; a build per language and market.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

DAY = 86_400

# --- Weights ---


def weigh(
    searches: Iterable[tuple[float, str, str]], now: float, half_life: float = 7 * DAY, people: int = 50
) -> dict[str, float]:
    """Weights from (time in seconds, person, text). Texts of fewer than `people` different persons are dropped.

    >>> weigh([(0, "ann", "tent"), (7 * DAY, "ben", "tent"), (7 * DAY, "ben", "my address")], now=7 * DAY, people=2)
    {'tent': 1.5}
    """
    weights, persons = defaultdict(float), defaultdict(set)
    once = {(normalize(text), person, time // DAY): time for time, person, text in searches}  # one a person and day
    for (text, person, _), time in once.items():
        weights[text] += 2 ** (-(now - time) / half_life)
        persons[text].add(person)
    return {text: weight for text, weight in weights.items() if len(persons[text]) >= people}


def normalize(text: str) -> str:
    """One spelling for what is stored and what is typed; else they never meet."""
    return " ".join(text.lower().split())


# --- Trie ---


@dataclass
class Node:
    children: dict[str, Node] = field(default_factory=dict)
    best: list[str] = field(default_factory=list)


class Trie:
    """The `k` heaviest texts under each prefix of up to `depth` letters (both at least 1; else ValueError)."""

    def __init__(self, k: int = 10, depth: int = 8):
        if k < 1 or depth < 1:
            raise ValueError(f"k {k}, depth {depth}: at least one entry and one letter are needed")
        self.k, self.depth, self.root = k, depth, Node()
        self.weights, self.texts = {}, []  # the texts are sorted

    def set(self, text: str, weight: float) -> None:
        """Store a text with its new weight; 0 takes it out. The lists on its path are made anew, the deepest first."""
        text = normalize(text)
        if text in self.weights:
            del self.texts[bisect_left(self.texts, text)], self.weights[text]
        if weight > 0:
            insort(self.texts, text)
            self.weights[text] = weight
        path = [self.root]
        for letter in text[: self.depth]:
            path.append(path[-1].children.setdefault(letter, Node()))
        for length in range(len(path) - 1, -1, -1):
            path[length].best = self._best(path[length], text[:length])

    def _best(self, node: Node, prefix: str) -> list[str]:
        """From the children, not from the old list: when a weight falls, the one that moves up was not in it."""
        if len(prefix) == self.depth:
            return heaviest(self.below(prefix), self.weights, self.k)
        own = [prefix] if prefix in self.weights else []
        return heaviest(own + [text for child in node.children.values() for text in child.best], self.weights, self.k)

    def below(self, prefix: str) -> list[str]:
        """All texts that start with the prefix: neighbors in the sorted list."""
        start = end = bisect_left(self.texts, prefix)
        while end < len(self.texts) and self.texts[end].startswith(prefix):
            end += 1
        return self.texts[start:end]

    # --- Lookup ---

    def stored(self, prefix: str) -> list[str]:
        """What the node of the prefix holds; only beyond `depth` letters is anything sorted."""
        node = self.root
        for letter in prefix[: self.depth]:
            node = node and node.children.get(letter)
        best = node.best if node else []
        return best if len(prefix) <= self.depth else heaviest(self.below(prefix), self.weights, self.k)

    def complete(self, typed: str, risers: Trie | None = None, blocked: Collection[str] = ()) -> list[str]:
        """At most k completions, heaviest first: the stored list, merged with the risers', without what is blocked."""
        prefix = normalize(typed + ".")[:-1]  # keeps a last space, which ends a word: "car " is not "cargo"
        weights = {text: self.weights[text] for text in self.stored(prefix)}
        for text in risers.stored(prefix) if risers else ():
            weights[text] = max(risers.weights[text], weights.get(text, 0))
        return heaviest([text for text in weights if text not in blocked], weights, self.k)


def heaviest(texts: list[str], weights: dict[str, float], k: int) -> list[str]:
    """The first k; equal weights in alphabetical order, so that answers do not flicker."""
    return sorted(texts, key=lambda text: (-weights[text], text))[:k]


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {k, people, show: prefixes, searches: [[text, persons, times each, days ago], ...],
    steps: [[action, text, weight], ...]}."""
    trie, risers, blocked = Trie(scenario["k"]), Trie(scenario["k"]), set()
    log = []
    for text, persons, times, days in scenario["searches"]:
        for person in range(persons):
            log += [(-days * DAY, str(person), text)] * times
    weights = weigh(log, now=0, people=scenario["people"])

    def path(text: str) -> list[str]:
        return [text[:n] for n in range(len(text) + 1)]

    def frame(say: str, on: list[str] = (), answer: list[str] | None = None, key: bool = False) -> dict:
        marks = dict.fromkeys(on, "changed" if answer is None else "hit")
        nodes, edges = [], []
        for prefix in scenario["show"]:
            best = ", ".join(trie.stored(prefix))
            nodes.append({"id": prefix, "text": prefix or "root", "note": best, "mark": marks.get(prefix)})
            if prefix:
                edges.append({"from": prefix[:-1], "to": prefix})
        label = f"best {trie.k} under each prefix"
        views = [{"kind": "links", "shape": "tree", "label": label, "nodes": nodes, "edges": edges}]
        if answer is not None:
            views.append({"kind": "cells", "label": "suggested", "rows": [{"cells": answer}]})
        return {"say": say, "show": views, "key": key}

    enough = f"{scenario['people']} or more different people"
    yield frame(f"{len(log)} searches in the log. A text counts if {enough} typed it.")
    for text, persons, times, days in scenario["searches"]:
        searched = f"{text}: {persons * times} searches"
        if text in weights:
            trie.set(text, weights[text])
            say = f"{searched}, {days} days ago, weigh {weights[text]:g}. The lists on its path are made anew."
            yield frame(say, path(text))
        else:
            yield frame(f"{searched} by {persons} person. Not kept, whatever the count.", key=True)
    for name, text, *weight in scenario["steps"]:
        if name == "type":
            found = trie.complete(text, risers, blocked)
            say = f"'{text}' is typed: suggested is {', '.join(found) or 'nothing'}."
            yield frame(say, [text], found, key=True)
        elif name == "set":
            trie.set(text, weight[0])
            say = f"{text} now weighs {weight[0]:g}. Lists on its path are made anew from the children."
            yield frame(say, path(text))
        elif name == "rise":
            risers.set(text, weight[0])
            how = f"it is kept beside the trie, with weight {weight[0]:g}, until the next build"
            yield frame(f"{text} rises this hour: {how}.")
        else:
            blocked.add(text)
            yield frame(f"{text} is blocked. The trie is not rebuilt; each answer is checked.")
