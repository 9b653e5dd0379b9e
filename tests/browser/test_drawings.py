"""Computed figures in the real browser: one drawing at a time, whose words are large enough and do not meet."""

import re

import pytest

from macros.facts.finding import ROOT
from macros.runs import drawings

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


def test_each_stage_of_a_problems_board_fits_a_screen(open_page, catalogue):
    page = open_page("problems/", width=1440)
    root, found = page.url.removesuffix("problems/"), {}
    for slug in catalogue.problems:
        page.goto(f"{root}problems/{slug}/")
        for name, tall in page.evaluate(STAGES):
            found[name] = tall
    assert {name: tall for name, tall in found.items() if tall > 600} == {}
    assert sorted(found) == sorted(f"{s}-{stage}" for s in catalogue.problems for stage in ("first", "breaks", "board"))


#: for each stage of a board: its name and height
STAGES = """() => [...document.querySelectorAll('.wh-figure__svg, .wh-figure__both')]
  .map((one) => [(one.getAttribute('aria-labelledby') ?? '').split(' ')[0].replace(/^figure-|-t$/g, ''),
    (one.matches('svg') ? one : one.querySelector('.wh-figure__svg')).getBoundingClientRect().height])
  .filter(([name]) => /-(first|breaks|board)$/.test(name))"""
LABELS = """() => [...document.querySelectorAll('.wh-figure :is(.wh-figure__svg, .wh-figure__narrow)')]
  .filter((svg) => getComputedStyle(svg).display !== 'none').map((svg) => {
    const box = svg.getBoundingClientRect(), scale = box.width / svg.viewBox.baseVal.width;
    return { least: Math.min(...[...svg.querySelectorAll('text')].map((one) => scale * one.getAttribute('font-size'))),
      narrow: svg.classList.contains('wh-figure__narrow'), scrolls: Boolean(svg.closest('.wh-figure__scroll')),
      inside: box.left >= 0 && box.right <= innerWidth };
  })"""


@pytest.mark.parametrize(
    ("slug", "narrow", "scrolls"),
    [
        ("replication", True, False),  # a sequence of four
        ("change-data-capture", True, False),  # a flowchart, folded
        ("bulkhead", False, True),  # one that cannot be
        ("raft-leader-election", False, True),  # states
        ("denormalization", False, False),  # fits as it is
        ("request-lifecycle", False, True),  # a tall column
        ("strangler-fig", False, False),
    ],
)
def test_no_label_of_a_text_diagram_is_too_small_on_a_phone(open_page, slug, narrow, scrolls):
    page = open_page(f"patterns/{slug}/", width=390)
    one = page.evaluate(LABELS)[0]
    assert one["least"] >= 11 and (one["narrow"], one["scrolls"]) == (narrow, scrolls)
    assert one["inside"] or scrolls
    if narrow:
        assert page.get_by_role("img", name=page.locator("figcaption").first.inner_text()).count() == 1
