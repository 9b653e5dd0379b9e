"""Similarity by people and by items: the numbers of the two pages, and what has to hold for any ratings."""

from itertools import combinations
from math import sqrt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reference import collaborative_filtering as cf
from reference.collaborative_filtering import cosine, item_table, mean, neighbors, predict, recommend

STARS = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 5), min_size=1)
RATINGS = st.fixed_dictionaries({"ann": STARS}, optional=dict.fromkeys(("ben", "cleo", "dan", "eve"), STARS))
HISTORIES = st.dictionaries(st.sampled_from("pqrst"), st.lists(st.sampled_from("abcde"), max_size=6), max_size=5)


def test_the_table_of_the_page():
    ann, ben, cleo = ({"1": x, "2": y, "3": z} for x, y, z in ((5, 4, 2), (3, 4, 5), (4, 3, 1)))
    assert [round(cosine(ann, other, centered=False), 2) for other in (ben, cleo)] == [0.86, 0.99]
    assert [round(cosine(ann, other), 2) for other in (ben, cleo)] == [-0.98, 1.00]


# --- people ---


def generosity_is_no_taste(ratings):
    """Eve's twin gives a star more throughout. Nothing but the level may differ."""
    near = neighbors("ann", ratings, least=1)
    more = ratings | {"ann": {item: stars + 1 for item, stars in ratings["ann"].items()}}
    near_more = neighbors("ann", more, least=1)
    return near_more == pytest.approx(near) and all(
        predict("ann", item, more, near_more, 1) == pytest.approx(predict("ann", item, ratings, near, 1) + 1)
        for item in "abcd"
    )


@settings(max_examples=50, deadline=None)
@given(RATINGS)
def test_generosity_is_no_taste(ratings):
    # A similarity of 0 up to rounding could fall on either side of the border.
    assume(all(abs(cosine(ratings["ann"], stars)) > 1e-6 for stars in ratings.values() if stars is not ratings["ann"]))
    assert generosity_is_no_taste(ratings)


def test_raw_stars_are_noticed(monkeypatch):
    ratings = {"ann": {"a": 1, "b": 3}, "ben": {"a": 1, "b": 5}}
    assert generosity_is_no_taste(ratings)
    monkeypatch.setattr(cf, "cosine", lambda one, other: cosine(one, other, centered=False))
    assert not generosity_is_no_taste(ratings)


def between(value, user, item, ratings, near):
    opinions = [ratings[p][item] - mean(ratings[p]) for p in near if item in ratings[p]] or [0]
    return min(opinions) - 1e-9 <= value - mean(ratings[user]) <= max(opinions) + 1e-9


@settings(max_examples=50, deadline=None)
@given(RATINGS, st.sampled_from("abcd"))
def test_a_prediction_stays_between_opinions(ratings, item):
    near = neighbors("ann", ratings, least=1)
    assert between(predict("ann", item, ratings, near, 1), "ann", item, ratings, near)
    assert all(-1 <= likeness <= 1 for likeness in near.values())


def test_forgetting_to_divide_is_noticed():
    ratings = {"ann": {"a": 3}, **{p: {"a": 1, "x": 5} for p in "bcdef"}}
    near = dict.fromkeys("bcdef", 1.0)
    undivided = mean(ratings["ann"]) + sum(
        likeness * (ratings[p]["x"] - mean(ratings[p])) for p, likeness in near.items()
    )
    assert undivided == 13 and not between(undivided, "ann", "x", ratings, near)
    assert predict("ann", "x", ratings, near) == 5


def test_few_in_common_and_few_opinions_count_little():
    ratings = {"ann": {"a": 5, "b": 1, "c": 3}, "ben": {"a": 5, "b": 1, "x": 3}, "cleo": {"a": 4, "d": 1}}
    assert neighbors("ann", ratings, least=3) == {}
    assert neighbors("ann", ratings, least=2) == {"ben": pytest.approx(1 * 2 / 12)}
    assert neighbors("ann", ratings, k=1, least=1) == {"ben": pytest.approx(2 / 12)}
    assert (
        predict("ann", "x", ratings, {"ben": 0.1}, quorum=2)
        == mean(ratings["ann"])
        == predict("ann", "y", ratings, {}, quorum=0)
    )
    assert cosine({"a": 1}, {"b": 1}) == cosine({"a": 3, "b": 3}, {"a": 1, "b": 5}) == 0


# --- items ---


@settings(max_examples=50, deadline=None)
@given(HISTORIES)
def test_equals_comparing_all_pairs(histories):
    buyers = {i: {p for p, history in histories.items() if i in history} for i in "abcde"}
    table = item_table(histories, damp=0)
    for one, other in combinations("abcde", 2):
        shared = len(buyers[one] & buyers[other])
        wanted = shared / sqrt(len(buyers[one]) * len(buyers[other])) if shared else None
        assert (
            table.get(one, {}).get(other)
            == table.get(other, {}).get(one)
            == (pytest.approx(wanted) if shared else None)
        )


def test_the_shop_of_the_page():
    likeness = [shared / sqrt(1000 * buyers) for buyers, shared in ((1_000_000, 300), (4000, 200))]
    assert [round(value, 3) for value in likeness] == [0.009, 0.1]


def test_histories_are_capped_and_lists_cut():
    assert item_table({"bot": list("abcdef")}, cap=2).keys() == {"e", "f"}, "the last ones count"
    assert all(len(row) == 2 for row in item_table({"p": list("abcd")}, keep=2).values())
    assert item_table({"p": ["a", "a", "b"]}, damp=0) == {"a": {"b": 1.0}, "b": {"a": 1.0}}, "a repeat is one choice"
    assert item_table({"p": ["a", "b"]}) == {"a": {"b": pytest.approx(1 / 11)}, "b": {"a": pytest.approx(1 / 11)}}


@settings(max_examples=50, deadline=None)
@given(HISTORIES, st.lists(st.sampled_from("abcde"), unique=True))
def test_owned_is_never_recommended(histories, owned):
    table, recent = item_table(histories), dict.fromkeys(owned, 1.0)
    assert not {item for item, _ in recommend(recent, owned, table)} & set(owned)


def test_without_the_filter_the_winner_is_owned():
    table = item_table({"p": ["tent", "mat"], "q": ["tent", "mat"], "r": ["mat", "lamp"]})
    recent = {"tent": 1, "mat": 1}
    assert recommend(recent, [], table)[0][0] in recent
    assert [item for item, _ in recommend(recent, ["tent", "mat"], table)] == ["lamp"]


def test_with_clicks_an_average_ranks_nothing():
    table = {"tent": {"mat": 0.9, "lamp": 0.1}}
    assert recommend({"tent": 1.0, "unknown": 1.0}, ["tent"], table) == [("mat", 0.9), ("lamp", 0.1)]
    assert {likeness * 1 / likeness for likeness in table["tent"].values()} == {1.0}
