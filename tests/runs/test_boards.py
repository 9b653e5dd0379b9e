"""Boards and small drawings from a line of text: what is read, what is refused, and that words do not meet."""

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from macros.facts.catalogue import Catalogue, Shelf
from macros.facts.finding import ROOT, GuideError
from macros.paper import sketches
from macros.runs import boards, layout, notation
from macros.runs.canvas import NARROW, WIDE, Canvas

WORDS = re.compile(r'<text(?: class="([^"]*)")?[^>]*? x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)<')


def test_a_line_is_read_as_boxes_and_arrows():
    one = notation.Text.of(
        "(Client) > Service > [(Posts)]: write; Service v ([Copy]); Posts .> Service; Client x> !Old"
    )
    assert [(n.words, n.shape, n.column, n.row) for n in one.nodes.values()] == [
        ("Client", "client", 0, 0),
        ("Service", "service", 1, 0),
        ("Posts", "store", 2, 0),
        ("Copy", "cache", 1, 1),
        ("Old", "dead", 1, 2),
    ]
    assert one.arrows[1] == ("Service", "Posts", ">", "write")
    assert one.told().startswith("Client to Service; Service to Posts: write; Service to Copy; Posts answers Service")
    assert one.told().endswith("Client does not reach Old")


def test_cells_are_told_without_their_signs():
    one = notation.Text.of("row disk: *a +b=2 _ !go_on; say: read from the left")
    assert one.told() == "disk: a b empty go on; read from the left"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Somebody unpronounceable > Somebody incomprehensible", "no room in 100 px for Somebody unpronounceable, "),
        ("row x: unpronounceable *b *c *d *e *f", "no room for 'unpronounceable' in a cell"),
    ],
)
def test_what_has_no_room_is_said(text, said):
    with pytest.raises(ValueError, match=said):
        layout.paint(Canvas(100), text, 0, 0, 100)


def _meet(svg: str, size: float) -> list[tuple[str, str]]:
    """Words of a drawing that lie on one another, by a narrow guess of their width."""
    found = []
    for kind, x, y, words in WORDS.findall(svg):
        wide, at = len(words) * size * 0.45, float(x)
        left = at - wide / 2 if " c" in f" {kind}" else at - wide if " e" in f" {kind}" else at
        found.append((words, left, left + wide, float(y)))
    return [
        (a[0], b[0])
        for n, a in enumerate(found)
        for b in found[n + 1 :]
        if min(a[2], b[2]) - max(a[1], b[1]) > 2 and abs(a[3] - b[3]) < size * 0.7
    ]


def test_the_front_of_each_card_has_a_drawing_whose_words_do_not_meet(catalogue):
    for slug in catalogue.patterns:
        one = sketches.front(catalogue, slug)
        assert one.height <= 30 and len(one.alt) > 8 and "class=" not in one.svg and "var(" not in one.svg, slug
        text = catalogue.patterns[slug].sketch
        canvas = Canvas(NARROW)
        size = float(re.search(r'font-size="([\d.]+)"', one.svg)[1])
        assert size >= sketches.FRONT[-1], slug
        layout.paint(canvas, text, 3, 3, NARROW - 6, size)
        assert _meet(canvas.svg(), size) == [], slug


def test_each_phase_has_a_board_that_fits_a_screen_and_whose_words_do_not_meet(catalogue):
    for slug, phase in catalogue.phases.items():
        one = boards.figure(phase.name, phase.board)
        assert re.search(r"\d", one.caption) and all(panel.title in one.description for panel in phase.board.panels)
        for svg, width in zip(one.drawn(), (WIDE, NARROW), strict=True):
            wide, tall = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())
            assert wide == width and tall <= (600 if width == WIDE else 960), slug
            assert _meet(svg, 12.5) == [], slug
            assert all(float(x) <= width for _, x, _, _ in WORDS.findall(svg)), slug


def test_strokes_are_bent_alike_in_three_processes(catalogue):
    script = (
        "from macros.facts import catalogue as f; from macros.runs import boards; from macros.paper import sketches\n"
        "c, _ = f.catalogue()\n"
        "made = [boards.figure(p.name, p.board).drawn() for p in c.phases.values()]\n"
        "made += [sketches.front(c, slug).svg for slug in c.patterns]\n"
        "import hashlib; print(hashlib.sha256(repr(made).encode()).hexdigest())"
    )
    said = set()
    for seed in ("0", "1", "424242"):
        env = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True)
        said.add(done.stdout or done.stderr)
    assert len(said) == 1 and len(said.pop().strip()) == len(hashlib.sha256().hexdigest())


def with_sketch(c: Catalogue, text: str) -> Catalogue:
    """The catalogue with another sketch of the pattern lru."""
    records = dict(c.patterns) | {"lru": c.patterns["lru"].model_copy(update={"sketch": text})}
    return replace(c, shelves=c.shelves | {"patterns": Shelf("pattern", records, "data/patterns/")})


def test_a_sketch_that_is_too_high_is_named(catalogue):
    tall = with_sketch(catalogue, " v ".join(f"Box {n}" for n in range(9)))
    with pytest.raises(GuideError, match=r"data/patterns/lru.yml:\d+: sketch: is \d+ px high of 103; draw fewer rows"):
        sketches.front(tall, "lru")
