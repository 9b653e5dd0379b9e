"""Computed figures in the real browser: one drawing at a time, whose words are large enough and do not meet."""

import re

import pytest

from macros.facts.finding import ROOT
from macros.runs import drawings
from tests.bench.figures import measured, paths

PAGES = {
    f"{path.parent.name}/{path.stem}/": re.findall(r'\{\{ drawing\("([^"]+)"\) \}\}', path.read_text("utf-8"))
    for path in sorted((ROOT / "docs").glob("*/*.md"))
    if "{{ drawing(" in path.read_text("utf-8")
}
PHASES = ["scope", "high-level-design", "deep-dive", "wrap-up", "launch"]  # each shows its board
#: for each figure: how many drawings are seen, their height and least type, and words that leave the drawing or meet
MEASURE = """() => [...document.querySelectorAll('.wh-drawing')].map((figure) => {
  const seen = [...figure.querySelectorAll('svg')].filter((one) => getComputedStyle(one).display !== 'none');
  const svg = seen[0], box = svg.getBoundingClientRect(), scale = box.width / svg.viewBox.baseVal.width;
  const words = [...svg.querySelectorAll('text')].map((one) => ({ text: one.textContent,
    at: one.getBoundingClientRect(), size: parseFloat(getComputedStyle(one).fontSize) * scale }));
  const out = words.filter(({ at: { left, right, bottom } }) =>
    left < box.left - 1 || right > box.right + 1 || bottom > box.bottom + 1);
  const meet = words.flatMap((a, n) => words.slice(n + 1).filter((b) =>
    Math.min(a.at.right, b.at.right) - Math.max(a.at.left, b.at.left) > 2
    && Math.min(a.at.bottom, b.at.bottom) - Math.max(a.at.top, b.at.top) > 5).map((b) => `${a.text} / ${b.text}`));
  return { name: figure.getAttribute('aria-labelledby').split(' ')[0].slice(8, -2), seen: seen.length, tall: box.height,
    least: Math.min(...words.map(({ size }) => size)), wide: svg.classList.contains('wh-dw'),
    wrong: [...out.map(({ text }) => text), ...meet] };
})"""


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_words_are_legible_and_figures_fit(open_page, width):
    page, found = open_page(next(iter(PAGES)), width=width), []
    root = page.url.removesuffix(next(iter(PAGES)))
    for slug in [*PAGES, *(f"phases/{slug}/" for slug in PHASES)]:
        page.goto(root + slug)
        found += page.evaluate(MEASURE)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), slug
    assert sorted(one["name"] for one in found) == sorted([*drawings.DRAWINGS, *(f"board-{slug}" for slug in PHASES)])
    assert [one for one in found if one["seen"] != 1 or one["wrong"]] == []
    assert [one for one in found if one["least"] < (11 if width > 320 else 10)] == []
    assert all(one["wide"] == (width > 600) for one in found)
    assert [one for one in found if width == 1440 and one["tall"] > 600] == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_a_figure_is_one_picture_to_those_who_do_not_see_it(open_page, violations, width, scheme):
    page = open_page("patterns/lru/", width=width, scheme=scheme)
    figure = page.get_by_role("img", name="An LRU list with room for 3")
    assert figure.count() == 1 and "b leaves for d" in figure.first.aria_snapshot()
    assert violations(page) == []


def test_on_paper_the_wide_drawing_stands(open_page):
    page = open_page("patterns/lru/", width=390)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 1000})
    assert page.evaluate(MEASURE)[0]["wide"]


#: why a figure does not keep to what all others do: it scrolls, is taller than a screen, or has smaller type
EXCEPTIONS: dict[str, str] = {}


def test_every_figure_fits_a_phone_and_a_screen_and_is_legible(chromium, address, site, catalogue):
    page = chromium.new_page(reduced_motion="reduce")
    found, wrong = measured(page, address, paths(site)), {}
    page.close()
    names = {name for _, name in found}
    boards = {f"{slug}-{stage}" for slug in catalogue.problems for stage in ("first", "breaks", "board")}
    assert names >= {*drawings.DRAWINGS, *boards, "bloom-error"} and "" not in names
    for (path, name), at in found.items():
        for width, one in at.items():
            most = SCREEN[width]
            if one["shown"] != 1 or one["out"] or one["scrolls"] > 0 or one["tall"] > most or one["least"] < 11:
                wrong[name] = f"{path} at {width}: {one}"
    assert {name: said for name, said in wrong.items() if name not in EXCEPTIONS} == {}
    assert set(EXCEPTIONS) <= set(wrong)  # who keeps to it now is no exception


#: px that a figure has on a phone of 390 and on a screen of 1440
SCREEN = {390: 844, 1440: 600}


@pytest.mark.parametrize("slug", ["replication", "change-data-capture", "bulkhead", "raft-leader-election"])
def test_a_text_diagram_is_one_picture_on_a_phone(open_page, violations, slug):
    page = open_page(f"patterns/{slug}/", width=390)
    assert page.get_by_role("img", name=page.locator("figcaption").first.inner_text()).count() == 1
    assert page.locator(".wh-figure").first.locator("svg").filter(visible=True).count() == 1
    assert violations(page) == []


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", ["phases/deep-dive/", "problems/payment/", "cheat-sheets/problems/payment/"])
def test_pages_with_boards_have_no_violation(open_page, violations, path, width):
    page = open_page(path, width=width, scheme="dark")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_board_stands_beside_what_is_asked(open_page):
    page = open_page("problems/news-feed/")
    board = page.locator(".wh-small").get_by_role("img", name="The whole feed in one drawing", include_hidden=True)
    prompt = page.locator(".wh-prompt")
    assert abs(board.bounding_box()["y"] - prompt.bounding_box()["y"]) < 40
    assert board.bounding_box()["x"] > prompt.bounding_box()["x"] + prompt.bounding_box()["width"]
    assert board.bounding_box()["height"] <= 600
    page.set_viewport_size({"width": 390, "height": 844})
    assert not board.is_visible()  # it stands below, and a link leads there
    page.get_by_role("link", name="The board you defend").first.click()
    assert page.url.endswith("#the-one-you-defend")
