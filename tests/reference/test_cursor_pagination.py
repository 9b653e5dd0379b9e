"""The promise of a cursor: what stays is shown exactly once, whatever comes and goes between two pages."""

import base64
import json
from bisect import bisect_left

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.cursor_pagination import Feed, decode, encode

# Few times and many ids, so that ties are the rule. Three rounds of changes fall between pages.
PLACES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 99)), unique_by=lambda p: p[1], max_size=14)
CHANGES = st.lists(st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 13)), max_size=4), max_size=6)


def by_cursor(feed, limit, between):
    """All pages, with `between` called before each but the first."""
    shown, token = feed.page(limit=limit)
    while token:
        between()
        items, token = feed.page(token, limit)
        shown = shown + items
    return shown


def by_offset(feed, limit, between):
    shown, items = [], feed.numbered(0, limit)
    while items:
        shown = shown + items
        between()
        items = feed.numbered(len(shown), limit)
    return shown


def by_time(feed, limit, between):
    shown, items = [], feed.numbered(0, limit)
    while items:
        shown = shown + items
        between()
        items = feed.before(shown[-1][0], limit)
    return shown


def holds(read, feed, limit, changes):
    """No repeat, right order, and nothing missed of what was there from first to last."""
    rounds, ids, stayed = iter(changes), iter(range(100, 1000)), set(feed.index)

    def between():
        for insert, time, n in next(rounds, ()):
            if insert:
                feed.insert((time, next(ids)))
            elif feed.index:
                gone = feed.index[n % len(feed.index)]
                feed.delete(gone)
                stayed.discard(gone)

    shown = read(feed, limit, between)
    return shown == sorted(set(shown), reverse=True) and stayed <= set(shown)


@settings(max_examples=100, deadline=None)
@given(PLACES, st.integers(1, 4), CHANGES)
def test_never_skips_never_repeats(places, limit, changes):
    assert holds(by_cursor, Feed(index=sorted(places)), limit, changes)


class TimeAlone(Feed):
    def below(self, place):
        return bisect_left(self.index, place[:1])


@pytest.mark.parametrize(
    "read, kind, changes",
    [
        (by_offset, Feed, [[(True, 9, 0)]]),  # an insert at the head: repeats
        (by_offset, Feed, [[(False, 0, 3)]]),  # a delete above: skips
        (by_time, Feed, []),  # a tie at the border: skips
        (by_cursor, TimeAlone, []),  # the same, in the guise of a cursor
    ],
)
def test_wrong_ways_are_noticed(read, kind, changes):
    places = [(1, 1), (2, 2), (2, 3), (2, 4)]
    assert holds(by_cursor, Feed(index=list(places)), 2, changes)
    assert not holds(read, kind(index=list(places)), 2, changes)


class Counting(list):
    """A list that counts the rows taken out of it."""

    read = 0

    def __getitem__(self, at):
        found = super().__getitem__(at)
        self.read += len(found) if isinstance(at, slice) else 0
        return found


def test_a_page_costs_the_same_at_any_depth():
    for token in ("", encode((500, 500), "all"), encode((100, 100), "all")):
        feed = Feed(index=Counting((n, n) for n in range(1000)))
        feed.page(token, limit=10)
        assert feed.index.read == 11


@given(PLACES, st.integers(1, 4))
@settings(max_examples=50, deadline=None)
def test_only_an_empty_token_is_the_end(places, limit):
    feed = Feed(index=sorted(places))
    assert by_cursor(feed, limit, lambda: None) == sorted(places, reverse=True)
    assert (feed.page(limit=limit)[1] == "") == (len(places) <= limit)


def test_an_empty_feed_is_one_empty_page():
    assert Feed().page() == ([], "")


def test_the_gap_is_told():
    feed = Feed(index=[(n, n) for n in range(6)])
    assert feed.newer((2, 2), 3) == ([(5, 5), (4, 4), (3, 3)], False)
    assert feed.newer((2, 2), 2) == ([(5, 5), (4, 4)], True)


def test_a_page_of_nothing_is_refused():
    with pytest.raises(ValueError, match="limit 0: a page has at least one item"):
        Feed().page(limit=0)


@given(st.tuples(st.integers(), st.integers()), st.text("abé"))
@settings(max_examples=50, deadline=None)
def test_a_token_comes_back(place, filters):
    assert decode(encode(place, filters), filters) == place


def wrapped(body: str) -> str:
    return base64.b64encode(body.encode()).decode()


@pytest.mark.parametrize(
    "token",
    ["%%%", "é", "YQ==", "W10=", "e30="]
    + [wrapped(f'{{"v":1,"for":"x","after":{after}}}') for after in ("[1]", "[Infinity,1]", "[" * 100_000)],
    ids=lambda token: token[:30],
)
def test_an_unreadable_token_is_refused(token):
    with pytest.raises(ValueError, match="token cannot be read; start from the first page"):
        Feed().page(token)


def test_tokens_of_other_lists_and_versions_are_refused():
    with pytest.raises(ValueError, match="token belongs to a list with other filters; start from the first page"):
        Feed("author 2").page(encode((1, 1), "author 1"))
    old = base64.urlsafe_b64encode(json.dumps({"v": 0, "for": "", "after": [1, 1]}).encode()).decode()
    with pytest.raises(ValueError, match="token of version 0; this server reads version 1"):
        Feed().page(old)


STILL = [
    (time, number) for time in range(3) for number in range(30)
]  # nothing comes or goes: all ways agree with the sorted list


def test_where_nothing_moves_every_way_gives_the_sorted_list():
    feed, newest = Feed(index=list(STILL)), STILL[::-1]
    assert feed.numbered(7, 5) == newest[7:12] and feed.numbered(88, 5) == newest[88:]
    assert feed.before(2, 40) == [p for p in newest if p[0] < 2][:40]
    assert feed.newer((2, 25), 3) == (newest[:3], True)
    assert feed.newer((2, 25), 4) == (newest[:4], False)
    assert feed.newer((2, 25), 5) == (newest[:4], False)


def test_a_page_is_fifty_items_unless_asked_otherwise():
    feed = Feed(index=list(STILL))
    assert [len(x) for x in (feed.page()[0], feed.newer((-1, 0))[0], feed.numbered(0), feed.before(2))] == [50] * 4


def test_tokens_of_other_versions_and_other_filters_are_refused_either_way():
    for version in (0, 2):
        body = json.dumps({"v": version, "for": "x", "after": [1, 2]}).encode()
        with pytest.raises(ValueError, match=f"token of version {version}; this server reads version 1"):
            decode(base64.urlsafe_b64encode(body).decode(), "all")
    for one, other in (("all", "mine"), ("mine", "all")):
        with pytest.raises(ValueError, match="belongs to a list with other filters"):
            decode(encode((1, 2), one), other)
    with pytest.raises(ValueError, match="cannot be read"):
        decode(encode((1, 2), "all") + "!", "all")
