"""What a reader would claim of a token bucket at the board. Fractions keep the arithmetic exact."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.token_bucket import GCRA, TokenBucket

RATES = st.sampled_from([Fraction(1, 3), Fraction(2), Fraction(10)])
BURSTS = st.integers(1, 6).map(Fraction)
SHARES = st.sampled_from([Fraction(1, 4), Fraction(1, 2), Fraction(1)])  # of the burst
REQUESTS = st.lists(
    st.tuples(st.integers(0, 16).map(lambda n: Fraction(n, 8)), SHARES), max_size=40
)  # after seconds, cost


def admitted(limiter, requests):
    """[(time, tokens)] of what passed; exactly one verdict for each request."""
    now, passed = Fraction(0), []
    for gap, share in requests:
        now += gap
        if limiter.admit(now, share * limiter.burst):
            passed.append((now, share * limiter.burst))
    return passed


def within_bounds(limiter, passed):
    return all(
        sum(cost for _, cost in passed[first : last + 1])
        <= limiter.burst + limiter.rate * (passed[last][0] - passed[first][0])
        for first in range(len(passed))
        for last in range(first, len(passed))
    )


@settings(deadline=None, max_examples=60)
@given(RATES, BURSTS, REQUESTS)
def test_no_interval_passes_more_than_burst_and_rate(rate, burst, requests):
    bucket = TokenBucket(rate, burst)
    assert within_bounds(bucket, admitted(bucket, requests))
    assert 0 <= bucket.tokens <= bucket.burst


def test_a_bucket_without_a_cap_is_noticed():
    class Bottomless(TokenBucket):
        def _refill(self, now):
            self.tokens, self.last = self.tokens + self.rate * (now - self.last), now

    bucket = Bottomless(Fraction(1), Fraction(2))
    requests = [(Fraction(60), Fraction(1))] + [(Fraction(0), Fraction(1))] * 3
    assert not within_bounds(bucket, admitted(bucket, requests))


@settings(deadline=None, max_examples=60)
@given(RATES, BURSTS, REQUESTS)
def test_gcra_decides_the_same(rate, burst, requests):
    assert admitted(TokenBucket(rate, burst), requests) == admitted(GCRA(rate, burst), requests)


def test_a_gcra_that_saves_up_is_noticed():
    class Saving(GCRA):
        def admit(self, now, cost=1):
            moved = self.full_at + cost / self.rate  # without max(..., now): idle time counts without limit
            if moved - now > self.burst / self.rate:
                return False
            self.full_at = moved
            return True

    requests = [(Fraction(60), Fraction(1))] + [(Fraction(0), Fraction(1))] * 3
    one = Fraction(1)
    assert admitted(TokenBucket(one, 2 * one), requests) != admitted(Saving(one, 2 * one), requests)


@settings(deadline=None, max_examples=60)
@given(RATES, BURSTS, REQUESTS, SHARES)
def test_retry_after_is_exact(rate, burst, requests, share):
    bucket, cost = TokenBucket(rate, burst), share * burst
    admitted(bucket, requests)
    now = bucket.last
    wait = bucket.retry_after(now, cost)
    if wait:
        tokens = bucket.tokens
        assert not bucket.admit(now, cost) and bucket.tokens == tokens
        assert not bucket.admit(now + wait * Fraction(999, 1000), cost)
    assert bucket.admit(now + wait, cost)


def test_a_clock_that_steps_back_gives_and_takes_nothing():
    bucket = TokenBucket(rate=2, burst=2)
    assert [bucket.admit(now) for now in (10, 9, 9, 10, 10.5)] == [True, True, False, False, True]
    limiter = GCRA(rate=2, burst=2)
    assert [limiter.admit(now) for now in (10, 9, 9, 10, 10.5)] == [True, False, False, True, True]


@pytest.mark.parametrize("kind", [TokenBucket, GCRA])
def test_what_could_never_work_is_refused(kind):
    with pytest.raises(ValueError, match="rate 0, burst 5: the rate has to be above 0 and the burst at least 1"):
        kind(0, 5)
    with pytest.raises(ValueError, match="rate 1, burst 0.5"):
        kind(1, 0.5)
    with pytest.raises(ValueError, match="cost 6: has to be above 0 and at most the burst, 5, or it could never pass"):
        kind(1, 5).admit(0, 6)
    with pytest.raises(ValueError, match="cost 0"):
        kind(1, 5).admit(0, 0)


def test_retry_after_refuses_what_could_never_pass():
    with pytest.raises(ValueError, match="cost 6"):
        TokenBucket(1, 5).retry_after(0, 6)


def test_what_is_left_out_means_one_token_from_time_zero():
    bucket = TokenBucket(rate=1, burst=1)
    assert bucket.last == 0
    bucket.admit(0)
    assert bucket.retry_after(0) == bucket.retry_after(0, 1) == 1
    gcra = GCRA(rate=1, burst=1)
    assert gcra.admit(0) and not gcra.admit(0.5)


def test_rates_and_costs_below_zero_are_refused():
    with pytest.raises(ValueError, match="rate -1"):
        TokenBucket(rate=-1, burst=1)
    with pytest.raises(ValueError, match="cost -1"):
        TokenBucket(rate=1, burst=1).admit(0, -1)
