"""What readers do, in the real browser, on the built site."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.conftest import until

KINDS = {
    "home": "",
    "glance": "phases/",
    "phase": "phases/deep-dive/",
    "pattern": "patterns/circuit-breaker/",
    "catalogue": "patterns/",
    "practice": "practice/",
    "rehearsal": "practice/rehearse/",
    "interviewers": "interviewers/",
    "interviewer's clock": "interviewers/clock/",
    "sheets": "cheat-sheets/",
    "sheet": "cheat-sheets/deep-dive/",
    "glossary": "glossary/",
    "manual": "contributing/macros/",
    "missing": "no/such/page",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_and_nothing_sticks_out(open_page, kind, width, scheme, violations):
    page = open_page(KINDS[kind], width=width, scheme=scheme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_paper(open_page, kind, violations):
    page = open_page(KINDS[kind], scheme="dark")
    page.emulate_media(media="print")
    assert violations(page) == []


def test_axe_with_answers_menu_and_results_open(open_page, violations):
    page = open_page("patterns/circuit-breaker/", width=390, scheme="dark")
    page.evaluate("document.querySelectorAll('main details').forEach((d) => (d.open = true))")
    page.locator(".wh-menu summary").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator("#query").fill("breaker")
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations(page) == []


def test_the_three_doors(open_page):
    page = open_page()
    for door, link, lands in [
        ("Prepare", "A plan for an hour, an evening or a week", "practice/plan/"),
        ("Prepare", "Rehearse a problem against the clock", "practice/rehearse/"),
        ("Prepare", re.compile("^Ask me"), "practice/ask/"),
        ("Look up", "Patterns by category", "patterns/"),
        ("Interview others", "Cheat sheets, A4 and US Letter", "cheat-sheets/"),
    ]:
        section = page.locator(".wh-door", has=page.get_by_role("heading", name=door))
        section.get_by_role("link", name=link).click()
        expect(page).to_have_url(re.compile(re.escape(lands) + "$"))
        page.go_back()


def test_slash_opens_the_search_and_enter_the_first_result(open_page):
    page = open_page()
    page.keyboard.press("/")
    expect(page.locator("#query")).to_be_focused()
    page.keyboard.type("one slow service takes down everything")
    expect(page.get_by_role("option").first).to_contain_text("Circuit breaker")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Circuit breaker")


def test_nothing_of_the_search_is_loaded_before_intent(open_page):
    page = open_page()
    page.wait_for_load_state("networkidle")
    names = page.evaluate("performance.getEntriesByType('resource').map((e) => e.name)")
    assert not [n for n in names if "search" in n or "results" in n]


def test_the_missing_page_searches(open_page):
    page = open_page("patterns/no-such-pattern/deeper/")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).last.fill("jwt")
    page.get_by_role("option").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("JWT")


def test_a_checklist_is_remembered_counted_reset_and_restored(open_page):
    page = open_page("phases/deep-dive/")
    boxes = page.locator("[data-checklist=deep-dive] input")
    total = boxes.count()
    boxes.nth(0).check()
    boxes.nth(2).check()
    page.reload()
    expect(page.locator(".wh-checklist__count")).to_be_visible()  # its script has run
    assert [boxes.nth(i).is_checked() for i in range(3)] == [True, False, True]
    count = page.locator(".wh-checklist__count")
    expect(count).to_have_text(f"2 of {total} done")
    page.get_by_role("button", name="Reset").click()
    expect(count).to_have_text(f"0 of {total} done")
    page.get_by_role("button", name="Undo the reset").click()
    expect(count).to_have_text(f"2 of {total} done")
    page.reload()
    expect(count).to_have_text(f"2 of {total} done")


def test_the_same_box_on_another_page_knows(open_page):
    page = open_page("phases/deep-dive/")
    page.locator("[data-checklist=deep-dive] input").first.check()
    other = open_page("cheat-sheets/", context=page.context)
    expect(other.locator("[data-checklist=deep-dive] input").first).to_be_checked()
    assert not other.locator("[data-checklist=wrap-up] input").first.is_checked()


def test_a_tick_before_the_list_remembers_is_kept_where_the_page_is_left_at_once(open_page):
    page = open_page("phases/deep-dive/")
    page.context.route("**/chunk-checklists-mount.*.js", lambda route: route.abort())
    page.reload()
    page.locator("[data-checklist] input").first.check()
    page.context.unroute("**/chunk-checklists-mount.*.js")
    page.goto(page.url.replace("deep-dive", "wrap-up"))
    expect(page.locator(".wh-checklist__count")).to_be_visible()
    page.goto(page.url.replace("wrap-up", "deep-dive"))
    expect(page.locator("[data-checklist] input").first).to_be_checked()
    open_page.wrong[:] = [w for w in open_page.wrong if "ERR_FAILED" not in w and "Failed to fetch" not in w]


def test_a_tick_before_the_list_remembers_holds_without_storage_too(open_page):
    page = open_page("")
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    waiting = []
    page.route("**/chunk-checklists-mount.*.js", lambda route: waiting.append(route))
    page.goto(page.url + "phases/deep-dive/", wait_until="domcontentloaded")
    page.locator("[data-checklist] input").first.check()
    for route in waiting:
        route.continue_()
    expect(page.locator(".wh-checklist__count")).to_contain_text("1 of")
    expect(page.locator(".wh-notice")).to_have_count(1)


def test_two_tabs_lose_nothing_of_each_other(open_page):
    one = open_page("phases/deep-dive/")
    two = open_page("phases/wrap-up/", context=one.context)
    for tab in (one, two):
        expect(tab.locator(".wh-checklist__count")).to_be_visible()  # it remembers from now on
    one.locator("[data-checklist] input").nth(0).check()
    two.locator("[data-checklist] input").nth(0).check()
    one.locator("[data-checklist] input").nth(1).check()
    for tab in (one, two):
        tab.reload()
        expect(tab.locator(".wh-checklist__count")).to_be_visible()  # its script has run
    assert one.locator("[data-checklist] input:checked").count() == 2
    assert two.locator("[data-checklist] input:checked").count() == 1


@pytest.mark.parametrize("damage", ["{not json", '{"an": "object"}', "[1, 2]"])
def test_damaged_memory_is_set_aside_and_said_once(open_page, damage):
    page = open_page("phases/deep-dive/")
    expect(page.locator(".wh-checklist__count")).to_be_visible()  # it has read what is stored
    page.evaluate("(text) => localStorage.setItem('wh-checklists', text)", damage)
    page.reload()
    expect(page.locator(".wh-notice")).to_have_count(1)
    expect(page.locator(".wh-notice")).to_contain_text("set aside")
    assert page.evaluate("localStorage.getItem('wh-checklists-set-aside')") == damage
    expect(page.locator(".wh-checklist__count")).to_be_visible()
    page.locator("[data-checklist] input").first.check()
    page.reload()
    expect(page.locator("[data-checklist] input").first).to_be_checked()


@pytest.mark.parametrize(
    "trouble",
    [
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})",
    ],
    ids=["full", "absent"],
)
def test_without_storage_the_list_works_and_says_so_once(open_page, trouble):
    page = open_page("")
    page.add_init_script(trouble)
    page.goto(page.url + "phases/deep-dive/")
    page.locator("[data-checklist] input").nth(0).check()
    page.locator("[data-checklist] input").nth(1).check()
    expect(page.locator(".wh-notice")).to_have_count(1)
    expect(page.locator(".wh-checklist__count")).to_contain_text("2 of")


def test_the_scheme_is_chosen_and_kept(open_page):
    page = open_page("phases/")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Switch between light and dark").click()
    assert page.evaluate(paper) != light
    page.reload()
    assert page.evaluate(paper) != light


def test_a_figure_scrolls_on_the_smallest_phone_and_keeps_its_type(open_page):
    page = open_page("patterns/raft-leader-election/", width=320)
    smallest = """Math.min(...[...document.querySelectorAll('.wh-figure__svg text')]
        .map((t) => t.getBoundingClientRect().height))"""
    assert page.evaluate(smallest) > 12  # px a line: type of 11 px and more
    region = page.get_by_role("region", name=re.compile("^Figure: "))
    region.focus()
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('.wh-figure__scroll').scrollLeft > 0")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_without_scripts(open_page):
    page = open_page("patterns/circuit-breaker/", scripts=False, width=390)
    expect(page.locator(".wh-figure__svg")).to_be_visible()
    answer = page.locator("details.wh-answer").first
    answer.locator("summary").click()
    expect(answer.locator("p")).to_be_visible()
    page.locator(".wh-menu summary").click()
    page.locator(".wh-menu").get_by_role("link", name="Phases").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("interview")
    page.locator("#query").fill("jwt")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/patterns/\?q=jwt$"))
    page = open_page("phases/deep-dive/", scripts=False)
    box = page.locator("[data-checklist] input").first
    box.check()
    assert box.is_checked()
    expect(page.locator(".wh-scheme")).to_be_hidden()


def test_by_keyboard_alone(open_page):
    page = open_page("phases/deep-dive/")
    page.keyboard.press("Tab")
    expect(page.locator(".wh-skip")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    box = page.locator("[data-checklist] input").first
    box.focus()
    page.keyboard.press("Space")
    assert box.is_checked()
    answer = page.locator("details.wh-answer summary").first
    answer.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.wh-answer").first.get_attribute("open") is not None
    page.keyboard.press("Control+k")
    page.keyboard.type("token")
    field = page.locator("#query")
    expect(page.get_by_role("option").first).to_contain_text("token")  # the answer to the last letter
    expect(field).to_have_attribute("aria-activedescendant", "results-1-0")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "results-1-1")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_focus_can_be_seen(open_page):
    page = open_page("patterns/circuit-breaker/")
    for _ in range(12):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """(() => {
                const s = getComputedStyle(document.activeElement);
                return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
            })()"""
        )
        assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_targets_on_a_phone_are_large_enough(open_page):
    page = open_page("phases/deep-dive/", width=390)
    small = page.evaluate(
        """[...document.querySelectorAll(
            'button, summary, .wh-checklist label, .wh-bar a, .wh-logo, input[type=search]')]
        .filter((e) => e.checkVisibility()).map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([, r]) => r.height < 44).map(([html, r]) => `${Math.round(r.height)} ${html}`)"""
    )
    assert small == []


@pytest.mark.parametrize("kind", ["phase", "pattern", "sheets", "home"])
def test_prints_without_navigation_and_with_every_answer(open_page, kind):
    page = open_page(KINDS[kind], scheme="dark")
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = " ".join(p.extract_text() for p in reader.pages)
    assert "On this page" not in text and "Skip to the content" not in text and "Correct or improve" not in text
    if kind == "pattern":
        assert "Usually the retry wraps the breaker" in re.sub(r"\s+", " ", text)
    if kind in ("phase", "sheets"):
        assert page.locator(".wh-checklist input").count() >= 4


@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("path", ["", "phases/deep-dive/", "cheat-sheets/deep-dive/"])
def test_ticks_stand_under_the_bar(open_page, path, width):
    page = open_page(path, width=width)
    bar, ticks = (page.locator(f".wh-bar {part}:visible").first.bounding_box() for part in ("ol", ".wh-bar__ticks"))
    lines = page.locator(".wh-bar__ticks svg:visible").first.bounding_box()
    assert abs(bar["x"] - ticks["x"]) < 1 and abs(bar["width"] - ticks["width"]) < 1
    assert abs(bar["width"] - lines["width"]) < 6  # the bar's border on either side
    assert 0 <= ticks["y"] - (bar["y"] + bar["height"]) < 8


def test_bar_is_in_proportion_to_its_minutes(open_page):
    page = open_page("", width=1440)
    parts = page.evaluate(
        """[...document.querySelectorAll('.wh-bar__part')].map((p) =>
            [parseInt(p.querySelector('.wh-bar__minutes').innerText), p.getBoundingClientRect().width])"""
    )
    total, width = sum(m for m, _ in parts), sum(w for _, w in parts)
    assert total == 45
    for minutes, wide in parts:
        assert abs(wide / width - minutes / total) < 0.02
