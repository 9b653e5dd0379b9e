"""Defend it, in the real browser: commit, meet the objection, reply, see what holds; and what is kept of it."""

import datetime
import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.events import PUT, all_of
from tests.conftest import until

SAGA = "#fork=playbooks/contention.saga"  # saga is taken, two-phase commit an alternative, a CRDT for another case
NOON = 1_795_780_800_000  # 2026-11-27, 12:00 UTC
EVENTS = all_of()


@pytest.fixture
def opened(open_page):
    """opened(place): the page with its forks."""

    def go(place="", **options):
        page = open_page(f"practice/defend/{place}", **options)
        expect(page.get_by_role("button", name="Start")).to_be_enabled()
        return page

    return go


def start(page) -> None:
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-part=asks]")).to_be_focused()


def commit(page, choice: str, sure="75%") -> None:
    page.get_by_label(choice, exact=True).check()
    page.get_by_label(sure, exact=True).check()
    page.get_by_role("button", name="Commit").click()
    expect(page.locator("[data-part=against]")).to_be_focused()


def see(page) -> None:
    page.get_by_role("button", name="See what holds").click()
    expect(page.locator("[data-part=verdict]")).to_be_focused()


def events(page) -> list[dict]:
    return page.evaluate(EVENTS)


def logged(page, count: int) -> list[dict]:
    until(page, f"{EVENTS}.then((all) => all.length === {count})")
    return events(page)


def test_a_fork_from_the_choice_to_what_holds(opened):
    page = opened(SAGA)
    start(page)
    expect(page.locator("[data-part=sees]")).to_have_text("Several services must agree, over minutes.")
    expect(page.locator("[data-part=met]")).to_be_hidden()
    commit(page, "Two-phase commit", "90%")
    expect(page.locator("[data-part=objection]")).to_contain_text("rows stay locked while the coordinator is lost")
    expect(page.locator("[data-part=decides]")).to_contain_text("steps that take longer than 1 s")
    expect(page.locator("[data-part=seen]")).to_be_hidden()
    page.get_by_label("Reply aloud").fill("Both stores are ours, <b>milliseconds</b> apart.")
    see(page)
    expect(page.locator("[data-part=own]")).to_have_text("Your reply: Both stores are ours, <b>milliseconds</b> apart.")
    choice, reply = logged(page, 2)
    given = {"k": "defend", "fork": "playbooks/contention.saga", "took": "two-phase-commit", "sure": 90}
    assert {key: choice[key] for key in given} == given and (choice["out"], choice["tested"]) == ("condition", True)
    assert (reply["k"], reply["of"]) == ("defend.reply", choice["id"])


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("Saga", "The guide's choice"),
        ("Two-phase commit", "Defensible, on a condition"),
        ("CRDT", "The text gives reasons against it"),
    ],
)
def test_each_of_three_outcomes_is_said_with_its_condition(opened, choice, said):
    page = opened(SAGA)
    start(page)
    commit(page, choice)
    see(page)
    expect(page.locator("[data-part=verdict]")).to_have_text(said)
    answers = page.locator("[data-part=answers] li")
    expect(answers).to_have_count(3)
    mine = answers.filter(has_text=said)
    expect(mine.get_by_role("link", name=choice)).to_be_visible()
    assert len(mine.locator(".wh-defend__holds").text_content()) > 30
    assert not re.search(r"\bwrong\b", page.locator("[data-part=fork]").text_content(), re.I)
    page.get_by_role("link", name="Where the guide argues it").click()
    expect(page).to_have_url(re.compile("/playbooks/contention/#decide$"))


def test_nothing_is_committed_without_a_choice_and_a_confidence(opened):
    page = opened(SAGA)
    start(page)
    need = page.locator("[data-part=need]")
    page.get_by_role("button", name="Commit").click()
    expect(need).to_have_text("Choose an answer and how sure you are.")
    page.get_by_label("Saga", exact=True).check()
    page.get_by_role("button", name="Commit").click()
    expect(page.locator("[data-part=met]")).to_be_hidden()
    commit(page, "Saga", "50%")
    expect(need).to_be_empty()
    assert len(logged(page, 1)) == 1
    expect(page.get_by_label("CRDT", exact=True)).to_be_disabled()  # what is committed stands
    expect(page.get_by_label("90%", exact=True)).to_be_disabled()


def test_by_keyboard_alone(opened):
    page = opened(SAGA)
    page.get_by_role("button", name="Start").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=asks]")).to_be_focused()
    page.keyboard.press("2")
    expect(page.locator("[data-part=choices] input").nth(1)).to_be_checked()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("60%", exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=against]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("A reply with n and 1 in it.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=verdict]")).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator("[data-part=asks]")).to_be_focused()
    expect(page.locator("[data-part=met]")).to_be_hidden()
    assert [event["k"] for event in logged(page, 2)] == ["defend", "defend.reply"]


def test_forks_come_by_turn_and_those_that_did_not_hold_come_again(opened):
    page = opened("#problem=url-shortener")
    expect(page.locator("#defend-from")).to_have_value("problem=url-shortener")
    expect(page.locator("[data-part=counts]")).to_have_text("Forks: 5, of which you have defended 0.")
    seen = []
    start(page)
    for i in range(5):
        seen.append(page.locator("[data-part=asks]").text_content())
        page.locator("[data-part=choices] input").first.check()
        page.get_by_label("60%", exact=True).check()
        page.get_by_role("button", name="Commit").click()
        see(page)
        if i < 4:
            page.get_by_role("button", name="Next fork").click()
            expect(page.locator("[data-part=seen]")).to_be_hidden()
    assert len(set(seen)) == 5
    page.get_by_role("button", name="Choose again").click()
    expect(page.locator("[data-part=counts]")).to_have_text("Forks: 5, of which you have defended 5.")
    failed = sum(event["out"] == "against" for event in logged(page, 5))
    page.locator("#defend-from").select_option("missed")
    expect(page.locator("[data-part=counts]")).to_have_text(re.compile(f"^Forks: {failed},"))


def test_where_all_held_there_is_nothing_to_take_again(opened):
    page = opened("#missed")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-part=counts]")).to_have_text("None of these did not hold. Take forks from elsewhere.")
    expect(page.locator("[data-part=choose]")).to_be_visible()


def test_an_address_that_names_nothing_says_so(opened):
    page = opened("#fork=playbooks/contention.luck")
    expect(page.locator("[data-part=counts]")).to_contain_text("This address names nothing that can be defended")
    expect(page.locator("#defend-from")).to_have_value("all")


@pytest.mark.parametrize(
    ("place", "link", "choice"),
    [
        ("problems/payment/", "Defend these decisions", "problem=payment"),
        ("playbooks/contention/", "Defend these forks", "playbook=contention"),
    ],
)
def test_problems_and_playbooks_lead_to_their_own(open_page, place, link, choice):
    page = open_page(place)
    page.get_by_role("link", name=link).click()
    expect(page.locator("#defend-from")).to_have_value(choice)


def test_forks_that_cannot_be_loaded_are_said_to_be(open_page):
    page = open_page("")
    page.route("**/practice/forks.json", lambda route: route.fulfill(status=404, body=""))
    page.goto(page.url + "practice/defend/")
    expect(page.locator("[data-part=counts]")).to_contain_text("could not be loaded")
    expect(page.get_by_role("button", name="Start")).to_be_disabled()


def test_where_nothing_can_be_kept_it_works_and_says_so(open_page):
    page = open_page("")
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }")
    page.goto(page.url + f"practice/defend/{SAGA}")
    start(page)
    commit(page, "Saga")
    see(page)
    expect(page.locator(".wh-notice")).to_contain_text("does not keep what you practice")


# --- what is kept ---------------------------------------------------------------------------


def answer(n: int, sure: int, out: str, **more) -> dict:
    made = {"v": 1, "id": f"{n:026d}", "at": NOON - 1000 + n, "tz": 0, "dev": "t", "k": "defend", "fork": f"f{n}"}
    return made | {"took": "x", "sure": sure, "out": out, "tested": True} | more


def written(open_page, rows: list[dict], place: str):
    """A page over a log."""
    page = open_page("practice/kept/")
    expect(page.locator("[data-count=answers]")).not_to_be_empty()
    page.evaluate(PUT, rows)
    page.goto(page.url.replace("practice/kept/", place))
    return page


TWENTY = [answer(n, 90, "taken" if n < 9 else "against") for n in range(12)]
TWENTY += [answer(n, 50, "taken" if n < 16 else "against") for n in range(12, 20)]


@pytest.mark.parametrize("place", ["practice/defend/", "practice/"])
def test_the_curve_shows_how_sure_the_reader_was_and_what_held(open_page, place):
    page = written(open_page, TWENTY, place)
    # 9 × .01 + 3 × .81 + 8 × .25 = 4.52, of 20
    expect(page.locator("[data-part=brier]")).to_have_text(
        "Brier score 0.23 over 20 answers: 0 is perfect, always saying 50% gives 0.25."
    )
    shown = {
        row.get_attribute("data-step"): row.locator("td").all_text_contents()
        for row in page.locator(".wh-curve [data-step]").all()
    }
    assert shown == {"50": ["8", "50%"], "60": ["0", ""], "75": ["0", ""], "90": ["12", "75%"], "100": ["0", ""]}
    at = [(one.get_attribute("cx"), one.get_attribute("cy")) for one in page.locator(".wh-curve circle").all()]
    assert at == [("50", "95"), ("202", "52.5")]


def test_a_few_answers_make_no_curve_and_the_cards_have_a_line_of_their_own(open_page):
    page = written(open_page, TWENTY[:7], "practice/")
    expect(page.locator("[data-part=brier]")).to_have_text("7 of 20 answers that the curve needs.")
    expect(page.locator(".wh-curve table")).to_be_hidden()
    expect(page.locator("[data-part=foresight]")).to_be_empty()  # of cards, none of which was asked


def test_answers_travel_with_the_copy_and_damage_is_set_aside(open_page, opened):
    page = opened(SAGA)
    start(page)
    commit(page, "Saga")
    page.get_by_label("Reply aloud").fill("Compensations are written.")
    see(page)
    rows = logged(page, 2)
    page.goto(page.url.split("practice/")[0] + "practice/kept/")
    expect(page.locator("[data-count=forks]")).to_have_text("1")
    expect(page.locator("[data-count=steps]")).to_have_text("1")
    with page.expect_download() as waited:
        page.get_by_role("button", name="Make a copy").click()
    copy = json.loads(waited.value.path().read_text("utf-8"))
    assert copy["log"] == rows
    copy["log"].append(answer(1, 900, "taken"))
    fresh = open_page("practice/kept/")
    expect(fresh.locator("[data-count=forks]")).to_have_text("0")
    file = {"name": "copy.json", "mimeType": "application/json", "buffer": json.dumps(copy).encode()}
    for known in ("2 events came in, 0 were", "0 events came in, 2 were"):
        fresh.locator("input[type=file]").set_input_files(file)
        expect(fresh.locator("[data-part=status]")).to_contain_text(known)
    expect(fresh.locator("[data-count=forks]")).to_have_text("1")
    expect(fresh.locator("[data-count=aside]")).to_have_text("1")
    fresh.get_by_role("button", name="Delete everything").click()
    fresh.get_by_role("button", name="Delete it").click()
    expect(fresh.locator("[data-count=forks]")).to_have_text("0")


# --- the page -------------------------------------------------------------------------------


def test_without_scripts_the_forks_stand_with_their_answers_folded(open_page):
    page = open_page("practice/defend/", scripts=False)
    expect(page.locator("[data-defend]")).to_be_hidden()
    expect(page.get_by_role("heading", name="How sure you were")).to_be_hidden()
    group = page.locator(".wh-defend__all > details", has_text="Contention").first
    group.locator("summary").first.click()
    fork = page.locator("#playbooks-contention-saga")
    expect(fork.get_by_text("the guide's choice")).to_be_hidden()
    fork.locator("summary").click()
    expect(fork.get_by_text("the guide's choice")).to_be_visible()
    expect(fork).to_contain_text("What decides: a participant that is not yours")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_at_any_stage_and_a_thumb_meets_each_button(open_page, opened, violations, width, scheme):
    page = opened(SAGA, width=width, scheme=scheme)

    def fits():
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    fits()
    start(page)
    for label in page.locator("[data-part=choices] label, [data-part=sure] label").all():
        box = label.bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44
    page.get_by_role("button", name="Commit").click()
    fits()
    commit(page, "CRDT")
    fits()
    see(page)
    fits()
    for button in page.locator("[data-part=fork] button:visible").all():
        assert button.bounding_box()["height"] >= 44
    page = written(open_page, TWENTY, "practice/defend/")
    expect(page.locator(".wh-curve table")).to_be_visible()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    fits()


def test_one_decision_has_its_minutes(open_page, chromium, catalogue):
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    context.clock.install(time=datetime.datetime(2026, 11, 27, 9, tzinfo=datetime.UTC))
    page = open_page("practice/rehearse/", context=context)
    page.get_by_role("link", name="One decision in 10 minutes").click()
    expect(page.get_by_label("10 minutes a fork, by the clock")).to_be_checked()
    page.get_by_role("button", name="Start").click()
    pace = page.locator("[data-part=pace]")
    expect(pace.get_by_role("timer")).to_have_text("0:00")
    for step in catalogue.conduct.decision:
        expect(pace.get_by_role("status")).to_have_text(step.do)
        page.clock.run_for(step.minutes * 60_000)
    expect(pace.get_by_role("timer")).to_have_text("10:00")
    expect(pace.get_by_role("status")).to_have_text("The 10 minutes are over. See what holds.")
    page.get_by_role("button", name="Stop").click()
    page.get_by_label("10 minutes a fork, by the clock").uncheck()
    page.get_by_role("button", name="Start").click()
    expect(pace).to_be_hidden()
    context.close()
