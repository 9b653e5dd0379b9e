"""What a reader would claim of S3-FIFO at the board, tried on any sequence of reads."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.s3_fifo import MOST, S3FIFO

READS = st.lists(st.integers(0, 12), max_size=80)
SIZES = {
    "capacity": st.integers(2, 8),
    "small": st.sampled_from([0.1, 0.25, 0.5]),
    "ghost": st.sampled_from([0.3, 0.9]),
}


def read(cache, key):
    """A miss is loaded and put: the key that left, or None."""
    return cache.put(key, key) if cache.get(key) is None else None


class Lists:
    """The same promise, spelled out with three lists of [key, hits]."""

    def __init__(self, capacity, small, ghost):
        self.capacity, self.small, self.main, self.ghost = capacity, [], [], []
        self.rooms = max(1, int(capacity * small)), max(1, int(capacity * ghost))

    def read(self, key):
        for pair in self.small + self.main:
            if pair[0] == key:
                pair[1] = min(3, pair[1] + 1)
                return None
        ghost, left = key in self.ghost, None
        self.ghost = [k for k in self.ghost if k != key]
        full = len(self.small) + len(self.main) == self.capacity
        straight = ghost or (not full and len(self.small) == self.rooms[0])
        if full:
            left = self.evict()
        (self.main if straight else self.small).append([key, 0])
        return left

    def evict(self):
        while len(self.small) == self.rooms[0]:
            key, hits = self.small.pop(0)
            if hits < 2:
                self.ghost = [*self.ghost, key][-self.rooms[1] :]
                return key
            self.main.append([key, 0])
        while True:
            key, hits = self.main.pop(0)
            if hits == 0:
                return key
            self.main.append([key, hits - 1])


@settings(deadline=None, max_examples=100)
@given(READS, st.fixed_dictionaries(SIZES))
def test_decides_as_three_lists_do(reads, sizes):
    cache, model = S3FIFO(**sizes), Lists(**sizes)
    for key in reads:
        assert read(cache, key) == model.read(key)
        assert [list(cache.small), list(cache.main)] == [[k for k, _ in model.small], [k for k, _ in model.main]]
        assert list(cache.ghost) == model.ghost


def whole(cache):
    queued = [*cache.small, *cache.main]
    return (
        sorted(queued) == sorted(cache.entries)
        and not set(cache.ghost) & set(cache.entries)
        and len(queued) <= cache.capacity
        and len(cache.small) <= cache.small_room
        and len(cache.ghost) <= cache.ghost_room
        and all(0 <= entry.hits <= MOST for entry in cache.entries.values())
    )


@settings(deadline=None, max_examples=60)
@given(READS, st.fixed_dictionaries(SIZES))
def test_queues_are_whole(reads, sizes):
    cache = S3FIFO(**sizes)
    for key in reads:
        read(cache, key)
        assert whole(cache)


def test_keeping_the_ghost_of_an_entry_is_noticed():
    class Clinging(type(S3FIFO(2).ghost)):
        def pop(self, *_):
            pass

    cache = S3FIFO(4)
    cache.ghost = Clinging()
    for key in "abcdea":
        read(cache, key)
    assert not whole(cache)


def survives_a_scan(cache, before, length):
    """Whether main is the same after `length` new keys, once the small queue has been emptied of proven ones."""
    for key in before:
        read(cache, key)
    for n in range(2 * cache.capacity):
        read(cache, ("settle", n))
    main = list(cache.main)
    for n in range(length):
        read(cache, ("scan", n))
    return list(cache.main) == main


@settings(deadline=None, max_examples=60)
@given(READS, st.fixed_dictionaries(SIZES), st.integers(0, 60))
def test_a_scan_leaves_main_alone(reads, sizes, length):
    assert survives_a_scan(S3FIFO(**sizes), reads, length)


def test_promoting_everything_is_noticed():
    assert not survives_a_scan(S3FIFO(4, needed=0), [1, 2, 3, 4], 9)


def test_a_ghost_holds_no_value():
    cache = S3FIFO(2)
    for key in "abc":
        cache.put(key, key)
    assert "a" in cache.ghost and cache.get("a", "nothing") == "nothing"


def test_an_update_is_a_hit_and_evicts_nobody():
    cache = S3FIFO(2)
    cache.put("a", 1), cache.put("b", 2)
    assert cache.put("a", 9) is None
    assert (cache.get("a"), cache.entries["a"].hits) == (9, 2)


def test_one_entry_is_not_enough():
    with pytest.raises(ValueError, match="capacity 1: both queues need room for at least one entry"):
        S3FIFO(1)


def test_without_a_main_queue_it_is_refused():
    with pytest.raises(ValueError, match="small 1.0: a share that leaves room for the main queue"):
        S3FIFO(4, small=1.0)
