"""Calibration in the browser: blind until all of an excerpt is scored, compared, and kept on the device."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from macros.facts.agreement import agreement
from macros.facts.rubric import HELD
from tests.browser.events import all_of

PAGE = "interviewers/calibration/"


def answer(page, slug: str, scores: dict[str, str]) -> None:
    """One answer a dimension; "none" where it is not shown."""
    for dimension, level in scores.items():
        page.locator(f'[name="{slug}-{dimension}"][value="{level}"]').check()


def reference(one, dimensions) -> dict[str, str]:
    return {d: one.reference[d].level if d in one.reference else "none" for d in dimensions}


@pytest.fixture
def dimensions(catalogue):
    return [one.slug for one in catalogue.rubric.dimensions]


@pytest.fixture
def opened(open_page):
    def go(**options):
        page = open_page(PAGE, **options)
        expect(page.locator("[data-part=none]")).to_be_visible()
        return page

    return go


def test_the_reference_stays_shut_until_all_six_are_scored(opened, catalogue, dimensions):
    page, one = opened(), catalogue.calibration.excerpts[0]
    box = page.locator(f"[data-excerpt={one.slug}]")
    compare, shut = box.get_by_role("button", name="Compare with the reference"), box.locator("[data-part=reference]")
    assert page.locator("[data-part=reference]:visible").count() == 0
    answer(page, one.slug, dict.fromkeys(dimensions[:5], "mid"))
    expect(compare).to_be_disabled()
    expect(box.get_by_role("status")).to_have_text("5 of 6 scored")
    answer(page, one.slug, {dimensions[5]: "mid"})
    compare.click()
    expect(shut).to_have_attribute("open", "")
    expect(shut.locator("summary")).to_be_focused()
    expect(shut).to_contain_text(one.reference["scope"].quote)
    expect(box.locator("[data-of=scope]")).to_contain_text("You: Mid-level")
    assert page.locator("[data-part=reference]:visible").count() == 1


def test_the_figure_is_that_of_the_build_and_stays_after_a_reload(opened, catalogue, dimensions):
    page, mine, theirs, things = opened(), {}, {}, []
    for n, one in enumerate(catalogue.calibration.excerpts):
        scores = reference(one, dimensions)
        if n % 3 == 0:
            scores["conversation"] = "staff"
        if n % 4 == 1:
            scores["scope"] = "none"
        answer(page, one.slug, scores)
        page.locator(f"[data-excerpt={one.slug}]").get_by_role("button", name="Compare").click()
        expect(page.locator(f"[data-excerpt={one.slug}][data-scored]")).to_have_count(1)
        things += [(one.slug, d) for d in dimensions]
        mine |= {(one.slug, d): HELD.index(level) for d, level in scores.items() if level != "none"}
        theirs |= {(one.slug, d): HELD.index(s.level) for d, s in one.reference.items()}
    got = agreement(mine, theirs, things)
    assert got.kappa < 1
    expect(page.locator("[data-part=kappa]")).to_have_text(f"{got.kappa:.2f}")
    said = f"both scored {got.both} dimensions, {got.equal} of them alike; on whether something was shown you agree in "
    expect(page.locator("[data-part=said]")).to_contain_text(f"{said}{got.shown} of {len(things)}.")
    page.reload()
    expect(page.locator("[data-part=kappa]")).to_have_text(f"{got.kappa:.2f}")
    assert len(page.evaluate(all_of())) == len(catalogue.calibration.excerpts)
    beside = page.context.new_page()
    beside.goto(page.url.replace(PAGE, "practice/kept/"))
    expect(beside.locator("[data-count=excerpts]")).to_have_text(str(len(catalogue.calibration.excerpts)))
    page.get_by_role("button", name="Score all anew").click()
    expect(page.locator("[data-part=none]")).to_be_visible()
    assert page.locator("[data-excerpt] input:checked").count() == 0
    assert page.locator("[data-part=reference]:visible").count() == 0


def test_what_is_far_apart_is_named_with_a_link(opened, catalogue, dimensions):
    page, one = opened(), catalogue.calibration.excerpts[0]
    answer(page, one.slug, reference(one, dimensions) | {"scope": "below"})
    page.locator(f"[data-excerpt={one.slug}]").get_by_role("button", name="Compare").click()
    far = page.locator("[data-part=far] li")
    expect(far).to_have_text(re.compile("^Excerpt 1: .*, scope: you below mid-level, the reference staff$"))
    expect(far.get_by_role("link")).to_have_attribute("href", f"#{one.slug}")


def test_keys_alone_are_enough(opened, catalogue, dimensions):
    page, one = opened(), catalogue.calibration.excerpts[0]
    page.locator(f'[name="{one.slug}-{dimensions[0]}"]').first.focus()
    for _ in dimensions:
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
    expect(page.locator(f"[data-excerpt={one.slug}]").get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f"[data-excerpt={one.slug}] summary")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_and_nothing_sticks_out(opened, violations, catalogue, dimensions, width, scheme):
    page, one = opened(width=width, scheme=scheme), catalogue.calibration.excerpts[1]
    page.get_by_text("The rubric's lines, to score by").click()
    answer(page, one.slug, dict.fromkeys(dimensions, "senior"))
    page.locator(f"[data-excerpt={one.slug}]").get_by_role("button", name="Compare").click()
    expect(page.locator("[data-part=result]")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_reference_is_folded_and_it_prints(open_page, catalogue):
    page, one = open_page(PAGE, scripts=False), catalogue.calibration.excerpts[2]
    assert page.locator("fieldset:visible").count() == 0
    box = page.locator(f"[data-excerpt={one.slug}]")
    expect(box.get_by_text(one.reference["numbers"].because)).to_be_hidden()
    box.get_by_text("The reference, with what decides").click()
    expect(box.get_by_text(one.reference["numbers"].because)).to_be_visible()
    text = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(page.pdf())).pages)
    assert one.turns[0].text in re.sub(r"\s+", " ", text)


def test_nothing_of_it_is_loaded_elsewhere(open_page):
    for path in ("interviewers/", "practice/"):
        page = open_page(path)
        page.wait_for_load_state("networkidle")
        names = page.evaluate("performance.getEntriesByType('resource').map((e) => e.name)")
        assert not [name for name in names if "calibrate" in name], path
