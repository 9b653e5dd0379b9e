"""What a reader would claim of change data capture at the board: the copy ends up equal, and never goes back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.change_data_capture import Connector, Copy, Database

FAST = settings(max_examples=70, deadline=None)
KEYS = st.sampled_from("abcd")
WRITE = st.tuples(st.just("write"), KEYS, st.integers(0, 99))
STEPS = st.lists(
    st.one_of(
        WRITE,
        st.tuples(st.just("delete"), KEYS),
        st.just(("chunk",)),
        st.tuples(st.just("stream"), st.integers(1, 4)),
        st.just(("crash",)),
    ),
    max_size=40,
)


class Plain(Copy):
    """A consumer that takes everything: the order of the topic alone has to be right."""

    def apply(self, entry):
        self.known[entry.key] = entry.position, entry.row


def capture(before, steps, size, kind=Connector):
    """Database and connector after the steps, at any point of a chunk or stream; the rest is made without a crash."""
    db = Database()
    for n, key in enumerate(before):
        db.write(key, -n - 1)
    connector, reader, process = kind(db, []), iter(()), iter(())

    def chunk():
        nonlocal reader
        if connector.complete or connector.window and connector.window[1]:
            return  # one at a time
        if next(reader, None) is None:
            reader = connector.read_chunk(size)
            next(reader)

    for what, *values in steps:
        if what == "delete" and values[0] not in db.table:
            continue
        if what in ("write", "delete"):
            getattr(db, what)(*values)
        elif what == "chunk":
            chunk()
        elif what == "stream":
            for _ in range(values[0]):
                if next(process, None) is None:
                    process = connector.stream()
        else:  # all that was in memory is lost: the generators too
            connector.restart()
            process, reader = iter(()), iter(())
    connector.restart()
    while not connector.complete:
        list(connector.read_chunk(size))
        list(connector.stream())
    list(connector.stream())
    return db, connector


def read(topic, copy):
    for entry in topic:
        copy.apply(entry)
    return copy.rows()


@pytest.mark.parametrize("copy", [Copy, Plain])
@FAST
@given(st.lists(KEYS, max_size=5), STEPS, st.integers(1, 3))
def test_the_copy_ends_up_equal(copy, before, steps, size):
    db, connector = capture(before, steps, size)
    assert read(connector.topic, copy()) == db.table
    assert connector.position == len(db.log)


@FAST
@given(st.lists(KEYS, max_size=5), STEPS, st.data())
def test_the_copy_never_goes_back(before, steps, data):
    db, connector = capture(before, steps, 2)
    topic = connector.topic
    late = data.draw(st.permutations(topic + topic[:3])) if topic else []
    copy, newest = Copy(), {}
    for entry in late:
        was = newest.get(entry.key, 0)
        assert copy.apply(entry) == (entry.position > was)
        newest[entry.key] = max(was, entry.position)
    assert copy.rows() == db.table  # no order needed, for it compares positions


RACE = [("chunk",), ("chunk",), ("write", "a", 8), ("stream", 3), ("chunk",)]


def test_a_chunk_without_watermarks_is_noticed():
    class Direct(Connector):
        def read_chunk(self, size):
            rows = self.db.chunk(self.after, size)
            yield "read"
            yield "the stream may pass a change here"
            self.topic.extend(self.db.log[0]._replace(op="read", key=key, row=row) for key, row in rows.items())
            self.after, self.complete = max(rows, default=""), not rows

    for kind, well in ((Connector, True), (Direct, False)):
        db, connector = capture(["a"], RACE, 3, kind)
        assert (read(connector.topic, Plain()) == db.table) is well


def test_a_position_saved_first_is_noticed():
    class Hasty(Connector):
        def stream(self):
            while self.position < len(self.db.log):
                entry = self.db.log[self.position]
                self.position = entry.position
                yield "saved, not published"
                self.topic.append(entry)

    for kind, well in ((Connector, True), (Hasty, False)):
        db = Database()
        connector = kind(db, [])
        db.write("a", 1)
        next(connector.stream())  # and it dies
        list(connector.stream())
        assert (read(connector.topic, Copy()) == db.table) is well


def test_forgetting_deleted_rows_is_noticed():
    db = Database()
    connector, copy = Connector(db, []), Copy()
    db.write("a", 1)
    db.delete("a")
    list(connector.stream())
    assert read(connector.topic, copy) == read(connector.topic, copy) == {}
    del copy.known["a"]
    assert copy.apply(connector.topic[0]) and copy.rows() == {"a": 1}


def test_a_row_that_is_not_there_cannot_be_deleted():
    with pytest.raises(KeyError):
        Database().delete("a")


def test_rows_come_in_chunks_by_key():
    db = Database()
    for key in "dbca":
        db.write(key, 1)
    assert list(db.chunk("", 3)) == ["a", "b", "c"]
    assert list(db.chunk("c", 3)) == ["d"]
