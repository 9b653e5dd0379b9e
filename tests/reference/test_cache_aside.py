"""What a reader would claim of cache-aside at the board, tried in every order of steps."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from reference.cache_aside import Cache, Reader, Writer


def finish(cache, database, actors, turns):
    """Let the actors take their turns, then the rest in order; every step is a tenth of a second."""
    tenths = 0
    for n in turns:
        if actors[n].next:
            actors[n].step(tenths / 10)
            tenths += 1
    while any(actor.next for actor in actors):
        for actor in actors:
            if actor.next:
                actor.step(tenths / 10)
                tenths += 1
    return tenths / 10


def coherent(cache, database, now):
    return cache.get("k", now)[0] in (None, database["k"])


def all_orders(leases, order=("commit", "delete")):
    """One reader and one writer in every order of their steps: how each ends."""
    for turns in sorted(set(permutations([0] * 3 + [1] * 2))):
        cache, database = Cache(leases=leases), {"k": "v1"}
        now = finish(cache, database, [Reader(cache, database, "k"), Writer(cache, database, "k", "v2", order)], turns)
        yield coherent(cache, database, now)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.integers(0, 4), max_size=25), st.sampled_from([0.1, 0.3, 10]))
def test_with_leases_no_order_leaves_an_old_value(turns, lease_time):
    cache, database = Cache(lease_time=lease_time), {"k": "v1"}
    actors = [Reader(cache, database, "k") for _ in range(3)] + [Writer(cache, database, "k", v) for v in ("v2", "v3")]
    now = finish(cache, database, actors, turns)
    assert coherent(cache, database, now)


def test_with_leases_one_reader_and_one_writer_never_end_apart():
    assert all(all_orders(leases=True))


def test_without_leases_the_stale_set_is_found():
    found = list(all_orders(leases=False))
    assert (found.count(False), len(found)) == (1, 10)  # load, then the whole write, then store


def test_delete_before_the_commit_is_not_saved_by_leases():
    assert not all(all_orders(leases=True, order=("delete", "commit")))


def test_update_in_place_of_delete_is_noticed():
    cache, database = Cache(), {"k": "v1"}
    actors = [Writer(cache, database, "k", v, ("commit", "update")) for v in ("v2", "v3")]
    now = finish(cache, database, actors, [0, 1, 1, 0])
    assert not coherent(cache, database, now)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 2), st.booleans()), max_size=20))
def test_one_reader_loads_while_the_lease_lasts(gaps):
    cache, now, given_at = Cache(), 0.0, None
    for gap, delete in gaps:
        now += gap
        if delete:
            cache.delete("k")
            given_at = None
        lease = cache.get("k", now)[1]
        assert (lease is not None) == (given_at is None or now >= given_at + 10)
        given_at = now if lease else given_at


def test_a_cache_without_leases_lets_everybody_load():
    cache = Cache(leases=False)
    assert all(cache.get("k", 0)[1] for _ in range(3))


@given(st.floats(0, 1000))
def test_the_lifetime_bounds_any_staleness(wait):
    cache = Cache(leases=False)
    cache.set("k", "old", None, now=0)
    assert (cache.get("k", wait)[0] == "old") == (wait < 300)


def test_a_lease_given_anew_ends_the_old_one():
    cache = Cache()
    first, second = cache.get("k", 0)[1], cache.get("k", 10)[1]
    assert (cache.set("k", "late", first, 11), cache.set("k", "in time", second, 11)) == (False, True)


def test_a_store_without_a_lease_is_refused():
    assert not Cache().set("k", "v", None, 0)


def test_a_waiting_reader_looks_again():
    cache, database = Cache(), {"k": "v1"}
    first, second = Reader(cache, database, "k"), Reader(cache, database, "k")
    assert [first.step(0), second.step(0), first.step(0), first.step(0), second.step(1)] == [
        "miss",
        "wait",
        "loaded",
        "stored",
        "hit",
    ]
    assert (second.value, second.next) == ("v1", None)


def test_a_refused_reader_still_answers_its_caller():
    cache, database = Cache(), {"k": "v1"}
    reader, writer = Reader(cache, database, "k"), Writer(cache, database, "k", "v2")
    assert [a.step(0) for a in (reader, reader, writer, writer, reader)] == [
        "miss",
        "loaded",
        "commit",
        "delete",
        "refused",
    ]
    assert reader.value == "v1" and writer.next is None
