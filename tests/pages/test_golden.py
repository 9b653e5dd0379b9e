"""What each macro makes of the small catalogue in tests/good/, compared with a file that a person has read.

The calls are the examples of pages/calls.py, with the small catalogue's names in place of the guide's.
`UPDATE_GOLDEN=1 make test` writes the files again; read the difference before you commit it.
"""

import importlib
import os
import re
from pathlib import Path
from types import SimpleNamespace

import jinja2
import pytest

import macros
from macros.facts.finding import GuideError
from macros.pages import cards, figures, minutes, phases, template
from macros.pages.calls import CALLS
from macros.paper import sheets
from macros.runs import canvas, drawings, plots

HERE = Path(__file__).resolve().parent
SMALL = {
    "circuit-breaker": "retry",
    "deep-dive": "dive",
    "scaling-reads": "steadiness",
    "caching": "resilience",
    "lru": "breaker",
    "token-bucket": "doubling",
    "bloom-error": "twice",
    "lru-list": "waits",
    "aws-alb-idle": "balancer-idle",
    "news-feed": "counter",
    "news-feed.peak_requests": "counter.peak",
}
ALSO = {"code": ['code("circuit-breaker")']}  # the example's page has no algorithm in the small catalogue
TWICE = plots.Chart(
    "Twice", "Each is twice the one before.", "tries", "wait, s", (("wait", (1, 2), (1, 2)), ("cap", (1, 2), (2, 2)))
)


def waits(run):
    """A figure of the small catalogue's algorithm: a bar for each wait."""
    times = [run.module.wait(n, run.given["cap"]) for n in range(run.given["tries"])]

    def paint(to):
        for n, time in enumerate(times):
            to.cell(2, 30 * n, 40 * time, 24, f"{time} s", "flow")

    return canvas.Figure("Waits", f"Waits of {canvas.listed(times)} s.", f"The last wait is {times[-1]} s.", paint)


class Env:
    """As much of mkdocs-macros as define_env needs."""

    def __init__(self, catalogue):
        guide = SimpleNamespace(catalogue=catalogue, assets={"worker": "worker.js", "python": "6.4"})
        self.macros, self.conf = {}, SimpleNamespace(guide=guide)

    def macro(self, function, name):
        self.macros[name] = function


@pytest.fixture
def made(small, tmp_path, monkeypatch):
    """The macros on the small catalogue, with one drawing and one plot."""
    monkeypatch.setattr(figures, "DRAWN", tmp_path)
    (tmp_path / "retry.svg").write_text(
        '<svg width="400" height="9" viewBox="0 0 400 9"><path d="M0 0"/></svg>', "utf-8"
    )
    curve = re.sub(r'( d|transform|x|y)="[^"]*"', r'\1="…"', plots.draw(TWICE, "twice"))
    monkeypatch.setattr(plots, "plot", lambda c, name: curve)
    monkeypatch.setattr(plots, "value", lambda c, name, line, x: 1.234)
    monkeypatch.setattr(drawings, "DRAWINGS", {"waits": drawings.Source(waits, ("doubling/ordinary",))})
    env = Env(small)
    macros.define_env(env)
    return env.macros


@pytest.mark.parametrize("call", [call for call in CALLS if call.of != "macros"], ids=lambda call: call.name)
def test_golden(call, made):
    asked = [
        re.sub(r'"([^"]+)"', lambda m: f'"{SMALL.get(m[1], m[1])}"', one)
        for one in [*ALSO.get(call.name, ()), *call.examples]
    ]
    filled = (jinja2.Environment().from_string("{{ " + one + " }}").render(**made) for one in asked)
    text = "\n\n".join(filled) + "\n"
    path = HERE / "golden" / f"{call.name}.md"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def test_no_golden_file_is_left_over():
    assert {path.stem for path in (HERE / "golden").glob("*.md")} == {
        call.name for call in CALLS if call.of != "macros"
    }


def test_every_macro_is_in_the_manual(catalogue, site):  # the build draws the figures
    env = Env(catalogue)
    macros.define_env(env)
    page = env.macros["macro_manual"]()
    for call in CALLS:
        heading = f"## {template.said(call.name)}\n"
        assert call.of == "macros" or heading in page and f"{{{{ {call.examples[0]} }}}}" in page


def test_every_macro_has_a_function():
    for call in CALLS:
        room, _, name = call.function.partition(":")
        assert callable(getattr(importlib.import_module(f"macros.{room}"), name))


def test_a_call_with_too_many_arguments_says_which(made):
    with pytest.raises(
        GuideError,
        match=r"^time_table\(\): too many positional arguments; see the macro's call under Contributing, Macros$",
    ):
        made["time_table"](45)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda c: cards.pattern_card(c, "rety"), "no pattern 'rety'; did you mean 'retry'?"),
        (lambda c: cards.pattern_cards(c, category="caching"), "no category 'caching'; see data/vocabulary.yml"),
        (
            lambda c: cards.pattern_cards(c),
            "pattern_cards found no pattern; name a phase, a category, a playbook or slugs that have some",
        ),
        (lambda c: phases.head(c, "dives"), "no phase 'dives'; did you mean 'dive'?"),
        (lambda c: phases.questions(c, "dive", "answer"), "no questions of kind 'answer'; use 'ask' or 'expect'"),
        (lambda c: sheets.page(c, "dives"), "no cheat sheet 'dives'; did you mean 'dive'?"),
        (lambda c: minutes.time_plan(c, 50), "no plan for 50 minutes; data/interview.yml has 35, 45"),
        (lambda c: figures.figure(c, "retri"), "no figure 'retri'; did you mean 'retry'?"),
    ],
)
def test_errors_name_the_way_out(call, says, small):
    with pytest.raises(GuideError) as error:
        call(small)
    assert str(error.value) == says


def test_a_diagram_without_its_first_lines_says_so(tmp_path):
    (tmp_path / "retry.mmd").write_text("flowchart TD\n", "utf-8")
    with pytest.raises(
        GuideError, match=r"retry\.mmd:1: a diagram starts with '%% title: …' and '%% description: …'; add both lines"
    ):
        figures.captions(tmp_path / "retry.mmd")


def test_an_undrawn_figure_says_so(small, tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "DRAWN", tmp_path)
    with pytest.raises(GuideError, match="figure 'retry' has not been drawn; run `make site`"):
        figures.figure(small, "retry")


@pytest.mark.parametrize("name", ["retry.svg", "retry.narrow.svg"])
def test_a_drawing_without_a_width_says_so(small, tmp_path, monkeypatch, name):
    monkeypatch.setattr(figures, "DRAWN", tmp_path)
    (tmp_path / "retry.svg").write_text('<svg width="40"></svg>', "utf-8")
    (tmp_path / name).write_text("<svg></svg>", "utf-8")
    with pytest.raises(GuideError, match=f"figure 'retry' was drawn without a width; remove .*{name} and build again"):
        figures.figure(small, "retry")


def test_a_template_error_names_template_and_line():
    with pytest.raises(GuideError, match=r"macros/pages/templates/lines\.j2:2: 'lines' is undefined") as error:
        template.fill("lines")
    assert error.value.findings[0].line == 2
