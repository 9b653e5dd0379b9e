"""Atomicity under any order of steps and crashes, and the window in which nobody may move."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.two_phase_commit import Coordinator, InDoubt, Participant, Transaction

ACTIONS = ["prepare", "prepare", "decide", "tell", "ask", "peers", "abort", "crash", "restart"]
STEPS = st.lists(st.tuples(st.sampled_from(ACTIONS), st.sampled_from("ABC")), max_size=30)
WILLING = st.fixed_dictionaries({n: st.sampled_from([True, True, True, False]) for n in "ABC"})
AT_K = st.lists(st.booleans(), min_size=30, max_size=30)  # whether a crash or restart strikes K instead


def run(steps, at_k, willing, **kinds):
    """Yields the transaction after every step; a refusal to abort is a step like any other."""
    transaction = Transaction(dict(willing), **kinds)
    for (action, name), k in zip(steps, at_k, strict=False):  # one of these for every step, and some to spare
        try:
            transaction.do(action, "K" if action == "decide" or (k and action in ("crash", "restart")) else name)
        except InDoubt:
            pass
        yield transaction


def alike(transaction):
    return not {"committed", "aborted"} <= {p.state for p in transaction.parts.values()}


@given(STEPS, AT_K, WILLING)
@settings(deadline=None)
def test_all_end_alike(steps, at_k, willing):
    assert all(alike(t) for t in run(steps, at_k, willing))


@given(STEPS, AT_K, WILLING)
@settings(deadline=None)
def test_a_commit_needs_every_yes(steps, at_k, willing):
    for t in run(steps, at_k, willing):
        if any(p.state == "committed" for p in t.parts.values()):
            assert all(willing.values()) and all(p.disk in ("prepared", "committed") for p in t.parts.values())


@given(STEPS, AT_K, WILLING)
@settings(deadline=None)
def test_everybody_back_means_nobody_blocked(steps, at_k, willing):
    t = [Transaction(dict(willing)), *run(steps, at_k, willing)][-1]
    for name in "KABC":
        t.do("restart", name)
    t.do("decide", "K")
    for name in "ABC":
        t.do("ask", name)
    assert not any(p.locks for p in t.parts.values()) and alike(t) and t.k.disk is None


def prepared(**kinds):
    t = Transaction({"A": True, "B": True}, **kinds)
    t.do("prepare", "A")
    t.do("prepare", "B")
    return t


@pytest.mark.parametrize("decided", [True, False])
def test_the_blocking_window(decided):
    """From outside the two cases look the same: that is why nobody may guess."""
    t = prepared()
    if decided:
        t.do("decide", "K")
    t.do("crash", "K")
    for name in "AB":
        assert t.do("ask", name) == f"Ask {name}: K does not answer"
        assert t.do("peers", name) == f"{name} asks the others: nobody knows"
        with pytest.raises(InDoubt, match=f"{name} is prepared and may not abort alone"):
            t.do("abort", name)
        assert t.parts[name].locks
    t.do("restart", "K")
    assert t.do("ask", "A") == f"A learns from K: {'committed' if decided else 'aborted'}"


def test_aborting_after_a_yes_is_noticed():
    class Impatient(Participant):
        def abort(self):
            self.disk, self.working = None, False

    t = prepared(participant=Impatient)
    for action, name in (("decide", "K"), ("tell", "A"), ("abort", "B")):
        t.do(action, name)
    assert not alike(t)


def test_telling_before_writing_is_noticed():
    class Hasty(Coordinator):
        def decide(self):
            outcome = super().decide()
            self.said, self.disk = outcome, None  # on disk later, if at all
            return outcome

        def outcome(self):
            return getattr(self, "said", None) or super().outcome()

        def crash(self):
            super().crash()
            self.said = None

    t = prepared(coordinator=Hasty)
    for action, name in (("decide", "K"), ("tell", "A"), ("crash", "K"), ("restart", "K"), ("ask", "B")):
        t.do(action, name)
    assert not alike(t)


def test_a_yes_that_is_not_on_disk_is_noticed():
    class Forgetful(Participant):
        def crash(self):
            self.disk, self.working = None, False

    t = prepared(participant=Forgetful)
    for action, name in (("decide", "K"), ("crash", "B"), ("restart", "B"), ("tell", "A"), ("tell", "B")):
        t.do(action, name)
    assert not alike(t)


def test_answers_are_repeated():
    t = prepared()
    t.do("crash", "B")
    assert t.do("prepare", "B") == "Prepare B: B does not answer"
    t.do("restart", "B")
    assert t.do("prepare", "A") == "K asks A to prepare: yes"
    assert t.do("ask", "A") == "A asks K: not decided yet"
    t.do("decide", "K")
    assert t.do("tell", "A") == t.do("tell", "A") == "A learns from K: committed"
    assert t.do("decide", "K") == "K decides: committed"


def test_a_peer_that_knows_settles_it():
    t = prepared()
    for action, name in (("decide", "K"), ("tell", "A"), ("crash", "K")):
        t.do(action, name)
    assert t.do("peers", "B") == "B asks A: committed" and not t.parts["B"].locks


def test_an_unknown_action_is_refused():
    with pytest.raises(
        ValueError, match="no action 'hope'; use prepare, decide, tell, ask, peers, abort, crash or restart"
    ):
        prepared().do("hope", "A")
