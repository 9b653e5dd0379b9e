"""Figures of what a hash places: the ring, and three sketches that keep bits or counters for keys."""

from __future__ import annotations

import math

from macros.runs.canvas import Canvas, Figure, listed

POINTS = 24  # virtual nodes a node in the second ring: enough to take from everybody, and still to be seen


# --- Ring ---


def ring(run) -> Figure:
    """A node joins, with one point and with many; the scenario's nodes, keys and first join."""
    m, given = run.module, run.given
    new = next(what for did, what, *_ in given["steps"] if did == "join")
    rings = [m.Ring(given["nodes"], points) for points in (int(given["methods"][0].split()[1]), POINTS)]
    before = {key: rings[0].owner(key) for key in given["keys"]}
    were = [shares(one.ring, m.SIZE) for one in rings]
    for one in rings:
        one.join(new)
    now = {key: rings[0].owner(key) for key in given["keys"]}
    moved = [key for key in now if now[key] != before[key]]
    have = [shares(one.ring, m.SIZE) for one in rings]
    took = [taken(one.ring, new, m.SIZE) for one in rings]
    lost = [{who: was - one.get(who, 0) for who, was in sorted(before_it.items()) if was > one.get(who, 0)}
            for before_it, one in zip(were, have, strict=True)]  # fmt: skip

    def few(canvas: Canvas, x: float, y: float, r: float) -> None:
        for place, node in rings[0].ring:
            kind = "stored" if node == new else "ink"
            canvas.dot(*on(x, y, r, place / m.SIZE), 8, kind)
            tx, ty = on(x, y, r + 21, place / m.SIZE)
            canvas.text(tx, ty + 5, node, "b c stored" if node == new else "b c")
        for key in now:
            at = m.place(key) / m.SIZE
            kx, ky = on(x, y, r, at)
            canvas.box(kx - 4, ky - 4, 8, 8, "stored" if key in moved else "flow", 0)
            tx, ty = on(x, y, r - 21, at)
            canvas.text(tx, ty + 4.5, key, "s c")
        canvas.text(x, y - 4, "clockwise", "s c idle")
        canvas.arrow(x - 26, y + 8, x + 26, y + 8, "ink")

    def many(canvas: Canvas, x: float, y: float, r: float) -> None:
        for place, node in rings[1].ring:
            (x1, y1), (x2, y2) = on(x, y, r + 2, place / m.SIZE), on(x, y, r + 11, place / m.SIZE)
            canvas.line(x1, y1, x2, y2, "ink" if node == new else "thin")
        canvas.text(x, y - 22, f"{new} takes", "b c stored")
        for n, (who, share) in enumerate(lost[1].items()):
            canvas.text(x, y - 2 + 18 * n, f"{share:.0%} from {who}", "c")

    def paint(canvas: Canvas) -> None:
        places = ((165, 158), (495, 158)) if canvas.wide else ((168, 158), (168, 458))
        for which, (x, y) in enumerate(places):
            points, r = rings[which].points, 98
            canvas.text(x, y - 138, f"{points} point{'s' if points > 1 else ''} a node", "b c")
            canvas.dot(x, y, r, "idle")
            for start, end in took[which]:
                canvas.path(arc(x, y, r, start, end), "line stored")
            (many if which else few)(canvas, x, y, r)
        x, y = places[0]
        canvas.text(x, y + 138, f"{new} takes one arc, {have[0][new]:.0%}, from {listed(lost[0])}", "c")
        x, y = places[1]
        canvas.text(x, y + 138, f"thick: {new}'s {len(took[1])} arcs, {have[1][new]:.0%} in all", "c")

    turn = sorted([(p / m.SIZE, f"node {n}") for p, n in rings[0].ring] + [(m.place(k) / m.SIZE, k) for k in now])
    return Figure(
        f"A ring of {len(given['nodes'])} nodes, and a new one",
        "Two rings, read clockwise from the top. The first has one point a node: "
        f"{', '.join(name for _, name in turn)}. "
        f"A key belongs to the next node clockwise. {new} has just joined and takes the arc before it, with the keys "
        f"{listed(moved)}, from {listed(lost[0])}. On the second ring each node has {POINTS} points, and the "
        f"{len(took[1])} short arcs of {new} come from all: "
        f"{listed(f'{s:.0%} from {who}' for who, s in lost[1].items())}.",
        f"When {new} joins, {len(moved)} of {len(now)} keys move, all from {listed(lost[0])}; "
        f"with {POINTS} points a node it takes its {have[1][new]:.0%} from {len(lost[1])} neighbors.",
        paint,
    )


def shares(points: list[tuple[int, str]], size: int) -> dict[str, float]:
    """The share of the ring that each node owns: the arcs that end at its points."""
    out: dict[str, float] = {}
    for n, (place, node) in enumerate(points):
        out[node] = out.get(node, 0) + (place - points[n - 1][0]) % size / size
    return out


def taken(points: list[tuple[int, str]], node: str, size: int) -> list[tuple[float, float]]:
    """The arcs of a node as (start, end) in turns; the end may lie beyond one."""
    out = []
    for n, (place, owner) in enumerate(points):
        if owner == node:
            start = points[n - 1][0] / size
            out.append((start, start + (place - points[n - 1][0]) % size / size))
    return out


def on(x: float, y: float, r: float, turn: float) -> tuple[float, float]:
    """A point of a circle, clockwise from the top."""
    return x + r * math.sin(2 * math.pi * turn), y - r * math.cos(2 * math.pi * turn)


def arc(x: float, y: float, r: float, start: float, end: float) -> str:
    """The path of an arc, clockwise."""
    (x1, y1), (x2, y2) = on(x, y, r, start), on(x, y, r, end)
    return f"M{x1:.1f} {y1:.1f}A{r} {r} 0 {int(end - start > 0.5)} 1 {x2:.1f} {y2:.1f}"


# --- Bloom filter ---


def bits(run) -> Figure:
    """Keys as rows over one array: what each sets, what is set together, what a question finds at the end."""
    m, given = run.module, run.given
    bloom = m.BloomFilter(given["keys"], given["error"])
    added = [key for did, key in given["steps"] if did == "add"]
    asked = list(dict.fromkeys(key for did, key in given["steps"] if did == "ask"))
    for key in added:
        bloom.add(key)
    verdicts = {key: _verdict(bloom, key, key in added) for key in asked}
    wrong = [key for key in asked if bloom.ask(key) and key not in added]
    count = sum(bloom.is_set(p) for p in range(bloom.m))

    def paint(canvas: Canvas) -> None:
        left = 100 if canvas.wide else 2
        w, h, right = (canvas.width - left - 4) / bloom.m, 24, canvas.width - 4
        y = 20.0
        canvas.text(left, 12, "bit 0", "s idle")
        canvas.text(right, 12, f"bit {bloom.m - 1}", "s e idle")

        def row(name: str, said: str, kind: str, cells: dict[int, int]) -> None:
            nonlocal y
            if canvas.wide:
                canvas.text(left - 8, y + 17, name, "b e")
            else:
                canvas.text(left, y + 14, name, "b")
                canvas.text(right, y + 14, said, f"s e {kind}")
                y += 20
            canvas.box(left, y, w * bloom.m, h, "idle")
            for place, bit in cells.items():
                canvas.cell(left + place * w + 0.8, y, w - 1.6, h, bit, kind if bit or kind != "stored" else "")
            y += h + (8 if canvas.wide else 6)
            if canvas.wide and said:
                canvas.text(left, y + 6, said, f"s {kind}")
                y += 20

        for key in added:
            row(key, "" if canvas.wide else "sets", "stored", dict.fromkeys(bloom.positions(key), 1))
        canvas.line(left, y, right, y, "ink")
        y += 8
        row("the array", "" if canvas.wide else f"{count} of {bloom.m} are one", "stored",
            {place: int(bloom.is_set(place)) for place in range(bloom.m)})  # fmt: skip
        canvas.line(left, y, right, y, "ink")
        y += 8
        for key in asked:
            kind, said = verdicts[key]
            row(f"{key}?", said, kind, {place: int(bloom.is_set(place)) for place in bloom.positions(key)})

    told = "; ".join(f"{key} reads {_places(bloom, key)}, {verdicts[key][1]}" for key in asked)
    sets = "; ".join(f"{key} sets {_places(bloom, key)}" for key in added)
    return Figure(
        f"A Bloom filter of {bloom.m} bits",
        f"An array of {bloom.m} bits, {bloom.k} positions a key. {sets[0].upper()}{sets[1:]}. "
        f"Together {count} bits are one. Asked: {told}.",
        f"{len(added)} keys with {bloom.k} positions each set {count} of {bloom.m} bits; "
        + (
            f"{listed(wrong)}, never added, finds all {bloom.k} of its own at one."
            if wrong
            else "whoever finds a zero was never added."
        ),  # fmt: skip
        paint,
    )


def _verdict(bloom, key: str, there: bool) -> tuple[str, str]:
    """Kind and words of an answer."""
    if not bloom.ask(key):
        return "flow", "a zero: surely never added"
    return ("flow", "all ones: maybe, and it is there") if there else ("fail", "all ones: maybe, and wrong")


def _places(bloom, key: str) -> str:
    return listed(sorted(set(bloom.positions(key))))


# --- Count-min sketch ---


def counters(run) -> Figure:
    """The table after all that came, and the cells of the key whose rows are the most polluted."""
    m, given = run.module, run.given
    sketch, truth = m.CountMin(given["width"], given["depth"], given.get("conservative", False)), {}
    for did, key, *times in given["steps"]:
        if did == "add":
            sketch.add(key, *times)
            truth[key] = truth.get(key, 0) + times[0]
    asked = list(dict.fromkeys(key for did, key in ((s[0], s[1]) for s in given["steps"]) if did == "ask"))

    def held(key: str) -> list[int]:
        return [row[place] for row, place in zip(sketch.rows, sketch.places(key), strict=True)]

    chosen = max(asked, key=lambda key: (max(held(key)) - truth.get(key, 0)) * (key in truth))
    least, true = min(held(chosen)), truth.get(chosen, 0)

    def paint(canvas: Canvas) -> None:
        left = 70 if canvas.wide else 2
        w, h, y = (canvas.width - left - 4) / sketch.width, 40, 34.0
        canvas.text(left, 14, f"the cells of {chosen}, one in each row", "b flow")
        for n, (row, at) in enumerate(zip(sketch.rows, sketch.places(chosen), strict=True)):
            if canvas.wide:
                canvas.text(left - 10, y + 25, f"row {n + 1}", "e")
            for place, value in enumerate(row):
                kind = "" if value else "idle"
                if place == at:
                    kind = "stored" if value == least else "flow"
                canvas.cell(left + place * w + 1.5, y, w - 3, h, value, kind, "b" if place == at else "s")
            strangers = [key for key in truth if key != chosen and sketch.places(key)[n] == at]
            y += h + 18
            words = f"{row[at]}: {chosen} {true}" + "".join(f" + {key} {truth[key]}" for key in strangers)
            canvas.text(left, y - 3, words, "s stored" if row[at] == least else "s flow")
            y += 14
        canvas.text(left, y + 8, f"The least is {least}; {chosen} came {true} times.", "b")

    return Figure(
        f"A count-min sketch of {sketch.depth} rows by {sketch.width} counters",
        f"Each key has one cell in each row. Added were {listed(f'{key} {n}' for key, n in truth.items())}. "
        "The cells of "
        f"{chosen} hold {listed(held(chosen))}, for other keys share some of them. The least, {least}, is the "
        "estimate.",
        f"Of the {sketch.depth} cells of {chosen}, which hold {listed(held(chosen))}, the least has the fewest "
        "strangers: "
        f"{least} against a true {true}.",
        paint,
    )


# --- HyperLogLog ---


def registers(run) -> Figure:
    """Each visitor's hash, the register that it picks, and the longest run that the register keeps."""
    m, given = run.module, run.given
    sketch, items = m.HyperLogLog(given["p"]), []
    for did, _, item in given["steps"]:
        if did == "add":
            sketch.add(item)
            items.append(item)
    seen = list(dict.fromkeys(items))

    def paint(canvas: Canvas) -> None:
        left, y = 4, 32.0
        canvas.text(left, 14, "visitor", "s idle")
        canvas.text(72, 14, f"{sketch.p} bits: register", "s idle")
        canvas.text(190, 14, "zeros, then a one: run", "s idle")
        for n, item in enumerate(items):
            place, run_ = sketch.place(item)
            again = item in items[:n]
            canvas.text(left, y + 16, item, "idle" if again else "b")
            for k, bit in enumerate(f"{place:0{sketch.p}b}"):
                canvas.cell(72 + 19 * k, y, 18, 22, bit, "" if again else "flow")
            canvas.text(72 + 19 * sketch.p + 5, y + 16, f"= {place}", "s")
            for k in range(run_):
                canvas.cell(190 + 19 * k, y, 18, 22, int(k == run_ - 1), "" if again else "stored")
            if again:
                canvas.text(190 + 19 * run_ + 6, y + 16, "again: no change", "s idle")
            y += 30
        w, most = (canvas.width - 8) / sketch.m, max(sketch.registers)
        base = y + 26 + 20 * most
        canvas.text(left, y + 16, "longest run of each register", "b")
        for n, longest in enumerate(sketch.registers):
            x = left + n * w
            if longest:
                canvas.box(x + 1.5, base - 20 * longest, w - 3, 20 * longest, "stored")
                canvas.text(x + w / 2, base - 20 * longest + 15, longest, "s c b")
            canvas.text(x + w / 2, base + 15, n, "s c")
        canvas.line(left, base, canvas.width - 4, base, "ink")
        canvas.low = base + 18

    return Figure(
        f"{sketch.m} registers of a HyperLogLog",
        f"Each visitor's hash begins with {sketch.p} bits that pick a register; of the bits after them the "
        "zeros and the first one are counted, which is the "
        f"run. {'; '.join(f'{item}: register {sketch.place(item)[0]}, run {sketch.place(item)[1]}' for item in seen)}. "
        "Each register keeps the longest run that it has met.",
        f"{len(items)} visits by {len(seen)} people leave {sum(map(bool, sketch.registers))} of {sketch.m} registers "
        f"filled, from which the estimate is {sketch.count():.1f}.",
        paint,
    )
