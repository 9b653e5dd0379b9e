"""Finding the way: pages that answer on the first screen, an hour that is the reader's own, lists that fold."""

import json
import re

import pytest
from playwright.sync_api import expect

from macros.chromium import FLAGS, installed
from macros.facts import catalogue as facts
from tests.conftest import until

SCREEN = 780  # px of a phone's 844 that the header leaves
FOUND, _ = facts.catalogue()
TOP = "(id) => document.getElementById(id).getBoundingClientRect().top + scrollY"
KEPT = "(all) => Object.entries(all).forEach(([key, value]) => localStorage.setItem(key, value))"


def with_kept(open_page, path, kept, **options):
    """The page as it comes to a browser that keeps something already."""
    page = open_page("", **options)
    page.evaluate(KEPT, kept)
    page.goto(page.url + path)
    return page


# --- pattern pages ------------------------------------------------------------------------------


def test_every_pattern_answers_on_the_phone_s_first_screen(open_page):
    page = open_page("", width=390)
    home, late = page.url, {}
    for slug in FOUND.patterns:
        page.goto(f"{home}patterns/{slug}/")
        first = page.locator(".wh-said p").first.bounding_box()
        if first["y"] + 60 > SCREEN:
            late[slug] = first["y"]
    assert late == {}


def test_a_pattern_names_its_category_once_and_jumps_to_what_readers_come_for(open_page):
    page = open_page("patterns/consistent-hashing/", width=390)
    head = page.locator(".wh-head")
    assert head.inner_text().count("Data") == 1 and not re.search(r"\bDa\b", head.inner_text())
    expect(head.get_by_role("link", name="Data")).to_have_attribute("href", "../#data")
    page.set_viewport_size({"width": 1440, "height": 900})
    for name, id in [
        ("30 seconds", "say-it-in-thirty-seconds"),
        ("How it works", "how-it-works"),
        ("How it fails", "how-it-fails"),
        ("Follow-ups", "follow-ups"),
        ("Replay", "code-and-replay"),
    ]:
        page.get_by_role("navigation", name="Jumps").get_by_role("link", name=name).click()
        assert page.url.endswith(f"#{id}") and page.locator(f"#{id}").count() == 1
    assert "Replay" not in open_page("patterns/webhook/").locator(".wh-jumps").inner_text()


def test_a_pattern_ends_with_the_next_step(open_page):
    page = open_page("patterns/consistent-hashing/")
    row = FOUND.in_category("data")
    after = row[[p.slug for p in row].index("consistent-hashing") + 1]
    expect(page.locator(".wh-next").get_by_role("link", name=after.name)).to_have_attribute("href", f"../{after.slug}/")
    assert page.evaluate(TOP, "next") > page.evaluate(TOP, "sources")
    needing = page.locator("#problems-that-need-it + ul a[href*='problems/']").all_inner_texts()
    assert set(needing) >= {p.name for p, _ in FOUND.needing("consistent-hashing")}
    last = open_page(f"patterns/{row[-1].slug}/")  # the last leads to the first
    expect(last.locator(".wh-next .wh-card__name")).to_have_text(row[0].name)
    last.get_by_role("link", name="Ask me these").click()
    expect(last.locator("[data-ask] [data-part=from]")).to_have_value(f"pattern={row[-1].slug}")
    last.go_back()
    last.get_by_role("link", name="The three-hour plan").first.click()
    expect(last).to_have_url(re.compile(r"practice/plan/#one-evening$"))


@pytest.mark.parametrize(
    ("path", "name"), [("", "A plan for an hour"), ("patterns/consistent-hashing/", "The three-hour plan")]
)
def test_a_plan_is_one_tap_away_on_the_phone(open_page, path, name):
    page = open_page(path, width=390)
    link = page.get_by_role("link", name=name).first
    assert link.bounding_box()["y"] < 2 * SCREEN
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A plan by the time left")
    if "#" in page.url:
        expect(page.get_by_role("heading", name="One evening")).to_be_in_viewport()


def test_the_replay_is_twelve_tabs_from_the_top(open_page):
    page = open_page("patterns/consistent-hashing/")
    expect(page.locator(".wh-player__bar")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the content
    tabs = 1
    while tabs < 30 and page.evaluate("document.activeElement.textContent") != "Replay":
        page.keyboard.press("Tab")
        tabs += 1
    page.keyboard.press("Enter")
    while tabs < 30 and not page.evaluate("!!document.activeElement.closest('[data-trace]')"):
        page.keyboard.press("Tab")
        tabs += 1
    assert tabs <= 12


# --- phase pages --------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", FOUND.phases)
def test_a_phase_answers_first_and_is_no_longer_than_25_screens(open_page, slug):
    page = open_page(f"phases/{slug}/", width=390)
    page.wait_for_load_state("networkidle")
    assert page.locator(".wh-goal").bounding_box()["y"] < SCREEN / 2
    assert page.locator(".wh-bar ol").bounding_box()["y"] < SCREEN
    assert page.evaluate(TOP, "checklist") < SCREEN
    assert page.evaluate(TOP, "when-to-leave") < 2.5 * SCREEN
    assert page.evaluate("document.documentElement.scrollHeight") <= 25 * SCREEN


@pytest.mark.parametrize("slug", FOUND.phases)
def test_key_patterns_are_cards_and_the_others_a_line_a_category(open_page, slug):
    page = open_page(f"phases/{slug}/", width=390)
    key = [FOUND.patterns[one].name for one in FOUND.phases[slug].key_patterns]
    assert page.locator(".wh-cards .wh-card__name").all_inner_texts() == key
    others = [p for p in FOUND.in_phase(slug) if p.name not in key]
    lines = page.locator(".wh-more details")
    assert lines.count() == len({p.category for p in others})
    hrefs = page.locator(".wh-more a").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
    assert sorted(hrefs) == sorted(f"../../patterns/{p.slug}/" for p in others)
    assert all(box["height"] < 60 for box in (lines.nth(i).bounding_box() for i in range(lines.count())))


# --- tables -------------------------------------------------------------------------------------


def test_a_table_of_short_cells_stays_one_on_the_phone_with_its_first_column(open_page):
    page = open_page("phases/", width=390)
    region = page.get_by_role("region", name=re.compile("^Table: Phase, 35 min"))
    head = region.get_by_role("rowheader", name="Deep dive")
    before = head.bounding_box()
    row = region.locator("tr", has=page.get_by_role("rowheader", name="Deep dive"))
    assert before["y"] == row.locator("td").first.bounding_box()["y"]
    region.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('.wh-scroll:not(.wh-stack)').scrollLeft > 0")
    assert head.bounding_box()["x"] == before["x"]
    assert "gradient" in region.evaluate("(e) => getComputedStyle(e).backgroundImage")  # the sign that it scrolls


def test_a_long_table_folds_to_its_first_cells_and_opens_by_keyboard(open_page, violations):
    page = open_page("patterns/consistent-hashing/", width=390)
    row = page.locator("tr", has=page.locator("#fails-2"))
    rest = row.locator("td").first
    expect(rest).to_be_hidden()
    opener = row.get_by_role("button")
    opener.focus()
    page.keyboard.press("Enter")
    expect(rest).to_be_visible()
    expect(opener).to_have_attribute("aria-expanded", "true")
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(rest).to_be_hidden()
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(rest).to_be_visible()
    expect(opener).to_be_hidden()


def test_a_row_that_an_address_names_stands_open(open_page):
    page = open_page("patterns/consistent-hashing/#fails-2", width=390)
    expect(page.locator("tr", has=page.locator("#fails-2")).locator("td").first).to_be_visible()
    expect(page.locator("tr", has=page.locator("#fails-1")).locator("td").first).to_be_hidden()


def test_no_table_is_folded_where_nothing_could_open_it(open_page):
    page = open_page("patterns/consistent-hashing/", width=390, scripts=False)
    expect(page.locator("tr", has=page.locator("#fails-1")).locator("td").first).to_be_visible()
    page = open_page("", width=390)
    page.context.route("**/chunk-fold.*.js", lambda route: route.abort())
    page.goto(page.url + "patterns/consistent-hashing/")
    expect(page.locator("tr", has=page.locator("#fails-1")).locator("td").first).to_be_visible()
    open_page.wrong[:] = [w for w in open_page.wrong if "ERR_FAILED" not in w and "Failed to fetch" not in w]


def test_rows_of_tables_have_heads(pages):
    for path in pages:
        text = path.read_text("utf-8")
        for body in re.findall(r"<tbody>(.*?)</tbody>", text, re.S):
            for row in re.findall(r"<tr\b[^>]*>(.*?)</tr>", body, re.S):
                first = row.lstrip()
                assert first.startswith(('<th scope="row"', "<td></td>")), (path, row[:80])


# --- the reader's hour --------------------------------------------------------------------------


def slot(page):
    parts = page.locator(".wh-bar:visible").first.locator(".wh-bar__minutes")
    return [int(re.match(r"\d+", text)[0]) for text in parts.all_inner_texts()]


def planned(minutes):
    one = next(s for s in FOUND.interview.slots if s.minutes == minutes)
    return [*(one.plan[p.slug] for p in FOUND.phases.values() if p.timed), one.reserve]


def test_the_slot_is_asked_once_and_every_page_follows(open_page):
    page = open_page("phases/deep-dive/")
    assert slot(page) == planned(45)
    page.get_by_role("radio", name="60").check(force=True)
    assert slot(page) == planned(60)
    expect(page.locator(".wh-goal")).to_contain_text(f"{planned(60)[2]} of 60 minutes", use_inner_text=True)
    widths = page.evaluate(
        "[...document.querySelectorAll('.wh-bar__part')].map((p) => p.getBoundingClientRect().width)"
    )
    for wide, minutes in zip(widths, planned(60), strict=True):
        assert abs(wide / sum(widths) - minutes / 60) < 0.01
    page.goto(page.url.replace("deep-dive/", ""))
    assert slot(page) == planned(60)
    expect(page.get_by_role("row", name=re.compile("^Wrap-up 0:50 to 0:55 5 "))).to_be_visible()
    marked = page.locator(".wh-of-60").first
    assert marked.evaluate("(e) => getComputedStyle(e).textDecorationLine") == "underline"
    page.goto(page.url.replace("phases/", "cheat-sheets/deep-dive/"))
    expect(page.locator(".wh-sheet__clock:visible")).to_contain_text("of 60")
    page.get_by_role("radio", name="35").check()  # and from a sheet back to all pages
    page.goto(page.url.replace("cheat-sheets/deep-dive/", ""))
    assert slot(page) == planned(35)
    expect(page.get_by_role("radio", name="35")).to_be_checked()
    assert page.evaluate("localStorage.getItem('wh-slot')") == "35"


def test_another_tab_follows_the_slot(open_page):
    one = open_page("phases/")
    two = open_page("phases/wrap-up/", context=one.context)
    one.get_by_role("radio", name="90").check(force=True)
    expect(two.get_by_role("radio", name="90")).to_be_checked()
    assert slot(two) == planned(90)


@pytest.mark.parametrize("kept", ["50", "<b>", "", "x" * 200])
def test_a_slot_that_is_none_counts_as_no_choice(open_page, kept):
    page = with_kept(open_page, "phases/deep-dive/", {"wh-slot": kept, "wh-level": kept})
    assert slot(page) == planned(45)
    expect(page.get_by_role("radio", name="45")).to_be_checked()


def test_a_sheet_that_lacks_the_slot_shows_what_it_has(open_page):
    page = with_kept(open_page, "cheat-sheets/problems/news-feed/", {"wh-slot": "90"})
    expect(page.locator(".wh-sheet__timing:visible")).to_have_count(1)


def test_without_scripts_or_storage_the_hour_has_45_minutes(open_page):
    page = open_page("phases/deep-dive/", scripts=False)
    assert slot(page) == planned(45)
    expect(page.locator(".wh-yours")).to_be_hidden()
    page = open_page("")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    page.goto(page.url + "phases/deep-dive/")
    page.get_by_role("radio", name="90").check(force=True)
    assert slot(page) == planned(90)  # for as long as the page stands


def test_the_level_is_marked_wherever_depth_is_told(open_page):
    page = open_page("phases/")
    page.get_by_role("radio", name="Senior").check(force=True)
    home = page.url.removesuffix("phases/")
    for path in ("patterns/saga/", "problems/news-feed/"):
        page.goto(home + path)
        expect(page.locator("main .wh-own")).to_have_count(1)
        expect(page.locator("main .wh-own")).to_contain_text("Senior")
    page.goto(home + "patterns/")
    expect(page.get_by_role("heading", name="Caching")).to_be_visible()  # the level alone asks for no results
    page.locator("#find").fill("saga")
    expect(page.locator(".wh-found li").first).to_contain_text(FOUND.patterns["saga"].depth.senior)
    page.get_by_text("Filter, order, view").click()
    page.get_by_label("Show what is expected of").select_option("staff")
    assert page.evaluate("localStorage.getItem('wh-level')") == "staff"


@pytest.mark.parametrize("minutes", [35, 45, 60, 90])
@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
def test_the_bar_names_its_parts_at_every_width(open_page, width, minutes):
    page = with_kept(open_page, "phases/deep-dive/", {"wh-slot": str(minutes)}, width=width)
    boxes = page.locator(".wh-bar__part:not(.wh-bar__part--reserve) .wh-bar__name").evaluate_all(
        "(all) => all.map((e) => { const r = document.createRange(); r.selectNodeContents(e);"
        " const b = r.getBoundingClientRect(); return [b.left, b.right, b.height] })"
    )
    assert len(boxes) == 4 and all(height > 10 for _, _, height in boxes)
    assert all(one[1] <= other[0] for one, other in zip(boxes, boxes[1:], strict=False)), boxes
    assert boxes[-1][1] <= width


def test_nothing_moves_where_choices_are_kept(open_page):
    page = open_page("", width=390)
    page.add_init_script(
        "window.moved = 0;"
        "new PerformanceObserver((all) => all.getEntries().forEach((one) => (window.moved += one.value)))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    read = dict.fromkeys(FOUND.patterns, "read")
    page.evaluate(KEPT, {"wh-slot": "90", "wh-level": "staff", "wh-read": json.dumps(read)})
    home = page.url
    for path in ("phases/deep-dive/", "patterns/", "patterns/saga/", "phases/"):
        page.goto(home + path)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(200)
        assert page.evaluate("window.moved") < 0.005, path


# --- catalogue and comparison -------------------------------------------------------------------


def test_the_table_is_one_and_says_use_and_failure(open_page):
    page = open_page("patterns/?category=caching&view=table")
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(
        ["Pattern", "Category", "Use it when", "Fails by", "Compare"]
    )
    one = FOUND.patterns["cache-aside"]
    row = table.get_by_role("row", name=re.compile(f"^{one.name} Caching"))
    expect(row).to_contain_text(one.use_when[0])
    expect(row).to_contain_text(one.failure_modes[0].symptom)
    row.get_by_role("checkbox").check()
    table.get_by_role("checkbox", name="Compare Read-through").check()
    expect(page.get_by_role("link", name="Compare 2 side by side")).to_be_visible()


def test_on_the_phone_results_come_before_options(open_page):
    page = open_page("patterns/?q=charged+twice&category=resilience", width=390)
    first = page.locator(".wh-found li").first
    expect(first).to_be_visible()
    assert first.bounding_box()["y"] < SCREEN
    expect(page.locator(".wh-finder fieldset").first).to_be_hidden()
    expect(page.locator(".wh-finder summary")).to_have_text("Filter, order, view: Resilience")


def fill_saga(page):
    page.locator("#find").fill("saga")


def check_caching(page):
    page.get_by_text("Filter, order, view").click()
    page.get_by_role("checkbox", name=re.compile("^Caching")).check()


def choose_two(page):
    page.get_by_role("combobox", name="First").select_option(label="Saga")


def type_quorum(page):
    page.locator("#letters-filter").fill("quorum")


def mark_read(page):
    page.get_by_role("button", name="Read", exact=True).first.click()


def order_by_minutes(page):
    page.get_by_role("radio", name="Minutes").check()


@pytest.mark.parametrize(
    ("path", "chunk", "act", "seen", "text"),
    [
        ("patterns/", "finder-mount", fill_saga, ".wh-found li:first-child", "Saga"),
        ("patterns/", "finder-mount", check_caching, ".wh-finder__status", "13 of"),
        ("patterns/compare/?p=lru,lfu", "finder-compare", choose_two, ".wh-compare thead", "Saga"),
        ("glossary/", "glossary", type_quorum, ".wh-letters [role=status]", " of "),
        ("patterns/lru/", "been-mount", mark_read, ".wh-been [aria-pressed=true] >> nth=0", "Read"),
        ("problems/", "problems-order", order_by_minutes, "[data-on] > section:not([hidden]) h2", "inutes"),
    ],
)
def test_what_a_quick_reader_does_before_the_script_is_there_is_done(open_page, path, chunk, act, seen, text):
    page = open_page("")
    waiting = []
    page.route(f"**/chunk-{chunk}.*.js", lambda route: waiting.append(route))
    page.goto(page.url + path, wait_until="domcontentloaded")
    page.locator("html[data-on]").wait_for()
    act(page)
    assert waiting, "the script was not held back"
    for route in waiting:
        route.continue_()
    expect(page.locator(seen)).to_contain_text(text)


def test_contents_lead_somewhere_while_results_show(open_page):
    page = open_page("patterns/?q=saga")
    expect(page.locator(".wh-found li").first).to_be_visible()
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Resilience").click()
    heading = page.get_by_role("heading", name="Resilience")
    expect(heading).to_be_in_viewport()
    expect(page.locator(".wh-found li")).to_have_count(0)
    assert page.url.endswith("patterns/#resilience")


def test_a_facet_that_nearly_all_have_is_not_offered(open_page):
    page = open_page("patterns/")
    page.get_by_text("Filter, order, view").click()
    counts = page.locator("fieldset .wh-count").all_inner_texts()
    assert counts and all(int(n) <= 0.75 * len(FOUND.patterns) for n in counts[:-3])
    expect(page.get_by_role("checkbox", name=re.compile("^Deep dive"))).to_have_count(0)


def test_patterns_to_compare_are_picked_on_the_page_itself(open_page, violations):
    page = open_page("patterns/compare/", width=390)
    page.get_by_role("combobox", name="First").select_option(label="Saga")
    page.get_by_role("combobox", name="Second").select_option(label="Two-phase commit")
    expect(page.get_by_role("table").get_by_role("columnheader")).to_have_count(2)
    assert page.url.endswith("?p=saga,two-phase-commit")
    assert violations(page) == []
    page.get_by_role("combobox", name="Third").select_option(label="Transactional outbox")
    expect(page.get_by_role("table").get_by_role("columnheader")).to_have_count(3)
    page.go_back()
    expect(page.get_by_role("table").get_by_role("columnheader")).to_have_count(2)
    expect(page.get_by_role("combobox", name="Third")).to_have_value("")


def test_pairs_stand_ready(open_page):
    page = open_page("patterns/compare/")
    pairs = page.locator(".wh-pairs a")
    assert pairs.count() >= 6
    pairs.first.click()
    expect(page.get_by_role("table").get_by_role("columnheader")).to_have_count(2)
    expect(pairs.first).to_be_hidden()  # the table has their place


# --- where the reader has been ------------------------------------------------------------------


def test_a_pattern_is_marked_and_lists_show_it(open_page, violations):
    page = open_page("patterns/fan-out/")
    home = page.url.removesuffix("patterns/fan-out/")
    page.get_by_role("group", name="Your reading").first.get_by_role("button", name="Read", exact=True).click()
    for group in (0, 1):  # at the head, and at the end
        read = page.get_by_role("group", name="Your reading").nth(group).get_by_role("button", name="Read", exact=True)
        expect(read).to_have_attribute("aria-pressed", "true")
    page.goto(home + "patterns/cache-aside/")
    page.get_by_role("button", name="To read").first.click()
    expect(page.get_by_role("button", name="To read").first).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("JSON.parse(localStorage.getItem('wh-read'))") == {"fan-out": "read", "cache-aside": "to-read"}
    for path, list_ in (
        ("patterns/", ".wh-index"),
        ("phases/scope/", ".wh-cards"),
        ("patterns/?q=fan-out", ".wh-found"),
    ):
        page.goto(home + path)
        expect(page.locator(f"{list_} a[href$='fan-out/']")).to_have_text("Fan-out, read")
        assert violations(page) == []
    page.goto(home + "patterns/?been=to-read")
    expect(page.locator(".wh-found li")).to_have_count(1)
    expect(page.locator(".wh-found a").first).to_have_text("Cache-aside, to read")
    page.goto(home + "patterns/fan-out/")
    page.get_by_role("button", name="Read", exact=True).first.click()  # pressed again, it is taken back
    expect(page.get_by_role("button", name="Read", exact=True).first).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("JSON.parse(localStorage.getItem('wh-read'))") == {"cache-aside": "to-read"}


def test_two_tabs_lose_no_mark_of_each_other(open_page):
    one = open_page("patterns/saga/")
    two = open_page("patterns/lru/", context=one.context)
    for tab in (one, two):
        read = tab.get_by_role("button", name="Read", exact=True).first
        read.click()
        expect(read).to_have_attribute("aria-pressed", "true")
    assert one.evaluate("localStorage.getItem('wh-read')") == '{"lru":"read","saga":"read"}'
    two.evaluate("localStorage.clear()")
    expect(one.get_by_role("button", name="Read", exact=True).first).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("damage", ["{not json", "[1, 2]", '{"lru": 1}', "null"])
def test_damaged_marks_are_set_aside_and_said_once(open_page, damage):
    page = with_kept(open_page, "patterns/lru/", {"wh-read": damage})
    expect(page.locator(".wh-notice")).to_contain_text("set aside")
    assert page.evaluate("localStorage.getItem('wh-read-set-aside')") == damage
    page.get_by_role("button", name="Read", exact=True).first.click()
    expect(page.get_by_role("button", name="Read", exact=True).first).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.get_by_role("button", name="Read", exact=True).first).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".wh-notice")).to_have_count(0)


def test_a_mark_that_a_later_version_writes_is_kept(open_page):
    page = with_kept(open_page, "patterns/lru/", {"wh-read": '{"saga":"shaky"}'})
    read = page.get_by_role("button", name="Read", exact=True).first
    read.click()
    expect(read).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("localStorage.getItem('wh-read')") == '{"lru":"read","saga":"shaky"}'


def test_without_storage_a_mark_holds_for_the_page_and_it_says_so(open_page):
    page = open_page("")
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    page.goto(page.url + "patterns/lru/")
    page.get_by_role("button", name="Read", exact=True).first.click()
    expect(page.locator(".wh-notice")).to_contain_text("does not keep what you mark")
    expect(page.get_by_role("button", name="Read", exact=True).first).to_have_attribute("aria-pressed", "true")


def test_without_scripts_nothing_is_offered_to_be_marked(open_page):
    page = open_page("patterns/lru/", scripts=False)
    expect(page.locator(".wh-been").first).to_be_hidden()
    expect(page.get_by_text("Mark it as")).to_be_hidden()


def test_visited_links_look_visited(chromium, address, tmp_path):
    options = {"executable_path": installed(), "args": FLAGS, "viewport": {"width": 1440, "height": 900}}
    context = chromium.browser_type.launch_persistent_context(tmp_path, **options)  # others keep no history
    try:
        page = context.new_page()
        for path, list_ in (
            ("patterns/", ".wh-index"),
            ("phases/deep-dive/", ".wh-cards"),
            ("practice/", "main p, main li"),
        ):
            page.goto(address + path)
            link = page.locator(list_).locator("a[href$='/']:not([href^='http'])").last
            link.scroll_into_view_if_needed()
            before = link.screenshot()
            link.click()
            page.go_back()
            link.scroll_into_view_if_needed()
            page.mouse.move(0, 0)
            assert link.screenshot() != before, path
    finally:
        context.close()


# --- lists by letter ----------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "entries"), [("glossary/", "dt"), ("patterns/a-z/", ".wh-az li")])
def test_lists_fold_by_letter_and_filter(open_page, path, entries, violations):
    page = open_page(path, width=390)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollHeight") < 4 * SCREEN
    page.locator("#letters-filter").fill("tail lat" if path == "glossary/" else "two-phase")
    shown = page.locator(f"{entries}:visible")
    expect(shown.first).to_be_visible()
    total = page.locator(entries).count()
    expect(page.locator(".wh-letters [role=status]")).to_have_text(f"{shown.count()} of {total}")
    assert shown.count() < 12 and violations(page) == []
    page.locator("#letters-filter").fill("")
    expect(shown).to_have_count(0)


def test_an_address_opens_its_letter_and_marks_its_term(open_page):
    page = open_page("glossary/#tail-latency", width=390)
    term = page.locator("#tail-latency")
    expect(term).to_be_in_viewport()
    assert term.evaluate("(e) => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator(".wh-letters__row").get_by_role("link", name="C", exact=True).click()
    expect(page.locator("#c")).to_have_attribute("open", "")
    page = open_page("glossary/#tail-latency")
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = false))")
    page.evaluate("location.hash = '#tcc'")  # where a browser does not open it by itself
    until(page, "document.querySelector('#t').open")


def test_without_scripts_every_letter_stands_open(open_page):
    page = open_page("glossary/", scripts=False)
    expect(page.locator("#letters-filter")).to_be_hidden()
    expect(page.locator("dt").last).to_be_visible()


def test_copy_hides_no_line_of_code_where_there_is_no_pointer(open_page):
    page = open_page("patterns/lru/", width=390, has_touch=True, is_mobile=True)
    button = page.locator("pre:visible .wh-copy").first
    expect(button).to_be_visible()
    line = page.locator("pre:visible code").first.evaluate(
        "(code) => { const r = document.createRange(); r.selectNodeContents(code); return r.getClientRects()[0].top }"
    )
    box = button.bounding_box()
    assert box["y"] + box["height"] <= line + 4
