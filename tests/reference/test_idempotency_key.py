"""What a reader would claim of an idempotency key at the board, tried on any course of attempts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.idempotency_key import DONE, Answer, Claimed, KeyStore, fingerprint

PAY = {"amount": 49}
# (seconds that pass, what happens, which key): finish is by any owner still at work, replaced or not
EVENTS = st.sampled_from(["request", "finish", "crash"])
STEPS = st.lists(st.tuples(st.sampled_from([0, 1, 20, 40]), EVENTS, st.sampled_from("ab")), max_size=40)


def play(store, steps):
    """(committed effects by key, answers replayed by key); a crash forgets an owner who had begun."""
    now, owners, effects, replays = 0, [], {"a": [], "b": []}, {"a": [], "b": []}
    for gap, what, key in steps:
        now += gap
        if what == "request":
            result = store.claim("ada", "/pay", key, PAY, now)
            if isinstance(result, Claimed):
                owners.append((key, result.attempt))
            elif result.replayed:
                replays[key].append(result.body)
        elif owners:
            owned, attempt = owners.pop(0)
            receipt = f"receipt of attempt {attempt} at {now}"
            if what == "finish" and store.finish("ada", "/pay", owned, attempt, 201, receipt):
                effects[owned].append(receipt)
    return effects, replays


@settings(deadline=None)
@given(STEPS)
def test_one_key_has_one_effect(steps):
    effects, _ = play(KeyStore(lease=30, keep=10**6), steps)
    assert all(len(done) <= 1 for done in effects.values())


@settings(deadline=None)
@given(STEPS)
def test_repeats_get_the_stored_answer(steps):
    effects, replays = play(KeyStore(lease=30, keep=10**6), steps)
    assert all(answer == effects[key][0] for key in effects for answer in replays[key])


@settings(deadline=None)
@given(STEPS)
def test_a_crash_delays_by_at_most_the_lease(steps):
    store = KeyStore(lease=30, keep=10**6)
    play(store, steps)
    later = sum(gap for gap, _, _ in steps) + 30
    result = store.claim("ada", "/pay", "a", PAY, later)
    assert isinstance(result, Claimed) or result.replayed


def test_check_then_execute_is_noticed():
    class LooksUp(KeyStore):
        def claim(self, account, endpoint, key, payload, now):
            row = self.rows.get((account, endpoint, key))
            if row and row.state == DONE:
                return Answer(row.status, row.body, replayed=True)
            return Claimed(1, key)

        def finish(self, account, endpoint, key, attempt, status, body):
            super().claim(account, endpoint, key, PAY, 0)
            row = self.rows[account, endpoint, key]
            row.state, row.status, row.body = DONE, status, body
            return True

    steps = [(0, "request", "a"), (0, "request", "a"), (0, "finish", "a"), (0, "finish", "a")]
    assert len(play(LooksUp(30, 10**6), steps)[0]["a"]) == 2
    assert len(play(KeyStore(30, 10**6), steps)[0]["a"]) == 1


def test_an_owner_who_was_replaced_cannot_finish():
    store = KeyStore(lease=30)
    slow = store.claim("ada", "/pay", "k", PAY, 0)
    assert store.claim("ada", "/pay", "k", PAY, 29.9) == Answer(409, "the first request is still running")
    second = store.claim("ada", "/pay", "k", PAY, 30)
    assert second.attempt == 2 and second.derived == slow.derived
    assert not store.finish("ada", "/pay", "k", slow.attempt, 201, "one")
    assert store.finish("ada", "/pay", "k", second.attempt, 201, "two")
    assert not store.finish("ada", "/pay", "k", second.attempt, 201, "three")


def test_another_body_is_refused_in_any_state():
    store = KeyStore()
    mine = store.claim("ada", "/pay", "k", PAY, 0)
    refused = Answer(422, "this key was used for another request")
    assert store.claim("ada", "/pay", "k", {"amount": 50}, 1) == refused
    store.finish("ada", "/pay", "k", mine.attempt, 201, "receipt")
    assert store.claim("ada", "/pay", "k", {"amount": 50}, 2) == refused
    assert store.claim("ada", "/pay", "k", PAY, 2) == Answer(201, "receipt", replayed=True)


def test_a_missing_key_is_refused():
    assert (
        KeyStore().claim("ada", "/pay", "", PAY, 0)
        == KeyStore().claim("ada", "/pay", None, PAY, 0)
        == Answer(400, "a key is needed")
    )


def test_accounts_and_endpoints_do_not_share_keys():
    store = KeyStore()
    places = [("ada", "/pay"), ("bob", "/pay"), ("ada", "/refund")]
    claims = [store.claim(*place, "k", PAY, 0) for place in places]
    assert len({c.derived for c in claims}) == 3
    assert store.finish("ada", "/pay", "k", 1, 201, "of ada") and store.finish("bob", "/pay", "k", 2, 201, "of bob")
    assert store.claim("bob", "/pay", "k", PAY, 1).body == "of bob"


@pytest.mark.parametrize("later", [100, 500])
def test_a_key_counts_as_new_after_its_expiry(later):
    store = KeyStore(lease=30, keep=100)
    store.finish("ada", "/pay", "k", store.claim("ada", "/pay", "k", PAY, 0).attempt, 201, "receipt")
    assert store.claim("ada", "/pay", "k", PAY, 99.9).replayed
    assert isinstance(store.claim("ada", "/pay", "k", {"amount": 1}, later), Claimed)


def test_an_owner_from_before_the_expiry_cannot_finish():
    store = KeyStore(lease=30, keep=100)
    old, new = (store.claim("ada", "/pay", "k", PAY, now) for now in (0, 100))
    assert not store.finish("ada", "/pay", "k", old.attempt, 201, "old")
    assert store.finish("ada", "/pay", "k", new.attempt, 201, "new")


def test_an_unknown_key_cannot_finish():
    assert not KeyStore().finish("ada", "/pay", "k", 1, 201, "receipt")


def test_other_fields_give_another_hash():
    assert fingerprint({"amount": 49}) != fingerprint({"amount": 50})


@pytest.mark.parametrize("lease, keep", [(0, 10), (10, 10)])
def test_a_claim_has_to_end(lease, keep):
    with pytest.raises(
        ValueError, match=f"lease {lease}, keep {keep}: a claim has to end, and before its row is dropped"
    ):
        KeyStore(lease, keep)


def ask(store, now, payload=None, key="k1"):
    return store.claim("acct", "/pay", key, payload or {"amount": 5}, now)


def test_a_claim_lasts_for_its_lease_and_so_does_one_that_was_taken_over():
    store = KeyStore(lease=10, keep=100)
    first = ask(store, 1000)
    assert isinstance(first, Claimed)
    assert ask(store, 1009).status == 409
    second = ask(store, 1010)  # the first owner is dead, or slow
    assert isinstance(second, Claimed) and second.attempt > first.attempt and second.derived == first.derived
    assert ask(store, 1019).status == 409  # the second has its own lease
    assert isinstance(ask(store, 1020), Claimed)


def test_a_row_is_kept_from_its_first_claim_and_then_forgotten():
    store = KeyStore(lease=10, keep=100)
    claim = ask(store, 1000)
    assert store.finish("acct", "/pay", "k1", claim.attempt, 201, "paid")
    assert ask(store, 1099) == Answer(201, "paid", replayed=True)
    again = ask(store, 1100)
    assert isinstance(again, Claimed) and again.attempt > claim.attempt
    store = KeyStore(lease=10, keep=100)
    ask(store, 1000)
    assert isinstance(ask(store, 2000.5), Claimed)  # long after as well


def test_any_other_payload_is_refused():
    store = KeyStore(lease=10, keep=100)
    ask(store, 0)
    assert {ask(store, 1, {"amount": n}).status for n in range(20) if n != 5} == {422}


def test_an_owner_who_was_never_there_cannot_finish():
    store = KeyStore(lease=10, keep=100)
    claim = ask(store, 0)
    for attempt in (claim.attempt - 1, claim.attempt + 1):
        assert not store.finish("acct", "/pay", "k1", attempt, 201, "paid")
    assert store.finish("acct", "/pay", "k1", claim.attempt, 201, "paid")


def test_the_defaults_are_those_of_the_page_and_limits_are_checked():
    assert (KeyStore().lease, KeyStore().keep) == (30, 86_400)
    assert KeyStore(lease=0.5, keep=2).lease == 0.5
    for lease, keep in ((-1, 5), (0, 5), (5, 5), (6, 5)):
        with pytest.raises(ValueError, match="a claim has to end"):
            KeyStore(lease, keep)
