"""What holds on a page of every type: no sideways scroll on the narrowest screen, and nothing that the policy stops."""

import re

import pytest
from playwright.sync_api import expect

from tests.kinds import KINDS

SIDEWAYS = """() => [...document.querySelectorAll('body *')]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1
  && !e.closest('.wh-scroll, .wh-figure__scroll, pre')).map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_sticks_out_at_320_px_and_the_policy_stops_nothing(open_page, kind):
    page = open_page(KINDS[kind], width=320)  # which fails on every word of the console, the policy's too
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.evaluate(SIDEWAYS)
    assert page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1


def test_no_pattern_sticks_out_at_320_px(open_page, site):
    page = open_page("", width=320)
    home = page.url
    wide = []
    for path in sorted(site.glob("patterns/*/index.html")):
        page.goto(f"{home}patterns/{path.parent.name}/")
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append((path.parent.name, page.evaluate(SIDEWAYS)))
    assert wide == []


def test_the_policy_as_a_header_lets_everything_work(open_page, site):
    header = (site / "policy.txt").read_text("utf-8").strip().removeprefix("Content-Security-Policy: ")
    page = open_page("patterns/lru/")

    def with_header(route):
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": header})

    page.context.route("**/*", with_header)
    page.reload()
    page.get_by_role("button", name=re.compile("Run it here")).click()
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".wh-lab [role=status]")).to_have_text("Done: 7 frames.", timeout=90_000)
    page.keyboard.press("Control+k")
    page.keyboard.type("charged twice")
    expect(page.get_by_role("option").first).to_contain_text("Idempotency key")


def test_what_a_reader_s_python_draws_is_no_markup_of_its_own(open_page):
    page = open_page("patterns/lru/")
    page.get_by_role("button", name=re.compile("Run it here")).click()
    page.get_by_label("Code").fill(
        "import frames\n"
        "frames.frame = lambda f: '<img src=x onerror=document.title=1><b onclick=x>bold</b><script>1</script>'\n"
        "def trace(given):\n"
        "    yield {'say': 'hello', 'show': [{'kind': 'counters', 'counters': [{'text': 'a', 'value': 1}]}]}\n"
    )
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".wh-lab .wh-frames b")).to_have_text("bold", timeout=90_000)
    drawn = page.locator(".wh-lab .wh-frames figure")
    assert drawn.locator("img, script, [onclick]").count() == 0
    open_page.wrong[:] = [w for w in open_page.wrong if "inline event handler" not in w]  # the policy stops it as well
