"""Lays out and paints what a line of text draws, see macros/runs/notation.py, in the width that there is."""

from __future__ import annotations

import math
import textwrap

from macros.runs import notation
from macros.runs.canvas import Canvas

LETTER, LINE = 0.54, 1.16  # of the type's size: the width of a letter on average, and from line to line


def paint(canvas: Canvas, text: str, x: float, y: float, w: float, size: float = 12.5) -> float:
    """Draws the text from x, y in the width w; returns where it ends. ValueError where it has no room."""
    one = notation.Text.of(text)
    if one.nodes:
        y = _flow(canvas, one, x, y, w, size) + (6 if one.forms else 0)
    return _forms(canvas, one.forms, x, y, w, size) if one.forms else y


def _flow(canvas: Canvas, one: notation.Text, x: float, y: float, w: float, size: float) -> float:
    letter, line = size * LETTER, size * LINE
    across = all(node.column <= (4 if w < 500 else 6) for node in one.nodes.values())
    for turned in (False, True) if across else (True,):
        for most in (20, 16, 14, 12, 11, 10, 9, 8, 7):
            laid = _laid(one, w, letter, line, most, turned)
            if laid:
                break
        else:
            continue
        break
    else:
        raise ValueError(f"no room in {w:g} px for {', '.join(one.nodes)}; use fewer or shorter words")
    spots, tall, slack = laid
    places = {name: (x + slack + left, y + top, wide, high) for name, (left, top, wide, high, _) in spots.items()}
    low = y + tall
    fans = {a for a, b, *_ in one.arrows if sum(a == c for c, *_ in one.arrows) > 1}
    for a, b, sign, words in sorted(one.arrows, key=lambda arrow: arrow[2] != "x>"):  # lost ones beneath
        if sign != "/":
            (ca, ra), (cb, rb) = ((one.nodes[n].column, one.nodes[n].row) for n in (a, b))
            if (
                ra == rb
                and not turned
                and any(k.row == ra and min(ca, cb) < k.column < max(ca, cb) for k in one.nodes.values())
            ):
                base = max(places[n][1] + places[n][3] for n, k in one.nodes.items() if k.row == ra)
                low = max(low, _under(canvas, places[a], places[b], sign, words, size, base + 12))
            else:
                _join(canvas, places[a], places[b], sign, words, size, a in fans, x + w)
    for name, node in one.nodes.items():
        left, top, wide, high = places[name]
        _shape(canvas, node.shape, left, top, wide, high)
        rows = spots[name][4]
        base = top + high / 2 - (len(rows) - 1) * line / 2 + size * 0.36 + (5 if node.shape == "store" else 0)
        for n, words in enumerate(rows):
            canvas.text(left + wide / 2, base + n * line, words, "s c")
    canvas.low = max(canvas.low, low)
    return low


def _laid(one: notation.Text, w: float, letter: float, line: float, most: int, turned: bool):
    """Place, size and lines of each box; how tall it all is; the room at the sides. None where it has no room."""
    rows = {name: textwrap.wrap(name, most, break_long_words=False) for name in one.nodes}
    if any(len(words) > 3 for words in rows.values()) or any(
        len(words) > max(most, 9) for lines in rows.values() for words in lines
    ):
        return None
    wide = {
        name: max(len(words) for words in rows[name]) * letter + (26 if one.nodes[name].shape == "log" else 14)
        for name in rows
    }
    high = {name: len(rows[name]) * line + (21 if one.nodes[name].shape == "store" else 10) for name in rows}
    spot = {n: (k.row, k.column) if turned else (k.column, k.row) for n, k in one.nodes.items()}
    columns, lines_ = 1 + max(c for c, _ in spot.values()), 1 + max(r for _, r in spot.values())
    gaps, drops = [20.0] * (columns - 1), [8.0] * (lines_ - 1)
    for a, b, sign, words in one.arrows:
        (ca, ra), (cb, rb) = spot[a], spot[b]
        if ca != cb:
            for n in range(min(ca, cb), max(ca, cb)):
                gaps[n] = max(gaps[n], (len(words) * letter + 30 if words else 24) / abs(ca - cb))
        for n in range(min(ra, rb), max(ra, rb)):
            if ca == cb:
                drops[n] = max(drops[n], 20.0 + 3 * bool(words))
            elif sign != "/":
                drops[n] = max(drops[n], 10.0 + 4 * bool(words))
    widths = [max([wide[n] for n in spot if spot[n][0] == c] or [20]) for c in range(columns)]
    heights = [max([high[n] for n in spot if spot[n][1] == r] or [0]) for r in range(lines_)]
    # fsum: Python adds floats up otherwise since 3.12, and a drawing is the same on each
    if math.fsum(widths) + math.fsum(gaps) > w:
        return None
    spare = w - math.fsum(widths) - math.fsum(gaps)
    more = min(spare / max(columns - 1, 1), 34) if columns > 1 else 0
    gaps = [gap + more for gap in gaps]
    slack = (w - math.fsum(widths) - math.fsum(gaps)) / 2
    spots = {}
    for name, (c, r) in spot.items():
        left = math.fsum(widths[:c]) + math.fsum(gaps[:c]) + (widths[c] - wide[name]) / 2
        top = math.fsum(heights[:r]) + math.fsum(drops[:r]) + (heights[r] - high[name]) / 2
        spots[name] = (left, top, wide[name], high[name], rows[name])
    return spots, math.fsum(heights) + math.fsum(drops), slack


def _shape(canvas: Canvas, shape: str, x: float, y: float, w: float, h: float) -> None:
    if shape == "store":
        canvas.store(x, y, w, h, "stored")
    elif shape == "queue":
        canvas.box(x, y, w, h, "idle", 0)
        canvas.queue(x, y, w, h)
    elif shape == "log":
        canvas.box(x, y, w, h, "stored", 0)
        for n in (5, 10):  # what was appended last
            canvas.line(x + w - n, y, x + w - n, y + h, "ink")
    elif shape == "cache":
        canvas.box(x, y, w, h, "cache", h / 2)
    elif shape == "client":
        canvas.box(x, y, w, h, "ink", 8)
    elif shape == "dead":
        canvas.box(x, y, w, h, "gone", 0)
    elif shape == "weak":
        canvas.box(x, y, w, h, "fail", 0)
    elif shape == "service":
        canvas.box(x, y, w, h, "", 0)


def _join(canvas: Canvas, a, b, sign: str, words: str, size: float, fan: bool, most: float) -> None:
    """An arrow from box to box, along and down, and its words above its longest part.

    Of a box with several arrows each turns at once, so that each has a line for its words; else it turns at the end.
    """
    ax, ay, bx, by = a[0] + a[2] / 2, a[1] + a[3] / 2, b[0] + b[2] / 2, b[1] + b[3] / 2
    kind = {"x>": "fail", ".>": "back"}.get(sign, "flow")
    right = ax < bx
    if not (a[0] + a[2] < b[0] or b[0] + b[2] < a[0]):  # below one another
        down = ay < by
        x = min(max(ax, b[0] + 6), b[0] + b[2] - 6) + (7 if sign == ".>" else 0)
        canvas.arrow(x, a[1] + a[3] * down, x, b[1] + b[3] * (not down), kind, sign == "x>")
        if words:
            left = x + 7 + len(words) * size * LETTER > most  # there is no room at the right
            base = (a[1] + a[3] * down + b[1] + b[3] * (not down)) / 2 + size * 0.36
            canvas.text(x + (-1 if left else 1) * (11 if sign == "x>" else 7), base, words, "s e" if left else "s")
        return
    x1, x2 = a[0] + a[2] * right, b[0] + b[2] * (not right)
    ay, by = (ay, by) if sign != ".>" else (ay + 6, by + 6)
    turn = 11 if right else -11
    if abs(ay - by) < 3:
        canvas.arrow(x1, ay, x2, ay, kind, sign == "x>")
        if words:
            canvas.text((x1 + x2) / 2 - 3 * right, ay + (size + 3 if sign == ".>" else -4), words, "s c")
        return
    if fan:
        canvas.line(x1, ay, x1 + turn, ay, kind)
        canvas.line(x1 + turn, ay, x1 + turn, by, kind)
        canvas.arrow(x1 + turn, by, x2, by, kind, sign == "x>")
        free = x1 + turn + (x2 - x1 - turn) * (0.6 if sign == "x>" else 1)  # up to where a cross stands
        middle, base = (x1 + turn + free) / 2 - 3 * right, by - 4
    elif sign == "x>":
        canvas.line(x1, ay, x2 - 1.5 * turn, ay, kind)
        canvas.line(x2 - 1.5 * turn, ay, x2 - 1.5 * turn, (ay + by) / 2, kind)
        canvas.cross(x2 - 1.5 * turn, (ay + by) / 2)
        middle, base = (x1 + x2 - 1.5 * turn) / 2, ay - 4
    else:
        canvas.line(x1, ay, x2 - 1.5 * turn, ay, kind)
        canvas.line(x2 - 1.5 * turn, ay, x2 - 1.5 * turn, by, kind)
        canvas.arrow(x2 - 1.5 * turn, by, x2, by, kind)
        middle, base = (x1 + x2 - 1.5 * turn) / 2, ay - 4
    if words:
        canvas.text(middle, base, words, "s c")


def _under(canvas: Canvas, a, b, sign: str, words: str, size: float, low: float) -> float:
    """An arrow between two of a row, below others between them; returns where it ends."""
    kind = {"x>": "fail", ".>": "back"}.get(sign, "flow")
    ax, bx = a[0] + a[2] / 2, b[0] + b[2] / 2
    canvas.line(ax, a[1] + a[3], ax, low, kind)
    canvas.line(ax, low, bx, low, kind)
    canvas.arrow(bx, low, bx, b[1] + b[3], kind)
    if words:
        canvas.text((ax + bx) / 2, low + size + 3, words, "s c")
    return low + (size + 5 if words else 2)


def _forms(canvas: Canvas, forms, x: float, y: float, w: float, size: float) -> float:
    letter = size * LETTER
    label = max([len(name) for form, name, _ in forms if form in ("row", "bars")] or [0]) * letter
    left, room = x + label + (8 if label else 0), w - label - (8 if label else 0)
    cells = {n: [notation.cell(one) for one in made] for n, (form, _, made) in enumerate(forms) if form == "row"}
    units = max([math.fsum(one[2] for one in row) for row in cells.values()] or [1])
    unit = min(room / units, 64 if units < 8 else 40)
    side = (w - (left - x) - unit * units) / 2 if cells else 0
    for n, (form, name, made) in enumerate(forms):
        if form == "row":
            high, px = size * 1.75, left + side
            canvas.text(left + side - 8, y + high / 2 + size * 0.36, name, "s e")
            for words, kind, wide in cells[n]:
                if len(words) * letter > wide * unit + 3:
                    raise ValueError(f"no room for {words!r} in a cell of {wide * unit:.0f} px; use fewer cells")
                if words or kind:
                    canvas.box(px, y, wide * unit, high, kind, 1)
                    canvas.text(px + wide * unit / 2, y + high / 2 + size * 0.36, words, "s c")
                px += wide * unit
            y += high + 5
        elif form == "bars":
            tall, values = 40, [float(one.lstrip("*+!-")) for one in made]
            step = min(room / len(values), 30)
            px = left + (side if cells else (room - step * len(values)) / 2)
            canvas.text(px - 8, y + tall, name, "s e")
            for one, value in zip(made, values, strict=True):
                high = max(2.0, tall * value / max(values))
                canvas.box(px + 2, y + tall - high, step - 5, high, notation.CELLS.get(one[0], ""), 0)
                px += step
            y += tall + 6
        elif form == "ring":
            r = 25.0
            cx, cy = x + w / 2, y + r + size + 3
            canvas.dot(cx, cy, r, "ink")
            for k, one in enumerate(made):
                turn = 2 * math.pi * k / len(made) - math.pi / 2
                px, py = cx + r * math.cos(turn), cy + r * math.sin(turn)
                words = one.lstrip("*+!-").replace("_", " ")
                canvas.dot(px, py, 5, notation.CELLS.get(one[0], "stored"))
                far = math.cos(turn)
                if abs(far) < 0.2:  # at the top or the bottom
                    canvas.text(px, py - 9 if turn < 0 else py + size + 6, words, "s c")
                else:
                    canvas.text(px + (9 if far > 0 else -9), py + size * 0.36, words, "s" if far > 0 else "s e")
            y = cy + r + size + 9
        else:
            for words in textwrap.wrap(made[0], int(w / letter)):
                half = len(words) * letter / 2
                middle = left + side + unit * units / 2 if cells else x + w / 2
                canvas.text(min(max(middle, x + half), x + w - half), y + size, words, "s c")
                y += size + 6
    canvas.low = max(canvas.low, y)
    return y
