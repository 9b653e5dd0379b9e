"""The vocabulary itself, drawn by what draws with it: the figure of the contributors' page."""

from __future__ import annotations

from collections.abc import Callable

from macros.runs.canvas import Canvas, Figure, listed

W, H = 92, 44  # px of one shape


def _client(to: Canvas, x: float, y: float) -> None:
    to.box(x, y, W, H, "ink", 10)


def _service(to: Canvas, x: float, y: float) -> None:
    to.box(x, y, W, H, "", 0)


def _store(to: Canvas, x: float, y: float) -> None:
    to.store(x, y - 4, W, H + 8, "stored")


def _queue(to: Canvas, x: float, y: float) -> None:
    to.queue(x, y, W, H)
    for n in range(3):
        to.box(x + 22 + 23 * n, y + 9, 19, H - 18, "flow")


def _cache(to: Canvas, x: float, y: float) -> None:
    to.box(x, y, W, H, "cache", 22)


def _log(to: Canvas, x: float, y: float) -> None:
    for n in range(4):
        to.cell(x + 20 * n, y + 8, 20, H - 16, n + 1, "stored" if n < 3 else "flow")


def _clock(to: Canvas, x: float, y: float) -> None:
    to.dot(x + W / 2, y + H / 2, 20, "ink")
    to.line(x + W / 2, y + H / 2, x + W / 2, y + 8, "ink")
    to.line(x + W / 2, y + H / 2, x + W / 2 + 11, y + H / 2 + 5, "ink")


def _boundary(to: Canvas, x: float, y: float) -> None:
    to.box(x, y - 4, W, H + 8, "idle", 10)
    to.box(x + 12, y + 10, 28, H - 20, "", 0)
    to.box(x + 52, y + 10, 28, H - 20, "", 0)


def _lost(to: Canvas, x: float, y: float) -> None:
    to.arrow(x, y + H / 2, x + W, y + H / 2, "fail", lost=True)


def _dead(to: Canvas, x: float, y: float) -> None:
    to.box(x, y, W, H, "gone", 0)
    to.cross(x + W / 2, y + H / 2, 12)


def _arrow(kind: str) -> Callable[[Canvas, float, float], None]:
    return lambda to, x, y: to.arrow(x, y + H / 2, x + W, y + H / 2, kind)


SHAPES = {
    "client": _client,
    "service, or a step": _service,
    "store": _store,
    "queue": _queue,
    "cache": _cache,
    "log": _log,
    "clock": _clock,
    "boundary": _boundary,
    "lost message": _lost,
    "dead node": _dead,
}
ARROWS = {"call or message": "flow", "its answer": "back"}
INKS = {"moves, or is asked": "flow", "stored, or safe": "stored", "fails, or is wrong": "fail"}


def words() -> Figure:
    """Each shape above its word; then arrows and inks."""

    def paint(canvas: Canvas) -> None:
        across = 6 if canvas.wide else 3
        step = canvas.width / across
        for n, (name, shape) in enumerate((SHAPES | {w: _arrow(k) for w, k in ARROWS.items()}).items()):
            x, y = step * (n % across) + (step - W) / 2, 12 + 86 * (n // across)
            shape(canvas, x, y)
            canvas.text(x + W / 2, y + H + 24, name, "s c")
        y = canvas.low + 16
        for part in [list(INKS)] if canvas.wide else [list(INKS)[:2], list(INKS)[2:]]:
            canvas.legend(y, {INKS[name]: name for name in part})
            y += 26

    return Figure(
        "The vocabulary of the figures",
        f"Shapes: {listed(SHAPES)}. A solid arrow is a call or a message, a dashed one its answer. A dashed "
        "outline may go at any time. "
        f"Inks: blue moves or is asked, green is stored or safe, red fails or is wrong.",
        f"The {len(SHAPES)} shapes, {len(ARROWS)} kinds of arrow and {len(INKS)} inks in which every figure is drawn.",
        paint,
    )
