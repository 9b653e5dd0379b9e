"""Small drawings from a line of text: the boards of the phases, and the fronts of the pocket deck.

    (Client) > Service > [(Posts)]: write; Service v ([Copy])      boxes where they are first named, and arrows
    row disk: *1 *2 +3; bars wait: 1 2 4 8; ring: A B C; say: words

`>` goes one column on, `v` one row down, `<` comes from there; `.>` is an answer, `x>` is lost, `/` draws no arrow. The
words after a colon stand at the last arrow. Shapes are those of text diagrams: (client), [(store)], [[queue]],
([cache]), !dead, #weak, and "words" without a box. Cells are *stored, +asked, !failed, -idle or plain; `=3` is three
wide, `_` is a space.
"""

from __future__ import annotations

import math
import re
import textwrap
from dataclasses import dataclass, field
from zlib import crc32

from macros.facts.model import Board, Panel
from macros.runs.canvas import Canvas, Figure, _class, _n

SHAPES = (
    (r"\[\((.+)\)\]", "store"),
    (r"\[\[(.+)\]\]", "queue"),
    (r"\(\[(.+)\]\)", "cache"),
    (r"\((.+)\)", "client"),
    (r'"(.+)"', "words"),
    (r"!(.+)", "dead"),
    (r"#(.+)", "weak"),
    (r"(.+)", "service"),
)
ARROW = re.compile(r"\s(>|<|v|\.>|x>|/)\s")
CELLS = {"*": "stored", "+": "flow", "!": "fail", "-": "idle"}
SAYS = {">": "to", "v": "to", "<": "from", ".>": "answers", "x>": "does not reach", "/": "beside"}
LETTER, LINE = 0.54, 1.16  # of the type's size: the width of a letter on average, and from line to line


class Hand(Canvas):
    """A canvas whose lines are drawn as by a marker: each a little bent, and alike in every build."""

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str = "thin") -> None:
        self._put(f'<path{_class(f"line {kind}")} d="M{_n(x1)} {_n(y1)}{_bent(x1, y1, x2, y2)}"/>', max(y1, y2))

    def box(self, x: float, y: float, w: float, h: float, kind: str = "", r: float = 3) -> None:
        r = min(r, w / 2, h / 2)
        turns = ((x + w, y), (x + w, y + h), (x, y + h), (x, y))
        d, px, py = f"M{_n(x + r)} {_n(y)}", x + r, y
        for n, (cx, cy) in enumerate(turns):
            ends = (cx - r * (n == 0) + r * (n == 2), cy - r * (n == 1) + r * (n == 3))
            after = (cx - r * (n == 1) + r * (n == 3), cy + r * (n == 0) - r * (n == 2))
            d += _bent(px, py, *ends) + f"Q{_n(cx)} {_n(cy)} {_n(after[0])} {_n(after[1])}"
            px, py = after
        self._put(f'<path{_class(kind)} d="{d}z"/>', y + h)


def _bent(x1: float, y1: float, x2: float, y2: float) -> str:
    """A curve to the second point that leaves the straight line by two pixels at most."""
    length = math.hypot(x2 - x1, y2 - y1)
    if length < 24:
        return f"L{_n(x2)} {_n(y2)}"
    chance = crc32(f"{x1:.1f} {y1:.1f} {x2:.1f} {y2:.1f}".encode())
    off = ((chance % 1000) / 500 - 1) * min(2.0, length / 60)
    at = 0.35 + (chance // 1000 % 100) / 330
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    return f"Q{_n(x1 + at * (x2 - x1) - uy * off)} {_n(y1 + at * (y2 - y1) + ux * off)} {_n(x2)} {_n(y2)}"


@dataclass(frozen=True)
class Node:
    words: str
    shape: str
    column: int
    row: int


@dataclass
class Text:
    """What a line of text draws. ValueError where it cannot be read."""

    nodes: dict[str, Node] = field(default_factory=dict)
    arrows: list[tuple[str, str, str, str]] = field(default_factory=list)  # from, to, sign, words
    forms: list[tuple[str, str, list[str]]] = field(default_factory=list)  # row, bars, ring or say; label; cells

    @classmethod
    def of(cls, text: str) -> Text:
        out = cls()
        for part in (one.strip() for one in re.split(r"[;\n]", text)):
            if found := re.fullmatch(r"(row|bars|ring|say)\b ?([^:]*): (.+)", part):
                cells = [found[3]] if found[1] == "say" else found[3].split()
                out.forms.append((found[1], found[2].strip(), cells))
            elif part:
                out._chain(part)
        return out

    def _chain(self, text: str) -> None:
        path, _, words = text.partition(": ")
        first, *rest = ARROW.split(path)
        last = self._node(first, 0, 0 if not self.nodes else 1 + max(one.row for one in self.nodes.values()))
        for n in range(0, len(rest), 2):
            sign, at = rest[n], self.nodes[last]
            step = (0, 1) if sign == "v" else (1, 0)
            name = self._node(rest[n + 1], at.column + step[0], at.row + step[1])
            ends = (name, last) if sign == "<" else (last, name)
            self.arrows.append((*ends, sign, words if n == len(rest) - 2 else ""))
            last = name

    def _node(self, text: str, column: int, row: int) -> str:
        matches = ((re.fullmatch(pattern, text.strip()), shape) for pattern, shape in SHAPES)
        found, shape = next(((found, shape) for found, shape in matches if found), (None, ""))
        if found is None:
            raise ValueError(f"a box without words in {text!r}")
        if found[1] not in self.nodes:
            while any((one.column, one.row) == (column, row) for one in self.nodes.values()):
                row += 1
            self.nodes[found[1]] = Node(found[1], shape, column, row)
        return found[1]

    def told(self) -> str:
        """The drawing in words, in the order of reading."""
        out = [
            f"{a} {SAYS[sign] if sign != '<' else 'to'} {b}{f': {words}' if words else ''}"
            for a, b, sign, words in self.arrows
        ] or list(self.nodes)
        for form, label, cells in self.forms:
            said = " ".join(re.sub(r"^[*+!-]|=\d+$", "", cell).replace("_", " ").strip() or "empty" for cell in cells)
            out.append(said if form == "say" else f"{label or form}: {said}")
        return "; ".join(out)


def paint(canvas: Canvas, text: str, x: float, y: float, w: float, size: float = 12.5) -> float:
    """Draws the text from x, y in the width w; returns where it ends. ValueError where it has no room."""
    one = Text.of(text)
    if one.nodes:
        y = _flow(canvas, one, x, y, w, size) + (6 if one.forms else 0)
    return _forms(canvas, one.forms, x, y, w, size) if one.forms else y


def _flow(canvas: Canvas, one: Text, x: float, y: float, w: float, size: float) -> float:
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


def _laid(one: Text, w: float, letter: float, line: float, most: int, turned: bool):
    """Place, size and lines of each box; how tall it all is; the room at the sides. None where it has no room."""
    rows = {name: textwrap.wrap(name, most, break_long_words=False) for name in one.nodes}
    if any(len(words) > 3 for words in rows.values()) or any(
        len(words) > max(most, 9) for lines in rows.values() for words in lines
    ):
        return None
    wide = {name: max(len(words) for words in rows[name]) * letter + 14 for name in rows}
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
    if sum(widths) + sum(gaps) > w:
        return None
    spare = w - sum(widths) - sum(gaps)
    more = min(spare / max(columns - 1, 1), 34) if columns > 1 else 0
    gaps = [gap + more for gap in gaps]
    slack = (w - sum(widths) - sum(gaps)) / 2
    spots = {}
    for name, (c, r) in spot.items():
        left = sum(widths[:c]) + sum(gaps[:c]) + (widths[c] - wide[name]) / 2
        top = sum(heights[:r]) + sum(drops[:r]) + (heights[r] - high[name]) / 2
        spots[name] = (left, top, wide[name], high[name], rows[name])
    return spots, sum(heights) + sum(drops), slack


def _shape(canvas: Canvas, shape: str, x: float, y: float, w: float, h: float) -> None:
    if shape == "store":
        canvas.store(x, y, w, h, "stored")
    elif shape == "queue":
        canvas.box(x, y, w, h, "idle", 0)
        canvas.queue(x, y, w, h)
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
    cells = {n: [_cell(one) for one in made] for n, (form, _, made) in enumerate(forms) if form == "row"}
    units = max([sum(one[2] for one in row) for row in cells.values()] or [1])
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
                canvas.box(px + 2, y + tall - high, step - 5, high, CELLS.get(one[0], ""), 0)
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
                canvas.dot(px, py, 5, CELLS.get(one[0], "stored"))
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


def _cell(text: str) -> tuple[str, str, int]:
    body, _, wide = text.partition("=")
    kind = CELLS.get(body[0], "ink" if body != "_" else "")
    words = body.lstrip("*+!-") if body[0] in CELLS else body
    return words.replace("_", " ").strip(), kind, int(wide or 1)


# --- Boards ---


def figure(name: str, board: Board) -> Figure:
    """The board at the end of a phase. ValueError where a panel has no room for what it draws."""
    told = []
    for panel in board.panels:
        drawn = [Text.of(panel.draw).told()] if panel.draw else []
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
        y = paint(canvas, part.draw, x + 2, y, w - 4) + 8
    for words in part.lines:
        for n, one in enumerate(textwrap.wrap(words, int((w - 14) / 6.3))):
            if n == 0:
                canvas.line(x, y + 7, x + 7, y + 7, "ink")
            canvas.text(x + 13, y + 12, one, "s")
            y += 17
        y += 2
    return y
