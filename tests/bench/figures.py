"""python -m tests.bench.figures: each figure of site/, its kind, what it is made by, its heights and its least type.

A line each, on a phone of 390 px and on a screen of 1440; last, what is worst. Needs site/ and a Chromium.
"""

from __future__ import annotations

import functools
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from macros.chromium import FLAGS, installed
from macros.facts.finding import ROOT
from macros.runs.drawings import DRAWINGS

MEASURE = (ROOT / "tests" / "browser" / "figures.js").read_text("utf-8")
MEASURE = MEASURE[MEASURE.index("() =>") :]
WIDTHS = (390, 1440)


def paths(site: Path) -> list[str]:
    """Addresses of the pages that hold a figure."""
    found = (path for path in sorted(site.rglob("index.html")) if 'class="wh-figure"' in path.read_text("utf-8"))
    return [f"{path.parent.relative_to(site).as_posix()}/".removeprefix("./") for path in found]


def measured(page: Page, address: str, pages: list[str]) -> dict[tuple[str, str], dict[int, dict]]:
    """By page and name of each figure: what it is at each width."""
    out: dict[tuple[str, str], dict[int, dict]] = {}
    for path in pages:
        page.goto(address + path, wait_until="domcontentloaded")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for one in page.evaluate(MEASURE):
                out.setdefault((path, one["name"]), {})[width] = one
    return out


def module(kind: str, name: str) -> str:
    """Where a figure's geometry comes from."""
    if kind == "computed":
        made = DRAWINGS[name].make if name in DRAWINGS else None
        return f"{made.__module__}.{made.__name__}" if made else "macros.runs.boards.figure"
    return {"text": f"data/diagrams/{name}.mmd", "plot": "macros.runs.plots"}.get(kind, "")


def main() -> int:
    site = ROOT / "site"
    if not (site / "index.html").exists():
        print("there is no site/ yet; run `make site` first", file=sys.stderr)
        return 1
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    handler = functools.partial(quiet, directory=site)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
        found = measured(browser.new_page(), f"http://127.0.0.1:{server.server_address[1]}/", paths(site))
    server.shutdown()
    print("page\tfigure\tkind\tmade by\theight at 390\theight at 1440\tleast type at 390\tscrolls at 390")
    for (path, name), at in found.items():
        phone, desk = at[390], at[1440]
        row = (path, name, desk["kind"], module(desk["kind"], name), phone["tall"], desk["tall"], phone["least"])
        print(*row, phone["scrolls"] or "", sep="\t")
    tallest = {width: max(at[width]["tall"] for at in found.values()) for width in WIDTHS}
    least = {width: min(at[width]["least"] for at in found.values() if at[width]["least"]) for width in WIDTHS}
    scroll = sum(at[390]["scrolls"] > 0 for at in found.values())
    print(
        f"{len(found)} figures; at 390 the tallest is {tallest[390]} px, the least type {least[390]} px, and"
        f" {scroll} scroll sideways; at 1440 {tallest[1440]} px and {least[1440]} px"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
