"""The rehearsal without a page: the clock and its borders, curveballs by seed, answers, and the debrief's words."""

import json
import re
import subprocess
from types import SimpleNamespace

import pytest

from macros import node
from macros.facts.finding import ROOT
from macros.facts.rubric import Balls, Thrown
from macros.machines import rehearsal

HERE = ROOT / "tests" / "machines"
START, MINUTE = 1_764_163_200_000, 60_000  # a moment in November 2025, in ms
SLUG = "url-shortener"


@pytest.fixture(scope="module")
def files(catalogue):
    return {path: json.loads(text) for path, text in rehearsal.files(catalogue).items()}


@pytest.fixture(scope="module")
def ask(files):
    """ask(events=…, at=[minutes], …): what the page's modules make of it; problem by its slug."""

    def asked(problem=SLUG, at=(), **given):
        told = {
            "plan": files["practice/rehearse/plan.json"],
            "problem": files[f"problems/{problem}/rehearsal.json"],
            "at": [round(START + minute * MINUTE) for minute in at],
        }
        done = node.run(
            str(HERE / "rehearsal.mjs"), input=json.dumps(told | given), text=True, stdout=subprocess.PIPE,
            encoding="utf-8", check=True,
        )  # fmt: skip
        return SimpleNamespace(**json.loads(done.stdout))

    return asked


def log(*events, slot=45, level="senior", **more):
    """A rehearsal that begins at START; then events as (minute, kind, fields)."""
    first = {
        "k": "mock.start", "at": START - 30_000, "tz": 60, "s": "one", "n": 0, "problem": SLUG, "slot": slot,
        "level": level, "seed": "7f3a", "begins": START, "partner": False, "balls": True, **more,
    }  # fmt: skip
    rest = [
        {"k": f"mock.{kind}", "at": round(START + minute * MINUTE), "tz": 60, "s": first["s"], "n": n, **fields}
        for n, (minute, kind, fields) in enumerate(events, 1)
    ]
    return [first, *rest]


# --- the clock ------------------------------------------------------------------------------------


def test_the_brief_ends_by_itself_and_the_interview_too(ask):
    rows = ask(events=log(), at=[-0.5, -0.01, 0, 44.99, 45, 600]).rows
    assert [row["stage"] for row in rows] == ["brief", "brief", "run", "run", "check", "check"]


def test_phases_that_keep_their_minutes_are_due_where_the_plan_has_them(ask, catalogue):
    for slot in (35, 45, 60, 90):
        plan = next(one for one in catalogue.interview.slots if one.minutes == slot)
        ends, events = 0, []
        for i, length in enumerate(plan.plan.values(), 1):
            ends += length
            events.append((ends, "phase", {"phase": i}))
        (row,) = ask(events=log(*events[:-1], slot=slot), at=[slot - 0.1]).rows
        assert [p["due"] for p in row["phases"]] == [p["planned"][1] for p in row["phases"]]
        assert [(p["ended"] - p["began"]) / MINUTE for p in row["phases"][:-1]] == list(plan.plan.values())[:-1]


def test_an_overrun_takes_from_the_reserve_first_and_then_from_the_next_phase(ask):
    rows = ask(events=log((9, "phase", {"phase": 1})), at=[6.5, 8.9, 9, 20.9]).rows
    assert rows[0]["says"] == "30 seconds over, paid by the reserve: 2.5 minutes of it left"
    assert rows[2]["phases"][1]["due"] == 21 * MINUTE and rows[2]["spent"] == 3 * MINUTE
    assert rows[2]["borders"][-1]["say"] == "High-level design starts 3 minutes late; the reserve pays for it."
    (row,) = ask(events=log((11, "phase", {"phase": 1})), at=[11]).rows
    late = "High-level design starts 5 minutes late: 3 minutes from the reserve, 2 minutes of its own"
    assert row["borders"][-1]["say"] == f"{late}; 10 minutes are left for it."
    assert [b["t"] / MINUTE for b in row["borders"]] == [0, 6, 9, 11]
    assert (
        row["borders"][2]["say"] == "The reserve is spent. High-level design now loses what Understand and scope takes."
    )


def test_time_that_is_saved_goes_to_the_next_phase(ask):
    (row,) = ask(events=log((4, "phase", {"phase": 1})), at=[4]).rows
    assert row["phases"][1]["due"] == 18 * MINUTE
    assert row["borders"][-1]["say"] == "High-level design starts 2 minutes early."


def test_a_phase_that_nobody_ends_is_ended_by_the_clock(ask):
    (row,) = ask(events=log(), at=[44]).rows
    assert [(p["slug"], p["began"] / MINUTE, p["forced"]) for p in row["phases"]] == [
        ("scope", 0, True), ("high-level-design", 21, True), ("deep-dive", 41, False),
    ]  # fmt: skip
    assert any(
        b["say"].startswith("Moved on by the clock. High-level design starts 15 minutes late") for b in row["borders"]
    )


def test_each_border_is_said_once_and_none_before_its_time(ask):
    at = [x / 10 for x in range(0, 451, 7)]
    events = log((7, "phase", {"phase": 1}), (18, "phase", {"phase": 2}), (39, "phase", {"phase": 3}))
    rows = ask(events=events, at=at).rows
    for before, after in zip(rows, rows[1:], strict=False):
        assert after["borders"][: len(before["borders"])] == before["borders"]
    says = [b["say"] for b in ask(events=events, at=[45]).rows[0]["borders"]]
    assert len(says) == len(set(says)) and says[-1] == "Time is up."


def test_a_clock_that_was_set_back_costs_nothing(ask):
    events = log((9, "phase", {"phase": 1}), (-41, "clock", {"ms": 55 * MINUTE}), (-35, "phase", {"phase": 2}))
    out = ask(events=events, at=[-35, -30])
    assert [row["t"] / MINUTE for row in out.rows] == [20, 25]
    assert [p["began"] / MINUTE for p in out.rows[1]["phases"]] == [0, 9, 20]


def test_what_a_look_at_two_clocks_tells(ask):
    def look(wall, mono):
        return [{"wall": 0, "mono": 0}, {"wall": wall, "mono": mono}]

    looks = [look(1000, 1001), look(-3_600_000, 1000), look(600_000, 1000), look(600_000, 600_000), look(-500, 1000)]
    assert ask(looks=looks).looks == [[0, 0], [3_601_000, 0], [0, 600_000], [0, 600_000], [0, 0]]


def test_events_of_two_tabs_count_once(ask):
    twice = log((9, "phase", {"phase": 1}), (9.1, "phase", {"phase": 1}), (12, "ball", {"ball": "x.y", "a": "waived"}),
                (13, "ball", {"ball": "x.y", "a": "answered"}))  # fmt: skip
    out = ask(events=twice, at=[10])
    assert out.rows[0]["phases"][1]["began"] == 9 * MINUTE
    assert out.session["answered"] == [["x.y", {"t": 12 * MINUTE, "a": "waived"}]]


def test_spans_and_clocks(ask):
    assert ask(spans=[0, 1000, 40_000, 60_000, 89_000, 90_000, 180_000, 3_725_000]).spans == [
        ["0 seconds", "0:00"], ["1 second", "0:01"], ["40 seconds", "0:40"], ["1 minute", "1:00"],
        ["89 seconds", "1:29"], ["1.5 minutes", "1:30"], ["3 minutes", "3:00"], ["62 minutes", "1:02:05"],
    ]  # fmt: skip


# --- curveballs and surprises ---------------------------------------------------------------------


def test_a_slot_has_the_curveballs_of_the_nearest_that_is_listed_and_not_longer():
    balls = Balls(first=50, last=75, slots=(Thrown(minutes=35, count=1), Thrown(minutes=90, count=3)))
    assert [balls.of(minutes) for minutes in (30, 35, 75, 90, 120)] == [0, 1, 1, 3, 3]


def test_a_seed_gives_the_same_curveballs_each_in_its_share_of_the_dive(ask, catalogue):
    seeds = [[slot, f"{seed:04x}"] for slot in (35, 45, 60, 90) for seed in range(40)]
    for slug, p in catalogue.problems.items():
        mine = [one for one in seeds if one[0] in p.slots]
        out, again = ask(slug, seeds=mine).thrown, ask(slug, seeds=mine).thrown
        assert out == again
        assert len({json.dumps(one) for one in out}) > 20
        for (slot, _), balls in zip(mine, out, strict=True):
            plan = next(one for one in catalogue.interview.slots if one.minutes == slot)
            begin, length = sum(list(plan.plan.values())[:2]), plan.plan["deep-dive"]
            assert len(balls) == catalogue.conduct.curveballs.of(slot)
            moments = [t / MINUTE for _, _, t in balls]
            assert moments == sorted(moments) and all(t % 1000 == 0 for *_, t in balls)
            assert all(begin + length * 0.549 <= t <= begin + length * 0.751 for t in moments)
            decisions = {one.attacks for one in p.curveballs}
            assert len({attacks for _, attacks, _ in balls}) == min(len(balls), len(decisions))


def test_a_surprise_fills_the_slot_and_is_none_of_the_last_three(ask, catalogue):
    seeds = [[slot, f"{seed:04x}"] for slot in (35, 90) for seed in range(60)]
    recent = ["chat", "payment", "news-feed", "search"]
    found = ask(seeds=seeds, recent=recent).surprise
    assert not {"payment", "news-feed", "search"} & set(found)
    assert all(slot in catalogue.problems[slug].slots for (slot, _), slug in zip(seeds, found, strict=True))
    assert "chat" in found and len(set(found)) > 5


def test_a_partner_s_link_is_read_back_and_nonsense_is_not(ask):
    good = f"mock={SLUG}.45.7f3a.1764163200"
    bad = [
        "", "mock=", f"mock={SLUG}.45.7f3a", f"mock={SLUG}.46.7f3a.1764163200", "mock=nobody.45.7f3a.1764163200",
        f"mock={SLUG}.45.<b>.1764163200", "mock=constructor.45.7f3a.1764163200",
        f"mock={SLUG}.toString.7f3a.1764163200",
    ]  # fmt: skip
    (found, text), *rest = ask(links=[good, *bad]).links
    assert text == good and found == {"problem": SLUG, "slot": 45, "seed": "7f3a", "begins": START}
    assert rest == [None] * len(bad)


# --- what was seen, and the debrief ---------------------------------------------------------------


def see(minute, dim, *answers):
    return [
        (minute, "see", {"dim": dim, "level": level, "a": a})
        for level, a in zip(("mid", "senior", "staff"), answers, strict=False)
    ]


WHOLE = log(
    (9, "phase", {"phase": 1}), (21, "phase", {"phase": 2}),
    (24, "mark", {"what": "interrupted", "text": "the *door*"}),
    (33, "ball", {"ball": "redirect.tag-based-invalidation", "a": "answered"}), (41, "phase", {"phase": 3}),
    *see(46, "scope", "yes", "yes", "no"), *see(46, "numbers", "yes", "no", "yes"),
    *see(47, "design", "yes", "yes", "yes"),
    *see(47, "depth", "yes"), *see(47, "failure", "no", "none", "none"),
    *see(48, "conversation", "yes", "yes"),
    (48, "reveal", {}), *see(49, "failure", "yes", "yes", "yes"),
    (50, "decide", {"fork": "codes", "a": "same"}),
    (51, "decide", {"fork": "redirect", "a": "other", "why": "cheaper"}),
    (52, "decide", {"fork": "hot", "a": "missed"}), (53, "done", {}),
)  # fmt: skip


def test_a_level_holds_where_those_below_it_do_and_nothing_counts_after_the_reveal(ask):
    assert ask(events=WHOLE).held == ["senior", "mid", "staff", "mid", "", "senior"]


def test_the_debrief_says_where_the_minutes_went_and_what_comes_next(ask):
    text = ask(events=WHOLE).text
    assert text.startswith("# Rehearsal: URL shortener · 45 minutes · aimed at Senior · seed 7f3a · 2025-11-26 14:19\n")
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == [
        "Where the minutes went", "What held", "Not seen", "Not reached", "Curveballs", "Decisions", "On the way",
        "Next",
    ]  # fmt: skip
    for line in (
        "- Understand and scope: 6 planned, 9 taken (+3)",
        "- Reserve: 3 of 3 used",
        "- Failure: no level, aimed at Senior",
        "- Design: Staff",
        '- Failure: Answers "it dies" with a mechanism, and with what that mechanism needs.',
        "- 24:00 interrupted: the \\*door\\*",
    ):
        assert line in text.splitlines(), line
    assert "Answered in 3 minutes. Ours: see Tag-based invalidation." in text and "Not answered." in text
    assert "Another, and you defend it; ours: " in text and "You said: cheaper" in text
    assert re.search(
        r"after \[[^]]+\]\(\S+/patterns/([a-z0-9-]+)/\) and \[its cards\]\(\S+/practice/ask/#pattern=\1\)$", text, re.M
    )
    assert text.count("https://example.org/guide/") == 4 and "Sunday, 2025-11-30: this problem again" in text


def test_the_debrief_is_the_same_wherever_and_in_whatever_order_the_log_is_read(ask):
    assert ask(events=WHOLE).text == ask(events=list(reversed(WHOLE))).text
    foreign = [
        {"k": "review", "at": START, "tz": 0, "card": "x", "grade": 3},
        {"k": "mock.later", "at": START, "tz": 0, "s": "one", "n": 2},
    ]
    assert ask(events=[*foreign, *WHOLE]).text == ask(events=WHOLE).text


def test_it_stands_against_the_rehearsals_before(ask):
    before = [
        e | {"s": "zero", "at": e["at"] - 86_400_000, **({"begins": START - 86_400_000} if e["n"] == 0 else {})}
        for e in WHOLE
    ]
    text = ask(events=[*before, *WHOLE]).text
    assert "- 2 rehearsals in all; failure held the level aimed at in 0 of them" in text
    assert "- Understand and scope overran in 2 of 2" in text
    assert "- Higher than last time: nothing; lower: nothing" in text


@pytest.mark.parametrize(
    ("tz", "said"), [(-480, "2025-11-26 05:19"), (780, "2025-11-27 02:19"), (0, "2025-11-26 13:19")]
)
def test_days_are_those_of_the_reader_s_clock(ask, tz, said):
    events = [e | {"tz": tz} for e in WHOLE]
    assert said in ask(events=events).text.splitlines()[0]


def test_the_partner_s_text_is_read_by_its_lines(ask):
    text = "# Seat\n\n- scope.mid: yes\n- scope.senior: not reached\n* depth.staff: no\n- slow\nscope.staff: maybe"
    seen = {"scope.mid": "yes", "scope.senior": "none", "depth.staff": "no"}
    assert ask(seats=[text]).seats == [[seen, ["slow"]]]


def test_equal_data_gives_equal_files(catalogue):
    assert rehearsal.files(catalogue) == rehearsal.files(catalogue)


def test_every_hint_and_curveball_names_what_it_is_about(files, catalogue):
    for slug in catalogue.problems:
        made = files[f"problems/{slug}/rehearsal.json"]
        assert all(len(one) == 3 and all(one) for one in made["hints"]) and len(made["hints"]) == len(made["decisions"])
        assert len({ball["id"] for ball in made["balls"]}) == len(made["balls"])
        assert "{" not in json.dumps(made["balls"] + made["scope"]).replace('{"', "")
