"""python -m tests.bench.answers: how long a page takes to answer a hand, its processor slowed fourfold; budget 100 ms.

Interaction to next paint, as browsers count it: from a press of a key or a pointer to the frame that shows what came
of it, in steps of 8 ms. The longest of each visit; medians of five visits. Needs site/ and a Chromium.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from statistics import median

from playwright.sync_api import Page, sync_playwright

from macros.chromium import FLAGS, installed
from tests.bench import served

SLOWER, TIMES, BUDGET, PAUSE = 4, 5, 100, 120
WATCH = """
window.presses = [];
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (one.interactionId) window.presses.push([one.duration, one.name]);
}).observe({ type: "event", durationThreshold: 16, buffered: true });
"""


def catalogue(page: Page) -> None:
    page.locator("#find").click()
    page.keyboard.type("cache stampede", delay=PAUSE)
    page.get_by_text("Filter, order, view").click()
    page.get_by_role("checkbox", name=re.compile("^Caching")).click()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Clear").click()


def search(page: Page) -> None:
    page.locator("#query").click()
    page.keyboard.type("charged twice", delay=PAUSE)
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "Backspace", "Backspace"):
        page.keyboard.press(key, delay=PAUSE)
    page.keyboard.press("Escape")


def replay(page: Page) -> None:
    page.locator("[data-trace]").first.scroll_into_view_if_needed()
    after = page.get_by_role("button", name="Next step").first
    for _ in range(4):  # of five
        after.click(delay=PAUSE // 2)
    page.get_by_role("button", name="Play").first.click()
    page.get_by_role("button", name="Pause").first.click()
    page.locator(".wh-player__tabs button").last.click()
    page.locator(".wh-player__bar input").first.press("End")


def sliders(page: Page) -> None:
    page.get_by_role("button", name="Change the assumptions").click()
    one = page.locator(".wh-vary input[type=range]").first
    one.click()
    for _ in range(8):
        one.press("ArrowRight", delay=PAUSE // 2)


VISITS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "catalogue": ("patterns/", catalogue),
    "search": ("glossary/", search),
    "replay": ("patterns/consistent-hashing/", replay),
    "sliders": ("problems/news-feed/", sliders),
}


def longest(page: Page, address: str, act: Callable[[Page], None]) -> tuple[float, str, int]:
    """The longest interaction of a visit in ms, what it was, and how many took 16 ms or more."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    act(page)
    page.wait_for_timeout(500)
    presses = page.evaluate("window.presses")
    return *max(presses, default=(0, "none")), len(presses)


def main() -> int:
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
        print(f"\nInteraction to next paint, processor {SLOWER} times slower; the longest of each of {TIMES} visits\n")
        for name, (path, act) in VISITS.items():
            found = []
            for _ in range(TIMES):
                context = browser.new_context(reduced_motion="reduce")
                page = context.new_page()
                page.add_init_script(WATCH)
                context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
                found.append(longest(page, address + path, act))
                context.close()
            all_ = ", ".join(f"{ms:.0f} ({what} of {n})" for ms, what, n in found)
            print(f"{name:10} {median(ms for ms, *_ in found):4.0f} ms of {BUDGET}: {all_}", flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
