"""What a reader would claim of a Bloom filter at the board: never a wrong no, and few wrong maybes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.bloom_filter import BloomFilter, expected_error, size

NAMES = st.lists(st.text(max_size=5), max_size=30)
FAST = settings(max_examples=60, deadline=None)


def denied(bloom, names):
    """Keys that were added and get "surely not": has to be empty after any additions."""
    for name in names:
        bloom.add(name)
    return [name for name in names if not bloom.ask(name)]


@FAST
@given(NAMES, st.integers(1, 40), st.binary(max_size=64))
def test_no_added_key_is_denied(names, planned, secret):
    assert denied(BloomFilter(planned, 0.05, secret), names) == []


def test_clearing_bits_is_noticed():
    class Removes(BloomFilter):
        def add(self, key):
            super().add(key)
            if key == "eve":  # somebody adds her and removes her again
                for place in self.positions(key):
                    self.bits[place // 8] &= ~(1 << place % 8)

    assert "ann" in denied(Removes(5, 0.1), ["ann", "eve"])  # they share a bit


def wrong(bloom, keys, asked=10_000):
    """Share of maybes among keys that were never added."""
    for n in range(keys):
        bloom.add(f"key-{n}")
    return sum(bloom.ask(f"other-{n}") for n in range(asked)) / asked


@pytest.mark.parametrize(("error", "secret"), [(0.1, b""), (0.01, b""), (0.01, b"rotated"), (0.001, b"")])
def test_false_positives_stay_within_the_error(error, secret):
    spread = (error / 10_000) ** 0.5  # one standard deviation of the share among 10,000
    assert wrong(BloomFilter(1000, error, secret), 1000) < error + 4 * spread


def test_too_many_keys_break_the_error():
    assert wrong(BloomFilter(1000, 0.01), 2000) == pytest.approx(0.16, abs=0.02)
    assert wrong(BloomFilter(1000, 0.01), 3000) == pytest.approx(0.44, abs=0.03)


def test_half_of_the_bits_are_set_when_full():
    bloom = BloomFilter(1000, 0.01)
    assert bloom.fill() == 0
    wrong(bloom, 1000, asked=1)
    assert bloom.fill() == pytest.approx(0.5, abs=0.03)


@FAST
@given(NAMES, NAMES)
def test_merge_is_the_filter_of_both(left, right):
    a, b, both = (BloomFilter(20, 0.05) for _ in range(3))
    denied(a, left), denied(b, right), denied(both, left + right)
    a.merge(b)
    assert a.bits == both.bits


@pytest.mark.parametrize("other", [BloomFilter(21, 0.05), BloomFilter(20, 0.04), BloomFilter(20, 0.05, b"other")])
def test_unlike_filters_do_not_merge(other):
    with pytest.raises(ValueError, match="unlike size, hashes or secret"):
        BloomFilter(20, 0.05).merge(other)


def test_size_is_that_of_the_formulas():
    bits, hashes = size(1000, 0.01)
    assert (bits / 1000, hashes) == (pytest.approx(9.585, abs=0.001), 7)
    assert expected_error(bits, hashes, 1000) == pytest.approx(0.01, abs=0.0002)
    assert size(10, 0.9)[1] == 1  # never fewer than one position


@pytest.mark.parametrize(("keys", "error"), [(0, 0.01), (10, 0), (10, 1)])
def test_no_such_filter(keys, error):
    with pytest.raises(
        ValueError, match=f"keys {keys}, error {error}: at least one key and an error between 0 and 1 are needed"
    ):
        BloomFilter(keys, error)
