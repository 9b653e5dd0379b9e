"""Where one is, what stands beside it, and what is marked."""

import re

import pytest
from playwright.sync_api import expect

EDGES = """() => {
  const main = document.querySelector('main');
  const all = [...main.children, ...document.querySelectorAll('main > .wh-head > *')];
  const none = '.wh-head, .wh-mark, .wh-checklist__tools, .wh-checklist *, button';
  const blocks = all.filter((e) => e.checkVisibility() && !e.matches(none));
  const edge = (e) => Math.round(e.getBoundingClientRect().right - main.getBoundingClientRect().left);
  return [...new Set(blocks.map(edge))] }"""


@pytest.mark.parametrize(
    "path", ["patterns/consistent-hashing/", "phases/deep-dive/", "playbooks/contention/", "practice/"]
)
def test_text_ends_at_one_edge_and_all_else_at_another(open_page, path):
    page = open_page(path)
    text, wide = sorted(page.evaluate(EDGES))
    assert text == 704 and wide == round(page.locator("main").bounding_box()["width"])


def test_the_pages_beside_a_page_from_1280_px_on(open_page):
    page = open_page("patterns/lru/", width=1280)
    near = page.get_by_role("navigation", name="Patterns: pages")
    expect(near.get_by_role("link", name="LRU eviction")).to_have_attribute("aria-current", "page")
    near.get_by_role("link", name="Stampede protection").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stampede protection")
    page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link", name="Caching").click()
    expect(page).to_have_url(re.compile("/patterns/#caching$"))
    page.set_viewport_size({"width": 1279, "height": 900})
    expect(near).to_be_hidden()
    for path, name, link in (
        ("phases/wrap-up/", "Phases", "Deep dive"),
        ("problems/chat/", "Problems", "News feed"),
        ("playbooks/contention/", "Playbooks", "Scaling reads"),
        ("cheat-sheets/problems/chat/", "Print", "News feed"),
    ):
        page = open_page(path)
        near = page.get_by_role("navigation", name=f"{name}: pages")
        expect(near.get_by_role("link", name=link, exact=True)).to_be_visible()
        expect(near.locator("[aria-current=page]")).to_have_count(1)


def test_one_s_own_line_is_in_sight_in_a_long_list(open_page):
    page = open_page("patterns/write-ahead-log/", width=1280)
    page.set_viewport_size({"width": 1280, "height": 600})
    page.reload()
    line, nav = page.locator(".wh-near [aria-current]").bounding_box(), page.locator(".wh-near").bounding_box()
    assert nav["y"] <= line["y"] and line["y"] + line["height"] <= nav["y"] + nav["height"]


def test_the_section_that_is_read_shows_its_own_headings(open_page):
    page = open_page("phases/deep-dive/")
    side = page.locator(".wh-toc--side")
    assert side.locator("ul ul:visible").count() == 0
    page.evaluate("document.querySelector('#put-numbers-on-it').scrollIntoView()")
    expect(side.get_by_role("link", name="Put numbers on it")).to_have_attribute("aria-current", "location")
    assert side.locator("ul ul:visible").count() == 1


def test_a_slim_bar_says_where_one_is_and_opens_the_contents(open_page):
    page = open_page("patterns/lru/", width=390)
    bar = page.locator(".wh-toc--phone")
    expect(bar.locator("summary")).to_have_text("On this page")
    page.evaluate("document.querySelector('#how-it-fails').scrollIntoView()")
    expect(bar.locator("summary")).to_have_text("LRU eviction How it fails")
    assert bar.bounding_box()["y"] < 60 and bar.bounding_box()["height"] < 50
    bar.locator("summary").click()
    bar.get_by_role("link", name="The problem").click()
    expect(bar.locator("ul").first).to_be_hidden()
    heading = page.get_by_role("heading", name="The problem").bounding_box()
    assert bar.bounding_box()["y"] + 44 <= heading["y"] < 400  # below the bar, not beneath it
    bar.locator("summary").click()
    page.keyboard.press("Escape")
    expect(bar.locator("ul").first).to_be_hidden()
    expect(bar.locator("summary")).to_be_focused()


def test_the_name_of_the_site_is_on_the_first_screen_of_a_phone(open_page):
    page = open_page("patterns/lru/", width=390)
    expect(page.get_by_role("link", name="Whiteboard Hour", exact=True)).to_be_in_viewport()


def test_contents_are_whole_without_scripts(open_page):
    page = open_page("phases/deep-dive/", width=390, scripts=False)
    page.locator(".wh-toc--phone summary").click()
    expect(page.locator(".wh-toc--phone").get_by_role("link", name="Put numbers on it")).to_be_visible()


def test_headings_are_named_by_their_words_and_their_links_are_no_stops(open_page):
    page = open_page("patterns/consistent-hashing/")
    expect(page.get_by_role("heading", name="How it works", exact=True)).to_have_count(1)
    assert page.locator("main .headerlink").count() >= 10
    assert page.evaluate(
        "[...document.querySelectorAll('.headerlink')].every((a) => a.tabIndex === -1 && a.ariaHidden)"
    )
    page.locator(".wh-skip").focus()
    page.keyboard.press("Enter")
    for _ in range(25):
        page.keyboard.press("Tab")
        assert not page.evaluate("document.activeElement.matches('.headerlink')")


def test_rows_have_names(open_page):
    page = open_page("patterns/consistent-hashing/")
    expect(page.get_by_role("rowheader", name="Availability")).to_have_count(1)
    assert page.evaluate(
        "[...document.querySelectorAll('main tbody tr')].every((row) => row.querySelector('th[scope=row]'))"
    )


def test_slash_opens_the_search_from_everywhere_but_a_field_of_text(open_page):
    page = open_page("patterns/")
    field = page.locator("#query")
    page.get_by_text("Filter, order, view").click()
    page.get_by_role("checkbox", name=re.compile("^Caching")).check()
    page.keyboard.press("/")
    expect(field).to_be_focused()
    view = page.locator(".wh-finder select[name=view]")
    view.focus()
    page.keyboard.press("s")
    expect(view).to_be_focused()  # chooses by its first letter
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.get_by_role("searchbox").last.fill("")
    page.keyboard.type("pub/sub")
    expect(page.get_by_role("searchbox").last).to_have_value("pub/sub")


def test_where_an_address_leads_is_there_at_once_and_marked(open_page):
    page = open_page("phases/deep-dive/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    line = "(e) => getComputedStyle(e).textDecorationLine + getComputedStyle(e).textDecorationColor"
    before = page.locator("#checklist").evaluate(line)
    page.evaluate("location.hash = '#checklist'")
    expect(page.locator("#checklist")).to_be_in_viewport()
    assert page.locator("#checklist").evaluate(line) != before
    page = open_page("glossary/#consumer-group")
    assert "underline" in page.locator("#consumer-group").evaluate(line)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colors_page_and_section_are_marked_and_the_others_not(open_page, scheme):
    page = open_page("patterns/lru/#how-it-works", scheme=scheme, forced_colors="active")
    look = "(e) => { const s = getComputedStyle(e); return s.backgroundColor + s.color + s.borderInlineStartColor }"
    for nav in (".wh-near", ".wh-toc--side", ".wh-nav"):
        now, *others = page.locator(f"{nav} [aria-current]").all() + page.locator(f"{nav} a:not([aria-current])").all()
        assert {now.evaluate(look)}.isdisjoint(one.evaluate(look) for one in others), nav
        assert len({one.evaluate(look).rpartition(")r")[0] for one in others}) == 1, nav


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colors_words_can_be_read_on_what_is_filled(open_page, scheme):
    ground = "(e) => { const s = getComputedStyle(e); return [s.color, s.backgroundColor, s.forcedColorAdjust] }"
    for path, name in (
        ("practice/ask/", "Start"),
        ("practice/defend/", "Start"),
        ("cheat-sheets/deep-dive/", "Print this sheet"),
    ):
        page = open_page(path, scheme=scheme, forced_colors="active")
        button = page.get_by_role("button", name=name).first
        expect(button).to_be_enabled()
        color, filled, adjust = button.evaluate(ground)
        body = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert color != filled and (filled == body or adjust == "none"), path
    page = open_page("phases/deep-dive/", width=390, scheme=scheme, forced_colors="active")
    for name in page.locator(".wh-bar:visible .wh-bar__name:visible").all():
        assert name.evaluate("(e) => getComputedStyle(e).color") != page.evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )


@pytest.mark.parametrize("width", [1024, 1104, 1280, 1344])
def test_the_header_is_one_line_at_every_width(open_page, width):
    page = open_page("glossary/", width=width)
    assert page.locator(".wh-header").bounding_box()["height"] < 70


@pytest.mark.parametrize("width", [390, 1440])
def test_a_piece_of_the_guide_runs_on_the_home_page_and_moves_nothing(open_page, chromium, address, width):
    context = chromium.new_context(viewport={"width": width, "height": 900}, reduced_motion="no-preference")
    page = open_page("", context=context)
    page.locator(".wh-piece").scroll_into_view_if_needed()
    page.evaluate("Promise.all([...document.fonts].map((face) => face.load())).then(() => undefined)")
    before = page.locator(".wh-piece").bounding_box()["height"]
    expect(page.locator(".wh-player__count")).to_have_text(re.compile("^[2-9] of 10$"))
    assert page.locator(".wh-piece").bounding_box()["height"] == before
    assert page.locator(".wh-player__said").text_content() == ""  # what runs by itself is not read aloud
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Next step").click()
    expect(page.locator(".wh-player__said")).to_contain_text("Step")
    context.close()
    still = open_page("", width=width)  # a reader who wants less motion
    still.locator(".wh-piece").scroll_into_view_if_needed()
    still.wait_for_timeout(2500)
    expect(still.locator(".wh-player__count")).to_have_text("1 of 10")


def test_the_home_page_counts_what_there_is(open_page, catalogue):
    page = open_page("")
    expect(page.locator(".wh-lead")).to_contain_text(f"{len(catalogue.patterns)} patterns")
    expect(page.locator(".wh-lead")).to_contain_text(f"{len(catalogue.problems)} problems")
    expect(page.locator("main")).not_to_contain_text("press")
    expect(page.locator("main .wh-keep")).to_be_visible()
    expect(page.locator("footer .wh-keep")).to_have_count(0)


def test_the_map_is_legible_and_a_name_lights_its_own_relations(open_page, catalogue, violations):
    page = open_page("patterns/map/")
    names = page.locator(".wh-map a text")
    assert names.count() == len(catalogue.patterns)
    least = "(all) => Math.min(...all.map((one) => one.getCTM().a ** 2 + one.getCTM().b ** 2)) ** .5"
    assert names.evaluate_all(least) * 11.5 >= 11
    lit = page.locator(".wh-map__own").filter(visible=True)
    assert lit.count() == 0
    page.locator(".wh-map").get_by_role("link", name="Transactional outbox").focus()
    assert lit.count() == 1
    assert lit.locator("use").count() == len(catalogue.links("transactional-outbox"))
    page.locator(".wh-map").get_by_role("link", name="Saga", exact=True).locator("text").hover()
    assert lit.count() == 2  # the one in focus, and the one that is pointed at
    assert violations(page) == []


def test_on_a_phone_the_map_is_arcs_by_category(open_page, catalogue, violations):
    page = open_page("patterns/map/", width=390)
    assert not page.locator(".wh-map").is_visible()
    category = next(one for one in catalogue.categories.values() if one.slug == "caching")
    part = page.locator(".wh-arcs details").filter(has_text=category.name)
    part.locator("summary").click()
    links = part.get_by_role("link").filter(visible=True)
    assert links.count() == len(catalogue.in_category("caching"))
    assert all(box["height"] >= 44 for box in [links.nth(i).bounding_box() for i in range(3)])
    assert page.evaluate("document.documentElement.scrollWidth") == 390 and violations(page) == []
    links.filter(has_text="Cache-aside").click()
    assert page.url.endswith("/patterns/cache-aside/")


PLACE = """(e) => {
  const words = document.createTreeWalker(e, NodeFilter.SHOW_TEXT, (one) => one.data.trim() ? 1 : 3).nextNode();
  const range = document.createRange();
  range.selectNodeContents(words);
  const { top, left } = range.getBoundingClientRect();
  return [left, top] }"""


def test_what_stands_side_by_side_is_in_line(open_page):
    page = open_page("patterns/saga/")
    for one, other in ((".wh-near p a", ".wh-toc--side p"), (".wh-near li a", ".wh-toc--side li a")):
        assert abs(page.locator(one).first.evaluate(PLACE)[1] - page.locator(other).first.evaluate(PLACE)[1]) <= 1.5
    page = open_page("")
    piece, door = page.locator(".wh-piece").bounding_box(), page.locator(".wh-door").last.bounding_box()
    assert abs(piece["x"] - door["x"]) <= 1 and abs(piece["width"] - door["width"]) <= 1
    page.locator(".wh-player__bar").wait_for()
    for width in (1089, 1150, 1215, 1217, 1250):  # its buttons have room in the least of these columns
        page.set_viewport_size({"width": width, "height": 900})
        bar = page.locator(".wh-player__bar")
        assert bar.evaluate("(e) => e.scrollWidth - e.clientWidth") <= 0, width
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page = open_page("patterns/saga/", width=390)  # rows of a table that fold, and answers that do
    row, answer = page.locator(".wh-fold tbody th").first, page.locator("#follow-ups ~ .wh-answer > summary").first
    assert abs(row.evaluate(PLACE)[0] - answer.evaluate(PLACE)[0]) <= 1


def test_icons_of_the_head_keep_their_size_where_styles_are_missing(open_page):
    page = open_page("no/such/page")
    page.evaluate("document.querySelectorAll('link[rel=stylesheet]').forEach((one) => one.remove())")
    assert all(
        box["width"] <= 32 for box in [i.bounding_box() for i in page.locator("header :is(svg, img)").all()] if box
    )
