"""What is drawn small on paper: a problem's board, the one of the whole interview, and the front of a pocket card."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import lru_cache

from macros.facts.catalogue import Catalogue
from macros.facts.finding import ROOT, Finding, GuideError
from macros.pages import tokens
from macros.runs import layout, notation
from macros.runs.canvas import NARROW, Canvas

DRAWN = ROOT / "build" / "diagrams" / "small"
POINT = 72 / 25.4  # points in a millimeter
LEAST, MOST = 8.55, 9.4  # pt: the words of a problem's board
TOLD = 12.5  # units of that drawing: its words, as in frontend/ladders.mjs
WORDS = 13  # units of the other: the type for which its boxes were made
INKS = {  # the drawing's variables, as inks of the site on white; Typst knows no CSS
    "--bg": "sheet",
    "--_text": "ink",
    "--_text-sec": "soft",
    "--_text-muted": "soft",
    "--_text-faint": "soft",
    "--_line": "edge",
    "--_arrow": "ink",
    "--_node-fill": "sheet",
    "--_node-stroke": "ink",
    "--_group-fill": "sheet",
    "--_group-hdr": "sheet",
    "--_inner-stroke": "line",
    "--_key-badge": "sheet",
}


KINDS = {  # what a kind of box changes, see frontend/styles/figure.css: its outline, its ground, and more
    "store": ("green", "green-wash", ""),
    "log": ("green", "tint", ' stroke-width="1.6"'),
    "client": ("ink", "tint", ' stroke-width="2"'),
    "queue": ("ink", "tint", ' stroke-width="2"'),
    "cache": ("edge", "sheet", ' stroke-dasharray="6 3" stroke-width="1.5"'),
    "": ("edge", "tint", ""),
}


@dataclass(frozen=True)
class Sketch:
    """An SVG with colors of its own, and its size in mm."""

    svg: str
    width: float
    height: float


def board(svg: str, told: str, room: tuple[float, float]) -> Front:
    """A problem's board, as a phone has it, for a room in mm; higher than that where its words would be too small."""
    inks = tokens.tokens()["light"]
    width, height = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())
    scale = min(room[0] * POINT / width, MOST / TOLD, max(room[1] * POINT / height, LEAST / TOLD))

    def box(found: re.Match) -> str:
        outline, ground, more = KINDS.get(found[1], KINDS[""])
        shapes = found[2].replace("var(--_node-stroke)", inks[outline]).replace("var(--_node-fill)", inks[ground])
        return re.sub(r"(<(?:rect|path|polygon|ellipse)\b)", rf"\1{more}", re.sub(' stroke-width="[^"]*"', "", shapes))

    svg = re.sub(r'<g class="node (\w*)"[^>]*>(.*?)</g>', box, svg)
    known = INKS | {"--_line": "blue", "--_arrow": "blue"}
    svg = re.sub(r"var\((--[\w-]+)[^)]*\)", lambda m: inks[known[m[1]]], svg)
    under = f'<text paint-order="stroke" stroke="{inks["sheet"]}" stroke-width="2.5"'
    svg = svg.replace("<text", under)
    svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg" font-family="Figtree"', 1)
    return Front(svg, height * scale / POINT, told, width * scale / POINT)


def named(slug: str, size: float) -> Sketch | None:
    """The drawing with its words, of a size in pt, in its boxes; none where it is no flow, or has longer words."""
    drawn = DRAWN / f"{slug}.json"
    made = json.loads(drawn.read_text("utf-8")) if drawn.exists() else {}
    if "svg" not in made:
        return None
    scale = size / WORDS
    return Sketch(inked(made["svg"], WORDS), made["width"] * scale / POINT, made["height"] * scale / POINT)


def inked(svg: str, size: float) -> str:
    """The SVG with colors for CSS variables, lines that stay visible, and type of one size, in units of the drawing.

    GuideError where a variable has no color.
    """
    unknown = sorted(set(re.findall(r"var\((--[\w-]+)", svg)) - set(INKS))
    if unknown:
        raise GuideError(f"a sketch asks for the color {unknown[0]}; add it to INKS in macros/paper/sketches.py")
    inks = tokens.tokens()["light"]
    svg = re.sub(r"var\((--[\w-]+)[^)]*\)", lambda m: inks[INKS[m[1]]], svg)
    svg = re.sub(r'font-size="[\d.]+"', f'font-size="{size:.2f}" font-family="Figtree"', svg)
    svg = re.sub(r'(<text[^>]*?) dy="[\d.]+"', rf'\1 dy="{size * 0.35:.2f}"', svg)
    svg = svg.replace('markerWidth="8" markerHeight="5"', 'viewBox="0 0 8 5" markerWidth="4.4" markerHeight="2.75"')
    return re.sub(r'stroke-width="[\d.]+"', f'stroke-width="{size / 11:.2f}"', svg)


# --- Fronts of the pocket deck ---

CARD, HIGH = 88.0, 103.0  # width of a front's drawing in mm, and its height in px at most
FRONT = (13.5, 12.5, 11.5)  # px, the largest that has room: 10 to 8.5 pt in print
PEN = {  # what a kind looks like: fill, stroke, width of the stroke, dashes; see frontend/styles/drawing.css
    "": ("tint", "edge", 1.5, ""),
    "ink": ("sheet", "ink", 1.6, ""),
    "stored": ("green-wash", "green", 2.2, ""),
    "flow": ("blue-wash", "blue", 1.7, ""),
    "fail": ("red-wash", "red", 2.6, ""),
    "gone": ("sheet", "red", 1.6, "6 3"),
    "idle": ("sheet", "edge", 1.2, "1.5 3"),
    "cache": ("sheet", "edge", 1.8, "7 3"),
    "back": ("sheet", "blue", 1.6, "5 3"),
    "thin": ("sheet", "edge", 1.0, ""),
}


@dataclass(frozen=True)
class Front:
    """A drawing in a box of its own, such as a card's front: an SVG with colors, its size in mm, and what it says."""

    svg: str
    height: float
    alt: str
    width: float | None = None  # none: as wide as its box


def front(c: Catalogue, slug: str) -> Front:
    """The drawing of a pattern's card. GuideError where it has no room."""
    return small(c.patterns[slug].sketch, c.documents[f"patterns/{slug}"].finding(("sketch",), ""))


@lru_cache(4096)  # a card is drawn for two papers, its category's deck and that of all
def small(text: str, place: Finding, sizes: tuple[float, ...] = FRONT) -> Front:
    """A text in the largest type that it has room for. GuideError with its place where there is none."""
    canvas, size = fitted(text, place, sizes)
    tall = math.ceil(canvas.low + 4)
    return Front(_pen(canvas.svg(), size), tall * CARD / NARROW, notation.Text.of(text).told())


def fitted(text: str, place: Finding, sizes: tuple[float, ...] = FRONT) -> tuple[Canvas, float]:
    """The text drawn, and the size of its type. GuideError with its place where none is small enough."""
    why = ""
    for size in sizes:
        canvas = Canvas(NARROW)
        try:
            layout.paint(canvas, text, 3, 3, NARROW - 6, size)
        except ValueError as error:
            why = f"{error}"
            continue
        if canvas.low <= HIGH:
            return canvas, size
        why = f"is {canvas.low:.0f} px high of {HIGH:.0f}; draw fewer rows, or write shorter words"
    raise GuideError(place._replace(text=why))


def _pen(svg: str, size: float) -> str:
    """The SVG of a canvas with inks for its classes: Typst knows no style sheet."""
    inks = tokens.tokens()["light"]

    def shape(found: re.Match) -> str:
        kinds = (found[2] or "").split()
        kind = next((one for one in kinds if one in PEN), "")
        fill, stroke, width, dashes = PEN[kind]
        if "head" in kinds:
            return f'<{found[1]} fill="{inks[stroke]}"'
        if "x" in kinds:
            fill, stroke, width = "sheet", "red", 2.6
        fill = "none" if {"line", "lid"} & set(kinds) else inks[fill]
        dash = f' stroke-dasharray="{dashes}"' if dashes else ""
        return f'<{found[1]} fill="{fill}" stroke="{inks[stroke]}" stroke-width="{width}"{dash}'

    def words(found: re.Match) -> str:
        kinds = (found[1] or "").split()
        anchor = next((f' text-anchor="{a}"' for one, a in (("c", "middle"), ("e", "end")) if one in kinds), "")
        return f'<text font-family="Figtree" font-size="{size:g}" fill="{inks["ink"]}"{anchor}'

    svg = re.sub(r'<(rect|circle|path)(?: class="([^"]*)")?', shape, svg)
    svg = re.sub(r'<text(?: class="([^"]*)")?', words, svg)
    return re.sub(r'<svg class="[^"]*" aria-hidden="true"', '<svg xmlns="http://www.w3.org/2000/svg"', svg)
