"""A plan on a reader's own dates, as plain values: what is done, which day holds what, what is left out and why."""

import json
from urllib.parse import parse_qs

import pytest

from tests.practice.states import ask, event

DAY = 86_400_000
FROM = 100  # a day; the clock of these tests counts from 1970
OWNER = {"name": "x", "why": "x", "source": {"title": "x", "url": "x"}}
DECK = {
    "owners": {
        "patterns/saga": OWNER | {"category": "data-flow", "phases": ["deep-dive"]},
        "patterns/retry": OWNER | {"category": "resilience", "phases": ["deep-dive"]},
        "problems/payment": OWNER | {"uses": ["patterns/saga"]},
    },
    "categories": {},
    "phases": {},
    "cards": [{"id": f"{of}-{i}", "of": f"patterns/{of}"} for of in ("saga", "retry") for i in range(9)],
}


def step(id_: str, minutes=10, count=0) -> dict:
    do, _, of = id_.partition("#")[0].partition(" ")
    return {"id": id_, "do": do, "of": of.split(","), "count": count, "minutes": minutes, "say": id_, "place": "x/"}


def plan(*days, minutes=60) -> dict:
    return {"slug": "p", "name": "P", "minutes": minutes, "days": [[step(*one) for one in day] for day in days]}


def laid(made: dict, today=FROM, ready=None, interview=None, minutes=60, since=FROM) -> dict:
    setup = {"from": FROM, "minutes": minutes, "since": since}
    found = ask("days", plan=made, setup=setup, interview=interview, ready=ready or {}, today=today)
    return found | {"days": {int(day): steps for day, steps in found["days"].items()}}


def done(made: dict, events=(), today=FROM, read=(), ticked=(), due=5, since=FROM, start=FROM) -> dict:
    setup = {"from": start, "minutes": 60, "since": since}
    given = {"read": list(read), "ticked": list(ticked), "deck": DECK, "due": due, "today": today}
    return ask("done", plan=made, setup=setup, events=list(events), **given)


def on(day: int, n: int, k="review", **more) -> dict:
    return event(n, k, at=day * DAY + n, **more)


# --- the setting --------------------------------------------------------------------------


def test_a_choice_is_read_as_it_was_written():
    made = plan([("read patterns/saga",)])
    text = "plan=p&from=1970-04-11&minutes=45&since=1970-04-09"
    assert parse_qs(ask("plan", plans=[made], text=text, today=FROM)) == parse_qs(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "plan=q&from=1970-04-11&minutes=45",
        "plan=p&from=soon&minutes=45",
        "plan=p&from=9970-04-11&minutes=45",
        "plan=p&from=1970-04-11&minutes=4.5",
        "plan=p&from=1970-04-11&minutes=9999",
        "plan=p&from=1970-02-31&minutes=",
    ],
)
def test_a_damaged_choice_is_none(text):
    assert ask("plan", plans=[plan([("read patterns/saga",)])], text=text, today=FROM) is None


# --- the days -----------------------------------------------------------------------------

WEEK = plan([("read a", 30), ("ask a", 20)], [("rehearse b", 60)], [], [("read c", 20), ("defend b", 10)])


def test_each_day_stands_on_its_date():
    found = laid(WEEK)
    assert found["days"] == {100: ["read a", "ask a"], 101: ["rehearse b"], 103: ["read c", "defend b"]}
    assert (found["moved"], found["short"], found["long"], found["end"]) == (0, [], [], 103)


def test_what_was_missed_moves_to_days_with_room_and_keeps_its_order():
    found = laid(WEEK, today=101)
    assert found["days"] == {101: ["read a", "ask a"], 102: ["rehearse b"], 103: ["read c", "defend b"]}
    assert found["moved"] == 2


def test_what_is_done_gives_its_room_to_what_was_missed():
    found = laid(WEEK, today=101, ready={"rehearse b": 100})
    assert found["days"] == {101: ["read a", "ask a"], 103: ["read c", "defend b"]} and found["ticked"] == 1


def test_what_was_done_today_takes_today_s_minutes():
    found = laid(WEEK, today=103, ready={"read a": 103, "ask a": 103, "rehearse b": 101})
    assert found["days"] == {103: ["defend b"]} and found["short"] == ["read c"]


def test_reading_gives_way_first_and_a_rehearsal_last():
    reading = plan([("rehearse b", 60), ("ask a", 20), ("read a", 30)], [("read c", 30), ("skim d", 10)])
    found = laid(reading, minutes=80)
    assert found["short"] == [] and len(found["days"]) == 2
    late = laid(reading, minutes=80, today=101)
    assert late["days"] == {101: ["rehearse b", "ask a"]} and late["short"] == ["read a", "read c", "skim d"]


def test_what_went_in_vain_comes_back():
    found = laid(WEEK, today=102)
    assert found["days"] == {102: ["rehearse b"], 103: ["read c", "defend b"]} and found["short"] == ["read a", "ask a"]


def test_what_is_longer_than_a_day_is_said_apart():
    found = laid(WEEK, minutes=30)
    assert found["long"] == ["rehearse b"] and "rehearse b" not in str(found["days"])


def test_an_interview_ends_it_on_the_day_before_and_spreads_it():
    assert laid(WEEK, interview=109)["days"] == {
        100: ["read a", "ask a"],
        102: ["rehearse b"],
        106: ["read c", "defend b"],
    }
    near = laid(WEEK, interview=102)
    assert near["end"] == 101 and max(near["days"]) <= 101
    assert laid(WEEK, interview=100)["end"] == 100  # on the day itself there is that day


def test_after_its_last_day_a_plan_is_over_and_what_is_open_is_said():
    found = laid(WEEK, today=104, ready={"read a": 100})
    assert found["over"] and found["days"] == {} and len(found["short"]) == 4


@pytest.mark.parametrize("minutes", [15, 20, 35, 60, 120])
@pytest.mark.parametrize("today", [98, 100, 101, 103])
def test_nothing_is_lost_and_no_day_is_too_long(minutes, today):
    days = [[(f"read p{i}-{j}", 5 + 7 * j) for j in range(4)] for i in range(4)]
    made = plan(*days)
    found = laid(made, today=today, minutes=minutes)
    placed = [one for steps in found["days"].values() for one in steps]
    wanted = {one[0] for day in days for one in day}
    assert sorted([*placed, *found["short"], *found["long"]]) == sorted(wanted)
    length = {one["id"]: one["minutes"] for day in made["days"] for one in day}
    assert all(sum(length[one] for one in steps) <= minutes for steps in found["days"].values())
    assert all(max(today, FROM) <= day <= found["end"] for day in found["days"])


# --- what is done -------------------------------------------------------------------------


def test_cards_tick_their_step_once_enough_of_them_were_answered():
    made = plan([("ask patterns/saga", 5, 3), ("ask patterns/saga,patterns/retry", 5, 2)])
    three = [on(FROM, i, card=f"saga-{i}") for i in range(3)]
    assert done(made, three[:2]) == {}
    assert done(made, [three[0], on(FROM, 8, card="saga-0"), on(FROM, 9, card="saga-0")]) == {}  # one card, thrice
    assert done(made, three) == {"ask patterns/saga": FROM}
    more = [*three, on(FROM, 5, card="saga-5"), on(FROM + 1, 6, card="retry-0")]
    assert done(made, more) == {"ask patterns/saga": FROM, "ask patterns/saga,patterns/retry": FROM + 1}
    assert done(made, [on(FROM - 1, i, card=f"saga-{i}") for i in range(3)]) == {}  # before it began


@pytest.mark.parametrize(("target", "fits"), [("categories/data-flow", True), ("categories/resilience", False)])
def test_a_set_of_cards_is_told_by_its_page(target, fits):
    made = plan([(f"ask {target}", 5, 1)])
    assert bool(done(made, [on(FROM, 1, card="saga-1")])) is fits


def test_a_problem_s_cards_are_those_of_its_patterns_and_its_own():
    made = plan([("ask problems/payment", 5, 2)])
    cards = ["saga-1", "payment~1a2b3c4d"]  # a follow-up stands in no deck
    assert done(made, [on(FROM, i, card=card) for i, card in enumerate(cards)])
    assert not done(made, [on(FROM, i, card=card) for i, card in enumerate(["saga-1", "retry-1"])])


def test_what_is_due_cannot_be_answered_ahead_and_is_done_when_nothing_is_left():
    made = plan([], [("ask due", 5, 2)])
    ahead = [on(FROM, i, card=f"saga-{i}") for i in range(2)]
    assert done(made, ahead) == {}
    then = [on(FROM + 1, i, card=f"saga-{i}") for i in range(2)]
    assert done(made, then, today=FROM + 1) == {"ask due": FROM + 1}
    assert done(made, then[:1], today=FROM + 1) == {}
    assert done(made, then[:1], today=FROM + 1, due=0) == {"ask due": FROM + 1}
    assert done(made, [], today=FROM + 1, due=0) == {}


def test_a_rehearsal_counts_once_its_debrief_is_there():
    made = plan([("rehearse problems/payment", 60), ("rehearse problems/payment#2", 60)])
    start = on(FROM, 1, "mock.start", s="a", problem="payment")
    assert done(made, [start, on(FROM, 2, "mock.end", s="a", how="closed")]) == {}
    one = [start, on(FROM, 3, "mock.done", s="a")]
    assert done(made, one) == {"rehearse problems/payment": FROM}
    two = [*one, on(FROM + 2, 4, "mock.start", s="b", problem="payment"), on(FROM + 2, 5, "mock.done", s="b")]
    assert done(made, two) == {"rehearse problems/payment": FROM, "rehearse problems/payment#2": FROM + 2}
    other = [on(FROM, 1, "mock.start", s="a", problem="chat"), on(FROM, 3, "mock.done", s="a")]
    assert done(made, other) == {}


def test_forks_count_by_their_problem():
    made = plan([("defend problems/payment", 9, 2)])
    given = {"took": "1", "sure": 75, "out": "taken", "tested": True}
    forks = [on(FROM, i, "defend", fork=f"problems/payment.{i}", **given) for i in range(2)]
    assert done(made, forks) == {"defend problems/payment": FROM}
    assert done(made, [forks[0], on(FROM, 7, "defend", fork="problems/payments.1", **given)]) == {}


def test_pages_and_checklists_count_whenever_they_were_marked():
    made = plan([("read patterns/saga",), ("skim phases/scope",), ("tick phases/scope", 3, 2)])
    assert done(made, read=["saga"]) == {"read patterns/saga": None}
    assert done(made, read=["phases/scope"]) == {"skim phases/scope": None}
    assert done(made, ticked=["scope.a", "deep-dive.b"]) == {}
    assert done(made, ticked=["scope.a", "scope.b"]) == {"tick phases/scope": None}


def test_a_tick_by_hand_holds_and_can_be_taken_away():
    made = plan([("rehearse problems/payment", 60), ("read patterns/saga",)])
    tick = on(FROM, 1, "plan.tick", step="rehearse problems/payment", on=True)
    off = on(FROM, 2, "plan.tick", step="rehearse problems/payment", on=False)
    assert done(made, [tick]) == {"rehearse problems/payment": FROM}
    assert done(made, [tick, off]) == {}
    again = [on(FROM, 3, "mock.start", s="a", problem="payment"), on(FROM, 4, "mock.done", s="a")]
    assert done(made, [tick, off, *again]) == {"rehearse problems/payment": FROM}  # done after it was taken away
    assert done(made, [on(FROM, 9, "plan.tick", step="read patterns/saga", on=False)], read=["saga"]) == {}


def test_a_new_start_asks_for_new_rehearsals_and_not_for_new_reading():
    made = plan([("rehearse problems/payment", 60), ("read patterns/saga",)])
    ticks = [on(FROM, i, "plan.tick", step=s["id"], on=True) for i, s in enumerate(made["days"][0])]
    assert done(made, ticks, start=FROM + 5, since=FROM + 5, today=FROM + 5) == {"read patterns/saga": FROM}


# --- the calendar -------------------------------------------------------------------------


def test_a_line_folds_at_75_octets_and_cuts_no_sign():
    lines = ["x" * 75, "x" * 76, "é" * 100, "𝄞" * 40, "a" + "中" * 60]
    for line, made in zip(lines, ask("folded", lines=lines), strict=True):
        pieces = made.split("\r\n")
        assert all(len(piece.encode()) <= 75 for piece in pieces)
        assert all(piece.startswith(" ") for piece in pieces[1:])
        assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert ask("folded", lines=lines[:1]) == lines[:1]


def test_signs_that_mean_something_are_written_otherwise():
    assert ask("escaped", texts=["a, b; c\\d\ne", json.dumps("x:")]) == ["a\\, b\\; c\\\\d\\ne", '"x:"']
