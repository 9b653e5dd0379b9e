"""Lanes over time: who has what in which span, and who asks whom at which step; the steps are numbered and "
"told below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from macros.runs.canvas import Canvas

HIGH, LOW = 42, 35  # px of one lane, wide and on a phone


@dataclass
class Step:
    """One moment: an arrow from a lane to another, or a mark on one lane; `say` tells it in a few words."""

    say: str
    start: str
    end: str = ""  # none: it happens where it starts
    kind: str = "flow"
    lost: bool = False  # the arrow does not arrive; without one, somebody dies here
    when: str = ""  # below the step


@dataclass
class Lanes:
    """The lanes from top to bottom, the steps, and spans as (lane, from step, to step, words, kind)."""

    names: Sequence[str]
    steps: list[Step] = field(default_factory=list)
    spans: list[tuple[str, float, float, str, str]] = field(default_factory=list)
    title: str = ""

    def told(self) -> str:
        """The steps as sentences, for those who do not see them."""
        return " ".join(f"{n}. {step.say}." for n, step in enumerate(self.steps, 1))

    def draw(self, canvas: Canvas, x: float, y: float, w: float, two: bool = False) -> float:
        """Draws at x, y in the width w, the words in two columns if so; returns where it ends."""
        high = HIGH if canvas.wide else LOW
        left = x + 12 + 7.2 * max(map(len, self.names))
        step = (x + w - left - 4) / (len(self.steps) + 0.6)
        if self.title:
            canvas.text(x, y + 12, self.title, "b")
            y += 24
        at = {name: y + high * n + high / 2 for n, name in enumerate(self.names)}
        for name in self.names:
            canvas.text(x, at[name] + 5, name, "b")
            empty = sorted(one[1:3] for one in self.spans if one[0] == name and one[4] in ("gone", "idle"))
            ends = [
                left,
                *(left + step * one for span in empty for one in span),
                x + w,
            ]  # words in what is empty stay clear
            for a, b in zip(ends[::2], ends[1::2], strict=True):
                if b > a:
                    canvas.line(a, at[name], b, at[name])
        for lane, start, end, words, kind in self.spans:
            x1, x2 = left + step * start, left + step * end
            canvas.box(x1, at[lane] - 11, x2 - x1, 22, kind)
            stops = [n + 0.5 for n, one in enumerate(self.steps) if one.start == lane and start <= n + 0.5 <= end]
            edges = [x1 - 9 * (start not in stops), *(left + step * n for n in stops), x2 + 9 * (end not in stops)]
            a, b = max(pairwise(edges), key=lambda gap: round(gap[1] - gap[0], 3))  # where no number stands
            if words and b - a >= 6.6 * len(words) + 20:
                canvas.text((a + b) / 2, at[lane] + 4.5, words, "s c")
        for n, one in enumerate(self.steps):
            px = left + step * (n + 0.5)
            if one.end:
                y1, y2 = at[one.start], at[one.end]
                sign = 1 if y2 > y1 else -1
                canvas.arrow(px, y1 + 9 * sign, px, y2 - 11 * sign, one.kind, one.lost)
            elif one.lost:
                canvas.cross(px, at[one.start], 8)
            if not (one.lost and not one.end):
                canvas.dot(px, at[one.start], 9, one.kind if one.kind != "back" else "flow")
                canvas.text(px, at[one.start] + 4.5, n + 1, "s c b")
            else:
                canvas.text(px + 12, at[one.start] - 14, n + 1, "s c b")
        y += high * len(self.names) + 2
        if any(one.when for one in self.steps):
            last = ""
            for n, one in enumerate(self.steps):
                if one.when != last:
                    canvas.text(
                        left + step * (n + 0.5), y + 8, one.when if not last else one.when.split()[0], "s c idle"
                    )
                last = one.when
            y += 18
        y += 14
        half, top = -(-len(self.steps) // 2) if two else len(self.steps), y
        for n, one in enumerate(self.steps):
            px = x + (w / 2 + 6) * (n >= half)
            y = top if n == half else y
            canvas.text(px, y, f"{n + 1}", "s b")
            y = canvas.lines(px + 20, y, one.say, int(((w / 2 if two else w) - 26) / 6.1), _ink(one))
        return canvas.low


def _ink(one: Step) -> str:
    return "s fail" if one.lost or one.kind == "fail" else "s"
