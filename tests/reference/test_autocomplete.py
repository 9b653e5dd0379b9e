"""Stored lists against the slow way: take all texts with the prefix, and sort."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.autocomplete import DAY, Trie, heaviest, weigh

TEXTS = st.text("ab", min_size=1, max_size=5)
CHANGES = st.lists(st.tuples(TEXTS, st.integers(0, 5)), max_size=25)


def agrees(trie, changes):
    """After any changes, any prefix gives what sorting everything gives."""
    model = {}
    for text, weight in changes:
        trie.set(text, weight)
        model[text] = weight
    alive = {text: weight for text, weight in model.items() if weight}
    prefixes = {"", "z", "az", "aaaaaa"} | {text[:n] for text, _ in changes for n in range(len(text) + 1)}
    slow = {p: sorted((t for t in alive if t.startswith(p)), key=lambda t: (-alive[t], t))[: trie.k] for p in prefixes}
    return all(trie.complete(p) == slow[p] for p in prefixes)


@settings(max_examples=100, deadline=None)
@given(CHANGES, st.integers(1, 3), st.integers(1, 6))
def test_equals_sorting_everything(changes, k, depth):
    assert agrees(Trie(k, depth), changes)


class Patching(Trie):
    """The classic bug: the old list plus the changed text."""

    def _best(self, node, prefix):
        own = [
            t
            for t in self.texts
            if t.startswith(prefix) and (t in node.best or len(node.best) < self.k or t == self.last)
        ]
        return heaviest(own, self.weights, self.k)

    def set(self, text, weight):
        self.last = text
        super().set(text, weight)


def test_patching_the_old_list_is_noticed():
    rises = [("tea", 1), ("ten", 2), ("to", 3)]
    falls = [("to", 3), ("ten", 2), ("tea", 1), ("to", 0)]
    assert agrees(Patching(2), rises), "as long as weights only rise, nobody sees it"
    assert agrees(Trie(2), falls) and not agrees(Patching(2), falls)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["ann", "ben", "cleo"]), max_size=30), st.integers(1, 4))
def test_one_person_never_reaches_the_others(persons, people):
    kept = weigh([(0, person, "a name, an address") for person in persons], now=0, people=people)
    assert ("a name, an address" in kept) == (len(set(persons)) >= people)


def test_counting_searches_would_be_noticed():
    log = [(0, "ann", "her address")] * 100
    assert weigh(log, 0) == {} and weigh(log, 0, people=1) == {"her address": 1}


def test_a_week_is_half():
    log = [(-14 * DAY, "a", "Old  Fame"), (-14 * DAY, "b", "old fame"), (0, "a", "news"), (0, "b", "news ")]
    assert weigh(log, 0, people=2) == {"old fame": 0.5, "news": 2}


def risers(**weights):
    trie = Trie(2)
    for text, weight in weights.items():
        trie.set(text, weight)
    return trie


def test_risers_and_blocked_are_applied_at_each_answer():
    trie = Trie(2)
    trie.set("Cat", 3)
    trie.set("car", 2)
    trie.set("cow", 1)
    assert trie.complete(" C") == ["cat", "car"]
    assert trie.complete("ca ") == [], "a last space ends a word"
    assert trie.complete("c", risers(cup=9, dog=99)) == ["cup", "cat"]
    assert trie.complete("c", risers(car=5)) == ["car", "cat"]
    assert trie.complete("c", risers(cat=1)) == ["cat", "car"], "a riser's weight raises, and never lowers"
    assert trie.complete("c", risers(cup=9), ["cat"]) == ["cup", "car"]
    assert trie.complete("c", blocked=["cat"]) == ["car"], "short: cow was not in the stored list"


@pytest.mark.parametrize("k, depth", [(0, 8), (10, 0)])
def test_nothing_to_keep_is_refused(k, depth):
    with pytest.raises(ValueError, match=f"k {k}, depth {depth}: at least one entry and one letter are needed"):
        Trie(k, depth)
