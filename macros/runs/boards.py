"""The board at the end of a phase: panels of what `board.panels` of its data draws, by a marker's strokes."""

from __future__ import annotations

import math
import textwrap
from zlib import crc32

from macros.facts.model import Board, Panel
from macros.runs import layout, notation
from macros.runs.canvas import Canvas, Figure, classed, num


def figure(name: str, board: Board) -> Figure:
    """The board at the end of a phase. ValueError where a panel has no room for what it draws."""
    told = []
    for panel in board.panels:
        drawn = [notation.Text.of(panel.draw).told()] if panel.draw else []
        told.append(f"{panel.title}: {'; '.join([*drawn, *panel.lines])}.")
    title = f"The board at the end: {name}"
    return Figure(title, " ".join(told), str(board.caption), lambda canvas: _panels(canvas, board.panels), Hand)


def _panels(canvas: Canvas, parts: tuple[Panel, ...]) -> None:
    """Two beside one another where there is width and none of the two is broad."""
    gap, y = 18, 6.0
    rows: list[list] = []
    for part in parts:
        if canvas.wide and not part.broad and rows and len(rows[-1]) == 1 and not rows[-1][0].broad:
            rows[-1].append(part)
        else:
            rows.append([part])
    for row in rows:
        w = (canvas.width - 8 - gap * (len(row) - 1)) / len(row)
        ends = [_panel(canvas, part, 4 + n * (w + gap), y, w) for n, part in enumerate(row)]
        y = max(ends) + 16
    canvas.low = y - 10


def _panel(canvas: Canvas, part: Panel, x: float, y: float, w: float) -> float:
    canvas.text(x, y + 13, part.title, "b")
    canvas.line(x, y + 20, x + min(w, 7.6 * len(part.title) + 8), y + 20, "ink")
    y += 31
    if part.draw:
        y = layout.paint(canvas, part.draw, x + 2, y, w - 4) + 8
    for words in part.lines:
        for n, one in enumerate(textwrap.wrap(words, int((w - 14) / 6.3))):
            if n == 0:
                canvas.line(x, y + 7, x + 7, y + 7, "ink")
            canvas.text(x + 13, y + 12, one, "s")
            y += 17
        y += 2
    return y


# --- A marker's strokes ---


class Hand(Canvas):
    """A canvas whose lines are drawn as by a marker: each a little bent, and alike in every build."""

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str = "thin") -> None:
        self.put(f'<path{classed(f"line {kind}")} d="M{num(x1)} {num(y1)}{_bent(x1, y1, x2, y2)}"/>', max(y1, y2))

    def box(self, x: float, y: float, w: float, h: float, kind: str = "", r: float = 3) -> None:
        r = min(r, w / 2, h / 2)
        turns = ((x + w, y), (x + w, y + h), (x, y + h), (x, y))
        d, px, py = f"M{num(x + r)} {num(y)}", x + r, y
        for n, (cx, cy) in enumerate(turns):
            ends = (cx - r * (n == 0) + r * (n == 2), cy - r * (n == 1) + r * (n == 3))
            after = (cx - r * (n == 1) + r * (n == 3), cy + r * (n == 0) - r * (n == 2))
            d += _bent(px, py, *ends) + f"Q{num(cx)} {num(cy)} {num(after[0])} {num(after[1])}"
            px, py = after
        self.put(f'<path{classed(kind)} d="{d}z"/>', y + h)


def _bent(x1: float, y1: float, x2: float, y2: float) -> str:
    """A curve to the second point that leaves the straight line by two pixels at most."""
    far = math.hypot(x2 - x1, y2 - y1)
    if far < 24:
        return f"L{num(x2)} {num(y2)}"
    chance = crc32(f"{x1:.1f} {y1:.1f} {x2:.1f} {y2:.1f}".encode())
    off = ((chance % 1000) / 500 - 1) * min(2.0, far / 60)
    at = 0.35 + (chance // 1000 % 100) / 330
    ux, uy = (x2 - x1) / far, (y2 - y1) / far
    return f"Q{num(x1 + at * (x2 - x1) - uy * off)} {num(y1 + at * (y2 - y1) + ux * off)} {num(x2)} {num(y2)}"
