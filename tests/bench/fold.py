"""python -m tests.bench.fold: 10,000 answers folded in the browser, its processor slowed fourfold; budget 300 ms.

The fold alone, of events that are in memory; then the whole page "Where you stand", from its address to its counts,
with that log and with none. Medians of five. Needs site/ and a Chromium.
"""

from __future__ import annotations

import random
import subprocess
from statistics import median

from playwright.sync_api import Page, sync_playwright

from macros import node
from macros.chromium import FLAGS, installed
from macros.facts.finding import ROOT
from tests.bench import served
from tests.browser.events import PUT

ANSWERS, CARDS, SLOWER, TIMES, BUDGET = 10_000, 600, 4, 5, 300
NOW = 1_795_780_800_000  # 2026-11-27, 12:00 UTC
BUNDLE = """
import { buildSync } from "esbuild";
const contents = `export { ofKind, standing } from "./events"; export { remembered } from "./memory";`;
const stdin = { contents, resolveDir: "frontend/practice", loader: "ts" };
const made = buildSync({ stdin, bundle: true, minify: true, format: "iife", globalName: "wh", write: false });
process.stdout.write(made.outputFiles[0].text);
"""
FOLD = """async (events) => {
  const from = performance.now(), made = wh.remembered(wh.ofKind(wh.standing(events), "review"));
  return [performance.now() - from, made.cards.size];
}"""


def events() -> list[dict]:
    """Answers over a year to as many cards as the guide has, most of them recalled."""
    chance, step = random.Random(20), 365 * 86_400_000 // ANSWERS
    return [
        {
            "v": 1,
            "id": f"{i:026d}",
            "at": NOW - (ANSWERS - i) * step,
            "tz": 60,
            "dev": "bench",
            "k": "review",
            "card": f"card-{chance.randrange(CARDS)}",
            "grade": chance.choice([1, 2, 3, 3, 3, 4]),
        }
        for i in range(ANSWERS)
    ]


def shown(page: Page, address: str) -> float:
    """ms from asking for the page of practice until it has counted."""
    page.goto("about:blank")
    page.goto(address + "practice/")
    page.wait_for_selector("[data-standing][data-on]")
    return page.evaluate("performance.now()")


def main() -> int:
    fold = node.run("--input-type=module", input=BUNDLE, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT).stdout
    rows = events()
    with served() as address, sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=installed(), args=FLAGS).new_page()
        slow = page.context.new_cdp_session(page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        empty = median(shown(page, address) for _ in range(TIMES))
        page.evaluate(PUT, rows)
        full = median(shown(page, address) for _ in range(TIMES))
        page.evaluate(f"(() => {{ {fold}; globalThis.wh = wh; }})()")
        found = [page.evaluate(FOLD, rows) for _ in range(TIMES)]
        page.context.browser.close()
    alone = median(ms for ms, _ in found)
    print(
        f"\n{ANSWERS:,} answers to {found[0][1]} cards, processor {SLOWER} times slower, medians of {TIMES}:\n"
        f"the fold {alone:,.0f} ms of {BUDGET}\n"
        f"'Where you stand' {full:,.0f} ms, without a log {empty:,.0f} ms"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
