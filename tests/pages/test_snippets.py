"""Python on a page, beside the reference algorithms, is run as it stands there."""

import math
import random
import re
from types import SimpleNamespace

import pytest

from macros.facts.finding import ROOT
from reference import stampede

FENCE = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)
PAGES = {path.stem: FENCE.findall(path.read_text("utf-8")) for path in sorted((ROOT / "docs").rglob("*.md"))}
TRIED = set()


def snippet(slug: str, **given) -> SimpleNamespace:
    """What a page's one piece of Python defines, run with these names at hand."""
    (code,) = PAGES[slug]
    TRIED.add(slug)
    exec(compile(code, f"docs/patterns/{slug}.md", "exec"), given)
    return SimpleNamespace(**given)


def test_a_profile_fades_by_half_in_a_half_life_and_has_length_one():
    made = snippet("content-based-filtering")
    vector = {"old": {"wine": 1.0}, "new": {"beer": 1.0}}
    profile = made.profile([("old", 1, 0), ("new", 1, 30)], vector, today=30)
    assert profile["beer"] == pytest.approx(2 * profile["wine"])
    assert math.hypot(*profile.values()) == pytest.approx(1)
    assert made.profile([], vector, today=30) == {}


def test_neighbors_on_the_map_share_the_beginning_of_their_cell():
    cell = snippet("geospatial-index").cell
    assert [cell(*place, 2) for place in ((-45, -90), (45, -90), (-45, 90), (45, 90))] == [0, 1, 2, 3]
    berlin, beside = cell(52.5200, 13.4050, 40), cell(52.5201, 13.4051, 40)
    assert berlin >> 10 == beside >> 10 and berlin >> 10 != cell(48.1372, 11.5755, 40) >> 10
    assert cell(52.5200, 13.4050, 20) == berlin >> 20


def test_a_mix_rewards_agreement_and_leaves_out_what_was_seen():
    mix = snippet("hybrid-recommender").mix
    lists = {"behavior": ["a", "b", "c"], "content": ["b", "d", "seen"]}
    assert mix(lists, {"behavior": 1, "content": 1}, {"seen"}) == ["b", "a", "d", "c"]
    assert mix({"behavior": ["a", "b"]}, {"behavior": 1, "content": 1}, set(), top=1) == ["a"]


def test_a_hybrid_clock_runs_ahead_of_what_it_heard_and_stays_near_the_wall():
    rng, walls = random.Random(7), {"A": 0, "B": 0}

    class ClockTooFarAhead(Exception):
        pass

    at = ["A"]
    made = snippet("logical-clocks", wall_ms=lambda: walls[at[0]], MAX_OFFSET=50, ClockTooFarAhead=ClockTooFarAhead)
    clocks = {name: type("Clock", (), {"l": 0, "c": 0, "now": made.now, "receive": made.receive})() for name in walls}
    last = {"A": (0, -1), "B": (0, -1)}
    for _ in range(2000):
        walls["A"] += rng.randrange(3)
        walls["B"] = max(walls["B"], walls["A"] + rng.randrange(-20, 20))
        at[0], other = rng.choice([("A", "B"), ("B", "A")])
        sent = last[other]
        stamp = clocks[at[0]].now() if rng.random() < 0.5 or sent < (0, 0) else clocks[at[0]].receive(*sent)
        assert stamp > last[at[0]] and stamp[0] - walls[at[0]] <= 50
        last[at[0]] = stamp
    with pytest.raises(ClockTooFarAhead):
        clocks["A"].receive(walls[at[0]] + 51, 0)


def test_what_a_hybrid_clock_receives_is_before_its_answer():
    made = snippet("logical-clocks", wall_ms=lambda: 10, MAX_OFFSET=50, ClockTooFarAhead=ValueError)
    for mine in ((5, 3), (10, 3), (12, 3)):
        for heard in ((4, 9), (5, 9), (10, 9), (12, 1), (12, 9), (20, 9)):
            clock = SimpleNamespace(l=mine[0], c=mine[1])
            stamp = made.receive(clock, *heard)
            assert stamp > heard and stamp > mine and stamp[0] >= 10


def test_sieve_keeps_what_was_read_and_never_more_than_its_capacity():
    Sieve = snippet("modern-eviction").Sieve
    cache = Sieve(3)
    for key in "abc":
        cache.put(key, key)
    assert cache.get("a") == "a" and cache.get("nothing") is None
    cache.put("d", "d")  # the hand passes a, which was read, and takes b
    assert set(cache.entries) == {"a", "c", "d"}
    rng, model = random.Random(1), {}
    cache = Sieve(5)
    for _ in range(3000):
        key = rng.randrange(12)
        if rng.random() < 0.5:
            cache.put(key, model.setdefault(key, rng.random()))
        elif (found := cache.get(key)) is not None:
            assert found == model[key]
        linked, entry = [], cache.tail
        while entry:
            linked.append(entry.key)
            entry = entry.newer
        assert sorted(linked) == sorted(cache.entries) and len(linked) <= 5


def test_a_row_that_is_not_there_is_asked_for_once():
    asked, kept = [], {}
    cache = SimpleNamespace(get=kept.get, set=lambda key, value, ttl: kept.__setitem__(key, value))
    rows = {"v1": "row"}
    primary = SimpleNamespace(load=lambda key: asked.append(key) or rows.get(key))
    made = snippet("negative-caching", cache=cache, primary=primary)
    assert [made.video(key) for key in ("v1", "v1", "gone", "gone")] == ["row", "row", None, None]
    assert asked == ["v1", "gone"]


def test_ids_are_unique_sorted_by_time_and_name_their_machine():
    made = snippet("unique-ids")
    mine, other = made.Snowflake(5), made.Snowflake(6)
    ids = [mine.next() for _ in range(9000)]  # more than two milliseconds of 4,096
    assert ids == sorted(set(ids)) and {i >> 12 & 1023 for i in ids} == {5}
    assert not set(ids) & {other.next() for _ in range(100)} and max(ids).bit_length() <= 63
    with pytest.raises(ValueError, match="machine number needs 10 bits"):
        made.Snowflake(1024)
    mine.last += 5000
    with pytest.raises(RuntimeError, match=r"clock is \d+ ms behind"):
        mine.next()


def test_the_early_refresh_is_that_of_the_tested_module():
    entry = stampede.Entry(value=1, delta=2.0, expiry=100.0)
    for now in range(80, 101):
        for seed in range(50):
            given = {
                "now": lambda now=now: now,
                "random": lambda seed=seed: random.Random(seed).random(),
                "log": math.log,
            }
            made = snippet("stampede-protection", delta=2.0, beta=1, expiry=100.0, **given)
            assert made.refresh == stampede.early(entry, now, random.Random(seed))


@pytest.mark.parametrize("on, shown", [(True, "ranked"), (False, "timeline")])
def test_a_flag_has_a_default_and_both_paths(on, shown):
    asked = []
    flags = SimpleNamespace(on=lambda name, user, default: asked.append(default) or on)
    given = {"ranked_feed": lambda *_: "ranked", "timeline": lambda *_: "timeline"}
    assert snippet("feature-flag", flags=flags, user_id=1, cursor=None, **given).page == shown
    assert asked == [False]


def test_no_text_of_the_request_is_in_the_query():
    asked = []
    db, user = SimpleNamespace(execute=lambda *query: asked.append(query)), SimpleNamespace(id=7)
    snippet("injection-prevention", db=db, user=user, request=SimpleNamespace(sort="name"))
    assert asked == [("SELECT id, name FROM item WHERE owner = %s ORDER BY name ASC, id ASC LIMIT 50", [7])]
    with pytest.raises(KeyError):
        snippet("injection-prevention", db=db, user=user, request=SimpleNamespace(sort="id; DROP TABLE item"))


def outcome(coroutine):
    """Its result; nothing here waits, so no loop is needed, and the browser's tests have one already."""
    with pytest.raises(StopIteration) as done:
        coroutine.send(None)
    return done.value.value


@pytest.mark.parametrize(
    "signals, ends, did",
    [
        ([None, None, None], "abandoned", ["check_name", "send_reminder", "send_reminder"]),
        ([None, "scan", None], "not approved", ["check_name", "send_reminder", "ask_for_review"]),
        (["scan", "yes"], None, ["check_name", "ask_for_review", "open_in_ledger", "send_card"]),
    ],
)
def test_a_workflow_waits_reminds_and_ends(signals, ends, did):
    done, keys, heard = [], [], iter(signals)

    async def activity(what, *about, key=None):
        done.append(what)
        keys.append(key)

    async def signal(name, timeout):
        return next(heard)

    names = {name: name for name in ("check_name", "send_reminder", "ask_for_review", "open_in_ledger", "send_card")}
    made = snippet("workflow-engine", activity=activity, signal=signal, days=lambda n: n, **names)
    assert outcome(made.open_account("ann")) == ends and done == did
    assert len(set(keys)) == len(keys)  # each activity has a key of its own, so that a repeat is known


def test_all_python_on_pages_was_tried(request):
    """Last in this file."""
    if len(request.session.items) > 1:
        assert {slug for slug, found in PAGES.items() if found} - TRIED == {
            "algorithms"
        }  # how a frame is written, not code to run
