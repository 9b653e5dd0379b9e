"""Figures of what a cache keeps: after each step its entries in a column, so that time runs to the right.

A line joins an entry's places before and after a step; who rises or falls is seen at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from macros.runs.canvas import Canvas, Figure, listed


@dataclass
class Column:
    """The cache after a step: what was asked, what came of it, and the keys of each of its lists, from the top."""

    asked: str
    outcome: str  # hit, miss or in
    lists: dict[str, list[str]]
    left: list[str] = field(default_factory=list)


def columns(canvas: Canvas, steps: Sequence[Column], rooms: dict[str, int], ends: tuple[str, str] = ("", "")) -> None:
    """Columns of cells below what was asked, and below them who left. `rooms`: rows of each list; `ends`: words for
    the top and the bottom of the first."""
    left = 66 if canvas.wide and (len(rooms) > 1 or ends[0]) else 2
    w = (canvas.width - left - 4) / len(steps)
    cell, h = min(w - 8, 62), 24
    places: list[dict[str, tuple[float, float]]] = []
    y = 44.0
    tops = {}
    for name, rows in rooms.items():
        if not canvas.wide and len(rooms) > 1:
            canvas.text(left, y + 12, name, "s idle")
            y += 18
        tops[name] = y
        if canvas.wide and len(rooms) > 1:
            canvas.text(2, y + 17, name, "b")
        y += rows * (h + 5) + 12
    if canvas.wide and ends[0]:
        first = next(iter(rooms))
        canvas.text(2, tops[first] + 17, ends[0], "s idle")
        canvas.text(2, tops[first] + (rooms[first] - 1) * (h + 5) + 17, ends[1], "s idle")
    for n, step in enumerate(steps):
        x = left + n * w + (w - cell) / 2
        kind = {"hit": "flow", "miss": "fail"}.get(step.outcome, "")
        canvas.text(x + cell / 2, 14, step.asked, "b c")
        canvas.text(x + cell / 2, 31, step.outcome, f"s c {kind}")
        here = {}
        for name, keys in step.lists.items():
            for row, key in enumerate(keys):
                here[key] = (x, tops[name] + row * (h + 5))
        for row, key in enumerate(step.left):
            here[key] = (x, y + row * (h + 5))
        for key, (x2, y2) in here.items():
            x1, y1 = places[-1].get(key) or places[-1].get(key.partition(" ")[0]) or (None, 0) if n else (None, 0)
            if x1 is not None and key not in steps[n - 1].left:
                out = key in step.left or (" " in key and key not in places[-1])
                rises = y2 < y1 or any(tops[one] > y1 and tops[one] <= y2 for one in list(tops)[1:])
                canvas.line(x1 + cell, y1 + h / 2, x2, y2 + h / 2, "gone" if out else "flow" if rises else "thin")
        for key, (x2, y2) in here.items():
            kind = "gone" if key in step.left else "" if n and key in places[-1] else "stored"
            if step.outcome == "hit" and key == step.asked.split()[-1]:
                kind = "flow"
            canvas.cell(x2, y2, cell, h, key.partition(" ")[0], "idle" if " " in key else kind)
        places.append(here)
    if any(step.left for step in steps):
        canvas.text(2, y - 5 if left < 60 else y + 16, "left", "s gone")
    if not canvas.wide and ends[0]:
        canvas.text(canvas.width / 2, canvas.low + 16, f"on top {ends[0]}, at the bottom {ends[1]}", "s c idle")


def lru(run) -> Figure:
    """The list of an LRU cache after each operation, most recent on top."""
    m, given = run.module, run.given
    cache, steps, hits = m.LRU(given["capacity"]), [], 0
    for name, key, *value in given["operations"]:
        known, gone = key in cache.nodes, None
        if name == "get":
            cache.get(key)
            hits += known
        else:
            gone = cache.put(key, *value)
        outcome = ("hit" if known else "miss") if name == "get" else "update" if known else "in"
        steps.append(Column(f"{name} {key}", outcome, {"list": cache.keys()}, [gone] if gone is not None else []))
    left = [(step.asked.split()[-1], step.left[0]) for step in steps if step.left]
    told = "; ".join(f"{s.asked}, {s.outcome}: {', '.join(s.lists['list'])}" for s in steps)
    return Figure(
        f"An LRU list with room for {given['capacity']}",
        f"The list after each operation, most recent first. {told[0].upper()}{told[1:]}."
        + "".join(f" {gone} leaves for {new}." for new, gone in left),
        f"A hit lifts its key to the top, so of {len(given['operations'])} operations the one that needs room, "
        f"put {left[0][0]}, takes it from {left[0][1]}, which was unused longest.",
        lambda canvas: columns(canvas, steps, {"list": given["capacity"]}, ("most recent", "next to go")),
    )


def lfu(run) -> Figure:
    """The buckets of an LFU cache after each read, highest count on top."""
    m, given = run.module, run.given
    cache, steps, counts = m.LFU(given["capacity"]), [], {}
    for key in given["reads"]:
        known = cache.get(key) is not None
        gone = None if known else cache.put(key, key)
        counts = cache.counts()
        steps.append((key, known, {n: list(keys)[::-1] for n, keys in counts.items()}, gone))
    most = max(n for _, _, held, _ in steps for n in held)
    rooms = {f"{n}x": max(1, *(len(held.get(n, ())) for _, _, held, _ in steps)) for n in range(most, 0, -1)}
    made = [Column(key, "hit" if known else "miss", {f"{n}x": keys for n, keys in held.items()},
                   [gone] if gone is not None else []) for key, known, held, gone in steps]  # fmt: skip
    victims = [step for step in made if step.left]
    told = "; ".join(f"{s.asked}: " + ", ".join(f"{n} {' '.join(keys)}" for n, keys in s.lists.items()) for s in made)
    hits = sum(step.outcome == "hit" for step in made)
    return Figure(
        f"LFU buckets with room for {given['capacity']}",
        "The keys by count after each read; in a bucket the next to go is lowest. "
        f"{told[0].upper()}{told[1:]}. Evicted: "
        f"{listed(f'{s.left[0]} by {s.asked}' for s in victims)}.",
        f"Of {len(made)} reads {hits} are hits and lift their key by one bucket; each of the {len(victims)} evictions "
        "takes the lowest.",
        lambda canvas: columns(canvas, made, rooms),
    )


def s3_fifo(run) -> Figure:
    """The three queues after each read, next to leave lowest."""
    m, given = run.module, run.given
    cache, made = m.S3FIFO(given["capacity"], given["small"]), []
    for key in given["reads"]:
        known, gone = cache.get(key) is not None, None
        if not known:
            gone = cache.put(key, key)
        lists = {"small": list(cache.small)[::-1], "main": list(cache.main)[::-1]}
        lists["ghost"] = [f"{one} ghost" for one in cache.ghost][::-1]
        left = [gone] if gone is not None and gone not in cache.ghost else []
        made.append(Column(key, "hit" if known else "miss", lists, left))
    rooms = {name: max(1, *(len(step.lists[name]) for step in made)) for name in ("small", "main", "ghost")}
    promoted = [key for before, after in zip(made, made[1:], strict=False)
                for key in before.lists["small"] if key in after.lists["main"]]  # fmt: skip
    dropped = {key for step in made for key in step.lists["ghost"]}
    told = "; ".join(f"{s.asked}, {s.outcome}: small {' '.join(s.lists['small']) or 'empty'}, main "
                     f"{' '.join(s.lists['main']) or 'empty'}" for s in made)  # fmt: skip
    return Figure(
        f"S3-FIFO's three queues, with room for {given['capacity']}",
        f"The queues after each read, newest first. {told[0].upper()}{told[1:]}. The ghost queue has keys "
        "without values.",
        f"{listed(promoted)} was read twice more and moves from small to main; {len(dropped)} keys that were "
        "not leave small for "
        "the ghost queue, which holds no values.",
        lambda canvas: columns(canvas, made, rooms),
    )
