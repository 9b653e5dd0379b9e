"""What a reader would claim of a bulkhead at the board, tried on any sequence of steps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.bulkhead import REFUSED, RUNS, WAITS, Bulkhead, slots_for

SIZES = st.sampled_from([(1, 0, 0), (2, 2, 3), (3, 1, 1)])
# (seconds that pass, enters?, which of the running calls leaves)
STEPS = st.lists(st.tuples(st.sampled_from([0, 0, 1, 2]), st.booleans(), st.integers(0, 5)), max_size=60)


def play(room, steps):
    """Yields (call, verdict, arrivals that wait, oldest first) after each step, as an outsider would record them."""
    now, line = 0, []
    for number, (gap, enters, which) in enumerate(steps):
        now += gap
        line = [(call, end) for call, end in line if end > now]
        if enters or not room.running:
            verdict = room.enter(number, now)
            line += [(number, now + room.max_wait)] if verdict == WAITS else []
            yield number, verdict, line
        else:
            following = room.leave(room.running[which % len(room.running)], now)
            expected = line.pop(0)[0] if line else None
            yield following, "served" if following == expected else "out of turn", line


@settings(deadline=None)
@given(SIZES, STEPS)
def test_a_compartment_never_overflows(size, steps):
    room, refused = Bulkhead(*size), 0
    for _, verdict, line in play(room, steps):
        assert len(room.running) <= room.slots and len(room.waiting) <= room.places
        refused += verdict == REFUSED
        assert room.refusals >= refused
        assert [call for call, _ in room.waiting] == [call for call, _ in line]


@settings(deadline=None)
@given(SIZES, STEPS)
def test_no_slot_is_idle_while_somebody_waits(size, steps):
    room = Bulkhead(*size)
    for _, verdict, _ in play(room, steps):
        assert verdict != "out of turn"
        assert not room.waiting or len(room.running) == room.slots
        assert verdict != REFUSED or len(room.waiting) == room.places


def test_last_come_first_served_is_noticed():
    class Stack(Bulkhead):
        def leave(self, call, now):
            self.waiting.reverse()
            return super().leave(call, now)

    steps = [(0, True, 0)] * 4 + [(0, False, 0)]
    assert "out of turn" in [verdict for _, verdict, _ in play(Stack(2, 2, 3), steps)]
    assert "out of turn" not in [verdict for _, verdict, _ in play(Bulkhead(2, 2, 3), steps)]


def test_a_slot_given_back_twice_is_noticed():
    room = Bulkhead(slots=1)
    room.enter("a", 0)
    room.leave("a", 1)
    with pytest.raises(ValueError, match="call 'a' holds no slot: give each slot back exactly once"):
        room.leave("a", 1)

    class Lax(Bulkhead):
        """As a bare semaphore: nobody asks who gives back."""

        def leave(self, call, now):
            if call in self.running:
                return super().leave(call, now)
            self.slots += 1

    lax = Lax(slots=1)
    lax.enter("a", 0)
    lax.leave("a", 1)
    lax.leave("a", 1)  # once more, in a finally block
    assert [lax.enter(call, 2) for call in "bc"] == [RUNS, RUNS]
    assert len(lax.running) > 1


def test_a_call_enters_once():
    room = Bulkhead(1, 1, 5)
    assert (room.enter("a", 0), room.enter("b", 0)) == (RUNS, WAITS)
    for call in "ab":
        with pytest.raises(ValueError, match=f"call '{call}' is inside already: each attempt enters once"):
            room.enter(call, 1)


def test_a_full_compartment_refuses_at_once_by_default():
    room = Bulkhead()
    assert [room.enter(n, 0) for n in range(26)] == [RUNS] * 25 + [REFUSED]


def test_a_wait_ends_on_time():
    room = Bulkhead(1, 1, 5)
    room.enter("a", 0), room.enter("b", 0)
    assert room.expire(4.9) == [] and room.expire(5) == ["b"] and room.refusals == 1
    room.enter("c", 5)
    assert room.leave("a", 10) is None  # c's wait has ended in this very moment: nobody is there to take the slot


@pytest.mark.parametrize("size", [(0, 0, 0), (1, -1, 0), (1, 1, 0), (1, 0, 1)])
def test_sizes_that_contradict_are_refused(size):
    with pytest.raises(ValueError, match=r"slots .*: one slot is needed, and places only with a wait"):
        Bulkhead(*size)


def test_the_size_follows_littles_law():
    assert (slots_for(30, 0.5), slots_for(200, 0.1), slots_for(3, 0.1, 1), slots_for(1, 0.01)) == (30, 40, 1, 1)
