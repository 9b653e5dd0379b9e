"""What a reader would claim of LFU at the board, tried on any sequence of operations."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.lfu import LFU, Heap

KEYS = st.integers(0, 6)
OPERATIONS = st.lists(
    st.one_of(st.tuples(st.just("get"), KEYS), st.tuples(st.just("put"), KEYS, st.integers())), max_size=60
)


class Model:
    """The same promise, kept by looking at all entries."""

    def __init__(self, capacity):
        self.capacity, self.entries, self.now = capacity, {}, 0

    def get(self, key):
        if key not in self.entries:
            return None
        return self._store(key, self.entries[key][2])

    def put(self, key, value):
        victim = None
        if key not in self.entries and len(self.entries) == self.capacity:
            victim = min(self.entries, key=lambda k: self.entries[k][:2])
            del self.entries[victim]
        self._store(key, value)
        return victim

    def _store(self, key, value):
        self.now += 1
        self.entries[key] = (self.entries.get(key, (0,))[0] + 1, self.now, value)
        return value


def same_answers(one, other, operations):
    return all(getattr(one, name)(*rest) == getattr(other, name)(*rest) for name, *rest in operations)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 4), OPERATIONS)
def test_evicts_the_least_counted_and_then_the_least_recent(capacity, operations):
    assert same_answers(LFU(capacity), Model(capacity), operations)


class HeapCache:
    """A cache that asks the heap whom to evict."""

    def __init__(self, capacity, heap):
        self.capacity, self.values, self.heap = capacity, {}, heap

    def get(self, key):
        if key in self.values:
            self.heap.touch(key)
        return self.values.get(key)

    def put(self, key, value):
        victim = self.heap.evict() if key not in self.values and len(self.values) == self.capacity else None
        self.values.pop(victim, None)
        self.heap.touch(key)
        self.values[key] = value
        return victim


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 4), OPERATIONS)
def test_heap_and_buckets_agree(capacity, operations):
    assert same_answers(HeapCache(capacity, Heap()), LFU(capacity), operations)


def whole(cache):
    listed = [key for keys in cache.bucket.values() for key in keys]
    return (
        all(cache.bucket.values())
        and sorted(listed) == sorted(cache.values) == sorted(cache.count)
        and len(listed) <= cache.capacity
        and cache.least == min(cache.bucket, default=0)
        and all(cache.count[key] == n for n, keys in cache.bucket.items() for key in keys)
    )


@settings(deadline=None, max_examples=60)
@given(
    st.integers(1, 4),
    st.lists(st.one_of(st.just(("halve",)), st.tuples(st.just("get"), KEYS), st.tuples(st.just("put"), KEYS, KEYS))),
)
def test_buckets_are_whole(capacity, operations):
    cache = LFU(capacity)
    for name, *rest in operations:
        getattr(cache, name)(*rest)
        assert whole(cache)


def test_a_heap_without_the_last_access_is_noticed():
    class Timeless(Heap):
        accesses = property(lambda self: 0, lambda self, value: None)

    operations = [("put", 2, 0), ("put", 1, 0), ("put", 3, 0)]
    assert same_answers(HeapCache(2, Heap()), LFU(2), operations)
    assert not same_answers(HeapCache(2, Timeless()), LFU(2), operations)


def test_leaving_an_empty_bucket_is_noticed():
    class Forgetful(LFU):
        def _remove(self, key):
            del self.bucket[self.count[key]][key]

    cache = Forgetful(1)
    cache.put("a", 1)
    cache.get("a")
    assert not whole(cache)


def test_halving_keeps_one_and_merges_buckets_by_their_former_count():
    cache = LFU(3)
    for key, reads in (("c", 3), ("b", 2), ("a", 1)):
        cache.put(key, key)
        for _ in range(reads - 1):
            cache.get(key)
    cache.halve()
    assert cache.counts() == {1: ["a", "b", "c"]}


def test_halving_halves():
    cache = LFU(3)
    for key, accesses in (("a", 9), ("b", 5), ("c", 1)):
        for _ in range(accesses):
            cache.put(key, key)
    cache.halve()
    assert cache.counts() == {1: ["c"], 2: ["b"], 4: ["a"]}


def test_a_heap_does_not_grow_with_its_hits():
    heap, sizes = Heap(), []
    for n in range(45):
        heap.touch("abcde"[n % 5])
        sizes.append(len(heap.heap))
    assert (max(sizes), sizes.count(5)) == (20, 3)  # of five keys: full at four entries each, then one each again


def test_a_heap_knows_counts_and_last_accesses():
    heap = Heap()
    for key in "aba":
        heap.touch(key)
    assert heap.rank == {"a": (2, 3), "b": (1, 2)}
    assert [heap.evict(), heap.evict()] == ["b", "a"]
    with pytest.raises(IndexError):
        heap.evict()


def test_a_heap_skips_what_is_out_of_date():
    heap = Heap()
    for key in "aab":
        heap.touch(key)
    assert [heap.evict(), heap.evict()] == ["b", "a"]


def test_halving_an_empty_cache_changes_nothing():
    cache = LFU(1)
    cache.halve()
    assert (cache.least, cache.counts()) == (0, {})


def test_no_room_is_refused():
    with pytest.raises(ValueError, match="capacity 0: room for at least one entry is needed"):
        LFU(0)


def test_an_absent_key_gives_the_default():
    assert LFU(1).get("a", "nothing") == "nothing"
