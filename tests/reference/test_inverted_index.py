"""The index against reading all texts, and the curve of BM25 against the numbers on the page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.inverted_index import K1, Index, analyze, intersect

WORDS = st.lists(st.sampled_from("abc"), max_size=8).map(" ".join)
TEXTS = st.lists(WORDS, max_size=6)


def in_a_row(terms, words):
    return bool(terms) and any(words[n : n + len(terms)] == terms for n in range(len(words)))


def agrees(index, texts, query):
    terms, read = analyze(query), [(n, analyze(text)) for n, text in enumerate(texts, 1)]
    every = [n for n, words in read if terms and set(terms) <= set(words)]
    phrase = [n for n, words in read if in_a_row(terms, words)]
    return index.every(query) == every and index.phrase(query) == phrase


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.lists(st.sampled_from("abcd"), max_size=4).map(" ".join))
def test_equals_reading_everything(texts, query):
    assert agrees(Index(texts), texts, query)


def test_ignoring_positions_is_noticed():
    class WithoutPositions(Index):
        phrase = Index.every

    texts = ["the cache was cold", "a cold cache"]
    assert agrees(Index(texts), texts, "cold cache")
    assert not agrees(WithoutPositions(texts), texts, "cold cache")


def test_forgetting_analysis_is_noticed(monkeypatch):
    """Documents analyzed, queries taken as typed: the terms never meet."""
    index = Index(["Cold Cache"])
    monkeypatch.setattr("reference.inverted_index.analyze", str.split)
    assert not agrees(index, ["Cold Cache"], "Cold")


def test_the_table_of_the_page():
    index = Index(["The cache was cold", "A cold start, a cold cache"])
    assert index.postings["cache"] == {1: [1], 2: [5]}
    assert index.postings["cold"] == {1: [3], 2: [1, 4]}
    assert index.postings["start"] == {2: [2]}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 30), unique=True), st.lists(st.integers(0, 30), unique=True))
def test_intersect(one, other):
    assert intersect(sorted(one), sorted(other)) == sorted(set(one) & set(other))


# --- ranking ---


def curve(index):
    """Scores of documents of equal length with 1, 2, 3 ... occurrences of x."""
    return [index.bm25("x", n) for n in range(1, len(index.lengths) + 1)]


def saturates(scores, ceiling):
    steps = [later - earlier for earlier, later in zip(scores, scores[1:], strict=False)]
    return (
        all(step > 0 for step in steps)
        and all(b < a for a, b in zip(steps, steps[1:], strict=False))
        and scores[-1] < ceiling
    )


@settings(max_examples=30, deadline=None)
@given(st.integers(3, 20))
def test_more_is_better_up_to_a_ceiling(most):
    index = Index(["x " * n + "y " * (most - n) for n in range(1, most + 1)])
    assert saturates(curve(index), index.idf("x"))
    linear = [n * index.idf("x") for n in range(1, most + 1)]
    assert not saturates(linear, index.idf("x")), "a linear count is noticed"


@pytest.mark.parametrize("tf, part", [(1, 0.45), (2, 0.63), (10, 0.89), (100, 0.99)])
def test_the_numbers_of_the_page(tf, part):
    index = Index(["x " * tf + "y " * (100 - tf)])
    assert index.bm25("x", 1) / index.idf("x") == pytest.approx(tf / (tf + K1))
    assert tf / (tf + K1) == pytest.approx(part, abs=0.0051)


@pytest.mark.parametrize("length, part, others", [(50, 0.57, [150]), (100, 0.45, [100]), (400, 0.20, [50] * 6)])
def test_length_counts_in_part(length, part, others):
    """The average is 100 terms each time."""
    index = Index(["x " + "y " * (length - 1), *("z " * other for other in others)])
    assert index.bm25("x", 1) / index.idf("x") == pytest.approx(part, abs=0.0051)


def test_rarity():
    index = Index(["a"] * 1000)
    assert round(index.idf("a"), 4) == 0.0005
    assert index.idf("unknown") > 7 and index.tf_idf("a unknown", 1) == 0


def test_a_repeated_word_wins_only_with_the_linear_count():
    index = Index(["boots boots boots boots", "hiking boots for winter", "hiking poles", "winter tent"])
    assert index.search("hiking boots", index.tf_idf)[0][0] == 1
    assert index.search("hiking boots")[0][0] == 2


def test_equal_scores_stay_in_document_order():
    assert [d for d, _ in Index(["b", "a", "b", "a"]).search("a b")] == [1, 2, 3, 4]
    assert Index(["a"]).search("z") == []
