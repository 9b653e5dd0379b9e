"""What a reader would claim of a circuit breaker at the board, tried on any course of calls."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.circuit_breaker import CLOSED, HALF_OPEN, OPEN, OUTCOMES, CircuitBreaker, Settings

SMALL = Settings(window=5, minimum=3, slow_after=0.3, wait=4, probes=2)
# (seconds until the next event, is it a start?, outcome, seconds taken): an answer belongs to any call still out
STEPS = st.lists(
    st.tuples(st.sampled_from([0, 1, 3]), st.booleans(), st.sampled_from(OUTCOMES), st.sampled_from([0.1, 0.9])),
    max_size=50,
)


def run(breaker, steps):
    """Plays the steps; yields after each (now, what happened, state before)."""
    now, out = 0, []
    for gap, starts, outcome, seconds in steps:
        now, before = now + gap, breaker.state
        if starts or not out:
            permit = breaker.allow(now)
            out += [permit] if permit is not None else []
            yield now, "refused" if permit is None else "admitted", before
        else:
            breaker.record(out.pop(0), outcome, seconds, now)
            yield now, outcome, before


@settings(deadline=None)
@given(STEPS)
def test_nothing_passes_during_the_wait(steps):
    breaker, opened = CircuitBreaker(SMALL), None
    for now, what, before in run(breaker, steps):
        if what == "admitted" and before == OPEN:
            assert now >= opened + SMALL.wait
        if breaker.state == OPEN and before != OPEN:
            opened = now


def opens_too_early(breaker, steps):
    counted = 0
    for _, what, before in run(breaker, steps):
        counted += before == CLOSED and what in ("ok", "failed")
        if breaker.state == OPEN and before == CLOSED and counted < breaker.settings.minimum:
            return True
        counted = counted if breaker.state == CLOSED else 0
    return False


@settings(deadline=None)
@given(STEPS)
def test_never_opens_below_the_minimum(steps):
    assert not opens_too_early(CircuitBreaker(SMALL), steps)


def test_forgetting_the_minimum_is_noticed():
    class Nervous(CircuitBreaker):
        def _tripped(self):
            return self.rates()[0] >= self.settings.failure_rate

    assert opens_too_early(Nervous(SMALL), [(0, True, "ok", 0.1), (0, False, "failed", 0.1)])


@settings(deadline=None)
@given(STEPS)
def test_half_open_is_a_trickle(steps):
    breaker = CircuitBreaker(SMALL)
    for _ in run(breaker, steps):
        assert breaker.state != HALF_OPEN or breaker.passed <= breaker.trials <= SMALL.probes


def half_open(probes=2):
    breaker = CircuitBreaker(Settings(window=2, minimum=1, wait=4, probes=probes))
    breaker.record(breaker.allow(0), "failed", 0.1, 0)
    assert breaker.state == OPEN
    return breaker


def admitted_at_once(breaker, now, calls=10):
    return sum(breaker.allow(now) is not None for _ in range(calls))


def test_half_open_admits_exactly_the_probes():
    assert admitted_at_once(half_open(3), 4) == 3


def test_a_crowd_at_half_open_is_noticed():
    class Crowded(CircuitBreaker):
        def allow(self, now):
            self.trials = 0
            return super().allow(now)

    breaker = Crowded(Settings(window=2, minimum=1, wait=4, probes=3))
    breaker.record(breaker.allow(0), "failed", 0.1, 0)
    assert admitted_at_once(breaker, 4) != 3


def test_a_late_answer_changes_nothing():
    breaker = CircuitBreaker(Settings(window=2, minimum=1, wait=4, probes=1))
    late, first = breaker.allow(0), breaker.allow(0)
    breaker.record(first, "failed", 0.1, 0)
    breaker.record(late, "failed", 0.1, 3)  # would prolong the wait
    assert breaker.allow(4) is not None
    breaker.record(late, "ok", 0.1, 5)  # would close it
    assert breaker.state == HALF_OPEN


@pytest.mark.parametrize("outcome, seconds", [("failed", 0.1), ("ok", 0.9)])
def test_one_bad_probe_opens_for_a_whole_wait(outcome, seconds):
    breaker = half_open()
    breaker.record(breaker.allow(4), outcome, seconds, 5)
    assert breaker.state == OPEN and breaker.allow(8.9) is None and breaker.allow(9) is not None


def test_all_probes_close_it_with_an_empty_window():
    breaker = half_open()
    for _ in range(2):
        assert breaker.state != CLOSED
        breaker.record(breaker.allow(4), "ok", 0.1, 4)
    assert breaker.state == CLOSED and breaker.rates() == (0, 0) and not breaker.window


def test_an_ignored_probe_lets_another_try():
    breaker = half_open(1)
    breaker.record(breaker.allow(4), "ignored", 9, 4)
    assert breaker.state == HALF_OPEN and breaker.allow(4) is not None


def test_rates_open_when_reached_and_slow_means_beyond():
    def opened(outcomes):
        breaker = CircuitBreaker(Settings(window=4, minimum=4, slow_after=0.3))
        for outcome, seconds in outcomes:
            breaker.record(breaker.allow(0), outcome, seconds, 0)
        return breaker.state == OPEN

    assert opened([("ok", 0.1)] * 2 + [("failed", 0.1)] * 2)
    assert not opened([("ok", 0.1)] * 3 + [("failed", 0.1)])
    assert opened([("ok", 0.1)] * 2 + [("ok", 0.31)] * 2)
    assert not opened([("ok", 0.3)] * 4)


def test_contradictions_are_refused():
    with pytest.raises(ValueError, match="minimum 20: has to be at least 1, and a window of 10 has to hold it"):
        Settings(window=10, minimum=20)
    with pytest.raises(ValueError, match="probes 0: without a trial call it could never close"):
        Settings(probes=0)
    with pytest.raises(ValueError, match="outcome 'slow': use one of ok, failed, ignored"):
        CircuitBreaker(SMALL).record(1, "slow", 1, 1)


def course(breaker, outcomes, now=0.0, seconds=0.1):
    """Calls one after the other at the same moment, each allowed and answered."""
    for outcome in outcomes:
        breaker.record(breaker.allow(now), outcome, seconds, now)
    return breaker


def test_the_settings_are_those_of_the_page():
    assert Settings() == Settings(
        window=20, minimum=20, failure_rate=0.5, slow_rate=0.5, slow_after=0.3, wait=5.0, probes=5
    )
    with pytest.raises(ValueError, match="minimum 0: has to be at least 1"):
        Settings(minimum=0)


def test_an_idle_breaker_reports_no_rates_and_a_new_one_is_closed():
    breaker = CircuitBreaker(SMALL)
    assert (breaker.state, breaker.rates()) == (CLOSED, (0, 0))


def test_rates_are_shares_of_the_window():
    breaker = course(CircuitBreaker(Settings(window=4, minimum=4)), ["failed", "ok", "ok"])
    assert breaker.rates() == (1 / 3, 0)
    breaker = course(CircuitBreaker(Settings(window=4, minimum=4, slow_rate=0.9)), ["ok", "ok"])
    breaker.record(breaker.allow(0), "ok", 0.9, 0)
    assert breaker.rates() == (0, 1 / 3)


def test_more_than_the_rate_opens_as_well_and_beyond_the_minimum():
    slow = Settings(window=5, minimum=3, slow_rate=0.4)
    breaker = course(CircuitBreaker(slow), ["ok"])
    for _ in range(2):
        breaker.record(breaker.allow(0), "ok", 0.9, 0)
    assert breaker.state == OPEN  # two of three is more than two of five
    breaker = course(CircuitBreaker(Settings(window=5, minimum=3, failure_rate=0.5)), ["ok", "ok", "ok", "failed"])
    assert breaker.state == CLOSED
    assert course(breaker, ["failed"]).state == CLOSED  # two of five
    assert course(breaker, ["failed"]).state == OPEN  # three of five, two calls after the minimum


def test_the_first_call_long_after_the_wait_is_a_trial():
    breaker = course(CircuitBreaker(SMALL), ["failed"] * 3)
    assert breaker.allow(1000.5) is not None and breaker.state == HALF_OPEN


def test_an_ignored_trial_makes_room_for_exactly_one_more():
    breaker = course(CircuitBreaker(SMALL), ["failed"] * 3)
    first, second = breaker.allow(9), breaker.allow(9)
    assert second is not None and breaker.allow(9) is None
    breaker.record(first, "ignored", 0.1, 9)
    assert breaker.allow(9) is not None and breaker.allow(9) is None


def test_every_state_has_a_permit_of_its_own():
    breaker = CircuitBreaker(SMALL)
    early = breaker.allow(0)
    late = course(breaker, ["failed"] * 3) and breaker.allow(4)
    assert late > early
    breaker.record(early, "failed", 0.1, 4)  # from before it opened
    assert breaker.state == HALF_OPEN
