"""Clocks against the truth: the graph of what happened before what, which no process can see."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.logical_clocks import Process, Record, compare, covers, merge

# an event: at which process, and the message it receives (counted back among those sent), sends or neither
RUNS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["local", "send", "receive"]), st.integers(0, 5)), max_size=25
)


def run(events, kind=Process):
    """(name, stamp, all events that happened before) of each; a message may be received late, twice, or never."""
    processes, last, sent, done = [kind(name) for name in "ABCD"], {}, [], []
    for n, (at, what, back) in enumerate(events):
        before = set(last.get(at, ()))
        if what == "receive" and sent:
            source = sent[-1 - back % len(sent)]
            stamp = processes[at].receive(done[source][1])
            before |= done[source][2] | {source}
        elif what == "send":
            stamp = processes[at].send()
            sent.append(n)
        else:
            stamp = processes[at].local()
        done.append((processes[at].name, stamp, before))
        last[at] = before | {n}
    return done


def lamport_holds(done):
    return all(done[m][1][0] < stamp[0] for _, stamp, before in done for m in before) and len(
        {(s[0], n) for n, s, _ in done}
    ) == len(done)


def vectors_hold(done):
    def truth(m, n):
        return "equal" if m == n else "before" if m in done[n][2] else "after" if n in done[m][2] else "concurrent"

    return all(compare(done[m][1][1], done[n][1][1]) == truth(m, n) for m in range(len(done)) for n in range(len(done)))


@given(RUNS)
@settings(deadline=None)
def test_lamport_times_respect_causes(events):
    assert lamport_holds(run(events))


@given(RUNS)
@settings(deadline=None, max_examples=60)
def test_vectors_tell_exactly_what_happened_before(events):
    assert vectors_hold(run(events))


def test_a_receipt_without_the_maximum_is_noticed():
    class Deaf(Process):
        def receive(self, stamp):
            return self.local()

    events = [(0, "local", 0), (0, "send", 0), (1, "receive", 0)]
    assert lamport_holds(run(events)) and vectors_hold(run(events))
    assert not lamport_holds(run(events, Deaf)) and not vectors_hold(run(events, Deaf))


def test_a_receipt_that_does_not_count_is_noticed():
    class Uncounted(Process):
        def receive(self, stamp):
            self.time, self.vector = max(self.time, stamp[0]), merge(self.vector, stamp[1])
            return self.time, dict(self.vector)

    events = [(0, "send", 0), (1, "receive", 0)]
    assert not lamport_holds(run(events, Uncounted)) and not vectors_hold(run(events, Uncounted))


def unseen_replaced(writes, shared):
    """Values that a write removed although its writer had not read them.

    Each client has a replica of its own, or all share one.
    """
    record, seen, values, found = Record(), {}, {}, 0
    for value, (client, reads) in enumerate(writes):
        if reads:
            seen[client] = record.context(), {v for _, v in record.versions}
            values[client] = seen[client][1] | values.get(client, set())
        before = {v for _, v in record.versions}
        vector = record.put(value, seen.get(client, ({},))[0], "A" if shared else f"R{client}")
        if not shared:  # a client's own writes are seen by itself
            seen[client] = (merge(seen.get(client, ({},))[0], vector), ())
            values[client] = values.get(client, set()) | {value}
        found += len(before - {v for _, v in record.versions} - values.get(client, set()))
        assert not any(covers(a, b) for a, x in record.versions for b, y in record.versions if x != y)
    return found


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=20))
@settings(deadline=None)
def test_no_unseen_version_is_replaced(writes):
    assert unseen_replaced(writes, shared=False) == 0


def test_two_clients_of_one_replica_lose_a_write_and_it_is_noticed():
    writes = [(0, True), (0, True), (1, True), (0, False)]
    assert unseen_replaced(writes, shared=True) > 0
    assert unseen_replaced(writes, shared=False) == 0


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ({}, {}, "equal"),
        ({"A": 0}, {}, "equal"),  # an absent entry is 0
        ({"A": 1}, {"A": 1, "B": 1}, "before"),
        ({"A": 1, "B": 1}, {"B": 1}, "after"),
        ({"A": 1}, {"B": 1}, "concurrent"),
    ],
)
def test_compare(one, other, found):
    assert compare(one, other) == found
