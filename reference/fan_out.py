"""Fan-out: copy a post to each follower when written, gather posts when read, or split by size of audience.

Vocabulary
    post       (time, id): a timeline holds these keys and never the text
    on write   push: one insert for each follower, one look-up for each view
    on read    pull: one insert for each post, one look-up for each author followed
    hybrid     push, except for authors of `border` followers or more, who are gathered when read
    timeline   a reader's keys, newest first: derived data, which can be lost and rebuilt
    backfill   copying an author's latest posts to somebody who has just followed

Complexity: for f followers and a authors followed, write / read cost O(f) / O(1) on write, O(1) / O(a) on read, and
O(1) or O(f) / O(large authors) in the hybrid, in inserts and look-ups; the merge and the lists in memory add to that.

Source: Kleppmann, "Designing Data-Intensive Applications", chapter 1, "Describing Load"; Krikorian, "Timelines at
Scale" (2013).

A production version adds: a log and workers between post and copies (outbox); no copies for readers long away; a cache
for the posts of large authors; an alarm on the age of the oldest event.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator
from heapq import merge
from itertools import groupby, islice
from math import inf

Post = tuple[int, str]  # time in seconds, id

# --- Feeds ---


class Feeds:
    """All three ways in one: border 0 is fan-out on read, infinity is fan-out on write, what is between is the hybrid.

    >>> feeds = Feeds(border=2)
    >>> feeds.follow("ann", "star"), feeds.follow("ben", "star"), feeds.follow("ann", "cleo")
    (None, None, None)
    >>> feeds.post("star", (1, "s1")), feeds.post("cleo", (2, "c1")), feeds.view("ann")
    (0, 1, [(2, 'c1'), (1, 's1')])
    """

    def __init__(self, border: float = inf):
        self.border = border
        self.posts: dict[str, list[Post]] = {}  # by author, ascending: the truth
        self.author: dict[str, str] = {}  # by post id; a deleted post has none
        self.followers: dict[str, dict[str, bool]] = {}
        self.follows: dict[str, dict[str, bool]] = {}
        self.large: dict[str, bool] = {}  # never small again: posts of its large days were not copied
        self.timelines: dict[str, list[Post]] = {}
        self.work: Counter[str] = Counter()  # inserts and look-ups

    # --- Follow ---

    def follow(self, reader: str, author: str) -> None:
        self.follows.setdefault(reader, {})[author] = True
        audience = self.followers.setdefault(author, {})
        audience[reader] = True
        if len(audience) >= self.border:
            self.large[author] = True
        if author not in self.large:
            for post in self.posts.get(author, ()):  # backfill; production copies some twenty
                self._insert(reader, post)

    def unfollow(self, reader: str, author: str) -> None:
        """The copies stay and are filtered when viewed. KeyError if the reader does not follow the author."""
        del self.follows[reader][author], self.followers[author][reader]

    # --- Write ---

    def post(self, author: str, post: Post) -> int:
        """Store the post and copy it. Returns how many inserts the copies took."""
        insort(self.posts.setdefault(author, []), post)
        self.author[post[1]] = author
        self.work["inserts"] += 1
        return self.copy(author, post)

    def copy(self, author: str, post: Post) -> int:
        """What a worker does with the event. Delivery is at least once, so that this may run again."""
        audience = {} if author in self.large else self.followers.get(author, {})
        for reader in audience:
            self._insert(reader, post)
        return len(audience)

    def _insert(self, reader: str, post: Post) -> None:
        timeline = self.timelines.setdefault(reader, [])
        at = bisect_left(timeline, post)
        if timeline[at : at + 1] != [post]:  # by key: a repeat changes nothing
            timeline.insert(at, post)
        self.work["inserts"] += 1

    def delete(self, post: Post) -> None:
        """One write, however many copies there are: they are only keys. KeyError for an unknown post."""
        del self.author[post[1]]

    # --- Read ---

    def view(self, reader: str, limit: int = 50) -> list[Post]:
        """The newest posts, newest first, without what is deleted or no longer followed."""
        follows = self.follows.get(reader, {})
        sources = [self.posts.get(author, []) for author in follows if author in self.large]
        if self.border:
            sources.append(self.timelines.get(reader, []))
        self.work["look-ups"] += len(sources)
        # An author who has grown large has its old posts in both places: equal neighbors become one.
        merged = groupby(merge(*(reversed(keys) for keys in sources), reverse=True))
        return list(islice((post for post, _ in merged if self.author.get(post[1]) in follows), limit))


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {border, follows: [[reader, author], ...],
    steps: [[view, reader], [follow, reader, author], [post, author, id], ...]}."""
    ways = {"on write": Feeds(inf), "on read": Feeds(0), "hybrid": Feeds(scenario["border"])}
    hybrid, posted = ways["hybrid"], {}

    def every(name: str, *given) -> dict:
        return {way: getattr(feeds, name)(*given) for way, feeds in ways.items()}

    def frame(say: str, feed: dict | None = None, key: bool = False) -> dict:
        held, work = {}, {}
        for reader, keys in hybrid.timelines.items():
            cells = [{"text": name, "mark": None if name in hybrid.author else "gone"} for _, name in keys]
            held[reader] = cells[::-1]
        for way, feeds in ways.items():
            work[way] = [{"text": feeds.work[what], "note": what} for what in ("inserts", "look-ups")]
        views = []
        for label, rows in {
            "timelines in the hybrid, newest first": held,
            "work so far": work,
            "the feed, three ways": feed,
        }.items():
            if rows:
                drawn = [{"head": head, "cells": cells} for head, cells in rows.items()]
                views.append({"kind": "cells", "label": label, "rows": drawn})
        return {"say": say, "show": views, "key": key}

    for reader, author in scenario["follows"]:
        every("follow", reader, author)
    sizes = ", ".join(f"{author} {len(readers)}" for author, readers in hybrid.followers.items())
    border = f"The border is {scenario['border']}: posts of an author that large are not copied"
    yield frame(f"Followers: {sizes}. {border}.")
    for time, (name, who, *what) in enumerate(scenario["steps"], 1):
        if name == "view":
            feed = {way: [post for _, post in posts] for way, posts in every("view", who).items()}
            seen = ", ".join(feed["hybrid"]) or "nothing"
            yield frame(f"{who} looks, and sees {seen}. All three ways give the same.", feed, key=True)
        elif name == "post":
            posted[what[0]] = (time, what[0])
            copies = ", ".join(f"{way} {n}" for way, n in every("post", who, posted[what[0]]).items())
            yield frame(f"{who} posts {what[0]}. Copies made: {copies}.", key=time == 1)
        elif name == "copy":
            every("copy", who, posted[what[0]])
            yield frame(f"The event of {what[0]} is delivered again. Inserts go by key, so no timeline changes.")
        elif name == "delete":
            every("delete", posted[what[0]])
            yield frame(f"{who} deletes {what[0]}. One write; the copies are keys, and are filtered when viewed.")
        else:
            every(name, who, what[0])
            large = "Yes" if what[0] in hybrid.large else "No"
            say = f"{who}: {name} {what[0]}. Is {what[0]} large now? {large}. Copies stay; the view filters them."
            yield frame(say, key=name == "follow")
