"""Readers whose browser, colors, keys, languages or memory differ from ours."""

import io
import re
import threading
import time

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.events import PUT
from tests.conftest import BASE, Handler, Server
from tests.kinds import KINDS


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colors_what_is_current_differs_and_arrows_are_seen(open_page, scheme):
    page = open_page("patterns/bloom-filter/", forced_colors="active")
    page.evaluate("(s) => localStorage.setItem('wh-scheme', s)", "dark" if scheme == "light" else "light")
    page.emulate_media(color_scheme=scheme, forced_colors="active")
    page.reload()
    look = "(e) => { const s = getComputedStyle(e); return s.backgroundColor + s.color }"
    expect(page.get_by_role("tab").first).to_be_visible()
    assert page.get_by_role("tab").nth(0).evaluate(look) != page.get_by_role("tab").nth(1).evaluate(look)
    page.goto(page.url.replace("patterns/bloom-filter/", "patterns/saga/"))
    line, ground = page.evaluate("""[...document.querySelectorAll('.wh-figure__svg .edge')].slice(0, 1).map((e) =>
        [getComputedStyle(e).stroke, getComputedStyle(e.closest('.wh-figure')).backgroundColor])[0]""")
    assert line != ground
    page.goto(page.url.replace("patterns/saga/", "patterns/lru/"))
    page.keyboard.press("Control+k")
    page.keyboard.type("cache")
    expect(page.get_by_role("option").nth(1)).to_be_visible()
    expect(page.get_by_role("option").nth(0)).to_have_attribute("aria-selected", "true")
    assert page.get_by_role("option").nth(0).evaluate(look) != page.get_by_role("option").nth(1).evaluate(look)
    page.goto(page.url.replace("patterns/lru/", "phases/deep-dive/"))
    parts = page.locator(".wh-bar__part > a")
    looks = parts.evaluate_all(
        "(all) => all.map((e) => getComputedStyle(e).backgroundColor + ' ' + (e.parentElement.ariaCurrent ?? ''))"
    )
    assert len({one.split(" step")[0] for one in looks}) == 2


@pytest.mark.parametrize("hash", ["#%E0%A4%A", "#%", "?q=%E0%A4%A#%zz"])
def test_an_address_that_is_no_valid_text_stops_nothing(open_page, hash):
    page = open_page(f"patterns/lru/{hash}")
    expect(page.locator(".wh-trace").first.get_by_role("button", name="Play")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Keep the guide offline"))).to_be_visible()
    assert open_page.wrong == []


def test_styles_ask_for_nothing_that_browsers_of_two_years_ago_lack(site):
    for path in site.glob("assets/*.css"):
        text = path.read_text("utf-8")
        assert "light-dark(" not in text, path.name
        # what such a rule does is left out there, and nothing lost
        for rule in re.findall(r"[^{}]*:has\([^{}]*{[^{}]*}", text):
            shows = re.search(r"display:(?!none|inline-flex)|visibility:visible", rule)
            assert not shows or ".wh-slot-" in rule or "@supports" in rule, rule


def test_answers_print_where_folding_is_an_older_one(open_page):
    page = open_page("")
    page.add_init_script(
        "const real = CSS.supports; CSS.supports = (what) => !/details-content/.test(what) && real(what)"
    )
    page.goto(page.url + "patterns/circuit-breaker/", wait_until="networkidle")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("main details.wh-answer[open]").count() == 0


def test_two_tabs_with_one_list_lose_no_tick(open_page):
    one = open_page("phases/deep-dive/")
    two = open_page("phases/deep-dive/", context=one.context)
    mine, theirs = one.locator("[data-checklist] input"), two.locator("[data-checklist] input")
    expect(two.get_by_role("button", name="Reset")).to_have_count(0)
    two.evaluate("addEventListener('storage', (event) => event.stopImmediatePropagation(), true)")  # a tab that sleeps
    one.evaluate("localStorage.setItem('asleep', 1)")
    mine.nth(0).check()
    theirs.nth(1).check()
    mine.nth(2).check()
    theirs.nth(3).check()
    one.reload()
    expect(one.locator(".wh-checklist__count")).to_be_visible()  # its script has run
    assert [mine.nth(i).is_checked() for i in range(4)] == [True] * 4
    one.get_by_role("button", name="Reset").click()
    theirs.nth(4).check()  # in the other tab, between the reset and its undoing
    one.get_by_role("button", name="Undo the reset").click()
    one.reload()
    expect(one.locator(".wh-checklist__count")).to_be_visible()  # its script has run
    assert [mine.nth(i).is_checked() for i in range(5)] == [True] * 5


def test_a_memory_that_is_cleared_elsewhere_is_shown_as_empty(open_page):
    one = open_page("phases/deep-dive/")
    two = open_page("phases/deep-dive/", context=one.context)
    one.locator("[data-checklist] input").first.check()
    expect(two.locator("[data-checklist] input").first).to_be_checked()
    one.evaluate("localStorage.clear()")
    expect(two.locator("[data-checklist] input").first).not_to_be_checked()


def test_under_a_host_s_own_policy_everything_works(open_page):
    page = open_page("phases/deep-dive/")
    page.context.route(
        "**/*",
        lambda route: route.fulfill(
            response=(answer := route.fetch()),
            headers={**answer.headers, "content-security-policy": "default-src 'self'"},
        ),
    )
    page.goto(page.url.replace("phases/deep-dive/", "cheat-sheets/deep-dive/"))
    expect(page.get_by_role("button", name="Print this sheet")).to_be_visible()
    page.get_by_role("button", name="Switch between light and dark").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()
    expect(page.get_by_role("button", name=re.compile("Keep the guide offline"))).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    page.goto(page.url.replace("cheat-sheets/deep-dive/", "patterns/raft-leader-election/"))
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.wh-figure__svg')).minWidth)") > 100
    open_page.wrong[:] = [w for w in open_page.wrong if "inline script" not in w]  # which such a policy stops


def test_where_only_the_script_fails_no_button_is_dead_and_enter_leads_on(open_page):
    page = open_page("")
    page.context.route("**/main.*.js", lambda route: route.abort())
    page.goto(page.url + "cheat-sheets/deep-dive/")
    for name in ("Print this sheet", "Switch between light and dark"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    page.locator("#query").fill("raft")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Without scripts this catalogue is not searched")).to_be_visible()
    assert not page.locator(".wh-finder").is_visible()
    page.get_by_role("link", name="by symptom").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Patterns by symptom")
    page.close()  # before what this test broke is left out
    open_page.wrong[:] = [w for w in open_page.wrong if "ERR_FAILED" not in w]


def test_with_scripts_nobody_is_told_of_a_list_without_them(open_page):
    page = open_page("patterns/")
    assert not page.get_by_text("Without scripts this catalogue").is_visible()


def test_a_tab_older_than_the_site_says_so_and_keeps_what_was_typed(open_page, address):
    page = open_page("patterns/lru/")
    page.context.route("**/chunk-*.js", lambda route: route.fulfill(status=404, body="gone"))
    page.context.route(
        "**/patterns/lru/",
        lambda route: route.fulfill(
            response=(answer := route.fetch()), body=re.sub(r"main\.\w+\.js", "main.NEWNAMES.js", answer.text())
        ),
        times=1,
    )
    page.locator("#query").fill("stale")
    page.get_by_role("button", name=re.compile("Run it here")).click()
    expect(page.locator(".wh-notice")).to_contain_text("This guide has been updated since you opened this page.")
    page.context.unroute("**/chunk-*.js")
    page.get_by_role("button", name="Reload").click()
    expect(page.locator("#query")).to_have_value("stale")
    page.get_by_role("button", name=re.compile("Run it here")).click()
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_visible()
    open_page.wrong[:] = []  # what this test broke


OLDER = "void Promise.reject(new TypeError('error loading dynamically imported module'))"


def test_a_reload_that_is_offered_keeps_what_was_chosen_for_a_rehearsal(open_page):
    page = open_page("practice/rehearse/")
    start = page.get_by_role("button", name=re.compile("^Start:"))
    expect(start).to_be_enabled()
    page.context.route(
        "**/practice/rehearse/",
        lambda route: route.fulfill(
            response=(answer := route.fetch()), body=re.sub(r"main\.\w+\.js", "main.NEWNAMES.js", answer.text())
        ),
        times=1,
    )
    page.get_by_label("Problem").select_option("news-feed")
    page.evaluate("document.querySelector('#mock-seat').value = 'what my partner wrote'")
    page.evaluate(OLDER)
    page.get_by_role("button", name="Reload").click()
    expect(start).to_have_text(re.compile("News feed"))
    assert page.evaluate("document.querySelector('#mock-seat').value") == "what my partner wrote"
    open_page.wrong[:] = []  # what this test broke


@pytest.mark.parametrize(
    ("place", "data"),
    [
        ("practice/rehearse/", "plan.json"),
        ("interviewers/clock/", "plan.json"),
        ("problems/news-feed/?with=", "quantities.json"),
    ],
)
def test_data_that_do_not_come_are_said(open_page, place, data):
    page = open_page("")
    page.context.route(f"**/{data}", lambda route: route.fulfill(status=503, body=""))
    page.goto(page.url + place)
    expect(page.locator(".wh-notice")).to_contain_text("This part could not be loaded")
    open_page.wrong[:] = [w for w in open_page.wrong if "503" not in w]


def test_sliders_whose_data_did_not_come_are_offered_again(open_page):
    page = open_page("problems/news-feed/")
    page.context.route("**/quantities.json", lambda route: route.fulfill(status=503, body=""))
    page.get_by_role("button", name="Change the assumptions").click()
    expect(page.locator(".wh-notice")).to_be_visible()
    page.context.unroute("**/quantities.json")
    page.get_by_role("button", name="Change the assumptions").click()
    expect(page.locator(".wh-vary input[type=range]").first).to_be_focused()
    open_page.wrong[:] = [w for w in open_page.wrong if "503" not in w]


def test_what_is_not_found_and_what_did_not_come_are_told_apart(open_page):
    page = open_page("")
    page.context.route("**/api/patterns/saga.json", lambda route: route.fulfill(status=503, body=""))
    page.goto(page.url + "patterns/compare/?p=saga,lru,no-such,lfu")
    expect(page.locator("[data-compare] [role=status]")).to_have_text("Not found: no-such. Could not be loaded: saga. ")
    expect(page.get_by_role("columnheader")).to_have_count(2)
    open_page.wrong[:] = [w for w in open_page.wrong if "503" not in w]


HOSTILE = "<img src=x onerror=document.title='no'><b>bold</b> `<i>code</i>`"


def rehearsed(*events, problem="news-feed", s="1A"):
    """A rehearsal that is over, as the log has it, with more events."""
    at = 1_790_000_000_000
    first = {"problem": problem, "slot": 45, "level": "senior", "seed": "7f3a", "begins": at, "partner": True}
    rows = [("start", {**first, "balls": True}), *events]
    return [
        {"v": 1, "id": f"01J0000000000000000000{s[:2].upper():0<2}{n:02}", "at": at + n * 1000, "tz": 0, "dev": "x",
         "k": f"mock.{kind}", "s": s, "n": n, **fields}
        for n, (kind, fields) in enumerate(rows)
    ]  # fmt: skip


def test_what_readers_partners_and_files_write_is_text(open_page):
    page = open_page("practice/rehearse/")
    expect(page.get_by_role("button", name=re.compile("^Start:"))).to_be_enabled()
    events = [
        ("mark", {"what": "mark", "text": HOSTILE}),
        ("end", {"how": "closed"}),
        ("reveal", {}),
        ("seat", {"text": f"- scope.mid: yes\n- {HOSTILE}"}),
        ("done", {}),
    ]
    page.evaluate(PUT, rehearsed(*events))
    page.reload()
    page.get_by_role("button", name=re.compile("News feed, 45 minutes")).click()
    debrief = page.locator("[data-stage=debrief]")
    expect(debrief).to_contain_text("<img src=x onerror=")
    expect(debrief.get_by_role("heading", name="Your partner's notes")).to_be_visible()
    assert debrief.locator("img, b, i").count() == 0 and page.title() != "no"
    page.goto(page.url.replace("practice/rehearse/", "interviewers/clock/"))
    page.get_by_role("button", name="Start the clock").click()
    page.locator("#seat-note").fill(HOSTILE)
    page.locator("[data-do=note]").click()
    notes = page.locator("[data-part=notes]")
    expect(notes).to_contain_text("<img src=x")
    assert notes.locator("img, b, i").count() == 0 and page.title() != "no"


def test_a_rehearsal_of_a_problem_that_is_no_more_stops_nothing(open_page):
    page = open_page("practice/rehearse/")
    expect(page.get_by_role("button", name=re.compile("^Start:"))).to_be_enabled()
    page.evaluate(PUT, rehearsed(problem="../../x", s="2A") + rehearsed(problem="gone", s="3A"))
    page.reload()
    page.get_by_role("button", name=re.compile("^Start:")).click()
    expect(page.get_by_role("heading", name="Read it aloud")).to_be_visible()
    page.get_by_role("button", name="Choose again").click()
    expect(page.get_by_role("heading", name="Choose")).to_be_visible()


def test_what_is_copied_is_the_words_alone(open_page):
    page = open_page("patterns/lru/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    selected = """(selector) => {
      const range = document.createRange();
      range.selectNode(document.querySelector(selector));
      getSelection().removeAllRanges(); getSelection().addRange(range); return getSelection().toString().trim() }"""
    assert page.evaluate(selected, "#the-problem") == "The problem"
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    assert not re.search(r"Copy\s*$", page.evaluate(selected, ".wh-code pre"))


def test_code_is_not_translated_and_no_direction_is_pinned(open_page):
    page = open_page("patterns/lru/")
    assert page.evaluate("[...document.querySelectorAll('main code')].every((code) => !code.translate)")
    page.evaluate("document.documentElement.dir = 'rtl'")
    heading = page.get_by_role("heading", level=1).bounding_box()
    assert page.evaluate("getComputedStyle(document.querySelector('main p')).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('main pre code')).direction") == "ltr"
    assert heading and page.evaluate("document.documentElement.scrollWidth") <= 1440


class Thin(Handler):
    """A thin line: the first screens of a page come piece by piece, so that a browser paints what it has."""

    def copyfile(self, source, out):
        text = source.read()
        at = text.find(b"<body") if b"<body" in text else len(text)
        out.write(text[:at])
        for piece in range(at, min(len(text), at + 60_000), 1500):
            out.flush()
            time.sleep(0.02)
            at = piece + 1500
            out.write(text[piece:at])
        out.write(text[at:])


@pytest.fixture(scope="module")
def thin(site):
    server = Server(("127.0.0.1", 0), type("Served", (Thin,), {"folder": str(site)}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}{BASE}"
    server.shutdown()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_nothing_moves_while_a_page_comes_piece_by_piece(chromium, thin, kind, width):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.add_init_script(
        "window.moved = 0;"
        "new PerformanceObserver((all) => all.getEntries().forEach((one) => (window.moved += one.value)))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(thin + KINDS[kind])
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)
    moved = page.evaluate("window.moved")
    page.close()
    assert moved < 0.005


def test_a_sheet_without_the_choice_of_slots_is_one_side_of_paper(open_page, site):
    page = open_page("")
    page.context.route(  # a browser that drops rules with :has()
        "**/sheets.*.css",
        lambda route: route.fulfill(
            response=(answer := route.fetch()),
            body=re.sub(r"[^{}]*:has\(\[[^{}]*{[^{}]*}", "", answer.text()).replace(
                "not selector(:has(a))", "(color: red)"
            ),
        ),
    )
    page.goto(page.url + "cheat-sheets/deep-dive/")
    assert page.locator(".wh-slots").is_hidden()
    assert page.locator(".wh-sheet__timing:visible").count() == 1
    assert len(PdfReader(io.BytesIO(page.pdf(format="A4"))).pages) == 1
