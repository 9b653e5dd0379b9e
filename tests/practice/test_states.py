"""The states behind practice, as plain values: schedule, fold, order, union, sitting. No page, no storage."""

import json
from datetime import UTC, datetime
from random import Random

import pytest

from tests.practice.states import ask, event

DAY = 86_400_000
DEFENDED = {"fork": "playbooks/contention.saga", "took": "saga", "sure": 75, "out": "taken", "tested": True}


# --- the schedule -------------------------------------------------------------------------


def test_intervals_are_those_that_fsrs_publishes():
    """py-fsrs 6, tests/test_basic.py, test_review_card. Its zeros are steps of minutes; a sitting asks at once."""
    published = [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]
    grades = [3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3]
    days = [sum(published[:i]) for i in range(len(published))]
    made = [one["interval"] for one in ask("schedule", days=days, grades=grades)]
    assert [m for m, p in zip(made, published, strict=True) if p] == [p for p in published if p]


def test_memory_is_that_which_fsrs_publishes():
    """py-fsrs 6, tests/test_basic.py, test_memo_state."""
    days = [0, 0, 1, 4, 12, 33]
    last = ask("schedule", days=days, grades=[1, 3, 3, 3, 3, 3])[-1]
    assert last["stability"] == pytest.approx(53.62691, abs=1e-4)
    assert last["difficulty"] == pytest.approx(6.3574867, abs=1e-4)


def test_a_clock_that_was_set_back_counts_as_the_same_day():
    forth, back = (ask("schedule", days=[10, day], grades=[3, 3])[-1] for day in (10, 3))
    assert forth == back


@pytest.mark.parametrize(("left", "least"), [(1, 1), (2, 1), (7, 6), (20, 15), (40, 33)])
def test_an_interview_caps_what_would_come_after_it(left, least):
    days = set(ask("due", ids=[f"card-{i}" for i in range(30)], stability=500, day=100, interview=100 + left))
    assert all(100 + least <= day < 100 + max(left, 2) for day in days)
    assert len(days) == max(1, min(7, left // 4))  # spread, so that not all fall on one day


def test_an_interview_caps_nothing_else():
    plain = ask("due", ids=["a"], stability=5, day=100)
    assert ask("due", ids=["a"], stability=5, day=100, interview=130) == plain  # it would have come before
    assert ask("due", ids=["a"], stability=5, day=100, interview=90) == plain  # it is past


# --- the log ------------------------------------------------------------------------------


def test_what_was_taken_back_does_not_count_whatever_the_order_of_arrival():
    events = [event(1), event(2, grade=1), event(3, k="undo", of=f"{2:026d}"), event(4)]
    orders = [events, events[::-1], [events[i] for i in (2, 0, 3, 1)]]
    assert {tuple(ask("standing", events=order)) for order in orders} == {(f"{1:026d}", f"{4:026d}")}
    folded = [ask("fold", events=order) for order in orders]
    assert folded[0] == folded[1] == folded[2] and folded[0]["cards"]["saga-why"]["answers"] == 2


def test_the_last_setting_of_a_name_holds_and_null_removes():
    rows = [event(i, k="set", name="interview", value=v) for i, v in enumerate(["2027-01-01", "2027-02-02"])]
    assert ask("settings", events=rows[::-1]) == {"interview": "2027-02-02"}
    assert ask("settings", events=[*rows, event(9, k="set", name="interview", value=None)]) == {}


@pytest.mark.parametrize(
    ("damage", "holds"),
    [
        ({}, True),
        ({"k": "of-a-feature-to-come", "more": [1]}, True),
        ({"v": 2, "grade": "otherwise"}, True),
        ({"v": 0}, False),
        ({"v": "1"}, False),
        ({"id": "short"}, False),
        ({"at": None}, False),
        ({"at": "yesterday"}, False),
        ({"tz": None}, False),
        ({"dev": ""}, False),
        ({"k": ""}, False),
        ({"card": ""}, False),
        ({"grade": 0}, False),
        ({"grade": 2.5}, False),
        ({"k": "undo"}, False),
        ({"k": "set", "name": "interview", "value": 5}, False),
        ({"k": "defend"} | DEFENDED, True),
        ({"k": "defend"} | DEFENDED | {"sure": 900}, False),
        ({"k": "defend"} | DEFENDED | {"sure": "75"}, False),
        ({"k": "defend"} | DEFENDED | {"out": "right"}, False),
        ({"k": "defend"} | DEFENDED | {"tested": 1}, False),
        ({"k": "defend"} | DEFENDED | {"took": ""}, False),
        ({"k": "defend.reply", "of": "x", "text": "Because."}, True),
        ({"k": "defend.reply", "of": "x"}, False),
    ],
)
def test_damage_is_noticed(damage, holds):
    assert ask("fits", records=[event(1) | damage]) == [holds]


def test_what_is_no_record_is_no_event():
    assert ask("fits", records=[None, 1, "a", [], {}]) == [False] * 5


def test_ids_stand_in_the_order_of_time():
    made = ask("ulids", times=[0, 1, 31, 32, 1_790_000_000_000, 2**48 - 1], chances=7)
    assert made == sorted(made) and all(len(one) == 26 for one in made) and made[-1].startswith("7ZZZZZZZZZ")


@pytest.mark.parametrize("tz", [-480, 0, 330, 780])
def test_a_day_ends_at_the_readers_own_midnight(tz):
    local = datetime(2026, 11, 27, tzinfo=UTC).timestamp() * 1000
    midnight = local - tz * 60_000
    before, after = ask("day", at=midnight - 1, tz=tz), ask("day", at=midnight, tz=tz)
    assert after == before + 1 == local // DAY


@pytest.mark.parametrize(
    ("ours", "theirs", "made"),
    [
        (None, '["a"]', '["a"]'),
        ('["b","a"]', '["c","a"]', '["a","b","c"]'),
        ('{"a":1}', '{"a":2,"b":3}', '{"a":1,"b":3}'),
        ('{"a":"to-read"}', '{"a":"read","b":"to-read"}', '{"a":"read","b":"to-read"}'),
        ("45", "60", "45"),
        ("{damaged", '["a"]', "{damaged"),
    ],
)
def test_what_other_features_keep_is_joined(ours, theirs, made):
    assert ask("joined", ours=ours, theirs=theirs) == made


def test_a_copy_comes_back_as_it_went():
    kept = {"wh-checklists": '["a"]', "wh-slot": "45"}
    back = ask("again", events=[event(1)], aside=[{"text": "{broken", "at": 1}], kept=kept)
    assert back == {"events": [event(1)], "aside": ["{broken"], "kept": kept}


def test_a_copy_cannot_write_what_is_not_of_practice():
    text = json.dumps({"whiteboard-hour": 1, "log": [], "kept": {"token": "x", "wh-slot": 5, "wh-level": "senior"}})
    assert ask("unpacked", text=text)["kept"] == {"wh-level": "senior"}


# --- a sitting ----------------------------------------------------------------------------


def deck(confused=()) -> dict:
    owners = {f"patterns/{p}": {"name": p, "category": "x" if p < "c" else "y", "phases": ["dive"]} for p in "abcd"}
    for one, other in confused:
        owners[f"patterns/{one}"]["confused"] = [f"patterns/{other}"]
        owners[f"patterns/{other}"]["confused"] = [f"patterns/{one}"]
    owners["problems/z"] = {"name": "z", "uses": ["patterns/a", "patterns/d"]}
    cards = [{"id": f"{p}{i}", "of": f"patterns/{p}", "question": "", "answer": ""} for i in (1, 2) for p in "abcd"]
    cards.append({"id": "z1", "of": "problems/z", "question": "", "answer": ""})
    return {"owners": owners, "categories": {"x": "X", "y": "Y"}, "phases": {"dive": "Dive"}, "cards": cards}


def memory(day: int, stability=5.0, **more) -> dict:
    return {"stability": stability, "difficulty": 5, "day": day, "answers": 1, "last": 3} | more


def pick(choice="all", size=10, early=False, memories=None, day=100, confused=(), **more):
    return ask(
        "picked",
        deck=deck(confused),
        memories=memories or {},
        day=day,
        choice=choice,
        size=size,
        early=early,
        **more,
    )


@pytest.mark.parametrize(
    ("choice", "ids"),
    [
        ("all", {"a1", "a2", "b1", "b2", "c1", "c2", "d1", "d2", "z1"}),
        ("category=x", {"a1", "a2", "b1", "b2"}),
        ("phase=dive", {"a1", "a2", "b1", "b2", "c1", "c2", "d1", "d2"}),
        ("problem=z", {"a1", "a2", "d1", "d2", "z1"}),
        ("pattern=c", {"c1", "c2"}),
        ("missed", set()),
    ],
)
def test_a_choice_holds_what_it_says(choice, ids):
    assert set(pick(choice)["ids"]) == ids


@pytest.mark.parametrize("choice", ["", "pattern=e", "category=", "phase=x", "problem=a", "everything", "pattern"])
def test_a_choice_that_names_nothing_is_none(choice):
    assert pick(choice) is None


def test_what_is_due_comes_first_and_the_most_forgotten_before_the_rest():
    memories = {"c1": memory(90, 5), "b2": memory(60, 5), "a1": memory(99, 30)}
    made = pick(memories=memories, size=3)
    assert made["ids"][:2] == ["b2", "c1"] and "a1" not in made["ids"]
    assert made["counts"] == {"due": 2, "fresh": 6, "missed": 0}


def test_a_new_card_brings_one_of_a_pattern_that_it_is_confused_with():
    made = pick(size=3, confused=[("a", "d")])
    assert made["ids"] == ["a1", "d1", "b1"]


def test_confused_patterns_stand_side_by_side_and_one_pattern_never_needlessly():
    ids = ask("arranged", deck=deck(confused=[("b", "d")]))
    assert abs(ids.index("b1") - ids.index("d1")) == 1 or abs(ids.index("b1") - ids.index("d2")) == 1
    assert all(a[0] != b[0] for a, b in zip(ids, ids[1:], strict=False))


def test_who_asks_for_one_pattern_gets_all_of_it_early_too():
    memories = {"c1": memory(99, 30), "c2": memory(99, 30)}
    assert pick("pattern=c", memories=memories)["ids"] == []
    assert set(pick("pattern=c", memories=memories, early=True)["ids"]) == {"c1", "c2"}


def test_what_was_missed_is_asked_for_a_week():
    memories = {"a1": memory(99, 30, missed=94), "b1": memory(99, 30, missed=93)}
    assert pick("missed", memories=memories, early=True)["ids"] == ["a1"]


def test_a_missed_card_returns_in_the_same_sitting_after_four_others():
    made = ask("sitting", ids=list("abcdefg"), grades=[1, 3, 3, 3, 3, 3, 3, 3])
    assert made["asked"] == ["a", "b", "c", "d", "e", "a", "f", "g"] and made["queue"] == []
    assert made["tally"] == {"asked": 7, "first": 6, "missed": ["a"]}


def test_a_missed_card_returns_at_the_end_of_a_short_sitting_until_it_is_known():
    made = ask("sitting", ids=["a", "b"], grades=[1, 3, 1, 1, 2])
    assert made["asked"] == ["a", "b", "a", "a", "a"] and made["queue"] == []


def test_an_answer_is_taken_back_and_the_first_has_nothing_before_it():
    made = ask("sitting", ids=["a", "b"], grades=["undo", 1, "undo", 3])
    assert made["asked"] == ["a", "a", "b", "a"] and made["queue"] == ["b"]


def test_foresight_counts_answers_after_a_day_or_more():
    events = [event(1, at=0), event(2, at=1000), event(3, at=3 * DAY, grade=1), event(4, at=4 * DAY)]
    made = ask("fold", events=events)["foresight"]
    assert (made["answers"], made["recalled"]) == (2, 1) and 1 < made["expected"] < 2


# --- where a reader stands ----------------------------------------------------------------


def stand(memories=None, read=False, day=100):
    cards = [card for card in deck()["cards"] if card["of"] == "patterns/a"]
    made = ask("stand", cards=cards, memories=memories or {}, read=read, day=day)
    return made["state"], made["asked"], made["held"], made["due"]


def test_a_pattern_is_unread_read_shaky_or_known():
    assert stand() == ("unread", 0, 0, 0)
    assert stand(read=True) == ("read", 0, 0, 0)
    assert stand({"a1": memory(100, 30)}) == ("shaky", 1, 1, 0)
    assert stand({"a1": memory(100, 30), "a2": memory(100, 30)}) == ("known", 2, 2, 0)


def test_what_was_missed_is_fresh_or_fades_is_not_known():
    known = memory(100, 30)
    assert stand({"a1": known, "a2": memory(100, 30, last=1)})[0] == "shaky"
    assert stand({"a1": known, "a2": memory(100, 3)})[0] == "shaky"
    assert stand({"a1": known, "a2": memory(85, 14)}) == ("known", 2, 2, 1)  # a day late, still held
    assert stand({"a1": known, "a2": memory(10, 14)}) == ("shaky", 2, 1, 1)  # 90 days are too many


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        (None, []),
        ('{"saga":"read","jwt":"to-read"}', ["saga"]),
        ("[1]", []),
        ("{broken", []),
        ("null", []),
    ],
)
def test_read_marks_are_those_of_the_patterns_pages(text, slugs):
    assert ask("read", text=text) == slugs


def test_a_rehearsal_counts_when_it_was_gone_to_its_end():
    def mock(n, kind, **more):
        return event(n, k=f"mock.{kind}", **more)

    events = [
        mock(1, "start", s="x", problem="payment"),
        mock(2, "end", s="x", how="closed"),
        mock(3, "start", s="y", problem="payment"),
        mock(4, "end", s="y", how="abandoned"),
        mock(5, "start", s="z", problem="chat"),
        mock(6, "end", s="lost", how="closed"),
    ]
    assert ask("rehearsed", events=events) == {"payment": {"times": 1, "last": 2000}}


def advise(memories=None, read=(), done=(), day=100):
    return ask("next", deck=deck(), memories=memories or {}, read=list(read), done=list(done), day=day)


def test_a_beginner_is_asked_reads_and_rehearses():
    assert advise() == [
        ["first", "practice/ask/#all"],
        ["unread", "a", 1, "patterns/a/"],
        ["problem", "z", "problems/z/"],
    ]


def test_what_is_due_comes_before_what_was_missed_before_what_is_new():
    memories = {"a1": memory(50, 3), "b1": memory(99, 30, missed=99)}
    assert advise(memories, read=["patterns/c"], done=["z"]) == [
        ["due", "practice/ask/#all"],
        ["missed", "practice/ask/#missed"],
        ["shaky", "a", "practice/ask/#pattern=a"],
        ["read", "c", "practice/ask/#pattern=c"],
        ["unread", "d", 1, "patterns/d/"],
    ]


# --- forks --------------------------------------------------------------------------------


def defended(n: int, sure: int, out: str, **more) -> dict:
    given = DEFENDED | {"fork": f"f{n}", "sure": sure, "out": out} | more
    return {"v": 1, "id": f"{n:026d}", "at": n * 1000, "tz": 0, "dev": "a", "k": "defend"} | given


@pytest.mark.parametrize(
    ("given", "brier", "steps"),
    [
        ([(90, "taken")], 0.01, [(90, 1, 1)]),  # (.9 - 1)²
        ([(90, "against")], 0.81, [(90, 1, 0)]),  # (.9 - 0)²
        ([(100, "taken"), (100, "against")], 0.5, [(100, 2, 1)]),  # (0 + 1) / 2
        ([(50, "taken"), (50, "against"), (50, "against")], 0.25, [(50, 3, 1)]),  # whatever comes
        ([(60, "condition"), (75, "against")], 0.36125, [(60, 1, 1), (75, 1, 0)]),  # (.16 + .5625) / 2
        # (.01 + .01 + .81 + .16 + .5625 + 0) / 6
        (
            [(90, "taken"), (90, "condition"), (90, "against"), (60, "taken"), (75, "against"), (100, "taken")],
            1.5525 / 6,
            [(60, 1, 1), (75, 1, 0), (90, 3, 2), (100, 1, 1)],
        ),
    ],
)
def test_the_score_is_briers(given, brier, steps):
    made = ask("calibration", events=[defended(i, *one) for i, one in enumerate(given, 1)])
    assert made["brier"] == pytest.approx(brier, abs=1e-12) and made["answers"] == len(given)
    assert [(one["sure"], one["answers"], one["held"]) for one in made["steps"]] == steps


def test_only_the_first_answer_to_a_fork_that_could_fail_is_scored():
    rows = [defended(1, 90, "against"), defended(2, 100, "taken", fork="f1"), defended(3, 60, "taken", tested=False)]
    made = ask("calibration", events=rows)
    assert (made["answers"], made["brier"]) == (1, pytest.approx(0.81))
    assert ask("calibration", events=rows[2:])["brier"] is None


def shelves() -> list[dict]:
    def fork(id_: str) -> dict:
        return {"id": id_, "choices": [{"key": key} for key in "abc"]}

    groups = [("problem=x", ["f1", "f2"]), ("playbook=y", ["f3"])]
    return [
        {"name": "all", "groups": [{"choice": c, "name": c, "forks": list(map(fork, ids))} for c, ids in groups]},
        {"name": "more", "groups": [{"choice": "pairs", "name": "pairs", "forks": [fork("f4")]}]},
    ]


def test_a_choice_of_forks_is_one_that_there_is():
    rows = [defended(1, 90, "against"), defended(2, 90, "against", fork="f3"), defended(3, 60, "taken", fork="f3")]
    found = {
        choice: ask("named", shelves=shelves(), choice=choice, events=rows)
        for choice in ("all", "missed", "pairs", "problem=x", "playbook=y", "fork=f2", "problem=z", "fork=f9", "x")
    }
    assert found == {
        "all": ["f1", "f2", "f3", "f4"],
        "missed": ["f1"],  # the last answer to f3 held
        "pairs": ["f4"],
        "problem=x": ["f1", "f2"],
        "playbook=y": ["f3"],
        "fork=f2": ["f2"],
    } | dict.fromkeys(["problem=z", "fork=f9", "x"])


def test_forks_come_new_ones_first_then_those_that_were_longest_ago():
    rows = [defended(1, 90, "taken", fork="f4"), defended(2, 90, "taken", fork="f1")]
    turns = [ask("turn", shelves=shelves(), events=rows, day=day) for day in range(20, 26)]
    assert {tuple(one[2:]) for one in turns} == {("f4", "f1")}
    assert {tuple(one[:2]) for one in turns} == {("f2", "f3"), ("f3", "f2")}  # each day has an order of its own


def test_the_place_of_a_choice_does_not_tell_which_one_holds():
    forks = [{"id": f"f{i}", "choices": [{"key": key} for key in "abc"]} for i in range(300)]
    first = [keys[0] for keys in ask("mixed", forks=forks)]
    assert all(70 <= first.count(key) <= 130 for key in "abc")


# --- the typed board ----------------------------------------------------------------------


def test_an_outline_is_read_as_boxes_and_arrows():
    made = ask("outline", text="client > API > cache ? db: 5 ms\napi ~ [[jobs]] > worker x> (Shop)")
    assert made["boxes"] == {
        "client": "client",
        "API": "service",
        "cache": "cache",
        "db": "store",
        "jobs": "queue",
        "worker": "service",
        "Shop": "client",
    }
    assert made["told"] == (
        "client to API; API to cache; cache on a miss to db: 5 ms; API later to jobs; jobs to worker; "
        "worker does not reach Shop"
    )


def test_lines_that_are_no_drawing_are_kept_as_words():
    text = "- 70,000 seats; 2M people\nIn: wait, hold, pay\n-> db\nclient > api: POST /holds\nqueue\n* Out: resale"
    made = ask("outline", text=text)
    assert made["words"] == ["70,000 seats; 2M people", "In: wait, hold, pay", "Out: resale"]
    assert list(made["boxes"]) == ["db", "client", "api", "queue"]
    assert made["told"] == "client to api: POST /holds; db; queue"


def test_a_page_that_nobody_sees_is_not_asleep_when_it_looks_once_a_minute():
    looks = [(False, 1), (False, 31), (False, 600), (True, 31), (True, 60), (True, 125), (True, 600)]
    made = ask("slept", looks=[{"hidden": hidden, "gone": seconds * 1000} for hidden, seconds in looks])
    assert made == [0, 31_000, 600_000, 0, 0, 0, 600_000]


@pytest.mark.parametrize("text", ["", " ", ">", "> >", ":", "a >", "> b", "a > a", ";;\n~", "x> x>", "[()]", "→"])
def test_half_an_outline_draws_what_it_has(text):
    made = ask("outline", text=text)
    assert set(made["boxes"]) <= {"a", "b", "x"}
    ask("laid", texts=[text], width=300)


@pytest.mark.parametrize(("width", "across"), [(900, True), (358, False)])
def test_it_lies_across_where_there_is_room_and_downward_on_a_phone(width, across):
    (made,) = ask("laid", texts=["client > api > cache ? db; api > queue > worker > db"], width=width)
    assert made["across"] == across and made["width"] <= width


def test_no_box_lies_on_another_whatever_is_typed():
    chance = Random(7)
    names = [letter * n for letter in "abcd" for n in (2, 9, 17)]
    texts = [
        "\n".join(" ".join((chance.choice(names), chance.choice(">?~"), chance.choice(names))) for _ in range(n % 15))
        for n in range(120)
    ]
    for made in (one for width in (320, 900) for one in ask("laid", texts=texts, width=width)):
        boxes = made["boxes"]
        for i, a in enumerate(boxes):
            assert (
                0 <= a["x"] and a["x"] + a["w"] <= made["width"] and 0 <= a["y"] and a["y"] + a["h"] <= made["height"]
            )
            for b in boxes[:i]:
                apart = a["x"] >= b["x"] + b["w"] or b["x"] >= a["x"] + a["w"]
                assert apart or a["y"] >= b["y"] + b["h"] or b["y"] >= a["y"] + a["h"], (a, b)
