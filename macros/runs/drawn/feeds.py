"""Figures of lists that many read: paging while others insert, and copies made when written or gathered when read."""

from __future__ import annotations

from math import inf

from macros.runs.canvas import Canvas, Figure, listed


def cursor(run) -> Figure:
    """The list before and after an insert; the second page by offset and by cursor."""
    m, given = run.module, run.given
    limit = given["limit"]
    feed = m.Feed(index=sorted(tuple(place) for place in given["start"]))
    first, token = feed.page("", limit)
    changes = []
    for name, *place in given["steps"][1:]:
        if name == "page":
            break
        getattr(feed, name)(tuple(place))
        changes.append((name, place[1]))
    start = sorted((tuple(place) for place in given["start"]), reverse=True)
    now = sorted(feed.index, reverse=True)
    wrong, right = feed.numbered(limit, limit), feed.page(token, limit)[0]
    twice = [p for p in wrong if p in first]
    missed = [p for p in now if p not in first and p < first[-1] and p not in wrong and p >= min(wrong)]
    what = listed(f"#{number} {'comes' if name == 'insert' else 'goes'}" for name, number in changes)
    stages = [("page 1", "both", start, first, []), ("", what, now, [], []), ("page 2", "by offset", now, wrong, twice),
              ("page 2", "by cursor", now, right, [])]  # fmt: skip

    def paint(canvas: Canvas) -> None:
        w = canvas.width / len(stages)
        cell, h = min(96.0, w - 22), 25
        places: list[dict] = []
        for n, (head, words, rows, page, again) in enumerate(stages):
            x = n * w + (w - cell) / 2
            canvas.text(x + cell / 2, 14, head, "b c")
            canvas.text(x + cell / 2, 32, words, "s c fail" if again else "s c")
            here = {}
            for row, place in enumerate(rows):
                y = 44 + row * (h + 5)
                here[place] = (x, y)
                if n and place in places[-1]:
                    x1, y1 = places[-1][place]
                    canvas.line(x1 + cell, y1 + h / 2, x, y + h / 2)
                kind = "fail" if place in again else "flow" if place in page else "idle"
                kind = "stored" if n == 1 and place not in start else kind
                words_ = f"#{place[1]}" + (" again" if place in again else "")
                canvas.cell(x, y, cell, h, words_, kind, "b" if place in page else "s")
            places.append(here)

    def ids(places: list) -> str:
        return listed(f"#{place[1]}" for place in places) if places else "none"

    return Figure(
        "The second page, by offset and by cursor",
        f"A list, newest first: {ids(start)}. Page 1 shows {ids(first)}. Then {what}. Page 2 by offset {limit} "
        f"shows {ids(wrong)}; "
        f"by cursor, after {ids(first[-1:])}, it shows {ids(right)}.",
        f"After {len(changes)} change{'s' * (len(changes) > 1)} above, offset {limit} "
        + (f"shows {ids(twice)} again" if twice else f"skips {ids(missed)}")
        + f"; the cursor goes on after {ids(first[-1:])}.",
        paint,
    )


def fan_out(run) -> Figure:
    """Who follows whom, three ways: a solid arrow is a copy made when written, a dashed one is gathered when read."""
    m, given = run.module, run.given
    ways = {"on write": m.Feeds(inf), "on read": m.Feeds(0), "hybrid": m.Feeds(given["border"])}
    for feeds in ways.values():
        for reader, author in given["follows"]:
            feeds.follow(reader, author)
        for time, (name, who, *what) in enumerate(given["steps"], 1):
            if name == "view":
                feeds.view(who)
            elif name == "post":
                feeds.post(who, (time, what[0]))
    authors = list(dict.fromkeys(author for _, author in given["follows"]))
    readers = list(dict.fromkeys(reader for reader, _ in given["follows"]))
    work = {way: (feeds.work["inserts"], feeds.work["look-ups"]) for way, feeds in ways.items()}
    posts = sum(step[0] == "post" for step in given["steps"])
    views = sum(step[0] == "view" for step in given["steps"])

    def panel(canvas: Canvas, x: float, y: float, w: float, way: str) -> None:
        feeds = ways[way]
        inserts, lookups = work[way]
        canvas.text(x, y + 12, way, "b")
        canvas.text(x + w, y + 12, f"{inserts} + {lookups} = {inserts + lookups}", "e b")
        y += 30
        high = 40
        tall = high * max(len(authors), len(readers))
        at = {}
        for n, name in enumerate(authors):
            at["a", name] = y + (n + 0.5) * tall / len(authors)
            canvas.cell(x, at["a", name] - 13, 52, 26, name)
        for n, name in enumerate(readers):
            at["r", name] = y + (n + 0.5) * tall / len(readers)
            canvas.store(x + w - 58, at["r", name] - 18, 56, 36, "stored" if way != "on read" else "idle")
            canvas.text(x + w - 30, at["r", name] + 9, name, "s c")
        for reader, author in given["follows"]:
            kind = "back" if author in feeds.large else "flow"
            canvas.arrow(x + 54, at["a", author], x + w - 61, at["r", reader], kind)
        canvas.low = max(canvas.low, y + tall)

    def paint(canvas: Canvas) -> None:
        w = (canvas.width - 4 - 60) / 3 if canvas.wide else canvas.width - 60
        for n, way in enumerate(ways):
            panel(canvas, 2 + n * (w + 30) if canvas.wide else 28, 2 if canvas.wide else 2 + n * 208, w, way)
        low = canvas.low + 20
        canvas.arrow(canvas.width / 2 - 160, low, canvas.width / 2 - 128, low, "flow")
        canvas.text(canvas.width / 2 - 120, low + 4.5, "copied when written", "s")
        canvas.arrow(canvas.width / 2 + 16, low, canvas.width / 2 + 48, low, "back")
        canvas.text(canvas.width / 2 + 56, low + 4.5, "gathered when read", "s")

    sizes = listed(f"{author} {len(ways['hybrid'].followers[author])}" for author in authors)
    sums = {way: sum(both) for way, both in work.items()}
    return Figure(
        "Fan-out on write, on read, and the hybrid",
        f"Authors at the left with their followers: {sizes}. Readers with their timelines at the right. On "
        "write each post is copied to "
        "each follower; on read nothing is copied and a view asks each author; in the hybrid authors with "
        f"{given['border']} followers or "
        f"more are gathered. Inserts and look-ups: {listed(f'{way} {a} and {b}' for way, (a, b) in work.items())}.",
        f"{posts} posts and {views} views cost {sums['on write']} inserts and look-ups on write, "
        f"{sums['on read']} on read and "
        f"{sums['hybrid']} in the hybrid.",
        paint,
    )
