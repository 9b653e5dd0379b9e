"""What holds on a page of every type at every size, with more space between letters, and at 400 % zoom."""

import pytest

from macros.facts.finding import ROOT
from tests.kinds import KINDS

FAULTS = (ROOT / "tests" / "browser" / "sizes.js").read_text("utf-8")
UPRIGHT = {320: 900, 360: 800, 390: 844, 744: 1133, 768: 1024, 820: 1180}  # phones and tablets; width to height
LYING = {844: 390, 1024: 768, 1280: 800, 1440: 900, 1920: 1080, 2560: 1440}
SIZES = [*UPRIGHT.items(), *LYING.items(), (320, 256)]  # the last: 1280 by 1024 at 400 %
SPACED = [(320, 256), (390, 844), (768, 1024), (1024, 768), (1280, 800), (1920, 1080)]
SPACE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""  # WCAG 1.4.12


def faults(page, sizes):
    found = []
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(50)
        found += [f"{width}x{height}: {one}" for one in page.evaluate(FAULTS.partition("\n")[2])]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_sticks_out_is_cut_or_lies_on_other_words(open_page, kind):
    page = open_page(KINDS[kind])
    page.wait_for_load_state("networkidle")
    assert faults(page, SIZES) == []
    page.evaluate(SPACE)
    assert faults(page, SPACED) == []


def test_each_fault_is_noticed(open_page):
    page = open_page("practice/")
    assert faults(page, [(390, 844)]) == []
    for style, says in (
        ("main h1 { width: 500px }", "sticks out to 5"),
        ("main h1 { width: 3rem; overflow: hidden; white-space: nowrap }", "cut: h1"),
        ("main h2 { margin: 0; padding: 0; height: 0; border: 0 }", "overlap: h2"),
        ("main h1 { margin-left: -4rem }", "left of the screen: h1"),
    ):
        page.evaluate(
            "(css) => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }", style
        )
        assert any(says in one for one in faults(page, [(390, 844)])), style


def test_what_is_found_stays_on_the_screen_at_every_width(open_page):
    panel = """() => { const one = [...document.querySelectorAll('.wh-results')].find((e) => e.checkVisibility());
        const { left, right, bottom } = one.getBoundingClientRect();
        return left >= 0 && right <= innerWidth && bottom <= innerHeight; }"""
    for path, field in (("glossary/", "#query"), ("", "#home-query"), ("no/such/page", "#missing-query")):
        page = open_page(path)
        page.locator(field).fill("circuit breaker")
        page.get_by_role("option").first.wait_for()
        edges = [w + d for w in (544, 864, 1088, 1104, 1152, 1216, 1280) for d in (-1, 0, 1)]
        wrong = []
        for width in sorted({*range(320, 1921, 20), *edges}):
            page.set_viewport_size({"width": width, "height": 1600})
            if not page.evaluate(panel) or page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append(width)
        assert wrong == [], path


@pytest.mark.parametrize(("width", "height"), [(320, 256), (844, 390)])
def test_every_entry_of_the_menu_can_be_reached_where_there_is_little_height(open_page, width, height):
    page = open_page("patterns/lru/")
    page.set_viewport_size({"width": width, "height": height})
    page.locator(".wh-menu summary").click()
    links = page.locator(".wh-menu nav a")
    assert links.count() == page.locator(".wh-nav a").count() + 1  # Contributing
    for i in range(links.count()):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "(() => { const r = document.activeElement.getBoundingClientRect(); return [r.top, r.bottom] })()"
        )
        assert links.nth(i).evaluate("(e) => e === document.activeElement")
        assert box[0] >= 0 and box[1] <= height + 1, (i, box)
    page.keyboard.press("Escape")
    page.evaluate("scrollTo(0, 900)")
    top = page.locator(".wh-header").bounding_box()
    assert top["y"] + top["height"] <= 0  # what little there is belongs to the text
