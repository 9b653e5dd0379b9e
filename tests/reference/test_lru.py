"""What a reader would claim of LRU at the board, tried on any sequence of operations."""

from collections import OrderedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.lru import LRU

KEYS = st.integers(0, 6)
OPERATIONS = st.lists(
    st.one_of(st.tuples(st.just("get"), KEYS), st.tuples(st.just("put"), KEYS, st.integers())), max_size=60
)


class Model:
    """The same promise, kept by the standard library."""

    def __init__(self, capacity):
        self.capacity, self.entries = capacity, OrderedDict()

    def get(self, key):
        if key in self.entries:
            self.entries.move_to_end(key)
        return self.entries.get(key)

    def put(self, key, value):
        known = key in self.entries
        self.entries[key] = value
        self.entries.move_to_end(key)
        if not known and len(self.entries) > self.capacity:
            return self.entries.popitem(last=False)[0]
        return None


@given(st.integers(1, 4), OPERATIONS)
def test_equals_an_ordered_dictionary(capacity, operations):
    cache, model = LRU(capacity), Model(capacity)
    for name, *arguments in operations:
        assert getattr(cache, name)(*arguments) == getattr(model, name)(*arguments)
        assert cache.keys() == list(reversed(model.entries))


def agree(cache):
    return set(cache.keys()) == set(cache.nodes) and len(cache) == len(cache.keys()) <= cache.capacity


@given(st.integers(1, 4), OPERATIONS)
def test_map_and_list_agree(capacity, operations):
    cache = LRU(capacity)
    for name, *arguments in operations:
        getattr(cache, name)(*arguments)
        assert agree(cache)


def test_forgetting_the_map_is_noticed():
    class Forgetful(dict):
        def __delitem__(self, key):
            pass

    cache = LRU(1)
    cache.nodes = Forgetful()
    cache.put("a", 1)
    cache.put("b", 2)
    assert not agree(cache)


def test_no_room_is_refused():
    with pytest.raises(ValueError, match="capacity 0: room for at least one entry is needed"):
        LRU(0)


def test_an_absent_key_gives_the_default():
    assert LRU(1).get("a", "nothing") == "nothing"
