"""Figures of what time does: a follower that lags, heartbeats that stop, a stream that adapts.

No reference module has these; the small functions here do, and tests/runs/test_drawn.py tries them.
"""

from __future__ import annotations

from macros.runs.canvas import Canvas, Figure, listed

# --- Replication lag and failover ---

WRITES, LAG, LOST_AT = 2000, 0.5, 2.0  # a second; s; s: the example of the page


def behind(at: float, writes: float, lag: float) -> tuple[float, float]:
    """Log positions of the leader and of an asynchronous follower at a time."""
    return writes * at, writes * max(0.0, at - lag)


def failover() -> Figure:
    """Two log positions over time, and the gap between them when the leader is lost."""
    leader, follower = behind(LOST_AT, WRITES, LAG)
    lost, end = leader - follower, LOST_AT * 1.75
    new = [(LOST_AT, follower), (LOST_AT + 0.3, follower), (end, follower + WRITES * (end - LOST_AT - 0.3))]

    def paint(canvas: Canvas) -> None:
        left, right, top, base = 54, canvas.width - 16, 20, 236
        most = max(leader, new[-1][1]) * 1.05

        def p(at: float, writes: float) -> tuple[float, float]:
            return left + (right - left) * at / end, base - (base - top) * writes / most

        def line(points: list[tuple[float, float]], kind: str) -> None:
            for one, other in zip(points, points[1:], strict=False):
                canvas.line(*p(*one), *p(*other), kind)

        line([(0, 0), (LOST_AT, leader)], "ink")
        line([(0, 0), (LAG, 0), (LOST_AT, follower)], "flow")
        line(new, "flow")
        x, y1 = p(LOST_AT, leader)
        _, y2 = p(LOST_AT, follower)
        canvas.box(x - 5, y1, 10, y2 - y1, "fail", 0)
        canvas.cross(x, y1, 8)
        canvas.text(x - 8, y1 - 20, "leader is lost", "b e fail")
        canvas.text(x - 12, y1 - 3, f"{lost:,.0f} writes", "s e fail")
        half = LOST_AT * 0.62
        ax, ay = p(half, behind(half, WRITES, LAG)[0])
        bx, by = p(half + LAG, behind(half + LAG, WRITES, LAG)[1])
        canvas.line(ax, ay, bx, by, "idle")
        canvas.text(ax - 10, ay + 4, f"lag {LAG:g} s", "s e")
        tx, ty = p(LOST_AT * 0.34, behind(LOST_AT * 0.34, WRITES, LAG)[0])
        canvas.text(tx - 8, ty - 10, "leader", "b e")
        fx, fy = p(LOST_AT * 0.6, behind(LOST_AT * 0.6, WRITES, LAG)[1])
        canvas.text(fx + 10, fy + 16, "follower", "b flow")
        _, my = p(0, (follower + new[-1][1]) / 2)
        canvas.text(canvas.width - 4, my + 34, "leads now", "s e flow")
        for n in range(0, int(most) + 1, 1000 if most < 8000 else 2000):
            canvas.text(left - 8, p(0, n)[1] + 4.5, f"{n:,}", "s e")
        canvas.text(left - 8, 12, "writes", "s e idle")
        canvas.axis(left, right, base, [(p(n / 2, 0)[0], f"{n / 2:g}") for n in range(int(2 * end) + 1)], "s")

    return Figure(
        "A follower's lag, and what a failover loses",
        f"Log positions over time. The leader takes {WRITES:,} writes a second; the follower has each {LAG:g} "
        f"s later. At {LOST_AT:g} s the "
        f"leader is lost with {leader:,.0f} writes, of which the follower has {follower:,.0f}. It leads from "
        "there, and the "
        f"{lost:,.0f} between are missing.",
        f"At {WRITES:,} writes a second a lag of {LAG:g} s is a gap of {lost:,.0f} writes that were "
        "acknowledged, and all of them are lost "
        "with the leader.",
        paint,
    )


# --- Heartbeats ---

EVERY, LIFETIME, GRACE = 30, 90, 30  # s: the page's own


def silence(beats: list[float], lifetime: float, grace: float) -> tuple[float, float]:
    """When the entry expires after the last heartbeat, and when others are told."""
    expires = max(beats) + lifetime
    return expires, expires + grace


def heartbeats() -> Figure:
    """Heartbeats that stop, the entry that they renew, and what others see."""
    cut = 2.5 * EVERY
    beats = [n * EVERY for n in range(int(cut // EVERY) + 1)]
    missed = [n * EVERY for n in range(len(beats), len(beats) + 3)]
    expires, told = silence(beats, LIFETIME, GRACE)
    end = told + EVERY

    def paint(canvas: Canvas) -> None:
        left, right = (120, canvas.width - 16) if canvas.wide else (6, canvas.width - 14)

        def x(at: float) -> float:
            return left + (right - left) * at / end

        rows = []
        y = 8.0
        for name in ("heartbeats", "entry", "others see"):
            if not canvas.wide:
                canvas.text(left, y + 13, name, "b")
                y += 20
            else:
                canvas.text(left - 12, y + 21, name, "b e")
            rows.append(y)
            y += 44
        top, entry, seen = rows
        for at in beats:
            canvas.arrow(x(at) + 4, top, x(at) + 4, top + 40 - 8 * (not canvas.wide), "flow")
        for at in missed:
            canvas.arrow(x(at) + 4, top, x(at) + 4, top + 34, "fail", lost=True)
        for at, after in zip(beats, [*beats[1:], expires], strict=True):
            canvas.box(x(at), entry, x(after) - x(at), 30, "flow", 0)
        canvas.text((x(cut) + x(expires)) / 2, entry + 20, f"lives {LIFETIME} s more", "s c")
        canvas.box(x(expires), entry, x(told) - x(expires), 30, "idle", 0)
        canvas.text((x(expires) + x(told)) / 2, entry + 20, f"grace {GRACE} s" if canvas.wide else "grace", "s c")
        canvas.box(x(0), seen, x(told) - x(0), 30, "stored", 0)
        canvas.text(x(cut) / 2 + left / 2, seen + 20, "online", "c b")
        canvas.box(x(told), seen, x(end) - x(told), 30, "gone", 0)
        canvas.text((x(told) + x(end)) / 2, seen + 20, "gone", "s c")
        canvas.line(x(cut), 4, x(cut), seen + 36, "gone")
        ticks = [(x(n), f"{n:g}") for n in range(0, int(end) + 1, EVERY if canvas.wide else 2 * EVERY)]
        canvas.axis(left, right, seen + 42, ticks, "s")
        canvas.text(x(cut), seen + 80, f"network lost at {cut:g} s", "s c fail")

    return Figure(
        "Heartbeats that stop, and when others are told",
        f"A heartbeat comes each {EVERY} s and renews an entry that lives {LIFETIME} s. The last comes at "
        f"{max(beats)} s, the network is lost at "
        f"{cut:g} s. The entry expires at {expires:g} s, and after {GRACE} s of grace, at {told:g} s, others are told.",
        f"The network is lost at {cut:g} s and others see it at {told:g} s: the rest of {LIFETIME} s and a "
        f"grace of {GRACE} s make "
        f"{told - cut:g} s.",
        paint,
    )


# --- Bit-rate ladder ---

RUNGS, SEGMENT, SHARE = (0.6, 1.2, 2.5, 5.0), 6, 0.8  # Mbit/s; s; of the throughput that a player dares to use
THROUGHPUT = (8, 8, 7, 1.5, 1.5, 1.6, 0.9, 0.8, 1.5, 4, 7, 8)  # Mbit/s, a segment each: home, bus, tunnel, home


def rung(throughput: float) -> float:
    """The highest rung within a share of the throughput, or the lowest."""
    return max((one for one in RUNGS if one <= SHARE * throughput), default=RUNGS[0])


def ladder() -> Figure:
    """Segments on the rung that the throughput before them allows."""
    took = [rung(one) for one in THROUGHPUT]
    changes = sum(a != b for a, b in zip(took, took[1:], strict=False))

    def paint(canvas: Canvas) -> None:
        left, right, step = 74, canvas.width - 14, 46
        w = (right - left) / len(took)
        base = 16 + step * len(RUNGS)
        for n, one in enumerate(RUNGS):
            y = base - step * (n + 1)
            canvas.text(left - 10, y + 26, f"{one:g} Mbit/s" if canvas.wide else f"{one:g}", "s e")
            canvas.line(left, y + step - 4, right, y + step - 4, "thin")
        if not canvas.wide:
            canvas.text(2, 12, "Mbit/s", "s idle")
        for n, (one, had) in enumerate(zip(took, THROUGHPUT, strict=True)):
            y = base - step * (RUNGS.index(one) + 1)
            canvas.box(left + n * w + 1, y, w - 2, step - 4, "flow")
            canvas.text(left + (n + 0.5) * w, y + 26, f"{had:g}", "s c")
        every = 2 if canvas.wide else 4
        canvas.axis(left, right, base + 2, [(left + n * w, n * SEGMENT) for n in range(0, len(took) + 1, every)], "s")
        canvas.text(
            canvas.width / 2,
            base + 44,
            f"in each segment of {SEGMENT} s: the throughput before it, in Mbit/s",
            "s c idle",
        )

    told = ", ".join(f"{had:g} takes {one:g}" for had, one in zip(THROUGHPUT, took, strict=True))
    return Figure(
        "A player on the bit-rate ladder",
        f"Rungs of {listed(f'{one:g}' for one in RUNGS)} Mbit/s, segments of {SEGMENT} s, time to the right. "
        "For each segment the throughput before it "
        f"and the rung taken: {told}.",
        f"In {len(took) * SEGMENT} s the player changes rung {changes} times, each at a border of {SEGMENT} s: "
        "at 1.5 Mbit/s it takes "
        f"{rung(1.5):g}, in the tunnel {took[THROUGHPUT.index(0.8)]:g}.",
        paint,
    )
