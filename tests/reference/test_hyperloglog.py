"""What a reader would claim of HyperLogLog at the board: repeats do nothing, merging is exact, the error as stated."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.hyperloglog import HyperLogLog

FAST = settings(max_examples=60, deadline=None)
ITEMS = st.lists(st.text(max_size=4), max_size=60)


def sketch(items, p=4, kind=HyperLogLog):
    one = kind(p)
    for item in items:
        one.add(item)
    return one


@FAST
@given(ITEMS, st.data())
def test_order_and_repetition_do_not_matter(items, data):
    again = data.draw(st.permutations(items + items[:10]))
    assert sketch(items).registers == sketch(again).registers


class Latest(HyperLogLog):
    def add(self, item):
        register, run = self.place(item)
        self.registers[register] = run


def test_keeping_the_latest_run_is_noticed():
    items = [f"item-{n}" for n in range(100)]
    assert sketch(items, kind=Latest).registers != sketch(items[::-1], kind=Latest).registers
    assert sketch(items).registers == sketch(items[::-1]).registers
    assert abs(typical_error(2000, Latest)) > 3


@FAST
@given(ITEMS, ITEMS)
def test_merge_is_the_sketch_of_the_union(left, right):
    a, b = sketch(left), sketch(right)
    a.merge(b)
    assert a.registers == sketch(left + right).registers
    assert b.registers == sketch(right).registers  # the other is left as it was


def typical_error(items, kind=HyperLogLog, p=8, sketches=60):
    """Root of the mean squared error of many sketches of different items, in standard errors."""
    off = [sketch((f"{s}-{n}" for n in range(items)), p, kind).count() / items - 1 for s in range(sketches)]
    return math.sqrt(sum(x * x for x in off) / sketches) / kind(p).standard_error()


@pytest.mark.parametrize("items", [200, 2000])  # 256 registers: linear counting holds below 640
def test_the_error_is_the_stated_one(items):
    assert 0.5 < typical_error(items) < 1.25


def test_nearly_all_estimates_lie_within_three_standard_errors():
    one = HyperLogLog(14)
    for n in range(50_000):
        one.add(f"item-{n}")
        if n + 1 in (100, 1000, 10_000, 50_000):
            assert abs(one.count() / (n + 1) - 1) < 3 * one.standard_error()
    assert one.standard_error() == pytest.approx(0.0081, abs=0.00005)


@pytest.mark.parametrize("p", [4, 5, 6, 7])  # each has its own constant
def test_small_sketches_are_not_biased(p):
    estimates = [sketch((f"{s}-{n}" for n in range(1000)), p).count() for s in range(40)]
    assert sum(estimates) / 40 == pytest.approx(1000, rel=4 * HyperLogLog(p).standard_error() / math.sqrt(40))


def test_an_empty_sketch_counts_nothing():
    assert HyperLogLog().count() == 0


@FAST
@given(st.text(), st.integers(4, 18))
def test_register_and_run_are_in_range(item, p):
    register, run = HyperLogLog(p).place(item)
    assert 0 <= register < 1 << p and 1 <= run <= 64 - p + 1 < 64  # 6 bits hold it


@pytest.mark.parametrize("p", [3, 19])
def test_no_such_sketch(p):
    with pytest.raises(ValueError, match=f"p {p}: 4 to 18 bits pick the register"):
        HyperLogLog(p)


def test_unlike_sketches_do_not_merge():
    with pytest.raises(ValueError, match="p 4 and 5: their registers stand for different items"):
        HyperLogLog(4).merge(HyperLogLog(5))
