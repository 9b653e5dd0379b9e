"""Figures of how data lies on a disk: levels that are merged, a page that splits, a log that is read again.

No reference module has these; the small ones here do, and tests/runs/test_drawn.py tries them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from macros.runs.canvas import Canvas, Figure, listed

# --- LSM tree ---


@dataclass
class Lsm:
    """Keys in memory, and files of sorted keys by level. Level 0 takes flushes as they come; below it files of `size`
    keys do not overlap. The oldest file of a level with more than `files` goes down."""

    memory: int = 4
    flushes: int = 4
    size: int = 8
    files: int = 3
    memtable: list[int] = field(default_factory=list)
    levels: list[list[list[int]]] = field(default_factory=lambda: [[], [], []])

    def put(self, key: int) -> bool:
        """Whether the memtable is full now."""
        if key not in self.memtable:
            self.memtable.append(key)
        return len(self.memtable) >= self.memory

    def flush(self) -> bool:
        """The memtable becomes a file of level 0. Whether level 0 is to be merged now."""
        self.levels[0].append(sorted(self.memtable))
        self.memtable = []
        return len(self.levels[0]) >= self.flushes

    def compact(self) -> None:
        """Level 0 into level 1, and what is too much there into level 2; each key once."""
        self._merge(1, self.levels[0])
        self.levels[0] = []
        while len(self.levels[1]) > self.files:
            self._merge(2, [self.levels[1].pop(0)])

    def _merge(self, to: int, files: list[list[int]]) -> None:
        low, high = min(f[0] for f in files), max(f[-1] for f in files)
        met = [f for f in self.levels[to] if f[-1] >= low and f[0] <= high]
        keys = sorted({key for f in [*files, *met] for key in f})
        made = [keys[n : n + self.size] for n in range(0, len(keys), self.size)]
        self.levels[to] = sorted([f for f in self.levels[to] if f not in met] + made)

    def asked(self, key: int) -> int:
        """Files whose range covers the key: a look-up has to ask them, newest first, until it finds it."""
        return sum(f[0] <= key <= f[-1] for level in self.levels for f in level)


def lsm() -> Figure:
    """Files as bars over the keys, before level 0 is merged and after."""
    tree, n = Lsm(), 0

    def copy() -> tuple[list[int], list[list[list[int]]]]:
        return list(tree.memtable), [[list(f) for f in level] for level in tree.levels]

    merges = 0
    while merges < 3:  # the third merge has all levels
        full = tree.put(n * 37 % 100)
        n += 1
        last, were = copy(), {key: tree.asked(key) for key in range(100)}
        if full and tree.flush():
            before, asked = last, were
            tree.compact()
            merges += 1
    after = copy()
    key = max((k for k in range(100)), key=lambda k: (asked[k] - tree.asked(k), -abs(k - 50)))
    counts = asked[key], tree.asked(key)

    def panel(canvas: Canvas, x: float, y: float, w: float, state: tuple, title: str, files: int) -> float:
        left = x + 62

        def at(k: float) -> float:
            return left + (w - 66) * k / 99

        canvas.text(x, y + 12, title, "b")
        canvas.text(x + w - 4, y + 12, f"key {key}: {files} file{'s' * (files != 1)} asked", "s e flow")
        y += 24
        top = y
        canvas.text(x, y + 15, "memory", "s")
        canvas.box(left, y, w - 66, 20, "cache")
        for k in state[0]:
            canvas.line(at(k), y + 3, at(k), y + 17, "ink")
        y += 30
        asked_at = []
        for level, held in enumerate(state[1]):
            canvas.text(x, y + 15, f"level {level}", "s")
            for n_, f in enumerate(held or [None]):
                row = y + (26 * n_ if level == 0 else 0)
                if f is None:
                    canvas.box(left, y, w - 66, 20, "idle")
                    continue
                hit = f[0] <= key <= f[-1]
                canvas.box(at(f[0]) - 2, row, at(f[-1]) - at(f[0]) + 4, 20, "flow" if hit else "stored")
                asked_at += [row + 10] * hit
                for k in f:
                    canvas.line(at(k), row + 4, at(k), row + 16, "ink")
            y += 26 * (max(1, len(held)) if level == 0 else 1) + 6
        canvas.line(at(key), top - 4, at(key), y, "flow")
        for place in asked_at:
            canvas.dot(at(key), place, 4.5, "ink")
        return y

    def paint(canvas: Canvas) -> None:
        w = canvas.width / 2 - 12 if canvas.wide else canvas.width - 4
        low = panel(canvas, 2, 2, w, before, "memory is full", counts[0])
        if canvas.wide:
            low = panel(canvas, canvas.width / 2 + 10, 2, w, after, "flushed and merged", counts[1])
        else:
            low = panel(canvas, 2, low + 12, w, after, "flushed and merged", counts[1])
        low = max(low, canvas.low)
        said = ("a bar: a sorted file from its least key to its largest, 0 to 99", "a ring: a file that is asked")
        for n, words in enumerate(("; ".join(said),) if canvas.wide else said):
            canvas.text(canvas.width / 2, low + 16 + 17 * n, words, "s c idle")

    def told(state: tuple) -> str:
        return "; ".join(
            f"level {n} has {len(level)} files"
            + ("" if not level else f" over {listed(f'{f[0]} to {f[-1]}' for f in level)}")
            for n, level in enumerate(state[1])
        )

    return Figure(
        "The levels of an LSM tree, before and after a merge",
        f"Files as bars over the keys 0 to 99. Before: {told(before)}. After the merge: {told(after)}. Files "
        "of level 0 overlap; "
        "below it none does.",
        f"To find key {key}, up to {counts[0]} files are asked before the merge and {counts[1]} after it: only "
        "in level 0 do files "
        "overlap.",
        paint,
    )


# --- B-tree ---


def insert(leaves: list[list[int]], key: int, room: int) -> tuple[list[list[int]], int | None]:
    """The leaves with the key in its place, and the first key of a new leaf where one had to split, else None."""
    at = max((n for n, leaf in enumerate(leaves) if leaf[0] <= key), default=0)
    held = sorted([*leaves[at], key])
    if len(held) <= room:
        return [*leaves[:at], held, *leaves[at + 1 :]], None
    half = len(held) // 2
    return [*leaves[:at], held[:half], held[half:], *leaves[at + 1 :]], held[half]


def split() -> Figure:
    """A full leaf gives half of its entries to a new page, and the parent gets a pointer."""
    room, key = 4, 30
    before = [[12, 19, 27, 33], [40, 48, 55], [70, 81]]
    after, first = insert(before, key, room)
    new = next(n for n, leaf in enumerate(after) if leaf[0] == first)

    def tree(
        canvas: Canvas, x: float, y: float, w: float, leaves: list[list[int]], title: str, made: int | None
    ) -> None:
        canvas.text(x, y + 12, title, "b")
        y += 24
        slot = w / len(leaves)
        cell = min(30.0, (slot - 8) / room)
        keys = [leaf[0] for leaf in leaves[1:]]
        root = x + (w - cell * 1.2 * room) / 2
        for n in range(room):
            kind = "" if n >= len(keys) else "stored" if made is not None and keys[n] == leaves[made][0] else ""
            canvas.cell(
                root + n * cell * 1.2,
                y,
                cell * 1.2,
                28,
                keys[n] if n < len(keys) else "",
                kind or ("" if n < len(keys) else "idle"),
            )
        for n, leaf in enumerate(leaves):
            lx = x + n * slot + (slot - cell * room) / 2
            start = root + min(n, room) * cell * 1.2
            fresh = n == made
            canvas.arrow(start, y + 28, lx + cell * room / 2, y + 94, "stored" if fresh else "ink")
            for k in range(room):
                value = leaf[k] if k < len(leaf) else ""
                kind = "idle" if k >= len(leaf) else "stored" if fresh else ""
                if value == key:
                    kind = "flow"
                canvas.cell(lx + k * cell, y + 96, cell, 28, value, kind)
            if n + 1 < len(leaves):
                canvas.line(lx + cell * room, y + 110, lx + slot, y + 110, "ink")
            if fresh:
                canvas.text(lx + cell * room / 2, y + 142, "new page", "s c stored")
            elif made is None and len(leaf) == room:
                canvas.text(lx + cell * room / 2, y + 142, f"full; {key} comes", "s c fail")

    def paint(canvas: Canvas) -> None:
        tree(canvas, 2, 2, canvas.width - 4, before, f"{room} entries a page, insert {key}", None)
        tree(canvas, 2, 190, canvas.width - 4, after, "after the split", new)

    def told(leaves: list[list[int]]) -> str:
        return f"root {listed(leaf[0] for leaf in leaves[1:])}; leaves " + "; ".join(
            " ".join(map(str, leaf)) for leaf in leaves
        )

    return Figure(
        "A page of a B-tree splits",
        f"A root above linked leaves, {room} entries a page. Before: {told(before)}. {key} belongs into the "
        "first leaf, which is full. "
        f"After: {told(after)}. The new page begins with {first}, and so does the pointer to it in the root.",
        f"The page for {key} holds {room} of {room}, so {len(after[new])} entries go to a new page, and the "
        "parent gains one pointer, "
        f"{first}.",
        paint,
    )


# --- Write-ahead log ---


@dataclass
class Disk:
    """A log and pages, each page with the number of the last record that reached the disk in it."""

    log: list[tuple[str, str]] = field(default_factory=list)  # transaction, page or 'commit' or 'checkpoint'
    pages: dict[str, int] = field(default_factory=dict)

    def write(self, transaction: str, what: str) -> None:
        """Append a record; its number is its place from 1."""
        self.log.append((transaction, what))

    def flush(self, page: str) -> None:
        """The page as it is in memory goes to the disk, after its records."""
        self.pages[page] = max(n for n, (_, what) in enumerate(self.log, 1) if what == page)

    def recover(self) -> tuple[int, list[int], list[int], list[str]]:
        """The record to begin with, those applied, those that the page has already, and who never committed."""
        start = max((n for n, (_, what) in enumerate(self.log, 1) if what == "checkpoint"), default=0) + 1
        applied, skipped = [], []
        for n, (_, what) in enumerate(self.log, 1):
            if n >= start and what not in ("commit", "checkpoint"):
                (applied if self.pages.get(what, 0) < n else skipped).append(n)
        ended = {t for t, what in self.log if what == "commit"}
        return start, applied, skipped, sorted({t for t, _ in self.log if t} - ended)


def wal() -> Figure:
    """The log at a crash, above the pages with what had reached them: what recovery reads, applies and passes over."""
    disk = Disk()
    for record in (("T1", "A"), ("T1", "B"), ("T1", "commit"), ("T2", "A"), ("T2", "commit")):
        disk.write(*record)
    disk.flush("A")
    disk.flush("B")
    disk.write("", "checkpoint")
    for record in (("T3", "B"), ("T3", "commit"), ("T4", "C"), ("T5", "A"), ("T5", "commit")):
        disk.write(*record)
    disk.flush("B")
    start, applied, skipped, losers = disk.recover()
    pages = sorted({what for t, what in disk.log if what not in ("commit", "checkpoint")})

    def paint(canvas: Canvas) -> None:
        w = (canvas.width - 24) / len(disk.log)
        y = 42.0
        canvas.text(4, 14, "the log on disk, record by record", "b")
        canvas.text(canvas.width - 4, 14, "crash", "b e fail")
        short = {"commit": "ok", "checkpoint": "chk"}
        for n, (who, what) in enumerate(disk.log, 1):
            x = 4 + (n - 1) * w
            canvas.text(x + w / 2, 34, n, "s c idle")
            kind = "stored" if what == "checkpoint" else "idle" if n < start else "gone" if who in losers else ""
            kind = "flow" if n in applied and who not in losers else kind
            canvas.box(x + 1, y, w - 2, 44, kind)
            words = what if canvas.wide or what not in short else short[what]
            if what == "checkpoint" and canvas.wide:
                who, words = "check", "point"
            canvas.text(x + w / 2, y + 18, who, "s c")
            canvas.text(x + w / 2, y + 35, words, "s c" if what in short else "b c")
        canvas.cross(canvas.width - 10, y + 22, 8)
        low = y + 148
        pw = 92
        gap = (canvas.width - pw * len(pages)) / len(pages)
        for n, page in enumerate(pages):
            x = gap / 2 + n * (pw + gap)
            canvas.store(x, low, pw, 64, "stored" if disk.pages.get(page) else "")
            canvas.text(x + pw / 2, low + 32, f"page {page}", "b c")
            canvas.text(x + pw / 2, low + 50, f"has {disk.pages.get(page, 0)}", "s c")
            for record in [*applied, *skipped]:
                if disk.log[record - 1][1] != page:
                    continue
                rx = 4 + (record - 0.5) * w
                done = record in skipped
                canvas.arrow(rx, y + 46, x + pw / 2, low - 3, "idle" if done else "flow")
        canvas.text(4 + (start - 1) * w, y + 64, "read from here", "s e stored")
        canvas.legend(low + 80, {"flow": "applied", "idle": "not read, or there", "gone": "no commit"})

    told = ", ".join(f"{n} {who} {what}".replace("  ", " ") for n, (who, what) in enumerate(disk.log, 1))
    return Figure(
        "Recovery from a write-ahead log",
        f"The log at a crash: {told}. On disk page "
        f"{listed(f'{p} has record {disk.pages.get(p, 0)}' for p in pages)}. Recovery begins after "
        f"the checkpoint, at {start}; it applies {listed(applied)} and passes over {listed(skipped)}, which "
        "the page has.",
        f"Of {len(disk.log)} records recovery reads the {len(disk.log) - start + 1} after the checkpoint, "
        f"applies {len(applied)} and "
        f"passes over {len(skipped)} that its page has; {listed(losers)} never committed.",
        paint,
    )
