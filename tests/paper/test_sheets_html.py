"""The same sheets printed from the browser, and ordinary pages on paper."""

import base64
import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from macros.facts.finding import ROOT
from macros.pages import minutes as timetables

SHEETS = ["interview", "scope", "high-level-design", "deep-dive", "wrap-up", "launch"]
PROBLEMS = [f"problems/{path.stem}" for path in sorted((ROOT / "data" / "problems").glob("*.yml"))]
PAPERS = {"a4": (8.27, 11.69), "letter": (8.5, 11)}  # inches
HEADERS = {"alone": False, "with headers": True}


def printed(page, paper: str, headers: bool = False) -> PdfReader:
    """As Ctrl+P does it: no margins are given, so the page's own or the browser's default hold."""
    session = page.context.new_cdp_session(page)
    wide, high = PAPERS[paper]
    made = session.send("Page.printToPDF", {"paperWidth": wide, "paperHeight": high, "displayHeaderFooter": headers})
    return PdfReader(io.BytesIO(base64.b64decode(made["data"])))


def words(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


@pytest.mark.parametrize("slug", [*SHEETS, *PROBLEMS])
def test_a_sheet_is_one_page(open_page, slug):
    page = open_page(f"cheat-sheets/{slug}/", scheme="dark")
    page.evaluate("document.fonts.ready")
    for paper in PAPERS:
        for headers in HEADERS.values():
            reader = printed(page, paper, headers)
            assert len(reader.pages) == 1, (paper, headers)
    text = words(reader)
    assert "Notes" in text and "On this page" not in text and "Print this sheet" not in text and "As a PDF" not in text


@pytest.mark.parametrize("slug", [*SHEETS, *PROBLEMS])
def test_type_on_a_printed_sheet_is_readable(open_page, slug):
    page = open_page(f"cheat-sheets/{slug}/", width=720)
    page.emulate_media(media="print")
    small = page.evaluate(
        """[...document.querySelectorAll('main *')]
        .filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
        .filter((e) => !e.closest('.wh-hidden, .headerlink'))
        .map((e) => [parseFloat(getComputedStyle(e).fontSize) * .75, e.outerHTML.slice(0, 80)])
        .filter(([pt]) => pt < 8.49)"""
    )
    assert small == []


@pytest.mark.parametrize("minutes", [35, 60, 90])
def test_the_slot_is_chosen_without_a_script_and_still_prints_on_one_page(open_page, minutes):
    page = open_page("cheat-sheets/deep-dive/", scripts=False)
    expect(page.locator(".wh-sheet__clock:visible")).to_have_text("Minute 18 to 38 of 45")
    page.get_by_role("radio", name=str(minutes)).check()
    expect(page.locator(".wh-sheet__clock:visible")).to_have_text(re.compile(f" of {minutes}$"))
    for paper in PAPERS:
        reader = printed(page, paper)
        assert len(reader.pages) == 1 and f"of {minutes}" in words(reader)


@pytest.mark.parametrize("minutes", [75, 120])
def test_another_slot_needs_no_style_of_its_own(minutes, with_slots):
    css = timetables.style(with_slots(minutes))
    assert f".wh-m{minutes // 5} {{ flex-grow: calc({minutes // 5} / var(--whole, 1)); }}" in css
    assert f'[value="{minutes}"]:checked)) .wh-slot-{minutes} {{ display: none; }}' in css


def test_no_sheet_of_ours_holds_a_minute_or_a_slot():
    for path in [*(ROOT / "frontend" / "styles").glob("*.css"), ROOT / "macros" / "paper" / "book.css"]:
        assert not re.search(r"wh-(m|w|slot-)\d|value=|nth-child\(3", path.read_text("utf-8")), path.name


def test_the_button_prints(open_page):
    page = open_page("cheat-sheets/scope/")
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Print this sheet").click()
    assert page.evaluate("window.printed") is True


def test_the_print_center_shows_every_sheet_slot_and_paper(open_page, site):
    page = open_page("cheat-sheets/", scripts=False)
    for slug in [*SHEETS, *PROBLEMS]:
        paper = page.locator(".wh-paper", has=page.locator(f'img[src$="{slug}.webp"]'))
        paper.scroll_into_view_if_needed()
        links = paper.get_by_role("link").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
        pdfs = [link for link in links if link.endswith(".pdf")]
        assert len(pdfs) == (2 if slug == "launch" or slug in PROBLEMS else 8)
        assert all((site / "cheat-sheets" / link).exists() for link in pdfs)
        expect(paper.locator("img")).to_have_js_property("complete", True)
        assert paper.locator("img").evaluate("(i) => i.naturalWidth") > 200


def test_an_ordinary_page_on_paper(open_page):
    page = open_page("patterns/circuit-breaker/", scheme="dark")
    text = words(printed(page, "letter"))
    assert "Usually the retry wraps the breaker" in text  # a hidden answer
    assert "(https://github.com/" in text  # where a link leads
    assert "On this page" not in text and "Keep the guide offline" not in text
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    cut = page.evaluate(
        """[...document.querySelectorAll('pre > code')]
        .filter((c) => c.checkVisibility() && c.scrollWidth > c.clientWidth + 1).length"""
    )
    assert cut == 0


def test_checklists_print_as_boxes(open_page):
    page = open_page("phases/deep-dive/")
    page.emulate_media(media="print")
    box = page.locator(".wh-checklist input").first.bounding_box()
    assert 12 <= box["width"] <= 20 and page.locator(".wh-checklist__tools").first.is_hidden()
