"""What a reader would claim of backoff, jitter and the budget at the board."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import backoff
from reference.backoff import PASSING, Budget, Policy, Request, interval, wait

FORMS = st.sampled_from(["none", "full", "equal", "decorrelated"])
SEEDS = st.integers(0, 2**32)
BASE, CAP = 0.1, 2.0


def waits(jitter, seed, count):
    rng, previous, found = Random(seed), BASE, []
    for n in range(count):
        previous = backoff.wait(jitter, n, previous, BASE, CAP, rng)
        found.append(previous)
    return found


def capped(found):
    return all(0 <= w <= CAP for w in found)


@settings(deadline=None)
@given(FORMS, SEEDS, st.integers(1, 40))
def test_no_wait_exceeds_the_cap(jitter, seed, count):
    assert capped(waits(jitter, seed, count))


def test_jitter_on_top_of_the_cap_is_noticed(monkeypatch):
    def on_top(jitter, n, previous, base, cap, rng):
        return interval(n, base, cap) * (1 + rng.uniform(0, 0.1))

    monkeypatch.setattr(backoff, "wait", on_top)
    assert not capped(waits("full", 0, 10))


@settings(deadline=None)
@given(SEEDS, st.integers(0, 8))
def test_each_form_keeps_its_range(seed, n):
    whole, previous = interval(n, BASE, CAP), 0.7
    assert wait("none", n, previous, BASE, CAP, Random(seed)) == whole
    assert 0 <= wait("full", n, previous, BASE, CAP, Random(seed)) <= whole
    assert whole / 2 <= wait("equal", n, previous, BASE, CAP, Random(seed)) <= whole
    assert BASE <= wait("decorrelated", n, previous, BASE, CAP, Random(seed)) <= min(CAP, 3 * previous)


def test_a_thousand_retries_are_no_overflow():
    assert interval(5000, BASE, CAP) == CAP


def test_full_waits_half_as_long_on_average_and_equal_three_quarters():
    rng = Random(1)
    mean = {form: sum(wait(form, 10, BASE, BASE, CAP, rng) for _ in range(4000)) / 4000 for form in ("full", "equal")}
    assert mean["full"] == pytest.approx(CAP / 2, rel=0.05) and mean["equal"] == pytest.approx(CAP * 3 / 4, rel=0.05)


def test_decorrelated_sticks_to_the_cap_in_two_draws_of_three():
    rng = Random(1)
    stuck = sum(wait("decorrelated", 0, CAP, BASE, CAP, rng) == CAP for _ in range(4000)) / 4000
    assert stuck == pytest.approx((3 * CAP - CAP) / (3 * CAP - BASE), abs=0.03)
    assert not any(wait("full", 50, CAP, BASE, CAP, rng) == CAP for _ in range(1000))


def late(seed, deadline, retry_after, request):
    """Whether a wait was ever granted that left no time for a call."""
    now = 0.0
    while True:
        pause, _ = request.after(503, now, retry_after)
        if pause is None:
            return False
        now += pause
        if now + request.policy.typical >= deadline:
            return True


@settings(deadline=None)
@given(SEEDS, st.floats(0, 5), st.sampled_from([0, 0.5, 3]))
def test_a_wait_leaves_time_for_a_call(seed, deadline, retry_after):
    assert not late(seed, deadline, retry_after, Request(Policy(attempts=9), Budget(tokens=9), Random(seed), deadline))


def test_a_loop_that_sleeps_past_the_deadline_is_noticed():
    request = Request(Policy(attempts=9), Budget(tokens=9), Random(1), float("inf"))
    assert late(1, 0.5, 0, request)


def retries(budget, requests, seed):
    """Retries sent when every attempt of so many requests fails."""
    sent = 0
    for number in range(requests):
        request = Request(Policy(), budget, Random(seed + number), deadline=60)
        while request.after(503, 0)[0] is not None:
            sent += 1
    return sent


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 80), st.floats(0, 10), SEEDS)
def test_retries_stay_within_the_budget(requests, tokens, seed):
    assert retries(Budget(tokens=tokens), requests, seed) <= 0.1 * requests + tokens + 1e-6


def test_a_client_without_a_budget_is_noticed():
    class Endless(Budget):
        def take(self):
            return True

    assert retries(Endless(), 100, 1) == 200
    assert retries(Budget(), 100, 1) == 10


def test_a_quiet_day_does_not_pay_for_a_storm():
    budget = Budget()
    for _ in range(10_000):
        budget.first_attempt()
    assert budget.tokens == budget.most


@pytest.mark.parametrize("error", PASSING)
def test_what_can_pass_is_repeated_where_it_is_safe(error):
    assert Request(Policy(), Budget(tokens=1), Random(1), 60).after(error, 0)[1] == "wait"
    unsafe = Request(Policy(), Budget(tokens=1), Random(1), 60, safe=False).after(error, 0)[1]
    assert unsafe == ("wait" if error in ("refused", 408, 425, 429, 503) else "outcome unknown, and no idempotency key")


@pytest.mark.parametrize("error", [400, 401, 403, 404, 422, 500])
def test_final_errors_cost_no_token(error):
    budget = Budget(tokens=2)
    assert Request(Policy(), budget, Random(1), 60).after(error, 0) == (
        None,
        "final: repeating alone changes nothing",
    )
    assert budget.tokens == pytest.approx(2.1)


@pytest.mark.parametrize("attempts", range(1, 7))
def test_attempts_count_the_first_one(attempts):
    request = Request(Policy(attempts=attempts), Budget(tokens=9), Random(1), 60)
    assert [request.after(503, 0)[1] for _ in range(attempts)] == ["wait"] * (attempts - 1) + [
        "that was the last attempt"
    ]


def test_the_server_can_ask_for_more():
    assert Request(Policy(jitter="none"), Budget(tokens=1), Random(1), 60).after(503, 0, retry_after=7)[0] == 7.1


def test_those_told_the_same_wait_do_not_come_at_one_moment():
    waits = {Request(Policy(), Budget(tokens=1), Random(s), 60).after(503, 0, retry_after=7)[0] for s in range(9)}
    assert len(waits) == 9 and all(7 <= pause <= 7.1 for pause in waits)


def test_an_unknown_form_is_refused():
    with pytest.raises(ValueError, match="jitter 'ful': use none, full, equal or decorrelated"):
        wait("ful", 0, BASE, BASE, CAP, Random(1))


def test_the_defaults_are_those_of_the_page():
    assert Policy() == Policy(attempts=3, base=0.1, cap=2.0, jitter="full", typical=0.3)
    assert (Budget().ratio, Budget().most, Budget().tokens) == (0.1, 10.0, 0.0)


@pytest.mark.parametrize("error", ["refused", "timeout", 408, 425, 429, 502, 503, 504])
def test_what_may_pass_is_tried_again(error):
    pause, why = Request(Policy(), Budget(tokens=5), Random(1), deadline=60).after(error, now=0)
    assert why == "wait" and 0 <= pause <= 0.1


@pytest.mark.parametrize("error", [400, 401, 403, 404, 409, 422, 428, 430, 500, 501, 505])
def test_what_will_not_change_is_not_tried_again(error):
    assert Request(Policy(), Budget(tokens=5), Random(1), deadline=60).after(error, now=0)[0] is None


def test_a_wait_that_ends_at_the_deadline_is_too_long():
    policy = Policy(jitter="none", base=0.5, typical=0.25)
    assert (
        Request(policy, Budget(tokens=1), Random(1), deadline=0.75).after(503, now=0)[1]
        == "no time for the wait and a call"
    )
    assert Request(policy, Budget(tokens=1), Random(1), deadline=0.76).after(503, now=0) == (0.5, "wait")


def test_a_retry_takes_exactly_one_token():
    budget = Budget(tokens=2.5)
    assert [budget.take() for _ in range(3)] == [True, True, False] and budget.tokens == pytest.approx(0.5)
