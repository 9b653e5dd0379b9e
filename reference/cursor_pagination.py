"""Cursor pagination: continue after the last item seen, not after a number of rows.

Vocabulary
    place    (time, id) of an item: the pair makes the order total, since times repeat and ids do not
    index    all places, sorted; a B-tree on (created_at, id) in a database
    cursor   the place of the last item shown; it is compared, so the item itself may be gone
    token    the cursor wrapped up, with a version and a hash of the filters
    gap      items between the newest page and the reader's old head

Complexity: by cursor a page reads limit + 1 rows after an O(log n) search, at any depth; by offset, offset + limit
rows.

Source: PostgreSQL documentation, "Row Constructor Comparison" and "LIMIT and OFFSET"; Google AIP-158, "Pagination".

A production version adds: paging backward; one cursor per source where several are merged; new items by their
arrival, since a late commit lands below the head; encryption, since clients take apart what they can read, and
base64 hides nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass, field

Place = tuple[int, int]  # time in seconds, id

# --- Feed ---


@dataclass
class Feed:
    """A list that is read newest first. `filters` names what it was selected by, and is part of every token."""

    filters: str = "all"
    index: list[Place] = field(default_factory=list)

    def insert(self, place: Place) -> None:
        insort(self.index, place)

    def delete(self, place: Place) -> None:
        self.index.remove(place)

    # --- Cursor ---

    def page(self, token: str = "", limit: int = 50) -> tuple[list[Place], str]:
        """At most `limit` (1 or more) items after the token's place, and the next token: "" at the end and only there.

        >>> feed = Feed(index=[(10, 1), (20, 2), (20, 3), (30, 4)])
        >>> items, token = feed.page(limit=2)
        >>> items, feed.delete((20, 3)), feed.insert((40, 5)), feed.page(token, limit=2)
        ([(30, 4), (20, 3)], None, None, ([(20, 2), (10, 1)], ''))
        """
        if limit < 1:
            raise ValueError(f"limit {limit}: a page has at least one item")
        end = self.below(decode(token, self.filters)) if token else len(self.index)
        rows = self.index[max(0, end - limit - 1) : end][::-1]  # one more than asked: it tells whether a page follows
        return rows[:limit], encode(rows[limit - 1], self.filters) if len(rows) > limit else ""

    def below(self, place: Place) -> int:
        """How many items come strictly before the place: WHERE (time, id) < (?, ?)."""
        return bisect_left(self.index, place)

    def newer(self, head: Place, limit: int = 50) -> tuple[list[Place], bool]:
        """The newest items above `head`, at most `limit`, and whether a gap is left between them and the head."""
        rows = self.index[bisect_right(self.index, head) :][::-1]
        return rows[:limit], len(rows) > limit

    # --- Two wrong ways ---

    def numbered(self, offset: int, limit: int = 50) -> list[Place]:
        """LIMIT and OFFSET: rows are counted from a head that moves, and the skipped ones are read as well."""
        return self.index[max(0, len(self.index) - offset - limit) :][::-1][offset:]

    def before(self, time: int, limit: int = 50) -> list[Place]:
        """WHERE time < ?: what shares the time of the last item shown is lost at the border."""
        return self.index[: bisect_left(self.index, (time,))][::-1][:limit]


# --- Token ---


def encode(place: Place, filters: str) -> str:
    """A token that clients hand back unread, so that its content may change with its version."""
    body = json.dumps({"v": 1, "for": _digest(filters), "after": place})
    return base64.urlsafe_b64encode(body.encode()).decode()


def decode(token: str, filters: str) -> Place:
    """The place in a token. ValueError if it cannot be read, is of another version, or belongs to other filters."""
    try:
        body = json.loads(base64.b64decode(token, altchars=b"-_", validate=True))
        version, owner, (time, number) = body["v"], body["for"], body["after"]
        place = int(time), int(number)
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError) as error:
        raise ValueError("token cannot be read; start from the first page") from error
    if version != 1:
        raise ValueError(f"token of version {version}; this server reads version 1")
    if owner != _digest(filters):
        raise ValueError("token belongs to a list with other filters; start from the first page")
    return place


def _digest(filters: str) -> str:
    return hashlib.sha256(filters.encode()).hexdigest()[:8]


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {limit, against: offset or time, start: [[time, id], ...],
    steps: [[page or since] or [insert or delete, time, id]]}."""
    limit, against = scenario["limit"], scenario["against"]
    feed = Feed(index=sorted(tuple(place) for place in scenario["start"]))
    head, through = feed.index[-1], list(feed.index)  # the first page's head; what is there from first to last
    token, number = "", 0
    seen: dict[str, list[Place]] = {against: [], "cursor": []}

    def ids(places: list[Place]) -> str:
        return ", ".join(f"#{place[1]}" for place in places) or "nothing"

    def frame(say: str, marks: dict, key: bool = False) -> dict:
        row = []
        for place in sorted({*feed.index, *marks}, reverse=True):
            row.append({"text": f"#{place[1]}", "note": f"at {place[0]}", "mark": marks.get(place)})
        lists = []
        for who, shown in seen.items():
            cells = []
            for n, place in enumerate(shown):
                cells.append({"text": f"#{place[1]}", "mark": "bad" if place in shown[:n] else None})
            lists.append({"head": who, "cells": cells})
        views = [
            {"kind": "cells", "label": "index, newest first", "rows": [{"cells": row}]},
            {"kind": "cells", "label": "shown so far", "rows": lists},
        ]
        return {"say": say, "show": views, "key": key}

    yield frame(f"{len(through)} items, pages of {limit}. One reader goes by {against}, the other by cursor.", {})
    for name, *place in scenario["steps"]:
        if name == "page":
            number, old = number + 1, seen[against]
            if against == "offset" or not old:
                wrong = feed.numbered(len(old), limit)
            else:
                wrong = feed.before(old[-1][0], limit)
            items: list[Place] = []
            if token or number == 1:
                items, token = feed.page(token, limit)
            again = ids([one for one in wrong if one in old])
            say = f"Page {number}. By {against}: {ids(wrong)}; seen before: {again}. By cursor: {ids(items)}."
            if not token:
                say += " The token is empty: the end."
            seen = {against: old + wrong, "cursor": seen["cursor"] + items}
            yield frame(say, dict.fromkeys(items, "hit"), key=number < 3)
        elif name == "since":
            found, gap = feed.newer(head, limit)
            hole = [one for one in feed.index if head < one and one not in found]
            say = f"Newer than #{head[1]}, at most {limit}: {ids(found)}; gap: {gap}. "
            say += f"Not shown: {ids(hole)}. Page back to #{head[1]}'s place."
            yield frame(say, dict.fromkeys(found, "hit") | dict.fromkeys(hole, "bad"), key=True)
        else:
            getattr(feed, name)(tuple(place))
            through = [one for one in through if one in feed.index]
            way, mark = ("down", "new") if name == "insert" else ("up", "gone")
            say = f"{name} #{place[1]}: all rows after it move {way} by one. Places do not move."
            yield frame(say, {tuple(place): mark})
    if not token:
        lost, words = {}, []
        for name, shown in seen.items():
            lost[name] = [place for place in through[::-1] if place not in shown]
            words.append(f"by {name} missed {ids(lost[name])}, repeated {len(shown) - len(set(shown))}")
        say = f"Of what was there throughout: {'; '.join(words)}."
        yield frame(say, dict.fromkeys(lost[against], "bad"), key=True)
