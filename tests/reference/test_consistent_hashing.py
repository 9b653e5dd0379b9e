"""What a reader would claim of consistent hashing at the board, for any nodes and for many keys."""

from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.consistent_hashing import Ring, modulo, place, rendezvous, trace

KEYS = [f"key {n}" for n in range(300)]
NODES = st.lists(st.sampled_from("ABCDEFGH"), min_size=1, max_size=6, unique=True)
QUICK = settings(deadline=None, max_examples=25)


def by_ring(nodes, key, points=20):
    return Ring(nodes, points).owner(key)


def by_rendezvous(nodes, key):
    return rendezvous(nodes, key)[0]


def moves(method, nodes, later):
    """(from, to) of each key that moves when the nodes change."""
    if method is by_ring:
        old, new = Ring(nodes, 20), Ring(later, 20)
        pairs = [(old.owner(key), new.owner(key)) for key in KEYS]
    else:
        pairs = [(method(nodes, key), method(later, key)) for key in KEYS]
    return [pair for pair in pairs if pair[0] != pair[1]]


@QUICK
@given(NODES, st.sampled_from([by_ring, by_rendezvous]))
def test_keys_move_to_the_newcomer_only(nodes, method):
    assert {to for _, to in moves(method, nodes, [*nodes, "new"])} <= {"new"}


@QUICK
@given(NODES, st.sampled_from([by_ring, by_rendezvous]))
def test_only_the_keys_of_the_leaver_move(nodes, method):
    assert {old for old, _ in moves(method, [*nodes, "leaver"], nodes)} <= {"leaver"}


def test_modulo_is_noticed():
    assert not {to for _, to in moves(modulo, ["A", "B"], ["A", "B", "new"])} <= {"new"}


@QUICK
@given(st.lists(st.tuples(st.sampled_from(["join", "leave"]), st.sampled_from("ABCD")), max_size=12))
def test_a_ring_depends_on_its_nodes_and_not_on_their_history(steps):
    ring, nodes = Ring(points=5), []
    for did, node in steps:
        if did == "leave":
            ring.leave(node)
            nodes = [n for n in nodes if n != node]
        elif node not in nodes:
            ring.join(node)
            nodes.append(node)
    assert ring.ring == Ring(sorted(nodes), 5).ring


def share_moved(owner, before, later, count=4000):
    return sum(owner(before, f"k{n}") != owner(later, f"k{n}") for n in range(count)) / count


def test_a_fifth_moves_and_with_modulo_four_fifths():
    four, five = Ring("ABCD"), Ring("ABCDE")
    assert share_moved(lambda ring, key: ring.owner(key), four, five) == pytest.approx(0.2, abs=0.05)
    assert share_moved(by_rendezvous, list("ABCD"), list("ABCDE")) == pytest.approx(0.2, abs=0.03)
    assert share_moved(modulo, list("ABCD"), list("ABCDE")) == pytest.approx(0.8, abs=0.03)


def spread(points):
    """Standard deviation of the arcs of twenty nodes, as a share of the mean: exact, no keys are drawn."""
    ring = Ring([f"node {n}" for n in range(20)], points).ring
    arcs = {node: 0 for _, node in ring}
    for (at, _), (after, node) in pairwise([*ring, (ring[0][0] + 2**64, ring[0][1])]):
        arcs[node] += (after - at) / 2**64 * len(arcs)
    return (sum((arc - 1) ** 2 for arc in arcs.values()) / len(arcs)) ** 0.5


def test_a_hundred_points_bring_the_spread_to_a_tenth():
    assert spread(100) == pytest.approx(0.1, abs=0.04)
    assert spread(1) > 0.5


def test_a_lost_share_goes_to_all_where_there_are_many_points():
    def heirs(points):
        old, new = Ring("ABCDE", points), Ring("ABDE", points)
        return {new.owner(key) for key in KEYS if old.owner(key) == "C"}

    assert (len(heirs(1)), sorted(heirs(100))) == (1, ["A", "B", "D", "E"])


def test_weight_is_in_proportion():
    ring = Ring("AB")
    ring.join("C", weight=2)
    owned = [ring.owner(f"k{n}") for n in range(4000)]
    assert owned.count("C") / 4000 == pytest.approx(0.5, abs=0.06)


@QUICK
@given(NODES, st.sampled_from(KEYS), st.integers(1, 7))
def test_copies_are_on_different_nodes(nodes, key, copies):
    ring = Ring(nodes, 5)
    for held in (ring.owners(key, copies), rendezvous(nodes, key, copies)):
        assert len(set(held)) == len(held) == min(copies, len(nodes))
    assert ring.owners(key, copies)[0] == ring.owner(key)


@QUICK
@given(NODES.filter(lambda nodes: len(nodes) > 1), st.sampled_from(KEYS))
def test_when_the_owner_leaves_the_second_copy_becomes_the_owner(nodes, key):
    ring = Ring(nodes, 5)
    for owners, without in (
        (ring.owners, lambda gone: Ring([n for n in nodes if n != gone], 5).owners),
        (partial(rendezvous, nodes), lambda gone: partial(rendezvous, [n for n in nodes if n != gone])),
    ):
        first, second = owners(key, 2)
        assert without(first)(key)[0] == second


def test_a_key_behind_the_last_point_belongs_to_the_first():
    places = {"A#0": 10, "B#0": 20, "low": 5, "at": 10, "between": 15, "high": 99}
    ring = Ring("AB", points=1, hashed=places.get)
    assert [ring.owner(key) for key in ("low", "at", "between", "high")] == ["A", "A", "B", "A"]


def test_the_hash_is_the_same_in_every_process():
    assert place("key") == 14878992315609337077


def test_a_node_has_its_points():
    ring = Ring("A")
    ring.join("B", weight=0.5)
    ring.join("C", weight=0.001)
    assert [sum(node == name for _, node in ring.ring) for name in "ABC"] == [100, 50, 1]


def test_one_owner_unless_copies_are_asked_for():
    assert len(Ring("ABC").owners("key")) == len(rendezvous("ABC", "key")) == 1


def test_rendezvous_takes_the_highest_hash():
    assert rendezvous("ABC", "key", 3) == sorted("ABC", key=lambda node: -place(f"{node}|key"))


def test_a_ring_is_drawn_to_scale():
    (frame,) = trace({"methods": ["ring 2"], "nodes": ["A"], "keys": ["key"], "steps": []})
    drawn = {(node["text"], node["at"]) for node in frame["show"][0]["nodes"]}
    assert drawn == {("A", place("A#0") / 2**64), ("A", place("A#1") / 2**64), ("key", place("key") / 2**64)}


def test_a_node_joins_once():
    with pytest.raises(ValueError, match="node 1 is on the ring already"):
        Ring(["node 1"]).join(f"node {1}")


def test_an_empty_ring_has_no_owner():
    with pytest.raises(LookupError, match="no node on the ring"):
        Ring().owner("key")


def test_an_unknown_node_may_leave():
    ring = Ring(["node 1"], 1)
    ring.leave("Z")
    assert ring.owner("key") == "node 1"
    ring.leave(f"node {1}")
    assert ring.ring == []
