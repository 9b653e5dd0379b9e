"""Figures of places on the earth: the borders of geohash cells. tests/runs/test_drawn.py tries the coding."""

from __future__ import annotations

import math

from macros.runs.canvas import Canvas, Figure

LETTERS = "0123456789bcdefghjkmnpqrstuvwxyz"
ANN, BEN = (51.4779, -0.0006), (51.4779, 0.0008)  # on either side of the meridian of Greenwich
RADIUS = 350  # m


def geohash(lat: float, lon: float, length: int) -> str:
    """The cell of a place, five bits a letter, longitude first."""
    bounds, key = [[-180.0, 180.0], [-90.0, 90.0]], 0
    for n in range(5 * length):
        low, high = bounds[n % 2]
        middle, value = (low + high) / 2, (lon, lat)[n % 2]
        key = key * 2 + (value >= middle)
        bounds[n % 2] = [middle, high] if value >= middle else [low, middle]
    return "".join(LETTERS[key >> 5 * n & 31] for n in reversed(range(length)))


def size(length: int) -> tuple[float, float]:
    """Height and width of a cell in degrees."""
    bits = 5 * length
    return 180 / 2 ** (bits // 2), 360 / 2 ** (bits - bits // 2)


def meters(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance of two near places."""
    north = (one[0] - other[0]) * 111_320
    east = (one[1] - other[1]) * 111_320 * math.cos(math.radians(one[0]))
    return math.hypot(north, east)


def borders() -> Figure:
    """Two people near to each other, and the nine cells that a query reads."""
    length = 6
    high, wide = size(length)
    south = math.floor((ANN[0] + 90) / high) * high - 90
    west = math.floor((ANN[1] + 180) / wide) * wide - 180
    apart = meters(ANN, BEN)
    tall_m, wide_m = meters((south, west), (south + high, west)), meters((south, west), (south, west + wide))
    mine, theirs = geohash(*ANN, length), geohash(*BEN, length)
    common = next((n for n, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a != b), length)

    def paint(canvas: Canvas) -> None:
        unit = (canvas.width - 24 if not canvas.wide else 460) / (3 * wide_m)  # px a meter
        w, h = wide_m * unit, tall_m * unit
        left, top = (canvas.width - 3 * w) / 2, 24

        def p(lat: float, lon: float) -> tuple[float, float]:
            return left + w + (lon - west) / wide * w, top + 2 * h - (lat - south) / high * h

        for row in range(3):
            for column in range(3):
                code = geohash(south + (1.5 - row) * high, west + (column - 0.5) * wide, length)
                x, y = left + column * w, top + row * h
                own = code == mine
                canvas.box(x, y, w, h, "flow" if own else "", 0)
                canvas.text(x + 6, y + 16, code, "s b" if own or code == theirs else "s")
        x, _ = p(south, 0)
        canvas.line(x, top - 6, x, top + 3 * h + 6, "ink")
        canvas.text(x, top - 10, "a border of the largest cells", "s c")
        ax, ay = p(*ANN)
        bx, by = p(*BEN)
        canvas.dot(ax, ay, RADIUS * unit, "idle")
        canvas.dot(ax, ay, 6, "flow")
        canvas.dot(bx, by, 6, "stored")
        canvas.text(ax - 10, ay + 5, "Ann", "b e")
        canvas.text(bx + 10, by + 5, "Ben", "b")
        canvas.text(
            canvas.width / 2,
            top + 3 * h + 24,
            f"a cell: {wide_m:,.0f} m by {tall_m:,.0f} m; the circle: {RADIUS} m",
            "s c idle",
        )

    shared = "no letter" if not common else f"{common} letter{'s' * (common > 1)}"
    return Figure(
        "Near to each other, in cells that share no prefix",
        f"Nine cells of {length} letters around Ann. Ann is in {mine}, Ben {apart:.0f} m to the east in "
        f"{theirs}; between them runs the meridian "
        f"of Greenwich, a border of the largest cells. A circle of {RADIUS} m around Ann reaches into Ben's cell.",
        f"Ann and Ben are {apart:.0f} m apart, and their cells {mine} and {theirs} share {shared}: so a query "
        "reads its own cell and the 8 "
        "around it.",
        paint,
    )
