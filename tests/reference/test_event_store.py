"""What a reader would claim of an event store at the board: no oversold seat, and views that equal their events."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.event_store import Conflict, Event, EventStore, View, fold, project, replay_parked, reserve, sold

FAST = settings(max_examples=80, deadline=None)


def compete(store, orders, turns):
    """Commands on one show of 5 seats, each a step at its turn; then all to their end. Those that were refused."""
    store.append("hall", 0, [("ShowOpened", 5)], "open")
    running = {n: reserve(store, "hall", seats, f"c{n}") for n, seats in enumerate(orders)}
    refused = []
    for n in [*turns, *[n for n in range(len(orders)) for _ in range(3 * len(orders) + 3)]]:
        try:
            next(running.get(n, iter(())), None)
        except ValueError:
            refused.append(n)
    return refused


ORDERS = st.lists(st.integers(1, 4), min_size=1, max_size=5)
TURNS = st.lists(st.integers(0, 4), max_size=20)


@FAST
@given(ORDERS, TURNS)
def test_never_oversold(orders, turns):
    store = EventStore()
    refused = compete(store, orders, turns)
    events = store.read("hall")
    assert [e.version for e in events] == list(range(1, len(events) + 1))
    assert all(fold(events[:n]) >= 0 for n in range(len(events) + 1))
    assert sum(e.seats for e in events[1:]) == sum(seats for n, seats in enumerate(orders) if n not in refused)


def test_appending_without_the_expected_version_is_noticed():
    class Trusting(EventStore):
        def append(self, stream, expected, new, command):
            return super().append(stream, len(self.read(stream)), new, command)

    store = Trusting()
    compete(store, [3, 3], [0, 1, 0, 1])
    assert fold(store.read("hall")) < 0


@FAST
@given(ORDERS, TURNS)
def test_a_retried_command_is_recognized(orders, turns):
    store = EventStore()
    compete(store, orders, turns)
    before = list(store.events)
    for command, version in list(store.commands.items()):
        assert list(reserve(store, "hall", 1, command)) == [f"done, version {version}"]
    assert store.events == before


def test_a_conflict_says_which_versions_and_appends_nothing():
    store = EventStore()
    store.append("hall", 0, [("ShowOpened", 5)], "open")
    with pytest.raises(Conflict, match="hall is at version 1, not 0"):
        store.append("hall", 0, [("SeatsReserved", 1), ("SeatsReserved", 1)], "late")
    assert len(store.events) == 1 and "late" not in store.commands


def test_a_rule_is_checked_against_the_fold():
    store = EventStore()
    store.append("hall", 0, [("ShowOpened", 2), ("SeatsReserved", 2), ("ReservationCanceled", 1)], "open")
    with pytest.raises(ValueError, match="2 wanted, 1 left"):
        list(reserve(store, "hall", 2, "c"))
    assert list(reserve(store, "hall", 1, "d"))[-1] == "done, version 4"


STREAMS = st.sampled_from(["hall", "club"])
TYPES = st.sampled_from(["ShowOpened", "SeatsReserved", "ReservationCanceled"])
LOG = st.lists(st.tuples(STREAMS, TYPES, st.integers(1, 4)), max_size=20)
RUNS = st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=10)


def filled(log):
    store = EventStore()
    for n, (stream, *event) in enumerate(log):
        store.append(stream, len(store.read(stream)), [tuple(event)], f"c{n}")
    return store


def released(row, event):
    """The projector after the fix: it knows one type more."""
    return row - event.seats if event.type == "SeatsReleased" else sold(row, event)


def from_scratch(events, apply=sold):
    rows = {}
    for e in events:
        rows[e.stream] = apply(rows.get(e.stream, 0), e)
    return rows


def true_to_its_events(project, log, runs):
    """Runs of a projector, some of which die at its first step: whether rows are always those of the events so far."""
    store, view = filled(log), View()
    for batch, dies in runs:
        process = project(store, view, sold, batch)
        next(process)
        if not dies:
            list(process)
        if view.rows != from_scratch(store.events[: view.position]):
            return False
    return True


@FAST
@given(LOG, RUNS)
def test_a_view_equals_its_events(log, runs):
    assert true_to_its_events(project, log, runs)


def test_saving_the_position_apart_is_noticed():
    def in_two(store, view, apply, batch):
        events = store.after(view.position, batch)
        for e in events:
            view.rows[e.stream] = apply(view.rows.get(e.stream, 0), e)
        yield "rows committed, position not"
        view.position += len(events)

    log = [("hall", "SeatsReserved", 2)]
    assert true_to_its_events(in_two, log, [(1, False)])
    assert not true_to_its_events(in_two, log, [(1, True), (1, False)])


@FAST
@given(LOG, st.integers(1, 5))
def test_a_rebuild_beside_it_gives_the_same_view(log, batch):
    store, old, new = filled(log), View(), View()
    list(project(store, old, sold))
    while new.position < old.position:
        list(project(store, new, sold, batch))
    assert new == old


@FAST
@given(LOG, st.integers(0, 20), st.integers(1, 4))
def test_parking_holds_up_one_stream_only(log, place, batch):
    place = min(place, len(log))
    store, view = filled(log[:place] + [("hall", "SeatsReleased", 1)] + log[place:]), View()
    while view.position < len(store.events):
        list(project(store, view, sold, batch))
    assert view.rows.get("club") == from_scratch(store.events, released).get("club")
    assert view.parked == {"hall": [e for e in store.read("hall") if e.position > place]}
    replay_parked(view, released)
    assert view.rows == from_scratch(store.events, released) and view.parked == {}


def test_replaying_without_the_fix_changes_nothing():
    view = View(
        {"hall": 2}, 3, {"hall": [Event(2, "hall", 2, "SeatsReserved", 1), Event(3, "hall", 3, "SeatsReleased", 1)]}
    )
    with pytest.raises(ValueError, match="no event type SeatsReleased"):
        replay_parked(view, sold)
    assert view.rows == {"hall": 2} and len(view.parked["hall"]) == 2
