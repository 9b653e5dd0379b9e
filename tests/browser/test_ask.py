"""Asked and remembered: sittings in the real browser, with a clock that the tests turn."""

import gzip
import re

import pytest
from playwright.sync_api import expect

from tests.browser.events import all_of
from tests.conftest import until

READY = "document.querySelector('[data-part=show]:not([hidden]), [data-part=end]:not([hidden])')"
START = "2026-11-27T10:00:00Z"
EVENTS = all_of()


@pytest.fixture
def opened(open_page):
    """opened(place): the page with its cards, at a time that stands still until it is set."""

    def go(place="", at=START, page=None, **options):
        if page is None:
            page = open_page("", **options)
            page.root = page.url
        page.clock.install(time=at)
        page.goto("about:blank")  # so that another fragment loads the page again
        page.goto(f"{page.root}practice/ask/{place}")
        expect(page.locator("[data-part=counts]")).not_to_be_empty()
        return page

    return go


def start(page, size="10") -> None:
    page.get_by_label(size, exact=True).check()
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-part=card]")).to_be_visible()


def answer(page, grade: int) -> str:
    """Looks, grades, and returns the question."""
    question = page.locator("[data-part=question]").text_content()
    before = len(events(page))
    page.keyboard.press(" ")
    page.keyboard.press(str(grade))
    until(page, f"{EVENTS}.then((all) => all.length > {before})")
    return question


def events(page) -> list[dict]:
    return page.evaluate(EVENTS)


def counts(page) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", page.locator("[data-part=counts]").text_content())))


def test_a_first_sitting_from_the_first_key_to_the_end(opened):
    page = opened("#pattern=saga")
    expect(page.locator("#ask-from")).to_have_value("pattern=saga")
    assert counts(page) == (0, 5, 0)
    start(page)
    expect(page.locator("[data-part=question]")).to_be_focused()
    expect(page.locator("[data-part=answer]")).not_to_be_visible()
    page.keyboard.press(" ")
    expect(page.locator("[data-part=answer]")).to_be_focused()
    expect(page.locator("[data-part=page]")).to_have_text("Saga")
    expect(page.locator("[data-part=source]")).to_have_attribute("href", re.compile("^https://"))
    expect(page.locator("[data-part=next-3]")).to_have_text("in 2 days")
    page.get_by_role("button", name="Good").click()
    for _ in range(4):
        answer(page, 3)
    expect(page.locator("[data-part=tally]")).to_have_text("5 asked, 5 of them recalled at the first go.")
    kept = events(page)
    assert len(kept) == 5 and len({e["id"] for e in kept}) == 5 and {e["grade"] for e in kept} == {3}
    assert {e["card"].split("-")[0] for e in kept} == {"saga"}


def test_no_button_of_a_sitting_prints_the_page(opened):
    page = opened("#pattern=saga")
    page.evaluate("() => { window.print = () => { window.printed = true } }")
    start(page)
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="Good").click()
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Ask me more").click()
    assert page.evaluate("window.printed") is None


def test_nothing_asks_by_itself_and_what_is_asked_can_be_stopped(opened):
    page = opened()
    expect(page.locator("[data-part=card]")).not_to_be_visible()
    start(page)
    answer(page, 3)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("[data-part=tally]")).to_contain_text("1 asked")
    page.get_by_role("button", name="Choose again").click()
    expect(page.locator("#ask-from")).to_be_focused()


def test_cards_are_due_after_days_and_not_before(opened):
    page = opened("#pattern=saga")
    start(page)
    for _ in range(5):
        answer(page, 3)
    page = opened("#pattern=saga", at="2026-11-28T10:00:00Z", page=page)
    assert counts(page) == (0, 0, 0)
    page = opened("#pattern=saga", at="2026-11-29T00:30:00Z", page=page)
    assert counts(page) == (5, 0, 0)
    start(page)
    for _ in range(5):
        answer(page, 3)
    page = opened("#pattern=saga", at="2026-12-09T10:00:00Z", page=page)
    assert counts(page) == (0, 0, 0)
    page = opened("#pattern=saga", at="2026-12-10T10:00:00Z", page=page)
    assert counts(page)[0] == 5


def test_what_is_missed_returns_in_the_same_sitting_and_is_named_at_the_end(opened):
    page = opened("#category=caching")
    start(page)
    missed = answer(page, 1)
    for _ in range(4):
        assert answer(page, 3) != missed
    expect(page.locator("[data-part=question]")).to_have_text(missed)
    for _ in range(6):
        answer(page, 3)
    expect(page.locator("[data-part=tally]")).to_contain_text("10 asked, 9 of them recalled at the first go.")
    link = page.locator("[data-part=list] a")
    expect(link).to_have_text(missed)
    id_ = link.get_attribute("href").partition("#")[2]
    link.click()
    expect(page.locator(f"#{id_}")).to_be_visible()
    expect(page.locator(f"#{id_}")).to_contain_text(missed)
    page.go_back()
    page = opened("#missed", page=page)
    assert counts(page) == (0, 0, 1)
    start(page)
    expect(page.locator("[data-part=question]")).to_have_text(missed)


def test_an_answer_is_taken_back_also_the_last_of_all(opened):
    page = opened("#pattern=saga")
    start(page)
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    first = answer(page, 4)
    page.keyboard.press("u")
    expect(page.locator("[data-part=question]")).to_have_text(first)
    expect(page.locator("[data-part=answer]")).to_be_visible()
    page.keyboard.press("1")
    for _ in range(4):
        answer(page, 3)
    expect(page.locator("[data-part=question]")).to_have_text(first)
    answer(page, 3)
    expect(page.locator("[data-part=tally]")).to_contain_text("5 asked, 4 of them")
    page.get_by_role("button", name="Undo the last answer").click()
    expect(page.locator("[data-part=question]")).to_have_text(first)
    kept = events(page)
    undone = {e["of"] for e in kept if e["k"] == "undo"}
    assert len(undone) == 2 and [e["grade"] for e in kept if e["k"] == "review" and e["id"] not in undone].count(4) == 0


def test_the_day_of_the_interview_caps_the_days_and_lifting_it_frees_them(opened):
    page = opened("#pattern=saga")
    page.locator("#ask-date").fill("2026-12-01")
    until(page, f"{EVENTS}.then((all) => all.length === 1)")
    start(page)
    page.keyboard.press(" ")
    expect(page.locator("[data-part=next-4]")).to_have_text("in 3 days")
    page.keyboard.press("4")
    for _ in range(4):
        answer(page, 4)
    page = opened("#pattern=saga", at="2026-11-30T10:00:00Z", page=page)
    expect(page.locator("#ask-date")).to_have_value("2026-12-01")
    assert counts(page) == (5, 0, 0)
    page.locator("#ask-date").fill("")
    expect(page.locator("[data-part=counts]")).to_have_text(re.compile("^0 due"))


def test_edited_cards_keep_their_history_and_retired_ones_go_without_harm(opened):
    page = opened("#pattern=saga")
    start(page)
    for _ in range(5):
        answer(page, 3)

    def changed(route):
        made = route.fetch().json()
        made["cards"] = [card for card in made["cards"] if card["id"] != "saga-pivot"]
        for card in made["cards"]:
            if card["id"] == "saga-why":
                card["question"], card["answer"] = "Asked otherwise?", "Yes."
        made["owners"]["patterns/saga"]["name"] = "Saga, renamed"
        route.fulfill(json=made)

    page.context.route("**/practice/cards.json", changed)
    page = opened("#pattern=saga", at="2026-11-29T10:00:00Z", page=page)
    assert counts(page) == (4, 0, 0)
    start(page)
    asked = []
    for _ in range(4):
        page.keyboard.press(" ")
        expect(page.locator("[data-part=page]")).to_have_text("Saga, renamed")
        asked.append(answer(page, 3))
    assert "Asked otherwise?" in asked
    assert len(events(page)) == 9  # what was answered of the retired card stays


def test_two_tabs_that_answer_a_hundred_each_keep_two_hundred(opened):
    one = opened("#all")
    two = opened("#category=caching", context=one.context)
    for page in (one, two):
        start(page, "until done")
    for i in range(100):
        for page in (one, two):
            page.keyboard.press(" ")
            page.keyboard.press("3" if i % 10 else "1")
            until(
                page,
                READY,
            )
            if page.locator("[data-part=end]").is_visible():
                page.get_by_role("button", name="Choose again").click()
                page.locator("#ask-from").select_option("all")
                start(page, "until done")
    until(one, f"{EVENTS}.then((all) => all.filter((e) => e.k === 'review').length === 200)")
    kept = events(one)
    assert len({e["id"] for e in kept}) == 200 and len({e["s"] for e in kept}) >= 2


@pytest.mark.parametrize(("zone", "before", "after"), [
    ("America/Los_Angeles", "2026-11-29T07:59:00Z", "2026-11-29T08:01:00Z"),
    ("Pacific/Tongatapu", "2026-11-29T10:59:00Z", "2026-11-29T11:01:00Z"),
])  # fmt: skip
def test_a_card_is_due_after_the_readers_own_midnight(opened, zone, before, after):
    page = opened("#pattern=saga", at="2026-11-27T20:00:00Z" if "Los" in zone else "2026-11-28T02:00:00Z",
                  timezone_id=zone)  # fmt: skip
    start(page)
    for _ in range(5):
        answer(page, 3)
    assert {e["tz"] for e in events(page)} == {-480 if "Los" in zone else 780}
    page = opened("#pattern=saga", at=before, page=page)
    first = counts(page)
    page = opened("#pattern=saga", at=after, page=page)
    assert (first, counts(page)) == ((0, 0, 0), (5, 0, 0))


def test_letters_and_digits_grade_nothing_where_single_keys_are_off(opened):
    page = opened("#pattern=saga")
    page.evaluate("localStorage.setItem('wh-single-keys', 'off')")
    start(page)
    page.keyboard.press(" ")
    expect(page.locator("[data-part=answer]")).to_be_visible()
    for key in "3u":
        page.keyboard.press(key)
    page.get_by_role("button", name="Hard").click()
    until(page, f"{EVENTS}.then((all) => all.length === 1)")
    assert [e["grade"] for e in events(page)] == [2]


def test_follow_ups_that_do_not_come_are_said_and_the_cards_stay(opened, open_page):
    page = opened("#pattern=saga")
    page.context.route("**/practice/follow-ups.json", lambda route: route.abort())
    page.get_by_label("follow-ups").click()
    expect(page.locator(".wh-notice")).to_contain_text("could not be loaded")
    expect(page.get_by_label("follow-ups")).not_to_be_checked()
    assert counts(page) == (0, 5, 0)
    page.context.unroute("**/practice/follow-ups.json")
    open_page.wrong[:] = [w for w in open_page.wrong if "ERR_FAILED" not in w]


def test_follow_ups_can_be_asked_as_well(opened):
    page = opened("#pattern=saga")
    page.get_by_label("follow-ups").check()
    expect(page.locator("[data-part=counts]")).to_have_text(re.compile(r"\b11 never asked"))
    start(page, "20")
    for _ in range(6):
        answer(page, 3)
    page.keyboard.press(" ")
    expect(page.locator("[data-part=page]")).to_have_attribute("href", re.compile("patterns/saga/#follow-ups$"))


PLACES = [
    ("?p=saga", "pattern=saga"),
    ("#missed", "missed"),
    ("#phase=scope", "phase=scope"),
    ("#problem=payment", "problem=payment"),
    ("#how-it-decides", "all"),
]


@pytest.mark.parametrize(("place", "value"), PLACES)
def test_an_address_chooses(opened, place, value):
    expect(opened(place).locator("#ask-from")).to_have_value(value)


@pytest.mark.parametrize("place", ["#pattern=no-such", "#%E0%A4%A", "?p=</select>", "#category=%22]"])
def test_an_address_that_names_nothing_asks_about_everything(opened, place):
    page = opened(place)
    expect(page.locator("#ask-from")).to_have_value("all")


def test_where_nothing_can_be_kept_a_sitting_goes_on_and_says_so_once(open_page):
    page = open_page("")
    page.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
    page.goto(page.url + "practice/ask/#pattern=saga")
    expect(page.locator("[data-part=counts]")).to_contain_text("5 never")
    start(page)
    for _ in range(5):
        page.keyboard.press(" ")
        page.keyboard.press("3")
        page.wait_for_timeout(100)
    expect(page.locator("[data-part=tally]")).to_contain_text("5 asked")
    expect(page.locator(".wh-notice")).to_have_count(1)


def test_lost_cards_are_said_and_the_page_stays(open_page):
    page = open_page("")
    page.context.route("**/practice/cards.json", lambda route: route.fulfill(status=503, body=""))
    page.goto(page.url + "practice/ask/")
    expect(page.locator("[data-part=counts]")).to_contain_text("could not be loaded")
    expect(page.get_by_role("button", name="Start")).to_be_disabled()
    open_page.wrong[:] = [w for w in open_page.wrong if "503" not in w]


def test_without_scripts_the_page_says_where_the_cards_stand(open_page):
    page = open_page("practice/ask/", scripts=False)
    expect(page.get_by_text("Without them the same cards can be read")).to_be_visible()
    expect(page.locator("[data-ask]")).not_to_be_visible()
    page.get_by_role("link", name="list from A to Z").click()
    page.goto(page.url.replace("patterns/a-z/", "patterns/saga/#card-saga-pivot"))
    expect(page.locator("#card-saga-pivot")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_in_any_state_and_nothing_sticks_out(opened, violations, width, scheme):
    page = opened("#pattern=saga", width=width, scheme=scheme, has_touch=width == 390)

    def fits():
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    fits()
    start(page)
    fits()
    page.get_by_role("button", name="Show the answer").click()
    fits()
    for button in page.locator("[data-grade]").all():
        assert button.bounding_box()["height"] >= 44
    page.get_by_role("button", name="Missed").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("[data-part=end]")).to_be_visible()
    fits()


def test_nothing_of_practice_is_loaded_on_other_pages(open_page):
    for place in ("", "patterns/saga/", "phases/scope/", "problems/payment/"):
        page = open_page(place)
        page.wait_for_load_state("networkidle")
        names = page.evaluate("performance.getEntriesByType('resource').map((e) => e.name)")
        assert not [n for n in names if "practice" in n], place


def test_each_page_of_practice_weighs_little(site):
    weights = {}
    for entry in site.glob("assets/chunk-practice-*.js"):
        mine = {entry}
        while True:
            named = {f for path in mine for f in re.findall(r"[./]*(chunk\.[A-Z0-9]+\.js)", path.read_text("utf-8"))}
            more = mine | {site / "assets" / name for name in named}
            if more == mine:
                break
            mine = more
        weights[entry.name] = sum(len(gzip.compress(f.read_bytes(), 9)) for f in mine)
    assert len(weights) >= 6 and {name: size for name, size in weights.items() if size > 20_000} == {}
