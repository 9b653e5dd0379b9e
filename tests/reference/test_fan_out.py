"""Three ways to bring posts to readers, which may differ in cost and in nothing else."""

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.fan_out import Feeds

NAMES = ["follow", "unfollow", "post", "post", "delete", "again"]
READERS, AUTHORS = ("ann", "ben", "cy"), ("dee", "eve")
STEPS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(READERS), st.sampled_from(AUTHORS), st.integers(0, 9)),
    max_size=25,
)


def run(feeds, steps):
    """One run; what cannot be done at that point is left out. Returns the most copies that a single post made."""
    posts, most = [], 0
    for time, (name, reader, author, n) in enumerate(steps):
        if name == "follow":
            feeds.follow(reader, author)
        elif name == "unfollow" and author in feeds.follows.get(reader, {}):
            feeds.unfollow(reader, author)
        elif name == "post":
            posts.append((author, (time, f"p{time}")))
            most = max(most, feeds.post(*posts[-1]))
        elif name == "again" and posts:
            feeds.copy(*posts[n % len(posts)])
        elif name == "delete" and posts and posts[n % len(posts)][1][1] in feeds.author:
            feeds.delete(posts[n % len(posts)][1])
    return most


def wanted(steps):
    """The truth, kept as plainly as possible: living posts of those followed at the end."""
    plain = Feeds(0)
    run(plain, steps)
    alive = [(post, author) for author, posts in plain.posts.items() for post in posts if post[1] in plain.author]
    return {
        r: sorted((post for post, author in alive if author in plain.follows.get(r, {})), reverse=True) for r in READERS
    }


def same(kind, border, steps):
    feeds = kind(border)
    run(feeds, steps)
    return {reader: feeds.view(reader) for reader in READERS} == wanted(steps)


@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_all_three_give_the_same_feed(steps):
    assert all(same(Feeds, border, steps) for border in (0, 1, 2, 3, inf))


@settings(max_examples=50, deadline=None)
@given(STEPS, st.integers(1, 3))
def test_no_post_costs_the_border(steps, border):
    assert run(Feeds(border), steps) < border


class Blind(Feeds):
    def _insert(self, reader, post):
        self.timelines.setdefault(reader, []).append(post)


class Forgetful(Feeds):
    """Large authors are not copied, and not gathered either."""

    def view(self, reader, limit=50):
        large, self.large = self.large, {}
        found = super().view(reader, limit)
        self.large = large
        return found


class Shrinking(Feeds):
    """An author who loses followers counts as small again, without a backfill."""

    def unfollow(self, reader, author):
        super().unfollow(reader, author)
        if len(self.followers[author]) < self.border:
            self.large.pop(author, None)


class NoBackfill(Feeds):
    def follow(self, reader, author):
        posts = self.posts.pop(author, None)
        super().follow(reader, author)
        if posts:
            self.posts[author] = posts


class NoDedupe(Feeds):
    def view(self, reader, limit=50):
        old = [post for post in self.timelines.get(reader, []) if self.author.get(post[1]) in self.large]
        return sorted(super().view(reader, limit) + old, reverse=True)


def step(name, reader="ann", author="dee", n=0):
    return name, reader, author, n


GROWN = [step("follow"), step("post"), step("follow", "ben"), step("post")]


@pytest.mark.parametrize(
    "kind, border, steps",
    [
        (NoBackfill, inf, [step("post"), step("follow")]),
        (Forgetful, 2, GROWN),
        (Shrinking, 2, [*GROWN, step("unfollow", "ben")]),
        (NoDedupe, 2, GROWN),
    ],
)
def test_each_shortcut_is_noticed(kind, border, steps):
    assert same(Feeds, border, steps)
    assert not same(kind, border, steps)


def test_a_blind_insert_is_noticed():
    feeds, blind = Feeds(), Blind()
    for one in (feeds, blind):
        run(one, [step("follow"), step("post"), step("again")])
    assert feeds.timelines == {"ann": [(1, "p1")]} and blind.timelines == {"ann": [(1, "p1")] * 2}


def test_what_each_way_costs():
    """Thirty followers, one post, thirty views."""
    costs = {}
    for name, border in (("write", inf), ("read", 0), ("hybrid", 10)):
        feeds = Feeds(border)
        for n in range(30):
            feeds.follow(f"r{n}", "star")
            feeds.follow(f"r{n}", f"friend{n}")
        feeds.post("star", (1, "s1"))
        for n in range(30):
            feeds.view(f"r{n}")
        costs[name] = feeds.work["inserts"], feeds.work["look-ups"]
    assert costs == {"write": (31, 30), "read": (1, 60), "hybrid": (1, 60)}


def test_a_page_is_cut_after_the_filter():
    feeds = Feeds()
    feeds.follow("ann", "dee")
    for n in range(4):
        feeds.post("dee", (n, f"p{n}"))
    feeds.delete((3, "p3"))
    assert feeds.view("ann", limit=2) == [(2, "p2"), (1, "p1")]
    assert feeds.view("nobody") == []


def test_unknown_names_are_refused():
    with pytest.raises(KeyError):
        Feeds().unfollow("ann", "dee")
    with pytest.raises(KeyError):
        Feeds().delete((1, "p1"))
