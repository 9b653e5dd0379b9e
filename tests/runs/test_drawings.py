"""Computed figures: of the replay's own scenario, equal in each run, and whole for those who do not see them."""

import dataclasses
import os
import re
import subprocess
import sys

import pytest

from macros.facts import catalogue as facts
from macros.facts.finding import ROOT, GuideError
from macros.pages import figures
from macros.runs import canvas, drawings, traces
from tests.conftest import GOOD

ALL = sorted(drawings.DRAWINGS)


@pytest.fixture(scope="module")
def drawn(catalogue):
    return {name: drawings.drawing(catalogue, name) for name in ALL}


@pytest.mark.parametrize("name", ALL)
def test_a_figure_says_what_it_shows(drawn, name):
    one = drawn[name]
    assert 8 <= len(one.title) <= 80 and len(one.description) >= 60
    assert re.search(r"\d", one.caption) and one.caption.endswith(".") and len(one.caption) <= 220
    assert not re.search(r"\. [A-Z]", one.caption), "a caption is one sentence"
    assert one.caption.isprintable() and one.description.isprintable()


@pytest.mark.parametrize("name", ALL)
def test_a_figure_has_classes_of_the_vocabulary_and_no_style(drawn, name):
    css = (ROOT / "frontend" / "styles" / "drawing.css").read_text("utf-8")
    for svg in drawn[name].drawn():
        assert not re.search(r"\b(style|fill|stroke|id|href)=", svg)
        for kind in {one for names in re.findall(r'class="([^"]+)"', svg) for one in names.split()}:
            assert re.search(rf"\.{kind}\b", css), kind


@pytest.mark.parametrize("name", ALL)
def test_a_figure_is_no_taller_than_a_screen_and_nothing_leaves_it(drawn, name):
    for svg, width in zip(drawn[name].drawn(), (canvas.WIDE, canvas.NARROW), strict=True):
        wide, tall = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())
        assert wide == width and tall <= (600 if width == canvas.WIDE else 960)


def test_equal_in_three_processes(drawn):
    script = (
        "from macros.facts import catalogue as f; from macros.runs import drawings as d; import hashlib\n"
        "c, _ = f.catalogue(); all = [(n, d.drawing(c, n)) for n in sorted(d.DRAWINGS)]\n"
        "print(hashlib.sha256(repr([(n, o.title, o.description, o.caption, o.drawn()) for n, o in "
        "all]).encode()).hexdigest())"
    )
    said = set()
    for seed in ("0", "1", "424242"):
        env = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True)
        said.add(done.stdout or done.stderr)
    assert len(said) == 1 and re.fullmatch(r"[0-9a-f]{64}\n", said.pop())


#: for each figure: where its scenario's input is changed
CHANGES = {
    "bloom-filter/ordinary": ("steps", [["add", "ann"], ["add", "zoe"], ["ask", "ann"], ["ask", "fay"]]),
    "lru/ordinary": ("operations", [["put", "x", 1], ["put", "y", 2], ["put", "z", 3], ["get", "x"], ["put", "w", 4]]),
    "token-bucket/ordinary": ("rate", 4),
}


@pytest.mark.parametrize(("name", "scenario"), [("bloom-bits", "bloom-filter/ordinary"), ("lru-list", "lru/ordinary"),
                                                ("token-bucket-level", "token-bucket/ordinary")])  # fmt: skip
def test_a_change_in_a_scenario_changes_figure_and_replay(catalogue, drawn, name, scenario):
    slug, _, key = scenario.partition("/")
    field, value = CHANGES[scenario]
    algorithm = catalogue.algorithms[slug]
    changed = [
        s.model_copy(update={"input": {**s.input, field: value}}) if s.id == key else s for s in algorithm.scenarios
    ]
    shelf = facts.Shelf(
        "algorithm", {**catalogue.algorithms, slug: algorithm.model_copy(update={"scenarios": changed})}, ""
    )
    other = dataclasses.replace(catalogue, shelves={**catalogue.shelves, "algorithms": shelf})
    assert traces.runs(other, slug)[key] != traces.runs(catalogue, slug)[key]
    after = drawings.drawing(other, name)
    assert after.drawn() != drawn[name].drawn() and after.description != drawn[name].description
    again = drawings.drawing(catalogue, name)
    assert again.drawn() == drawn[name].drawn()


def test_the_page_has_both_drawings_and_one_name(catalogue):
    html = figures.drawing(catalogue, "lru-list")
    assert html.count("<svg ") == 2 and html.count('aria-hidden="true"') == 2
    named = re.search(r'role="img" aria-labelledby="(\S+) (\S+)"', html).groups()
    assert all(html.count(f'id="{one}"') == 1 for one in named) and html.count("<figcaption>") == 1


def test_every_drawing_stands_on_a_page():
    text = "".join(path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md"))
    assert [name for name in ALL if f'drawing("{name}")' not in text] == []


def test_errors_name_the_way_out(small, monkeypatch):
    with pytest.raises(GuideError, match="^no drawing 'lru-lst'; did you mean 'lru-list'"):
        drawings.drawing(small, "lru-lst")
    monkeypatch.setitem(
        drawings.DRAWINGS, "waits", drawings.Source(lambda run: run.given["gone"], ("doubling/capped",))
    )
    where = re.escape(facts.shown(GOOD / "data" / "algorithms" / "doubling.yml"))
    with pytest.raises(
        GuideError, match=rf"^{where}:14: drawing 'waits' cannot be made of it: KeyError\('gone'\); give the"
    ):
        drawings.drawing(small, "waits")
    monkeypatch.setitem(drawings.DRAWINGS, "waits", drawings.Source(lambda run: None, ("doubling/caped",)))
    with pytest.raises(
        GuideError, match=rf"^{where}:1: no scenario 'caped'; did you mean 'capped'\?, which drawing 'waits'"
    ):
        drawings.drawing(small, "waits")


def test_a_kind_outside_the_vocabulary_is_refused():
    with pytest.raises(ValueError, match="no kind 'purple'; use stored, flow"):
        canvas.Canvas(canvas.WIDE).box(0, 0, 1, 1, "purple")
