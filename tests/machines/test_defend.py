"""What "Defend it" poses, from the guide's data: each choice is argued, none called wrong that the text defends."""

import json
import re
from fractions import Fraction

import pytest

from macros.facts.quantities import worked_out
from macros.machines import defend


@pytest.fixture(scope="module")
def shelves(catalogue):
    return json.loads(defend.files(catalogue)[defend.PATH])


@pytest.fixture(scope="module")
def forks(shelves):
    return {fork["id"]: fork for shelf in shelves for group in shelf["groups"] for fork in group["forks"]}


def verdicts(fork: dict) -> dict[str, str]:
    return {one["key"]: one["verdict"] for one in fork["choices"]}


def test_every_decision_every_row_and_every_confused_pair_is_posed(catalogue, forks):
    wanted = {f"problems/{p.slug}.{id}" for p in catalogue.problems.values() for id in p.decide}
    wanted |= {f"playbooks/{b.slug}.{fork.take}" for b in catalogue.playbooks.values() for fork in b.forks}
    rows = catalogue.singles["relations"].relations
    wanted |= {f"patterns/{r.source}.{r.to}" for r in rows if r.kind == "confused-with"}
    assert set(forks) == wanted


def test_each_choice_is_argued_and_one_is_the_guides(forks):
    for id_, fork in forks.items():
        keys = [one["key"] for one in fork["choices"]]
        assert 2 <= len(keys) == len(set(keys)), id_
        assert [one["verdict"] for one in fork["choices"]].count("taken") == 1, id_
        assert fork["choices"][0]["verdict"] == "taken" and fork["asks"] and fork["sees"], id_
        for one in fork["choices"]:
            assert all(one[field] for field in ("name", "objection", "decides", "holds")), (id_, one)
            assert not re.search(r"[{}]|\bNone\b", "".join(one.values())), (id_, one)  # each number is said


def test_what_the_numbers_hardly_tell_apart_is_defensible(catalogue, forks):
    """Two numbers within a factor of three: the other answer holds on a condition; else the numbers are against it."""
    seen = set()
    for slug, p in catalogue.problems.items():
        known = catalogue.quantities[slug]
        values = {name: one.value for name, one in known.all.items()}
        for id_, settled in known.decisions.items():
            if id_ == p.hard.decision:
                continue
            left, right = (worked_out(side, values) for side in (settled.comparison.left, settled.comparison.right))
            near = Fraction(1, 3) <= left / right <= 3
            taken, other = ("take", "else") if settled.holds else ("else", "take")
            found = {taken: "taken", other: "condition" if near else "against"}
            assert verdicts(forks[f"problems/{slug}.{id_}"]) == found
            seen.add((settled.holds, near))
    assert {(True, True), (True, False), (False, False)} <= seen


def test_the_other_options_of_a_crux_hold_on_what_would_change_your_mind(catalogue, forks):
    for slug, p in catalogue.problems.items():
        choices = forks[f"problems/{slug}.{p.hard.decision}"]["choices"]
        assert [one["verdict"] for one in choices] == ["taken"] + ["condition"] * (len(choices) - 1)
        for one, option in zip(choices, p.hard.options, strict=True):
            assert str(option.reconsider) in one["holds"] and one["objection"] == str(option.pay)


def test_an_alternative_is_never_among_what_the_text_is_against(catalogue, forks):
    for id_, fork in forks.items():
        if id_.startswith("playbooks/"):
            taken = fork["choices"][0]["key"]
            alternatives = {link.to for link in catalogue.links(taken) if link.kind == "alternative-to"}
            for key, verdict in list(verdicts(fork).items())[1:]:
                assert (verdict == "condition") == (key in alternatives), id_


def test_of_two_that_are_confused_the_case_is_from_the_page_of_the_right_one(catalogue, forks):
    for id_, fork in forks.items():
        if id_.startswith("patterns/"):
            right, wrong = fork["choices"]
            assert (right["verdict"], wrong["verdict"]) == ("taken", "against")
            assert fork["sees"] in catalogue.patterns[right["key"]].use_when, id_


def test_where_the_guide_argues_it_is_a_place_on_a_page(forks, site):
    for fork in forks.values():
        page, _, name = fork["at"].partition("#")
        assert f'id="{name}"' in (site / page / "index.html").read_text("utf-8"), fork["at"]


def test_the_page_without_scripts_has_every_fork_and_every_answer(forks, site):
    text = (site / "practice" / "defend" / "index.html").read_text("utf-8")
    listed = text[text.index('id="all-forks"') :]
    ids = set(re.findall(r'<details class="wh-answer" id="([^"]+)"', listed))
    assert ids == {id_.replace("/", "-").replace(".", "-") for id_ in forks}
    assert listed.count("Against it: ") == sum(len(fork["choices"]) for fork in forks.values())
    assert (site / defend.PATH).exists()


def test_equal_data_gives_equal_bytes(catalogue):
    assert defend.files(catalogue) == defend.files(catalogue)
