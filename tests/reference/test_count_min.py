"""What a reader would claim of a count-min sketch at the board: never too low, rarely too high by over its bound."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.count_min import CountMin, Top, size

FAST = settings(max_examples=60, deadline=None)
EVENTS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 9)), max_size=30)
TABLE = st.tuples(st.integers(1, 6), st.integers(1, 4), st.booleans())


def counted(events, sketch):
    for key, n in events:
        sketch.add(key, n)
    return sketch


def truth(events):
    found = Counter()
    for key, n in events:
        found[key] += n
    return found


def never_too_low(sketch, events):
    counted(events, sketch)
    return all(sketch.estimate(key) >= n for key, n in truth(events).items())


@FAST
@given(EVENTS, TABLE)
def test_never_below_the_truth(events, table):
    sketch = CountMin(*table)
    assert never_too_low(sketch, events)
    assert sketch.total == sum(n for _, n in events)


def test_counters_that_overflow_are_noticed():
    class Small(CountMin):
        def add(self, key, n=1):
            super().add(key, n)
            self.rows = [[count % 256 for count in row] for row in self.rows]

    assert never_too_low(CountMin(), [("a", 200), ("a", 100)])
    assert not never_too_low(Small(), [("a", 200), ("a", 100)])


def stream(rng, events=20_000):
    """Sixty frequent keys and thousands of rare ones, in mixed order."""
    return [
        f"often-{rng.randrange(60)}" if rng.random() < 0.9 else f"rare-{rng.randrange(5000)}" for _ in range(events)
    ]


def share_beyond(sketch, epsilon):
    """Of all keys of a stream, those estimated too high by more than epsilon of all events."""
    events = stream(random.Random(7))
    exact = Counter(events)
    for key, n in exact.items():  # the order of a plain sketch's updates does not matter
        sketch.add(key, n)
    return sum(sketch.estimate(key) - n > epsilon * len(events) for key, n in exact.items()) / len(exact)


EPSILON, DELTA = 0.01, 0.02


@pytest.mark.parametrize("conservative", [False, True])
def test_the_error_stays_within_its_bound(conservative):
    assert share_beyond(CountMin(*size(EPSILON, DELTA), conservative), EPSILON) <= DELTA


def test_one_row_is_noticed():
    assert share_beyond(CountMin(size(EPSILON, DELTA)[0], 1), EPSILON) > DELTA


@FAST
@given(EVENTS, EVENTS)
def test_merge_is_the_sketch_of_both_streams(left, right):
    a, b = counted(left, CountMin(5, 3)), counted(right, CountMin(5, 3))
    a.merge(b)
    both = counted(left + right, CountMin(5, 3))
    assert (a.rows, a.total) == (both.rows, both.total)


@pytest.mark.parametrize("other", [CountMin(6, 3), CountMin(5, 4), CountMin(5, 3, conservative=True)])
def test_unlike_sketches_do_not_merge(other):
    with pytest.raises(ValueError, match="only plain sketches of equal width and depth add up"):
        CountMin(5, 3).merge(other)
    with pytest.raises(ValueError, match="only plain"):
        other.merge(CountMin(5, 3))


@FAST
@given(EVENTS)
def test_conservative_updates_are_never_worse(events):
    plain, careful = counted(events, CountMin(3, 2)), counted(events, CountMin(3, 2, conservative=True))
    assert all(careful.estimate(key) <= plain.estimate(key) for key in "abcdefgh")


@FAST
@given(EVENTS, st.integers(1, 5))
def test_the_top_list_is_right_where_the_counts_are(events, room):
    events = [(key, n + 1) for key, n in events]
    top = Top(CountMin(1000, 5), room)  # so wide that these eight keys share nothing
    for key, n in events:
        top.add(key, n)
    assert [n for _, n in top.list()] == [n for _, n in truth(events).most_common(room)]
    assert all(truth(events)[key] == n for key, n in top.list())


def test_frequent_keys_are_found_among_many_rare_ones():
    rng = random.Random(3)
    events = ["cats"] * 900 + ["dogs"] * 600 + [f"rare-{n}" for n in range(3000)]
    rng.shuffle(events)
    top = Top(CountMin(*size(0.01, 0.01)), 10)
    for key in events:
        top.add(key)
    assert [key for key, _ in top.list()][:2] == ["cats", "dogs"]


def test_size_is_that_of_the_formulas():
    assert size(0.001, 0.007) == (2719, 5)


@pytest.mark.parametrize(("epsilon", "delta"), [(0, 0.1), (0.1, 1)])
def test_no_such_error(epsilon, delta):
    with pytest.raises(ValueError, match=f"epsilon {epsilon}, delta {delta}: shares between 0 and 1 are needed"):
        size(epsilon, delta)


@pytest.mark.parametrize(("width", "depth"), [(0, 1), (1, 0)])
def test_no_such_table(width, depth):
    with pytest.raises(ValueError, match=f"width {width}, depth {depth}: at least one counter is needed"):
        CountMin(width, depth)


def test_counters_only_grow():
    with pytest.raises(ValueError, match="add -1: counters only grow"):
        CountMin().add("a", -1)
