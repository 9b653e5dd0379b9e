"""Search overlay, finder and comparison, by keyboard, by address, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from macros.facts import catalogue as facts
from tests.conftest import until


def test_results_are_grouped_and_say_why(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("breaker")
    expect(page.get_by_role("group", name="Patterns")).to_be_visible()
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Circuit breaker")
    expect(first).to_contain_text("Also called: breaker")
    expect(page.locator(".wh-header [role=status]")).to_have_text(re.compile(r"^\d+ results?$"))


def test_a_typo_is_answered_and_named(open_page):
    page = open_page()
    page.keyboard.press("Control+k")
    page.keyboard.type("circut braker")
    expect(page.get_by_role("option").first).to_contain_text("Circuit breaker")
    expect(page.locator(".wh-header [role=status]")).to_contain_text("Did you mean: circuit breaker")


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ("rubric", "interviewers/#the-rubric"),
        ("scorecard", "interviewers/#the-rubric"),
        ("red flags", "interviewers/#the-rubric"),
        ("hints", "interviewers/#questions-by-problem-and-level"),
        ("interviewer", "interviewers/"),
        ("calibration", "interviewers/calibration/"),
        ("mock interview", "practice/rehearse/"),
        ("practice problems", "problems/"),
        ("flashcards", "practice/ask/"),
        ("study plan", "practice/plan/"),
    ],
)
def test_a_page_without_a_record_is_found_by_what_it_is_called(open_page, asked, finds):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type(asked)
    expect(page.get_by_role("option").first).to_have_attribute("href", re.compile(f"{finds}$"))


def test_nothing_found_offers_the_nearest_and_a_way_to_propose(open_page):
    page = open_page()
    page.keyboard.press("s")
    page.keyboard.type("zzqxv")
    expect(page.get_by_role("link", name="Propose a pattern")).to_have_attribute(
        "href", re.compile("template=new-pattern.yml&name=zzqxv")
    )
    expect(page.get_by_role("group", name="Nearest names").get_by_role("option")).to_have_count(3)


def test_a_symptom_leads_to_its_row(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("customer is charged twice")
    first = page.get_by_role("option").filter(has_text="Symptom:").first
    if not first.is_visible():
        page.get_by_role("option", name=re.compile("^All")).click()
    expect(first).to_be_visible()
    first.click()
    page.wait_for_url(re.compile(r"#fails-\d+$"))
    row = page.locator(".wh-fails:target")
    expect(row).to_be_in_viewport()
    assert row.evaluate("(e) => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_enter_leads_to_the_failure_that_an_asked_line_tells_of(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("users logged out after deploy")
    expect(page.get_by_role("option").first).to_contain_text("Session cookie")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"patterns/session-cookie/#fails-\d+$"))
    expect(page.locator(":target")).to_contain_text("Everyone is logged out")
    expect(page.locator(":target")).to_be_in_viewport()


def test_few_results_first_and_all_behind_one_line(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("users get charged twice")
    rest = page.get_by_role("option", name=re.compile(r"^All \d+ results"))
    expect(rest).to_be_visible()
    assert page.locator(".wh-header [role=option]").count() <= 7  # five, a comparison, and the rest
    page.keyboard.press("ArrowUp")  # from the first to the last
    page.keyboard.press("Enter")
    expect(page.locator(".wh-header [role=option]").nth(7)).to_be_visible()
    expect(page.locator("#query")).to_be_focused()


def test_two_that_are_set_against_each_other_can_be_compared(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("sse vs websocket")
    link = page.get_by_role("option", name="Compare Server-sent events and WebSocket")
    expect(link).to_have_attribute("href", re.compile(r"patterns/compare/\?p=server-sent-events,websocket$"))


def test_a_problem_says_where_to_start(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("design whatsapp")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Chat")
    expect(first).to_have_attribute("href", re.compile("problems/chat/$"))
    expect(page.get_by_role("option").nth(1)).to_contain_text("WebSocket")
    page.locator("#query").fill("design airbnb")  # which has no page yet
    expect(page.get_by_role("option").first).to_contain_text("Also called: airbnb")


def test_all_results_come_by_mouse_as_well(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("users get charged twice")
    page.get_by_role("option", name=re.compile(r"^All \d+ results")).click()
    expect(page.locator(".wh-header [role=option]").nth(7)).to_be_visible()
    page.wait_for_timeout(300)
    expect(page.locator(".wh-header [role=option]").nth(7)).to_be_visible()


def test_a_row_that_stays_is_not_made_anew(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("circuit breake")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Circuit breaker")
    page.evaluate("document.querySelector('.wh-header [role=option]').closest('[role=group]').kept = true")
    page.keyboard.type("r")
    expect(page.locator(".wh-header [role=status]")).to_have_text(re.compile("result"))
    expect(first).to_have_attribute("aria-selected", "true")
    assert page.evaluate("document.querySelector('.wh-header [role=option]').closest('[role=group]').kept")


@pytest.mark.parametrize("query", ["raft?", "?", "你好"])
def test_signs_without_words_leave_no_old_results(open_page, query):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("saga")
    expect(page.get_by_role("option").first).to_contain_text("Saga")
    page.locator("#query").fill(query)
    if query == "raft?":
        expect(page.get_by_role("option").first).to_contain_text("Raft")
    else:
        expect(page.locator(".wh-header [role=status]")).to_contain_text("Nothing found")
        expect(page.get_by_role("option")).to_have_count(0)


def test_keys_of_an_input_method_are_left_to_it(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("saga")
    expect(page.get_by_role("option").first).to_be_visible()
    for key in ("Enter", "Escape", "ArrowDown"):
        page.locator("#query").dispatch_event("keydown", {"key": key, "isComposing": True, "bubbles": True})
    page.wait_for_timeout(300)
    assert page.url.endswith("/guide/")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")


def test_escape_closes_from_wherever_the_focus_is(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("zzqxv")
    page.get_by_role("link", name="Propose a pattern").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".wh-header .wh-results")).to_be_hidden()
    expect(page.locator("#query")).to_be_focused()
    assert page.evaluate("document.querySelector('.wh-header .wh-results').tabIndex") == -1


def test_single_keys_can_be_switched_off(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.get_by_role("checkbox", name="Single keys: / s f open the search").uncheck()
    page.reload()
    for key in "/sf":
        page.keyboard.press(key)
    expect(page.locator("#query")).not_to_be_focused()
    page.keyboard.press("Control+k")
    expect(page.locator("#query")).to_be_focused()


def test_what_found_nothing_is_kept_here_and_sent_by_hand(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("zzqxv")
    until(page, "localStorage.getItem('wh-searched-in-vain')?.includes('zzqxv')")
    page.locator("#query").fill("kjhgw")
    expect(page.get_by_role("link", name=re.compile("searches that found nothing"))).to_have_attribute(
        "href", re.compile(r"/issues/new\?title=.*zzqxv")
    )


def test_a_tab_older_than_the_site_says_so(open_page):
    page = open_page()
    page.route("**/search/index.*.json", lambda route: route.fulfill(status=404))
    page.keyboard.press("/")
    page.keyboard.type("saga")
    expect(page.locator(".wh-header [role=status]")).to_contain_text("older than the site")
    other = open_page()
    other.route("**/assets/chunk-search-mount.*.js", lambda route: route.fulfill(status=404))
    other.keyboard.press("/")
    expect(other.get_by_role("alert")).to_contain_text("older than the site")


def test_the_finder_finds_nothing_for_nonsense(open_page):
    page = open_page("patterns/?q=zzqxv")
    expect(page.locator(".wh-finder__status")).to_contain_text("0 of")


def test_the_finder_follows_where_history_is_rationed(open_page):
    page = open_page("patterns/")
    page.evaluate("() => { history.replaceState = () => { throw new DOMException('too many', 'SecurityError') } }")
    page.get_by_role("searchbox").last.fill("saga")
    expect(page.locator(".wh-found li a").first).to_contain_text("Saga")


def test_searches_are_remembered_here_and_symptoms_offered(open_page):
    page = open_page()
    page.keyboard.press("/")
    expect(page.get_by_role("group", name="Try a symptom")).to_be_visible()
    page.keyboard.type("thundering herd")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("patterns/"))
    page.keyboard.press("/")
    expect(page.get_by_role("group", name="Searched before")).to_contain_text("thundering herd")


def test_markup_in_a_query_is_text(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("<img src=x onerror=document.title='no'> saga")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.locator(".wh-results img").count() == 0 and page.title() != "no"


def test_marks_without_a_word_find_nothing_and_leave_no_old_result(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("saga")
    expect(page.get_by_role("option").first).to_be_visible()  # the engine is there
    page.locator("#query").fill("<")
    expect(page.locator(".wh-header [role=status]")).to_contain_text("Nothing found")
    expect(page.get_by_role("option")).to_have_count(0)


def test_a_damaged_memory_of_searches_costs_nothing(open_page):
    page = open_page()
    page.evaluate("localStorage.setItem('wh-searches', '{oops')")
    page.reload()
    page.keyboard.press("/")
    expect(page.get_by_role("group", name="Try a symptom")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["", "saga", "circut", "zzqxv"])
def test_overlay_has_no_violation(open_page, width, scheme, query, violations):
    page = open_page("glossary/", width=width, scheme=scheme)
    page.locator("#query").focus()
    page.keyboard.type(query)
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.querySelector('.wh-results').getBoundingClientRect().left") >= 0


def test_facets_narrow_count_and_live_in_the_address(open_page):
    page = open_page("patterns/")
    page.get_by_text("Filter, order, view").click()
    page.get_by_role("checkbox", name=re.compile("^Caching")).check()
    expect(page.locator(".wh-finder__status")).to_contain_text("13 of")
    page.get_by_role("checkbox", name=re.compile("^Search ")).check()  # alternatives within a facet
    expect(page.locator(".wh-finder__status")).to_contain_text("20 of")
    assert page.url.endswith("?category=caching,search") or "category=search,caching" in page.url
    page.go_back()
    expect(page.locator(".wh-finder__status")).to_contain_text("13 of")
    page.go_forward()
    expect(page.locator(".wh-finder__status")).to_contain_text("20 of")
    other = open_page(page.url.split("/guide/")[1])  # a new context: nothing but the address
    expect(other.locator(".wh-finder__status")).to_contain_text("20 of")
    other.get_by_text("Filter, order, view").click()
    assert other.get_by_role("checkbox", name=re.compile("^Caching")).is_checked()


def test_the_finder_ranks_by_relevance_or_name(open_page):
    page = open_page("patterns/?q=cache+stale+after+update")
    expect(page.locator(".wh-found li a").first).to_be_visible()
    best = page.locator(".wh-found li > a").first.text_content()
    page.get_by_text("Filter, order, view").click()
    page.get_by_label("Order").select_option("name")
    names = page.locator(".wh-found li > a").all_text_contents()
    assert names == sorted(names, key=str.lower) and best in names
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("heading", name="Caching")).to_be_visible()


def test_code_narrows_and_a_level_shows_its_depth(open_page):
    found, _ = facts.catalogue()
    running = [slug for slug in found.patterns if found.of_pattern(slug)]
    page = open_page("patterns/?code=yes&level=staff")
    expect(page.locator(".wh-finder__status")).to_contain_text(f"{len(running)} of")
    first = page.locator(".wh-found li").first
    expect(first).to_contain_text(found.patterns[first.get_attribute("data-slug")].depth.staff)
    page.get_by_text("Filter, order, view").click()
    page.get_by_label("Show what is expected of").select_option("mid")
    expect(page.locator(".wh-found li").first).to_contain_text(
        found.patterns[first.get_attribute("data-slug")].depth.mid
    )
    assert "level=mid" in page.url and "code=yes" in page.url


def test_patterns_are_compared_by_keyboard_and_by_address(open_page, violations):
    page = open_page("patterns/?q=transaction+across+services")
    for name in ("Saga", "Two-phase commit"):
        box = page.get_by_role("checkbox", name=f"Compare {name}", exact=True)
        box.focus()
        page.keyboard.press("Space")
    page.get_by_role("link", name="Compare 2 side by side").click()
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(2)
    for row in ("Use when", "Avoid when", "Trade-offs", "How it fails", "Numbers"):
        expect(table.get_by_role("rowheader", name=row)).to_be_visible()
    other = open_page("patterns/compare/?p=saga,two-phase-commit,no-such-pattern,jwt")
    expect(other.get_by_role("table")).to_be_visible()
    expect(other.locator("[data-compare] [role=status]")).to_contain_text("Not found: no-such-pattern")
    assert violations(other) == []


@pytest.mark.parametrize(
    "path",
    [
        "patterns/?category=caching&view=table",
        "patterns/a-z/",
        "patterns/symptoms/",
        "patterns/map/",
        "patterns/compare/?p=lru,lfu",
        "playbooks/",
        "playbooks/contention/",
    ],
)
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_for_finding_have_no_violation(open_page, path, width, scheme, violations):
    page = open_page(path, width=width, scheme=scheme)
    page.wait_for_load_state("networkidle")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_every_name_and_symptom_leads_somewhere(open_page):
    page = open_page("patterns/", scripts=False)
    assert not page.locator(".wh-finder").is_visible()
    page.get_by_role("link", name="from A to Z").first.click()
    found, _ = facts.catalogue()
    text = page.locator("main").inner_text()
    for slug, p in found.patterns.items():
        assert page.locator(f'main a[href="../{slug}/"]').count() > len(p.aliases), slug
        assert all(alias in text for alias in p.aliases), slug
    page = open_page("patterns/", scripts=False)
    page.get_by_role("link", name="by symptom").first.click()
    lines = page.locator(".wh-symptoms li").all_inner_texts()
    for p in found.patterns.values():
        (line,) = [one for one in lines if one.startswith(f"{p.name}: ")]
        assert all(symptom in line for symptom in p.searches), p.slug


def test_neighbors_are_drawn_and_listed(open_page):
    page = open_page("patterns/saga/")
    names = page.locator("svg.wh-kin a text").all_inner_texts()
    found, _ = facts.catalogue()
    assert len(names) == len(found.links("saga"))
    page.locator("svg.wh-kin a").first.click()
    expect(page).not_to_have_url(re.compile("saga/$"))
