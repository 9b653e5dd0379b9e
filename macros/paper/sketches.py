"""A diagram at the size of a pocket card or of a strip: numbered boxes, and a key; drawn by frontend/sketches.mjs."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from macros.facts.finding import ROOT, GuideError
from macros.paper import tokens

DRAWN = ROOT / "build" / "diagrams" / "small"
POINT = 72 / 25.4  # points in a millimeter
ROOM = (42.0, 23.0)  # mm, wide and high
TYPE = 7.6  # pt: the numbers in the boxes, whatever the scale
LEAST = 0.235  # pt a unit of the drawing: below, a number is higher than its box
WORDS = 13  # units of the drawing: the type for which its boxes were made
KEY = 190  # letters of the key beside it
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


@dataclass(frozen=True)
class Sketch:
    """An SVG with colors of its own, its size in mm, and the words of its boxes, from number 1."""

    svg: str
    width: float
    height: float
    key: tuple[str, ...]


def sketch(slug: str, room: tuple[float, float] = ROOM, size: float = TYPE, letters: int = KEY) -> Sketch | None:
    """The sketch of a diagram for a room in mm, with numbers of a size in pt; none where there is none, where it could
    not be read, or where the key beside it has more letters.
    """
    drawn = DRAWN / f"{slug}.json"
    made = json.loads(drawn.read_text("utf-8")) if drawn.exists() else {}
    if "svg" not in made or sum(len(words) + 4 for words in made["key"]) > letters:
        return None
    scale = min(room[0] * POINT / made["width"], room[1] * POINT / made["height"], 0.5)
    if scale < LEAST:
        return None
    return Sketch(
        inked(made["svg"], size / scale),
        made["width"] * scale / POINT,
        made["height"] * scale / POINT,
        tuple(made["key"]),
    )


def named(slug: str, size: float) -> Sketch | None:
    """The drawing with its words, of a size in pt, in its boxes; none where it is no flow, or has longer words."""
    drawn = DRAWN / f"{slug}.json"
    made = (json.loads(drawn.read_text("utf-8")) if drawn.exists() else {}).get("named")
    if not made:
        return None
    scale = size / WORDS
    return Sketch(inked(made["svg"], WORDS), made["width"] * scale / POINT, made["height"] * scale / POINT, ())


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
