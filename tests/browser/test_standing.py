"""Where a reader stands: the board fills from what was done, and is a sheet to tick where it cannot."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.events import PUT

ULID = "01J000000000000000000000"  # and two signs more
DAY = 86_400_000
NOON = 1_795_780_800_000  # 2026-11-27, 12:00 UTC


def answers(cards: list[str], days_ago: list[int], grade=3) -> list[dict]:
    rows = []
    for i, card in enumerate(cards):
        for j, ago in enumerate(days_ago):
            id_ = f"{ULID}{i:X}{j:X}"
            rows.append({"v": 1, "id": id_, "at": NOON - ago * DAY, "tz": 0, "dev": "t", "k": "review"})
            rows[-1] |= {"card": card, "grade": grade}
    return rows


@pytest.fixture
def opened(open_page):
    """opened(events, kept): the page on 2026-11-27, over a log and what localStorage holds."""

    def go(rows=(), kept=None, **options):
        page = open_page("practice/kept/", **options)
        expect(page.locator("[data-count=answers]")).not_to_be_empty()  # the log is there
        page.evaluate(PUT, list(rows))
        page.evaluate("(kept) => Object.entries(kept).forEach(([k, v]) => localStorage.setItem(k, v))", kept or {})
        page.clock.set_fixed_time(NOON / 1000)  # timers go on: axe waits by them
        page.goto(re.sub("kept/$", "", page.url))
        expect(page.locator("[data-standing][data-on]")).to_be_visible()
        return page

    return go


SAGA = ["saga-why", "saga-when-not", "saga-pivot", "saga-isolation", "saga-timeout"]


def state(page, slug: str) -> tuple[str, str]:
    shown = page.locator(f"[data-pattern={slug}] .wh-state")
    return shown.get_attribute("data-state"), shown.text_content()


def test_a_beginner_sees_an_empty_board_and_a_first_step(opened):
    page = opened()
    expect(page.locator("[data-part=due]")).to_have_text("No card has been asked yet.")
    expect(page.locator("[data-part=next] a").first).to_have_text("Be asked ten cards")
    assert state(page, "saga") == ("unread", "unread")
    expect(page.locator("[data-pattern=saga] a")).to_have_attribute("href", re.compile("/patterns/saga/$"))


def test_the_board_says_in_words_what_was_done(opened):
    rows = [*answers(SAGA, [14, 12, 1]), *answers(["jwt-why"], [30])]
    rows[-1]["id"] = ULID + "ZZ"
    page = opened(rows, {"wh-read": '{"rbac":"read","abac":"to-read"}', "wh-checklists": '["scope.nothing-such"]'})
    assert state(page, "saga") == ("known", "known")
    assert state(page, "jwt") == ("shaky", "shaky, 1 due")
    assert state(page, "rbac") == ("read", "read") and state(page, "abac") == ("unread", "unread")
    expect(page.locator("[data-category=data-flow] [data-part=sum]")).to_have_text(re.compile("^1 of "))
    expect(page.locator("[data-part=due]")).to_have_text(re.compile("^1 cards are due, 0 were missed .* 6 of "))
    page.locator("[data-pattern=jwt] a").click()
    expect(page.locator("#ask-from")).to_have_value("pattern=jwt")


def test_ticks_rehearsals_and_foresight_are_counted(open_page, opened):
    page = open_page("phases/scope/")
    item = page.locator("[data-checklist=scope] input").first.get_attribute("data-item")
    mock = [{"k": "mock.start", "s": "x", "problem": "payment"}, {"k": "mock.end", "s": "x", "how": "closed"}]
    stamp = {"v": 1, "tz": 0, "dev": "t", "at": NOON - DAY}
    mock = [stamp | one | {"id": f"{ULID}Y{i}"} for i, one in enumerate(mock)]
    rows = answers(SAGA, [14, 12, 9, 7, 1]) + mock
    page = opened(rows, {"wh-checklists": f'["{item}"]'})
    expect(page.locator("[data-phase=scope] .wh-state")).to_have_text(re.compile("^1 of "))
    expect(page.locator("[data-problem=payment] .wh-state")).to_have_text("rehearsed 1×, last Nov 26, 2026")
    expect(page.locator("[data-problem=chat] .wh-state")).to_have_text("not rehearsed")
    said = re.compile("^Cards, by your own grades: of 20 answers .*; it was 100%.$")
    expect(page.locator("[data-part=foresight]")).to_have_text(said)


def test_the_board_hears_of_an_answer_in_another_tab(opened, open_page):
    page = opened()
    other = open_page("practice/ask/#pattern=saga", context=page.context)
    expect(other.locator("[data-part=counts]")).to_contain_text("5 never")
    other.get_by_role("button", name="Start").click()
    other.keyboard.press(" ")
    other.keyboard.press("3")
    expect(page.locator("[data-pattern=saga] .wh-state")).to_have_text("shaky, 0 of 5 held")


def test_where_nothing_can_be_kept_the_board_stands_empty(open_page):
    page = open_page("")
    page.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
    page.goto(page.url + "practice/")
    expect(page.locator("[data-standing][data-on]")).to_be_visible()
    expect(page.locator(".wh-notice")).to_have_count(1)


def test_every_pattern_stands_on_the_board_once(site, catalogue):
    found = re.findall(r'data-pattern="([^"]+)"', (site / "practice" / "index.html").read_text("utf-8"))
    assert sorted(found) == sorted(catalogue.patterns)


def test_without_scripts_it_is_a_sheet_to_tick(open_page):
    page = open_page("practice/", scripts=False)
    expect(page.get_by_text("a board to print and to tick by hand")).to_be_visible()
    expect(page.locator("[data-pattern=saga]")).to_be_visible()
    page.get_by_role("link", name="One design aloud").click()
    expect(page.get_by_role("heading", name="One evening")).to_be_visible()


def test_it_prints_on_a_few_pages_with_its_states(opened):
    page = opened(answers(SAGA, [14, 12, 1]), width=390)
    pdf = PdfReader(io.BytesIO(page.pdf(format="A4")))
    assert len(pdf.pages) <= 5
    text = " ".join(one.extract_text() for one in pdf.pages)
    assert "Saga" in text and "known" in text and "WebSocket" in text  # folded on a phone, not on paper


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_and_nothing_sticks_out(opened, violations, width, scheme):
    page = opened(answers(SAGA, [14, 12, 1]), {"wh-read": '{"rbac":"read"}'}, width=width, scheme=scheme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_weak_cards_go_to_anki_as_text(opened):
    page = opened(answers(SAGA[:4], [14, 12, 1]) + missed("jwt-why"))
    page.goto(page.url + "anki/")
    with page.expect_download() as waited:
        page.get_by_role("button", name="My weak cards as text").click()
    lines = waited.value.path().read_text("utf-8").splitlines()
    assert lines[2] == "#guid column:1" and [line.split("\t")[0] for line in lines[6:]] == ["wh-jwt-why"]
    assert f"{page.url.removesuffix('practice/anki/')}patterns/jwt/#card-jwt-why" in lines[6]
    expect(page.locator("[data-part=status]")).to_have_text("1 cards that you have been asked and do not hold yet.")


def missed(card: str) -> list[dict]:
    stamp = {"v": 1, "id": ULID + "ZZ", "at": NOON - DAY, "tz": 0, "dev": "t", "k": "review"}
    return [stamp | {"card": card, "grade": 1}]


def test_who_has_no_weak_card_is_told_so(open_page):
    page = open_page("practice/anki/")
    page.get_by_role("button", name="My weak cards as text").click()
    expect(page.locator("[data-part=status]")).to_have_text("No card that you have been asked is weak.")


def test_the_deck_can_be_fetched_and_is_an_archive(open_page):
    page = open_page("practice/anki/")
    with page.expect_download() as waited:
        page.get_by_role("link", name="The whole deck").click()
    assert waited.value.suggested_filename == "whiteboard-hour.apkg"
    assert waited.value.path().read_bytes()[:2] == b"PK"
