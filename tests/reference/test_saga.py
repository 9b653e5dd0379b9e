"""What a reader would claim of a saga at the board, tried with crashes anywhere and any fate of every call."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import saga
from reference.saga import COMPENSABLE, PIVOT, RETRYABLE, Orchestrator, Participant, next_action

STEPS = [("order", COMPENSABLE), ("stock", COMPENSABLE), ("charge", PIVOT), ("ship", RETRYABLE), ("mail", RETRYABLE)]
NAMES = [name for name, _ in STEPS]
FATES = st.lists(st.sampled_from(["ok", "lost", "down"]), max_size=4)
REFUSING = st.lists(st.sampled_from(["ok", "lost", "down", "refused"]), max_size=4)
SERVICES = st.fixed_dictionaries(
    {name: st.tuples(FATES if kind == RETRYABLE else REFUSING, FATES) for name, kind in STEPS}
)
CRASHES = st.sets(st.integers(0, 60), max_size=6)  # numbers of the ticks before which everything in memory is lost


def run(services, crashes=(), log=None, kind=Orchestrator):
    """The outcome; `crashes` beyond the end do nothing."""
    log = [] if log is None else log
    driver = kind("order-7", STEPS, log, services)
    for number in range(400):
        if number in crashes:
            driver = kind("order-7", STEPS, log, services)
        did, _, outcome = driver.tick()
        if did == "end":
            return outcome
    raise AssertionError("the saga never ends")


def made(fates, kind=Participant):
    return {name: kind(do, undo) for name, (do, undo) in fates.items()}


def sound(services, outcome):
    """All or nothing, each once."""
    if outcome == "completed":
        return all(len(s.acted) == 1 and not s.compensated for s in services.values())
    return all(s.compensated == s.acted and len(s.acted) <= 1 for s in services.values())


@settings(deadline=None, max_examples=150)
@given(SERVICES, CRASHES)
def test_all_steps_hold_or_all_are_made_up_for(fates, crashes):
    services = made(fates)
    assert sound(services, run(services, crashes))


@pytest.mark.parametrize("refuses", [None, "order", "stock", "charge"])
def test_a_crash_at_every_single_tick(refuses):
    for number in range(40):
        services = {name: Participant(["refused"] if name == refuses else []) for name in NAMES}
        outcome = run(services, {number})
        assert outcome == ("compensated" if refuses else "completed") and sound(services, outcome)


def test_forgetting_keys_is_noticed():
    class Forgetful(Participant):
        def call(self, what, key):
            if what == "do":
                self.acted.append(key)
                return "ok"
            return super().call(what, key)

    outcomes = []
    for number in range(15):
        services = {name: Forgetful() for name in NAMES}
        outcomes.append(sound(services, run(services, {number})))
    assert not all(outcomes)


def test_a_timeout_taken_for_a_failure_is_noticed(monkeypatch):
    def hasty(steps, log, patience):
        log = [("refused", name) if what == "timeout" else (what, name) for what, name in log]
        return next_action(steps, log, patience)

    monkeypatch.setattr(saga, "next_action", hasty)
    services = made({name: (["lost"] if name == "stock" else [], []) for name in NAMES})
    assert not sound(services, run(services))


@settings(deadline=None, max_examples=60)
@given(SERVICES, CRASHES)
def test_intent_comes_before_the_call(fates, crashes):
    log = []

    class Watching(Participant):
        def call(self, what, key):
            assert log[-1] == (what, key.split("/")[1])
            return super().call(what, key)

    run(made(fates, Watching), crashes, log)


@settings(deadline=None, max_examples=60)
@given(SERVICES, CRASHES)
def test_after_the_pivot_it_only_goes_forward(fates, crashes):
    services, log = made(fates), []
    outcome = run(services, crashes, log)
    assert (outcome == "completed") == (("ok", "charge") in log) == (len(services["charge"].acted) == 1)
    assert outcome != "completed" or not any(what == "undo" for what, _ in log)


def test_compensations_run_in_reverse_and_until_they_succeed():
    log = []
    services = made(
        {name: (["refused"] if name == "charge" else [], ["down", "lost"] if name == "stock" else []) for name in NAMES}
    )
    assert run(services, log=log) == "compensated"
    assert [name for what, name in log if what == "undo"] == ["stock", "stock", "stock", "order"]
    assert services["stock"].compensated == ["order-7/stock"]


def test_a_cancel_that_overtakes_its_step_makes_it_refused():
    service = Participant()
    assert service.call("undo", "k") == "ok"
    assert service.call("do", "k") == "refused" and not service.acted


def test_a_step_of_unknown_outcome_is_canceled_too():
    services = made({name: (["lost", "down", "down"] if name == "stock" else [], []) for name in NAMES})
    assert run(services) == "compensated"
    assert services["stock"].acted == services["stock"].compensated == ["order-7/stock"]


@pytest.mark.parametrize("kinds", [[RETRYABLE, PIVOT], [PIVOT, COMPENSABLE], [PIVOT, PIVOT]])
def test_steps_out_of_order_are_refused(kinds):
    with pytest.raises(ValueError, match="first the compensable ones, then at most one pivot, then the retryable"):
        Orchestrator("order-7", [(str(n), kind) for n, kind in enumerate(kinds)], [], {})
