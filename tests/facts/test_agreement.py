"""Weighted kappa: worked by hand, by its other formula, and the same in the page's script as in the build."""

import json
import random
import subprocess

import pytest

from macros import node
from macros.facts.agreement import agreement, kappa
from macros.facts.finding import ROOT

BY_HAND = [(0, 0), (1, 1), (1, 2), (2, 2), (3, 1)]
# Observed: 0 + 0 + 1 + 0 + 2 = 3. Expected, each of 0, 1, 1, 2, 3 with each of 0, 1, 2, 2, 1 apart:
# 0: 0+1+2+2+1 = 6; 1: 1+0+1+1+0 = 3, twice; 2: 2+1+0+0+1 = 4; 3: 3+2+1+1+2 = 9; together 25, of 5 times 5 pairs.
# kappa = 1 - (3 / 5) / (25 / 25) = 0.4


def ask(**given):
    script = str(ROOT / "tests" / "facts" / "agreement.mjs")
    done = node.run(script, input=json.dumps(given), stdout=subprocess.PIPE, encoding="utf-8")
    assert done.returncode == 0
    return json.loads(done.stdout)


def by_agreement(pairs, levels=4):
    """The same coefficient from weights of agreement, 1 - |i - j| / (levels - 1), and the table of shares."""
    table = [[sum(pair == (i, j) for pair in pairs) / len(pairs) for j in range(levels)] for i in range(levels)]
    rows, columns = [sum(row) for row in table], [sum(row[j] for row in table) for j in range(levels)]
    cells = [(i, j, 1 - abs(i - j) / (levels - 1)) for i in range(levels) for j in range(levels)]
    observed = sum(w * table[i][j] for i, j, w in cells)
    expected = sum(w * rows[i] * columns[j] for i, j, w in cells)
    return (observed - expected) / (1 - expected)


def drawn(seed: int) -> list[tuple[int, int]]:
    chance = random.Random(seed)
    first = [chance.randrange(4) for _ in range(chance.randrange(2, 40))]
    return [(a, a if chance.random() < 0.5 else chance.randrange(4)) for a in first]


def test_a_table_that_was_worked_by_hand():
    assert kappa(BY_HAND) == pytest.approx(0.4)
    assert ask(pairs=[BY_HAND])["kappas"] == [pytest.approx(0.4)]


def test_full_agreement_is_one_chance_is_nothing_and_one_level_throughout_has_no_value():
    cases = {
        ((0, 0), (3, 3)): 1,
        ((0, 0), (0, 1), (1, 0), (1, 1)): 0,
        ((0, 3), (3, 0)): -1,
        ((2, 2), (2, 2)): None,
        (): None,
    }
    assert [kappa(pairs) for pairs in cases] == list(cases.values())
    assert ask(pairs=list(cases))["kappas"] == list(cases.values())


def test_two_levels_apart_count_twice_as_much_as_one():
    level = [(0, 0), (1, 1), (2, 2), (3, 3)] * 5
    one, two = (1 - kappa([*level, (0, apart), (apart, 0)]) for apart in (1, 2))
    assert 1.8 < two / one < 2.2


def test_page_and_build_and_the_other_formula_agree():
    many = [drawn(seed) for seed in range(300)]
    found = ask(pairs=many)["kappas"]
    for pairs, theirs in zip(many, found, strict=True):
        mine = kappa(pairs)
        assert (mine is None) == (theirs is None)
        if mine is not None:
            assert theirs == pytest.approx(mine, abs=1e-12) and mine == pytest.approx(by_agreement(pairs), abs=1e-9)


def test_what_one_calls_not_shown_is_counted_beside_it():
    one, other = {"a": 0, "b": 2, "c": 3}, {"a": 0, "b": 3, "d": 1}
    things = ["a", "b", "c", "d", "e"]
    mine = agreement(
        {("x", k): v for k, v in one.items()}, {("x", k): v for k, v in other.items()}, [("x", t) for t in things]
    )
    assert (mine.both, mine.equal, mine.shown) == (2, 1, 3)
    theirs = ask(people=[one, other], things=things)["agreement"]
    assert theirs == {"kappa": pytest.approx(mine.kappa), "both": 2, "equal": 1, "shown": 3, "of": 5}


def test_the_first_scores_of_an_excerpt_count_until_all_is_scored_anew():
    def given(excerpt, level):
        return {"k": "calibrate.score", "excerpt": excerpt, "scores": {"scope": level}}

    first = [given("one", "mid"), given("one", "staff"), {"k": "review", "excerpt": "two"}, given("two", "none")]
    assert ask(events=first)["scored"] == {"one": {"scope": "mid"}, "two": {"scope": "none"}}
    assert ask(events=[*first, {"k": "calibrate.anew"}])["scored"] == {}
    assert ask(events=[*first, {"k": "calibrate.anew"}, given("one", "below")])["scored"] == {"one": {"scope": "below"}}
    assert ask(events=[{"k": "calibrate.score", "excerpt": "one"}])["scored"] == {}  # of an import that was cut
