"""What a computed figure is made of: SVG shapes whose classes are the vocabulary of frontend/styles/drawing.css.

A length is a CSS pixel at the own size. A kind is one or two words of KINDS; it changes outline or dash as well
as color, so that gray paper keeps it. Nothing here has a style, an id or a script.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

WIDE, NARROW = 660, 336  # px: at the width of the text, and on a phone of 390
KINDS = {
    "stored": "is kept, or safe",  # of shapes and lines
    "flow": "moves, or is asked",
    "fail": "fails, or is wrong",
    "gone": "is no longer here, or never came",
    "cache": "a copy that may go at any time",
    "idle": "empty, or not concerned",
    "back": "the answer to a solid arrow",
    "thin": "a scale or a guide",
    "ink": "the thing itself",
    "s": "small type",  # of words
    "b": "strong type",
    "c": "about its middle",
    "e": "up to its end",
}


class Canvas:
    """A drawing that grows downward. `wide` tells which of the two it is."""

    def __init__(self, width: float):
        self.width, self.low = width, 0.0
        self.parts: list[str] = []

    @property
    def wide(self) -> bool:
        return self.width > 500

    def svg(self) -> str:
        """The element, without what it is called: that stands once for both drawings."""
        tall = math.ceil(self.low + 4)
        size = f'viewBox="0 0 {num(self.width)} {tall}" width="{num(self.width)}" height="{tall}"'
        return f'<svg class="wh-d{"w" if self.wide else "n"}" aria-hidden="true" {size}>{"".join(self.parts)}</svg>'

    # --- Shapes ---

    def text(self, x: float, y: float, words: object, kind: str = "") -> None:
        """Words on the base line y, from x, about it or up to it."""
        self.put(f'<text{classed(kind)} x="{num(x)}" y="{num(y)}">{escape(str(words), quote=False)}</text>', y + 4)

    def lines(self, x: float, y: float, words: str, letters: int, kind: str = "s") -> float:
        """Words in lines of so many letters at most; returns the base line below the last."""
        for line in textwrap.wrap(words, letters):
            self.text(x, y, line, kind)
            y += 17
        return y

    def box(self, x: float, y: float, w: float, h: float, kind: str = "", r: float = 3) -> None:
        at = f'x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}"'
        self.put(f'<rect{classed(kind)} {at} rx="{num(r)}"/>', y + h)

    def cell(self, x: float, y: float, w: float, h: float, words: object, kind: str = "", type_: str = "s") -> None:
        """A box with words in its middle."""
        self.box(x, y, w, h, kind)
        self.text(x + w / 2, y + h / 2 + 4.5, words, f"{type_} c")

    def store(self, x: float, y: float, w: float, h: float, kind: str = "") -> None:
        """A store is a cylinder."""
        lid = f"M{num(x)} {num(y + 7)}a{num(w / 2)} 7 0 0 1 {num(w)} 0"
        self.path(f"{lid}v{num(h - 14)}a{num(w / 2)} 7 0 0 1 {num(-w)} 0z", kind)
        self.path(f"M{num(x)} {num(y + 7)}a{num(w / 2)} 7 0 0 0 {num(w)} 0", f"lid {kind}")
        self.low = max(self.low, y + h)

    def queue(self, x: float, y: float, w: float, h: float) -> None:
        """A queue is a lane, open where things come in and go out."""
        self.line(x, y, x + w, y, "ink")
        self.line(x, y + h, x + w, y + h, "ink")

    def dot(self, x: float, y: float, r: float, kind: str = "") -> None:
        self.put(f'<circle{classed(kind)} cx="{num(x)}" cy="{num(y)}" r="{num(r)}"/>', y + r)

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str = "thin") -> None:
        self.put(f'<path{classed(f"line {kind}")} d="M{num(x1)} {num(y1)}L{num(x2)} {num(y2)}"/>', max(y1, y2))

    def path(self, d: str, kind: str = "") -> None:
        self.put(f'<path{classed(kind)} d="{d}"/>', 0)

    def cross(self, x: float, y: float, r: float = 6) -> None:
        """Lost, dead or refused."""
        x, y = round(x, 1), round(y, 1)
        ends = (
            f"M{num(x - r)} {num(y - r)}L{num(x + r)} {num(y + r)}M{num(x - r)} {num(y + r)}L{num(x + r)} {num(y - r)}"
        )
        self.put(f'<path class="line x" d="{ends}"/>', y + r)

    def arrow(self, x1: float, y1: float, x2: float, y2: float, kind: str = "flow", lost: bool = False) -> None:
        """From the first point to the second; one that is lost ends in a cross two thirds of the way."""
        if lost:
            x2, y2 = x1 + (x2 - x1) * 0.66, y1 + (y2 - y1) * 0.66
        far = math.hypot(x2 - x1, y2 - y1) or 1
        ux, uy = (x2 - x1) / far, (y2 - y1) / far
        self.line(x1, y1, x2 - (0 if lost else 7 * ux), y2 - (0 if lost else 7 * uy), kind)
        if lost:
            self.cross(x2, y2)
            return
        bx, by = x2 - 9 * ux, y2 - 9 * uy
        corners = ((x2, y2), (bx - 4.5 * uy, by + 4.5 * ux), (bx + 4.5 * uy, by - 4.5 * ux))
        points = "L".join(f"{num(x)} {num(y)}" for x, y in corners)
        self.put(f'<path{classed(f"head {kind}")} d="M{points}z"/>', max(y1, y2))

    def axis(self, x1: float, x2: float, y: float, ticks: Iterable[tuple[float, str]], unit: str = "") -> None:
        """Time to the right: ticks as (place, words); `unit` stands at its end."""
        self.arrow(x1, y, x2, y, "ink")
        for x, words in ticks:
            if unit and x > x2 - 8 - 4 * len(str(words) + unit):
                continue
            self.line(x, y, x, y + 5, "ink")
            self.text(x, y + 19, words, "s c")
        if unit:
            self.text(x2, y + 19, unit, "s e")

    def legend(self, y: float, kinds: dict[str, str]) -> None:
        """What each kind of box is here, in the middle of a line."""
        wide = [21 + 6.6 * len(words) + 14 for words in kinds.values()]
        x = (self.width - math.fsum(wide) + 14) / 2
        for (kind, words), w in zip(kinds.items(), wide, strict=True):
            self.box(x, y, 16, 12, kind, 0)
            self.text(x + 21, y + 10.5, words, "s")
            x += w

    def put(self, svg: str, low: float) -> None:
        """An element, and where it ends."""
        self.parts.append(svg)
        self.low = max(self.low, low)


@dataclass(frozen=True)
class Figure:
    """A figure before it is drawn: its name, what it shows in the order of reading, and one sentence with a number.

    `paint` is called twice, with a wide and with a narrow canvas.
    """

    title: str
    description: str
    caption: str
    paint: Callable[[Canvas], None]
    canvas: type[Canvas] = Canvas

    def drawn(self) -> tuple[str, str]:
        """The wide and the narrow drawing."""
        out = []
        for width in (WIDE, NARROW):
            canvas = self.canvas(width)
            self.paint(canvas)
            out.append(canvas.svg())
        return out[0], out[1]


def listed(names: Iterable[object]) -> str:
    """'A', 'A and B', 'A, B and C'."""
    *first, last = map(str, names)
    return f"{', '.join(first)} and {last}" if first else last


def classed(kind: str) -> str:
    """The attribute for a kind. ValueError where it is none of KINDS."""
    unknown = set(kind.split()) - set(KINDS) - {"line", "lid", "head", "x"}
    if unknown:
        raise ValueError(f"no kind {min(unknown)!r}; use {', '.join(KINDS)}")
    return f' class="{kind.strip()}"' if kind.strip() else ""


def num(value: float) -> str:
    """A length with at most one decimal; equal in each run, so that builds are."""
    return f"{round(value + 0.0, 1):g}"
