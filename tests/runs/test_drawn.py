"""The facts of figures that no reference module has: levels, splits, recovery, lag, heartbeats, rungs and cells."""

from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.facts.finding import ROOT
from macros.runs.drawn import places, storage, timing

KEYS = st.lists(st.integers(0, 99), min_size=1, max_size=120)


@given(KEYS)
def test_an_lsm_tree_keeps_every_key_and_only_level_0_overlaps(keys):
    tree = storage.Lsm()
    for key in keys:
        if tree.put(key) and tree.flush():
            tree.compact()
    held = {*tree.memtable, *(k for level in tree.levels for f in level for k in f)}
    assert held == set(keys) and len(tree.levels[0]) < tree.flushes and len(tree.levels[1]) <= tree.files
    for level in tree.levels[1:]:
        assert all(one[-1] < other[0] for one, other in zip(level, level[1:], strict=False))
    for key in range(100):
        assert tree.asked(key) <= len(tree.levels[0]) + 2


@given(st.lists(st.integers(0, 999), min_size=1, max_size=60, unique=True), st.integers(2, 6))
def test_a_leaf_splits_only_where_it_is_full(keys, room):
    leaves = [[keys[0]]]
    for key in keys[1:]:
        at = max(0, bisect_right([leaf[0] for leaf in leaves], key) - 1)
        full = len(leaves[at]) == room
        leaves, first = storage.insert(leaves, key, room)
        assert (first is not None) == full and (first is None or first in [leaf[0] for leaf in leaves])
    assert [key for leaf in leaves for key in leaf] == sorted(keys) and max(map(len, leaves)) <= room


def test_recovery_reads_from_the_checkpoint_and_applies_what_a_page_lacks():
    disk = storage.Disk()
    for record in (("T1", "A"), ("T1", "commit")):
        disk.write(*record)
    disk.flush("A")
    disk.write("", "checkpoint")
    for record in (("T2", "A"), ("T2", "commit"), ("T3", "B")):
        disk.write(*record)
    assert disk.recover() == (4, [4, 6], [], ["T3"])
    disk.flush("A")
    assert disk.recover() == (4, [6], [4], ["T3"])
    assert storage.Disk([("T1", "A")]).recover() == (1, [1], [], ["T1"])


def test_the_lag_is_the_gap():
    assert timing.behind(2.0, 2000, 0.5) == (4000, 3000)
    assert timing.behind(0.2, 2000, 0.5) == (400, 0)


def test_silence_is_seen_after_lifetime_and_grace():
    assert timing.silence([0, 30, 60], 90, 30) == (150, 180)


@pytest.mark.parametrize(("throughput", "takes"), [(8, 5.0), (1.5, 1.2), (1.4, 0.6), (0.1, 0.6)])
def test_a_player_takes_what_fits(throughput, takes):
    assert timing.rung(throughput) == takes


@pytest.mark.parametrize(
    ("lat", "lon", "cell"),
    [(57.64911, 10.40744, "u4pruydqqvj"), (51.4779, 0.0008, "u10hb5"), (51.4779, -0.0006, "gcpuzg")],
)
def test_geohash_is_the_known_one(lat, lon, cell):
    assert places.geohash(lat, lon, len(cell)) == cell
    assert places.geohash(lat, lon, 3) == cell[:3]


def test_a_cell_is_as_large_as_its_length_says():
    high, wide = places.size(6)
    assert round(high, 5) == 0.00549 and round(wide, 5) == 0.01099
    assert 600 < places.meters((51.0, 0.0), (51.0 + high, 0.0)) < 620


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("replication", f"half a second behind at {timing.WRITES:,} writes a second, it loses 1,000 acknowledged"),
        ("presence", f"Each {timing.EVERY} s a heartbeat"),
        ("presence", f"after {timing.LIFETIME} s"),
        ("presence", f"a grace of, say, {timing.GRACE} s"),
        ("video-pipeline", f"1.5 Mbit/s it plays {timing.rung(1.5):g}, in a tunnel {timing.RUNGS[0]:g}, at home {5:g}"),
        ("video-pipeline", f"segments of about {timing.SEGMENT} s"),
    ],
)
def test_a_figure_has_the_numbers_of_its_page(page, says):
    text = (ROOT / "docs" / "patterns" / f"{page}.md").read_text("utf-8")
    assert says in " ".join(text.split())
