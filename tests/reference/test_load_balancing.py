"""What a reader would claim of load balancing at the board, for any loads and any order of requests and answers."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.load_balancing import Balancer, least_requests, round_robin, two_choices

QUICK = settings(deadline=None, max_examples=60)
LOADS = st.lists(st.integers(0, 9), min_size=1, max_size=6).map(
    lambda counts: {chr(65 + n): load for n, load in enumerate(counts)}
)


def one_random(loads, turn, rng):
    return rng.choice(list(loads))


@QUICK
@given(st.integers(1, 6), st.integers(0, 40))
def test_turns_are_even(instances, requests):
    balancer = Balancer("ABCDEF"[:instances], round_robin)
    for _ in range(requests):
        balancer.send(0, Random(0))
    assert max(balancer.in_flight.values()) - min(balancer.in_flight.values()) <= 1


@QUICK
@given(LOADS, st.integers(0, 99))
def test_the_least_loaded_is_one_of_the_lowest(loads, seed):
    assert loads[least_requests(loads, 0, Random(seed))] == min(loads.values())


def spares_the_fullest(rule, loads, seed):
    fullest = [name for name, load in loads.items() if load == max(loads.values())]
    return len(fullest) > 1 or len(loads) == 1 or rule(loads, 0, Random(seed)) != fullest[0]


@QUICK
@given(LOADS, st.integers(0, 99))
def test_the_fullest_of_all_is_never_chosen(loads, seed):
    assert spares_the_fullest(two_choices, loads, seed)


def test_one_random_choice_is_noticed():
    assert not all(spares_the_fullest(one_random, {"A": 9, "B": 0}, seed) for seed in range(20))


def fullest(rule, n=1000):
    """The highest load after n requests to n instances, none of which is answered."""
    loads, rng = {str(k): 0 for k in range(n)}, Random(3)
    for turn in range(n):
        loads[rule(loads, turn, rng)] += 1
    return max(loads.values())


def test_the_second_choice_makes_the_difference():
    assert fullest(two_choices) <= 4 and fullest(one_random) >= 5


STEPS = st.lists(
    st.tuples(st.sampled_from(["send", "send", "done", "failed", "drain"]), st.integers(0, 5)), max_size=40
)


@QUICK
@given(STEPS, st.sampled_from([round_robin, least_requests, two_choices]), st.sampled_from([0, 3]))
def test_in_flight_is_sent_and_not_done(steps, rule, refresh):
    balancer, open_requests, draining, rng = Balancer("ABC", rule, refresh=refresh), [], [], Random(1)
    for now, (did, n) in enumerate(steps):
        if did == "send" and len(draining) < 3:
            name = balancer.send(now, rng)
            assert name not in draining
            open_requests.append(name)
        elif did in ("done", "failed") and open_requests:
            balancer.done(open_requests.pop(n % len(open_requests)), now, failed=did == "failed")
        elif did == "drain" and "ABC"[n % 3] not in draining:
            draining.append("ABC"[n % 3])
            balancer.drain(draining[-1])
        wanted = {name: open_requests.count(name) for name in "ABC"}
        assert balancer.in_flight == {name: count for name, count in wanted.items() if count or name not in draining}


def test_a_draining_instance_finishes_and_leaves():
    balancer = Balancer("AB", round_robin)
    assert balancer.send(0, Random(0)) == "A"
    balancer.drain("A")
    assert [balancer.send(0, Random(0)) for _ in range(2)] == ["B", "B"] and "A" in balancer.in_flight
    balancer.done("A", 1)
    assert "A" not in balancer.in_flight


def targets(rule):
    """Where 30 requests go between two reports of load: of ten instances one is idle, the others have one request."""
    balancer, rng = Balancer("ABCDEFGHIJ", rule, refresh=5), Random(2)
    balancer.in_flight |= dict.fromkeys("BCDEFGHIJ", 1)
    return {balancer.send(now / 10, rng) for now in range(30)}


def test_old_numbers_make_a_herd():
    assert targets(least_requests) == {"A"}
    assert len(targets(two_choices)) > 5


def share_of_broken(hold):
    """The share of requests that a broken one of three instances gets, while the others take 4 s for each."""
    balancer, rng, busy, got = Balancer("ABC", least_requests, hold), Random(4), [], 0
    for now in range(200):
        while busy and busy[0][0] <= now:
            balancer.done(busy.pop(0)[1], now)
        name = balancer.send(now, rng)
        got += name == "C"
        if name == "C":
            balancer.done(name, now, failed=True)
        else:
            busy.append((now + 4, name))
    return got / 200


def test_a_failure_counts_as_load_for_a_while():
    assert share_of_broken(hold=0) > 0.45 and share_of_broken(hold=10) < 0.3
    balancer = Balancer("A", hold=10)
    balancer.send(0, Random(0))
    balancer.done("A", 1, failed=True)
    assert [balancer.loads(now)["A"] for now in (1, 10.9, 11)] == [1, 1, 0]


def test_a_single_instance_gets_everything():
    assert two_choices({"A": 9}, 0, Random(0)) == "A"


def test_where_no_instance_takes_requests_it_says_so():
    balancer = Balancer("A")
    balancer.drain("A")
    with pytest.raises(LookupError, match="no instance takes requests"):
        balancer.send(0, Random(0))
