"""What a reader would claim of sliding windows at the board. Times are quarters of seconds, exact as floats."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reference.sliding_window import FixedWindow, SlidingCounter, SlidingLog

LIMITS = st.integers(1, 6)
WINDOW = 8.0
GAPS = st.lists(st.integers(0, 24).map(lambda n: n / 4), max_size=60)  # seconds since the last request


def passed(limiter, gaps):
    now, times = 0.0, []
    for gap in gaps:
        now += gap
        if limiter.admit(now):
            times.append(now)
    return times


def most_in_a_window(times):
    return max((sum(t - WINDOW < u <= t for u in times) for t in times), default=0)


@settings(deadline=None)
@given(LIMITS, GAPS)
def test_the_log_is_exact(limit, gaps):
    limiter, now, times = SlidingLog(limit, WINDOW), 0.0, []
    for gap in gaps:
        now += gap
        room = sum(now - WINDOW < u for u in times) < limit
        assert limiter.admit(now) == room
        times += [now] * room
    assert most_in_a_window(times) <= limit


@settings(deadline=None)
@given(LIMITS, GAPS)
@example(6, [7.75] + [0] * 6 + [1.25] * 6)
def test_the_counter_stays_below_twice_the_limit(limit, gaps):
    times = passed(SlidingCounter(limit, WINDOW), gaps)
    assert most_in_a_window(times) < 2 * limit
    assert all(times.count(t) <= limit for t in times)


def test_the_counter_comes_close_to_twice_after_a_burst():
    limiter = SlidingCounter(6, WINDOW)
    times = passed(limiter, [7.75] + [0] * 5 + [0.25] * 31)
    assert most_in_a_window(times) == 11


def test_a_fixed_window_is_noticed():
    around_the_border = [7.75] + [0] * 5 + [0.25] + [0] * 5
    assert most_in_a_window(passed(FixedWindow(6, WINDOW), around_the_border)) == 12
    assert most_in_a_window(passed(SlidingLog(6, WINDOW), around_the_border)) == 6
    assert most_in_a_window(passed(SlidingCounter(6, WINDOW), around_the_border)) == 6


@settings(deadline=None)
@given(LIMITS, GAPS)
def test_a_fixed_window_holds_within_its_borders(limit, gaps):
    times = passed(FixedWindow(limit, WINDOW), gaps)
    assert all(sum(u // WINDOW == t // WINDOW for u in times) <= limit for t in times)


@pytest.mark.parametrize("kind", [FixedWindow, SlidingLog, SlidingCounter])
def test_after_two_quiet_windows_all_is_forgotten(kind):
    limiter = kind(3, WINDOW)
    assert passed(limiter, [7.75, 0, 0, 0]) == [7.75] * 3
    assert [limiter.admit(24.0) for _ in range(4)] == [True, True, True, False]


@pytest.mark.parametrize("kind", [FixedWindow, SlidingLog, SlidingCounter])
def test_a_clock_that_steps_back_reopens_nothing(kind):
    limiter = kind(1, WINDOW)
    assert limiter.admit(9) and not limiter.admit(1) and not limiter.admit(9)


@pytest.mark.parametrize("kind", [FixedWindow, SlidingLog, SlidingCounter])
def test_what_could_never_work_is_refused(kind):
    with pytest.raises(ValueError, match="limit 0, window 60: at least one request, in more than 0 seconds"):
        kind(0, 60)
    with pytest.raises(ValueError, match="limit 1, window 0"):
        kind(1, 0)
