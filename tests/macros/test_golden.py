"""What each macro makes of the small catalogue in tests/good/, compared with a file that a person has read.

`UPDATE_GOLDEN=1 make test` writes the files again; read the difference before you commit it.
"""

import os
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from macros.facts import load
from macros.pages import cards, code as algorithms, figures, glossary as glossaries, manual, maps, minutes as timetables, patterns, phases, playbooks
from macros.paper import center as printing, sheets
from macros.runs import plots

HERE = Path(__file__).resolve().parent
GOOD = HERE.parent / "good"

TWICE = plots.Chart("Twice", "Each is twice the one before.", "tries", "wait, s", (("wait", (1, 2), (1, 2)), ("cap", (1, 2), (2, 2))))

CALLS = {
    "pattern_card": lambda c: cards.pattern_card(c, "retry"),
    "pattern_cards": lambda c: "\n\n".join(
        [
            cards.pattern_cards(c, phase="dive"),
            cards.pattern_cards(c, category="resilience"),
            cards.pattern_cards(c, slugs=["breaker"]),
            cards.pattern_cards(c, playbook="steadiness"),
        ]
    ),
    "pattern_catalogue": lambda c: cards.catalogue(c),
    "pattern_index": lambda c: cards.a_to_z(c),
    "pattern_map": lambda c: maps.whole(c),
    "pattern_head": lambda c: patterns.head(c, "retry"),
    "numbers": lambda c: patterns.numbers(c, "retry"),
    "trade_offs": lambda c: patterns.trade_offs(c, "retry"),
    "failure_modes": lambda c: patterns.failure_modes(c, "retry"),
    "follow_ups": lambda c: patterns.follow_ups(c, "retry"),
    "depth": lambda c: patterns.depth(c, "retry"),
    "related": lambda c: patterns.related(c, "retry"),
    "sources": lambda c: patterns.sources(c, "retry"),
    "code": lambda c: algorithms.code(c, "retry", {"worker": "worker.js", "python": "6.4"}) + "\n\n" + algorithms.code(c, "breaker", {}),
    "phase_head": lambda c: phases.head(c, "dive"),
    "enter_when": lambda c: phases.enter_when(c, "dive"),
    "leave_when": lambda c: phases.leave_when(c, "dive"),
    "steps": lambda c: phases.steps(c, "dive"),
    "whiteboard": lambda c: phases.whiteboard(c, "dive"),
    "questions": lambda c: phases.questions(c, "dive", "ask") + "\n\n" + phases.questions(c, "dive", "expect"),
    "mistakes": lambda c: phases.mistakes(c, "dive"),
    "dos_and_donts": lambda c: phases.dos_and_donts(c, "dive") + "\n\n" + phases.dos_and_donts(c),
    "phase_numbers": lambda c: phases.numbers(c, "dive"),
    "phase_sources": lambda c: phases.sources(c, "dive"),
    "checklist": lambda c: phases.checklist(c, "dive"),
    "playbook_list": lambda c: playbooks.listing(c),
    "playbook_head": lambda c: playbooks.head(c, "steadiness"),
    "forks": lambda c: playbooks.forks(c, "steadiness"),
    "playbook_sources": lambda c: playbooks.sources(c, "steadiness"),
    "phase_bar": lambda c: timetables.phase_bar(c, "dive", 35),
    "time_table": lambda c: timetables.time_table(c),
    "time_plan": lambda c: timetables.time_plan(c, 45),
    "schemes_table": lambda c: timetables.schemes_table(c),
    "cheat_sheet": lambda c: sheets.page(c, "dive") + "\n\n" + sheets.page(c, "interview"),
    "deck_list": lambda c: printing.deck_list(c),
    "print_center": lambda c: printing.print_center(c),
    "glossary": lambda c: glossaries.glossary(c),
    "plot": lambda c: re.sub(r'( d|transform|x|y)="[^"]*"', r'\1="…"', plots.draw(TWICE, "twice")),
    "figure": lambda c: figures.figure(c, "retry"),
}


@pytest.fixture(scope="module")
def catalogue():
    found, problems = load.catalogue(GOOD / "data")
    assert not problems
    return found


@pytest.mark.parametrize("name", CALLS)
def test_golden(name, catalogue, tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "DRAWN", tmp_path)
    (tmp_path / "retry.svg").write_text('<svg width="400" height="9" viewBox="0 0 400 9"><path d="M0 0"/></svg>', "utf-8")
    made = CALLS[name](catalogue) + "\n"
    path = HERE / "golden" / f"{name}.md"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(made, "utf-8")
    assert made == path.read_text("utf-8")


class Env:
    """As much of mkdocs-macros as define_env needs."""

    def __init__(self):
        self.macros, self.variables, self.conf = {}, {}, SimpleNamespace(extra={})

    def macro(self, function):
        self.macros[function.__name__] = function
        return function


@pytest.fixture(scope="module")
def registered():
    import macros

    env = Env()
    macros.define_env(env)
    return env.macros


def test_every_macro_has_a_golden_file(registered):
    assert set(registered) - {"macro_manual"} == set(CALLS)


def test_every_macro_shows_its_call(registered, site):  # the build draws the figures
    page = registered["macro_manual"]()
    for name in set(registered) - {"macro_manual"}:
        assert f"## {name}\n" in page and f"{{{{ {name}(" in page


def test_a_macro_without_its_call_is_refused():
    with pytest.raises(load.GuideError, match="macro 'silent' does not show its call"):
        manual.manual({"silent": lambda: ""})


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda c: cards.pattern_card(c, "rety"), "no pattern 'rety'; did you mean 'retry'?"),
        (lambda c: cards.pattern_cards(c, category="caching"), "no category 'caching'; see data/vocabulary.yml"),
        (
            lambda c: cards.pattern_cards(c, phase="scope", slugs=()) and cards.pattern_cards(c),
            "pattern_cards found no pattern; name a phase, a category, a playbook or slugs that have some",
        ),
        (lambda c: phases.head(c, "dives"), "no phase 'dives'; did you mean 'dive'?"),
        (lambda c: phases.questions(c, "dive", "answer"), "no questions of kind 'answer'; use 'ask' or 'expect'"),
        (lambda c: sheets.page(c, "dives"), "no cheat sheet 'dives'; did you mean 'dive'?"),
        (lambda c: timetables.time_plan(c, 50), "no plan for 50 minutes; data/interview.yml has 35, 45"),
        (lambda c: figures.figure(c, "retri"), "no figure 'retri'; did you mean 'retry'?"),
        (
            lambda c: figures.captions("flowchart TD", "retry"),
            "data/diagrams/retry.mmd:1: a diagram starts with '%% title: …' and '%% description: …'; add both lines",
        ),
    ],
)
def test_errors_name_the_way_out(call, says, catalogue):
    with pytest.raises(load.GuideError) as error:
        call(catalogue)
    assert str(error.value) == says


def test_an_undrawn_figure_says_so(catalogue, tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "DRAWN", tmp_path)
    with pytest.raises(load.GuideError, match="figure 'retry' has not been drawn; run `make site`"):
        figures.figure(catalogue, "retry")


def test_a_template_error_names_template_and_line():
    from macros.pages.template import fill

    with pytest.raises(load.GuideError, match=r"macros/pages/templates/lines\.j2:2: 'lines' is undefined"):
        fill("lines")
