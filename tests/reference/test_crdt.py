"""What a reader would claim of a CRDT at the board: the three laws, equal copies, and what a removal covers."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.crdt import GCounter, ORSet, PNCounter

FAST = settings(max_examples=70, deadline=None)
NAMES = ("ann", "ben", "cat")
WHO = st.sampled_from(NAMES)
MERGE = st.tuples(WHO, st.just("merge"), WHO)
ITEM = st.sampled_from(["bread", "milk"])
CHANGES = {
    GCounter: [st.tuples(WHO, st.just("add"), st.integers(0, 9))],
    PNCounter: [st.tuples(WHO, st.just("add"), st.integers(-9, 9))],
    ORSet: [st.tuples(WHO, st.just("add"), ITEM), st.tuples(WHO, st.just("remove"), ITEM)],
}
KINDS = pytest.mark.parametrize("kind", list(CHANGES))


def steps(kind):
    return st.lists(st.one_of(*CHANGES[kind], MERGE), max_size=25)


def state(one):
    """All that a merge may change, to be compared."""
    if isinstance(one, PNCounter):
        return state(one.up), state(one.down)
    return one.slots if isinstance(one, GCounter) else (one.tags, one.removed)


def run(kind, history):
    """The copies after the steps, and what each has heard of: the changes, and for a removal the additions it saw."""
    copies, heard = {name: kind(name) for name in NAMES}, {name: [] for name in NAMES}
    for n, (who, what, value) in enumerate(history):
        if what == "merge":
            copies[who].merge(copies[value])
            heard[who] += [event for event in heard[value] if event not in heard[who]]
        else:
            getattr(copies[who], what)(value)
            seen = [e[0] for e in heard[who] if e[1:3] == ("add", value)]
            heard[who].append((n, what, value, tuple(seen) if what == "remove" else ()))
    return copies, heard


def merged(*those):
    first = copy.deepcopy(those[0])
    for other in those[1:]:
        first.merge(copy.deepcopy(other))
    return first


def lawful(a, b, c):
    commutes = state(merged(a, b)) == state(merged(b, a))
    associates = state(merged(merged(a, b), c)) == state(merged(a, merged(b, c)))
    return commutes and associates and state(merged(a, a)) == state(a)


@KINDS
@FAST
@given(st.data())
def test_merge_obeys_the_three_laws(kind, data):
    assert lawful(*run(kind, data.draw(steps(kind)))[0].values())


def agrees(kind, history):
    """Each copy shows what follows from what it has heard of, and from nothing else."""
    copies, heard = run(kind, history)
    for name, one in copies.items():
        if kind is not ORSet and not issubclass(kind, ORSet):
            if one.value() != sum(value for _, _, value, _ in heard[name]):
                return False
            continue
        covered = {n for _, what, _, seen in heard[name] if what == "remove" for n in seen}
        if one.items() != sorted({value for n, what, value, _ in heard[name] if what == "add" and n not in covered}):
            return False
    return True


@KINDS
@FAST
@given(st.data())
def test_equals_what_the_histories_say(kind, data):
    assert agrees(kind, data.draw(steps(kind)))


@KINDS
@FAST
@given(st.data())
def test_copies_that_heard_the_same_are_equal(kind, data):
    copies = run(kind, data.draw(steps(kind)))[0]
    messages = [copy.deepcopy(one) for one in copies.values()]
    for one in copies.values():  # each gets all states, in its own order, some twice
        for message in data.draw(st.permutations(messages + messages[:2])):
            one.merge(message)
    assert state(copies["ann"]) == state(copies["ben"]) == state(copies["cat"])


def test_adding_slots_is_noticed():
    class Adds(GCounter):
        def merge(self, other):
            for replica, n in other.slots.items():
                self.slots[replica] = self.slots.get(replica, 0) + n

    a, b = Adds("ann"), Adds("ben")
    a.add(1)
    assert not lawful(a, b, b)
    assert not agrees(Adds, [("ann", "add", 1), ("ben", "merge", "ann"), ("ben", "merge", "ann")])


def test_removing_without_a_tombstone_is_noticed():
    class Forgets(ORSet):
        def remove(self, item):
            self.tags.pop(item, None)

    back = [("ann", "add", "bread"), ("ben", "merge", "ann"), ("ben", "remove", "bread"), ("ben", "merge", "ann")]
    assert not agrees(Forgets, back)
    assert agrees(ORSet, back)


def test_a_removal_that_covers_unseen_tags_is_noticed():
    class Greedy(ORSet):
        def merge(self, other):
            super().merge(other)
            for item in other.tags:
                if other.tags[item] <= other.removed:
                    self.removed |= self.tags[item]

    again = [
        ("ann", "add", "milk"),
        ("ben", "merge", "ann"),
        ("ben", "remove", "milk"),
        ("ann", "add", "milk"),
        ("ann", "merge", "ben"),
    ]
    assert not agrees(Greedy, again)
    assert agrees(ORSet, again)


def test_two_copies_may_take_the_last_one():
    apart = [
        ("ann", "add", 1),
        ("ben", "merge", "ann"),
        ("ann", "add", -1),
        ("ben", "add", -1),
        ("ann", "merge", "ben"),
    ]
    copies = run(PNCounter, apart)[0]
    assert copies["ann"].value() == -1


def test_a_growing_counter_does_not_shrink():
    with pytest.raises(ValueError, match="add -1: a slot only grows; use a PN-counter"):
        GCounter("ann").add(-1)


def test_removing_what_is_absent_does_nothing():
    empty = ORSet("ann")
    empty.remove("bread")
    assert state(empty) == ({}, set())
