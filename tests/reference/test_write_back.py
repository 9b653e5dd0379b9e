"""What a reader would claim of write-back at the board, tried on any sequence of writes, flushes and crashes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.write_back import Database, Entry, WriteBack

KEYS = st.sampled_from("abc")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), KEYS, st.integers(1, 5)),
        st.tuples(st.sampled_from(["take", "store", "clear", "crash"])),
        st.tuples(st.just("evict"), KEYS),
    ),
    max_size=40,
)


def run(cache, steps, check=lambda cache, log: None):
    """Plays the steps with one batch under way at a time; `log` has the acknowledged value of each version, by key."""
    batch, taken, log = {}, 0, {}
    for now, (name, *rest) in enumerate(steps):
        if name == "add" and cache.add(*rest, now):
            entry = cache.entries[rest[0]]
            log.setdefault(rest[0], {0: 0})[entry.version] = entry.value
        elif name == "take":
            batch, taken = cache.take(), now
        elif name == "store":
            cache.database.store(batch)
        elif name == "clear" and all(
            cache.database.rows.get(key, (0, 0))[1] >= version for key, (_, version) in batch.items()
        ):
            cache.clear(batch, taken)
            batch = {}
        elif name == "evict" and rest[0] in cache.entries and cache.entries[rest[0]].since is None:
            cache.evict(rest[0])
        elif name == "crash":
            batch = {}
            cache.crash()
        check(cache, log)


def only_dirty_is_at_risk(cache, log):
    """Each row is what was acknowledged at its version, and each clean entry is in its row."""
    for key, (value, version) in cache.database.rows.items():
        assert log[key][version] == value
    for key, entry in cache.entries.items():
        assert entry.since is not None or (entry.value, entry.version) == cache.database.rows.get(key, (0, 0))


@settings(deadline=None, max_examples=120)
@given(STEPS)
def test_a_crash_loses_only_dirty_writes(steps):
    cache = WriteBack(Database(), batch=2)
    run(cache, steps, only_dirty_is_at_risk)
    dirty, behind = (
        cache.dirty(),
        {key for key, e in cache.entries.items() if e.version > cache.database.rows.get(key, (0, 0))[1]},
    )
    assert (
        set(cache.crash()) == behind <= set(dirty)
    )  # a stored entry stays dirty until its mark is cleared, and is safe
    assert all(cache.read(key) == cache.database.rows.get(key, (0, 0))[0] for key in "abc")


def test_clearing_without_the_version_is_noticed():
    class Careless(WriteBack):
        def clear(self, batch, taken):
            for key in batch:
                self.entries[key].since = None

    steps = [("add", "a", 1), ("take",), ("add", "a", 1), ("store",), ("clear",)]
    run(WriteBack(Database()), steps, only_dirty_is_at_risk)
    with pytest.raises(AssertionError):
        run(Careless(Database()), steps, only_dirty_is_at_risk)


def stored_twice(database):
    cache = WriteBack(database)
    cache.add("a", 3, 0)
    batch = cache.take()
    database.store(batch)
    once = dict(database.rows)
    database.store(batch)
    return database.rows == once


def test_a_repeated_batch_changes_nothing():
    assert stored_twice(Database())


def test_a_flush_of_differences_is_noticed():
    class Adding(Database):
        def store(self, batch):
            for key, (value, version) in batch.items():
                self.rows[key] = self.rows.get(key, (0, 0))[0] + value, version

    assert not stored_twice(Adding())


def test_a_late_batch_does_not_overwrite_a_newer_one():
    cache = WriteBack(Database())
    cache.add("a", 1, 0)
    late = cache.take()
    cache.add("a", 1, 1)
    cache.flush(2)
    cache.database.store(late)
    cache.clear(late, 0)
    assert cache.database.rows == {"a": (2, 2)} and cache.dirty() == []


@settings(deadline=None, max_examples=60)
@given(STEPS, st.integers(1, 2))
def test_the_bound_on_dirty_entries_holds(steps, most):
    def check(cache, log):
        assert len(cache.dirty()) <= most

    run(WriteBack(Database(), most_dirty=most), steps, check)


def test_a_flush_is_due_by_age_or_by_number():
    cache = WriteBack(Database(), interval=5, most_dirty=2)
    assert not cache.due(99)
    cache.add("a", 1, 1)
    assert [cache.due(5.9), cache.due(6)] == [False, True]
    cache.add("b", 1, 2)
    assert cache.due(2)


def test_the_age_of_an_entry_written_during_the_flush_counts_from_the_flush():
    cache = WriteBack(Database())
    cache.add("a", 1, 0)
    batch = cache.take()
    cache.add("a", 1, 5)
    cache.database.store(batch)
    cache.clear(batch, 5)
    assert cache.entries["a"] == Entry(2, 2, since=5)


def test_many_writes_are_one_row_update():
    cache = WriteBack(Database())
    for n in range(100):
        cache.add("a", 1, n / 100)
    assert (cache.flush(5), cache.database.updates, cache.read("a")) == (1, 1, 100)


def test_a_dirty_entry_is_not_evicted():
    cache = WriteBack(Database())
    cache.add("a", 1, 0)
    with pytest.raises(ValueError, match="a is dirty: flush it first"):
        cache.evict("a")


def test_a_clean_entry_is_evicted_and_loaded_again():
    cache = WriteBack(Database())
    cache.add("a", 1, 0)
    cache.flush(5)
    cache.evict("a")
    assert cache.entries == {} and cache.read("a") == 1
