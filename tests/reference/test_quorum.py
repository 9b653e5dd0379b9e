"""What overlap gives, what it does not, and that the tests would notice its absence."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.quorum import Quorum, TooFew, majority, overlap

NAMES = "ABCDE"


@st.composite
def runs(draw):
    """Copies, r and w that overlap, and writes and reads that each reach some copies in some order."""
    n = draw(st.integers(1, 5))
    r = draw(st.integers(1, n))
    w = draw(st.integers(n - r + 1, n))
    some = st.permutations(NAMES[:n]).flatmap(lambda p: st.integers(0, n).map(lambda k: p[:k]))
    return list(NAMES[:n]), r, w, draw(st.lists(st.tuples(st.sampled_from(["write", "read"]), some), max_size=12))


def stale(quorum, steps):
    """Reads that gave less than the last completed write. One writer, so that the versions have an order."""
    completed, seen, found = 0, 0, 0
    for action, reached in steps:
        try:
            if action == "write":
                seen += 1
                completed = quorum.write(f"value {seen}", seen - 1, "Ann", reached)[0]
            else:
                found += quorum.read(reached)[0][0] < completed
        except TooFew:
            pass
    return found


@given(runs(), st.booleans())
@settings(deadline=None)
def test_a_read_meets_the_last_completed_write(run, repair):
    names, r, w, steps = run
    assert stale(Quorum(names, r, w, repair), steps) == 0


def test_one_confirmation_too_few_is_noticed():
    class Hasty(Quorum):
        def write(self, *of):
            self.w -= 1
            try:
                return super().write(*of)
            finally:
                self.w += 1

    steps = [("write", ["A"]), ("read", ["B", "C"])]
    assert stale(Quorum(["A", "B", "C"], 2, 2), steps) == 0
    assert stale(Hasty(["A", "B", "C"], 2, 2), steps) == 1


def test_a_sloppy_quorum_is_noticed():
    steps = [("write", ["C", "D"]), ("read", ["A", "B"])]
    assert stale(Quorum(["A", "B", "C"], 2, 2, stand_ins=["D"]), steps) == 1


@pytest.mark.parametrize("n", range(1, 8))
def test_majorities_overlap(n):
    def share(size):
        return all(set(a) & set(b) for a in combinations(range(n), size) for b in combinations(range(n), size))

    assert share(majority(n)) and (majority(n) == 1 or not share(majority(n) - 1))


@given(st.integers(1, 5), st.data())
@settings(deadline=None)
def test_the_least_overlap_is_exact(n, data):
    r, w = data.draw(st.integers(1, n)), data.draw(st.integers(1, n))
    assert overlap(n, r, w) == min(
        len(set(a) & set(b)) for a in combinations(range(n), r) for b in combinations(range(n), w)
    )


def goes_back(quorum, steps):
    """Reads, by anybody, older than an earlier read."""
    newest, seen, found = 0, 0, 0
    for action, reached in steps:
        try:
            if action == "write":
                seen += 1
                quorum.write(f"value {seen}", seen - 1, "Ann", reached)
            else:
                version = quorum.read(reached)[0][0]
                found, newest = found + (version < newest), max(newest, version)
        except TooFew:
            pass
    return found


@given(runs())
@settings(deadline=None)
def test_with_repair_reads_never_go_back(run):
    names, _, _, steps = run
    m = majority(len(names))
    assert goes_back(Quorum(names, m, m), steps) == 0


def test_reads_that_go_back_without_repair_are_noticed():
    steps = [("write", ["A"]), ("read", ["A", "B"]), ("read", ["B", "C"])]
    assert goes_back(Quorum(["A", "B", "C"], 2, 2, repair=False), steps) == 1
    assert goes_back(Quorum(["A", "B", "C"], 2, 2), steps) == 0


def test_a_failed_write_stays_where_it_arrived():
    quorum = Quorum(["A", "B", "C"], 2, 2)
    with pytest.raises(TooFew, match="1 of 2 confirmed; the value stays where it arrived"):
        quorum.write("x", 0, "Ann", ["A"])
    assert quorum.read(["A", "C"]) == ((1, "Ann"), "x", ["C"])


def test_too_few_answers_fail_the_read():
    with pytest.raises(TooFew, match="1 of 2 answered"):
        Quorum(["A", "B", "C"], 2, 2).read(["A"])


def test_a_late_write_and_a_late_hint_replace_nothing():
    quorum = Quorum(["A", "B", "C"], 2, 2, stand_ins=["D"])
    quorum.write("new", 1, "Ann", ["A", "B", "C"])
    quorum.write("late", 0, "Ann", ["A", "B", "D"])
    assert quorum.handoff(["A"]) == [] and quorum.handoff(["C"]) == []
    assert quorum.copies["D"].hints == {} and quorum.read(["A", "C"])[1] == "new"


@pytest.mark.parametrize(("r", "w", "name"), [(0, 1, "r 0"), (4, 1, "r 4"), (1, 0, "w 0"), (1, 4, "w 4")])
def test_impossible_counts_are_refused(r, w, name):
    with pytest.raises(ValueError, match=f"{name}: has to be 1 to 3, the number of copies"):
        Quorum(["A", "B", "C"], r, w)
