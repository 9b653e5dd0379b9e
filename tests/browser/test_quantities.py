"""Numbers that live, in the real browser: an assumption is moved, and the page changes its mind."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

PAGE = "problems/news-feed/"


def opened(open_page, path=PAGE, **how):
    page = open_page(path, **how)
    page.get_by_role("button", name="Change the assumptions").click()
    expect(page.locator(".wh-vary")).to_be_visible()
    return page


def peak(page):
    return page.locator(".wh-five .wh-q").first


def test_nothing_of_it_is_loaded_before_the_press(open_page):
    page = open_page(PAGE)
    page.wait_for_load_state("networkidle")
    names = page.evaluate("performance.getEntriesByType('resource').map((e) => e.name)")
    assert not [n for n in names if "quantities-mount" in n or "quantities.json" in n]


def test_typing_moves_sentence_table_drawing_and_decision(open_page):
    page = opened(open_page)
    page.get_by_label("peak over mean, typed").fill("6")
    page.keyboard.press("Tab")
    expect(peak(page)).to_have_text("6,900 requests/s")
    sentence = page.locator("h3#what-breaks-first ~ p .wh-q[data-q='news-feed.gathered']").first
    expect(sentence).to_have_text("820,000")
    expect(page.locator("#how-peak_requests strong")).to_have_text("6,900 requests/s")
    expect(page.locator("svg tspan[data-q='news-feed.peak_requests']").first).to_have_text("6,900 requests/s")
    live = page.locator("strong[data-decision='live']")
    expect(live).to_have_text("polling, with the interval said")
    expect(page).to_have_url(re.compile(r"\?with=peak_factor:6$"))


def test_the_page_follows_where_history_is_rationed(open_page):
    page = opened(open_page)
    page.evaluate("() => { history.replaceState = () => { throw new DOMException('too many', 'SecurityError') } }")
    slider = page.get_by_role("slider", name="registered users")
    slider.evaluate("(s) => { s.value = 200; s.dispatchEvent(new Event('input', { bubbles: true })) }")
    expect(slider).to_have_attribute("aria-valuetext", "1 billion people")


def test_the_slider_follows_the_keyboard_and_says_what_it_is_worth(open_page):
    page = opened(open_page)
    slider = page.get_by_role("slider", name="registered users")
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    expect(slider).not_to_have_attribute("aria-valuetext", "10 million people")
    expect(peak(page)).not_to_have_text("3,500 requests/s")
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "1 million people")
    expect(peak(page)).to_have_text("350 requests/s")
    slider.evaluate("(s) => { s.value = 200; s.dispatchEvent(new Event('input', { bubbles: true })) }")
    expect(slider).to_have_attribute("aria-valuetext", "1 billion people")


def test_the_page_says_where_a_decision_flips(open_page):
    page = opened(open_page)
    row = page.locator(".wh-vary__decisions li", has_text="against 5 s")
    expect(row).to_contain_text(re.compile(r"It flips where .+ pass .+; you are at .+\."))


def test_the_bar_shows_what_moves_a_result_most(open_page):
    page = opened(open_page)
    page.get_by_label("Result").select_option("timelines_all")
    bars = page.locator(".wh-vary__bars li")
    expect(bars).to_have_count(3)
    expect(bars.first).to_contain_text("registered users")
    assert bars.first.locator("progress").evaluate("(p) => p.value") == 1


def test_a_variant_is_restored_from_its_address_and_reset_in_one_press(open_page):
    page = open_page(PAGE + "?with=peak_factor:6,hits:95")
    expect(peak(page)).to_have_text("6,900 requests/s")
    expect(page.locator("#how-hits .wh-q")).to_have_text("95%")
    expect(page.locator(".wh-vary__status")).to_contain_text("peak over mean 6 instead of 3")
    page.get_by_role("button", name="Back to the stated values").click()
    expect(peak(page)).to_have_text("3,500 requests/s")
    expect(page).to_have_url(re.compile(r"problems/news-feed/$"))


@pytest.mark.parametrize("with_", ["peak_factor:x", "nobody:3", "peak_factor:1e9", ":", "peak_factor:999"])
def test_a_damaged_address_gives_values_within_their_ranges(open_page, with_):
    page = open_page(f"{PAGE}?with={with_}")
    expect(page.locator(".wh-vary__status")).to_be_visible()
    expect(peak(page)).to_have_text("12,000 requests/s" if with_.endswith(":999") else "3,500 requests/s")


def test_paper_has_the_variant_and_says_so(open_page):
    page = open_page(PAGE + "?with=peak_factor:6")
    expect(peak(page)).to_have_text("6,900 requests/s")
    text = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(page.pdf())).pages)
    text = re.sub(r"\s+", " ", text)
    assert "6,900 requests/s" in text and "A variant: peak over mean 6 instead of 3" in text
    assert "Computed as" in text and "Back to the stated values" not in text


def test_without_scripts_the_page_is_whole(open_page):
    page = open_page(PAGE, scripts=False)
    expect(peak(page)).to_have_text("3,500 requests/s")
    expect(page.locator("strong[data-decision='large_authors']").first).to_contain_text("merged at the read")
    assert page.locator("[data-quantities] button").count() == 0
    link = peak(page).locator("xpath=ancestor-or-self::a")
    assert link.get_attribute("href").endswith("#how-peak_requests") and "×" in link.get_attribute("title")


@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(open_page, violations, width, scheme):
    page = opened(open_page, width=width, scheme=scheme)
    page.evaluate("document.querySelectorAll('main details').forEach((d) => (d.open = true))")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phase_leads_to_the_working(open_page):
    page = open_page("phases/scope/")
    page.locator("a.wh-q[data-q='news-feed.inserts']").first.click()
    expect(page).to_have_url(re.compile(r"problems/news-feed/#how-inserts$"))
    expect(page.locator("#how-inserts")).to_be_visible()
