"""What a reader would claim of stampede protection at the board: who loads, who is answered, how often lots win."""

import math
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.stampede import Entry, Loader, chance, early

# a read of a key, or the end of the n-th load under way, each some seconds after the one before
READ, END = (
    st.tuples(st.just("read"), st.sampled_from("ab")),
    st.tuples(st.just("end"), st.integers(0, 3), st.booleans()),
)
EVENTS = st.lists(st.tuples(st.floats(0, 4), READ | END), max_size=40)


def run(loader, events, seed=7):
    """Plays the events: the answers by caller, and the highest number of loads of one key at a time."""
    rng, now, waiting, answers, most = Random(seed), 0.0, {}, [], 0
    for caller, (gap, (what, *rest)) in enumerate(events):
        now += gap
        if what == "read":
            did, number = loader.read(rest[0], caller, now, rng)
            if did in ("load", "wait"):
                assert number in loader.flights
                waiting[caller] = number
            else:
                assert loader.entries[rest[0]].expiry > now
                answers.append(caller)
        elif loader.flights:
            number = sorted(loader.flights)[rest[0] % len(loader.flights)]
            told = loader.finish(number, now, "v", failed=rest[1])
            assert all(waiting.pop(who) == number for who in told)
            answers += told
        keys = [flight.key for flight in loader.flights.values()]
        most = max([most, *map(keys.count, keys)])
    return answers, waiting, most


@settings(deadline=None, max_examples=50)
@given(EVENTS, st.sampled_from([0, 1, 5]))
def test_a_key_has_one_load_under_way(events, beta):
    assert run(Loader(lifetime=5, beta=beta), events)[2] <= 1


@settings(deadline=None, max_examples=50)
@given(EVENTS, st.booleans())
def test_each_waiting_caller_is_answered_once(events, coalesce):
    loader = Loader(lifetime=5, coalesce=coalesce)
    answers, waiting, _ = run(loader, events)
    assert len(answers) == len(set(answers)) and not set(answers) & set(waiting)
    assert sorted(answers + list(waiting)) == [n for n, (_, (what, *_)) in enumerate(events) if what == "read"]
    assert sorted(who for flight in loader.flights.values() for who in flight.callers) == sorted(waiting)


def test_loads_that_are_not_merged_are_noticed():
    assert run(Loader(coalesce=False), [(0, ("read", "a")), (0, ("read", "a"))])[2] == 2


@pytest.mark.parametrize("remaining", [0.75, 1.5, 4.5])
@pytest.mark.parametrize("beta", [0.5, 1])
def test_the_share_of_early_reloads(remaining, beta):
    rng, entry, draws = Random(11), Entry("v", delta=1.5, expiry=100), 20_000
    share = sum(early(entry, 100 - remaining, rng, beta) for _ in range(draws)) / draws
    assert share == pytest.approx(math.exp(-remaining / (1.5 * beta)), abs=0.012)
    assert chance(entry, 100 - remaining, beta) == pytest.approx(share, abs=0.012)


def test_the_two_numbers_to_remember():
    entry = Entry("v", delta=1.5, expiry=100)
    assert [round(chance(entry, at), 2) for at in (95.5, 98.5, 100)] == [0.05, 0.37, 1]


def test_the_lifetime_in_the_place_of_delta_is_noticed():
    rng, right, wrong = Random(1), Entry("v", delta=1.5, expiry=300), Entry("v", delta=300, expiry=300)
    assert not any(early(right, 0, rng) for _ in range(10_000))
    assert sum(early(wrong, 0, rng) for _ in range(10_000)) > 3_000


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 1000), st.integers(0, 99))
def test_an_expired_entry_is_always_reloaded_and_beta_zero_never_early(past, seed):
    entry = Entry("v", delta=2, expiry=100)
    assert early(entry, 100 + past, Random(seed)) and chance(entry, 100 + past) == 1
    assert early(entry, 100 - past, Random(seed), beta=0) == (past == 0) == (chance(entry, 100 - past, beta=0) == 1)


def test_an_early_reload_answers_at_once_and_is_measured():
    loader, rng = Loader(lifetime=300), Random(1)
    loader.entries["k"] = Entry("old", delta=1e9, expiry=10)
    assert loader.read("k", "A", 5, rng) == ("refresh", 1)
    assert loader.read("k", "B", 6, rng) == ("hit", None)
    assert loader.finish(1, 7.5, "new") == []
    assert loader.entries["k"] == Entry("new", delta=2.5, expiry=307.5)


def test_a_failure_is_shared_and_not_stored():
    loader, rng = Loader(), Random(1)
    assert [loader.read("k", who, 0, rng)[0] for who in "AB"] == ["load", "wait"]
    assert (loader.finish(1, 1, failed=True), loader.entries) == (["A", "B"], {})
    assert loader.read("k", "C", 1, rng) == ("load", 2)


def test_a_load_that_is_over_is_unknown():
    with pytest.raises(KeyError):
        Loader().finish(1, 0)
