"""From a key press to painted results, in real Chromium, with and without a four times slower processor.

The clock starts at the event's own time stamp and stops in the first task after the frame in which the list changed.
The browser draws without waiting for the screen, so that the figure is work, not the rest of a 16.7 ms frame.
"""

from __future__ import annotations

import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from macros.chromium import FLAGS, installed
from tests.conftest import BASE, Handler

WATCH = """
() => {
  window.took = [];
  let pressed = 0;
  const field = document.querySelector("#query");
  field.addEventListener("keydown", (event) => (pressed = event.timeStamp), true);
  const after = new MessageChannel();
  after.port1.onmessage = ({ data }) => window.took.push(performance.now() - data);
  const box = field.form.querySelector(".wh-results");
  new MutationObserver(() => {
    if (!pressed) return;
    const from = pressed;
    pressed = 0;
    requestAnimationFrame(() => after.port2.postMessage(from));
  }).observe(box, { childList: true, subtree: true });
}
"""


def measure(site: Path, queries: list[str], slower: int) -> list[float]:
    """Milliseconds of every key press that changed the results, sorted."""
    handler = type("Served", (Handler,), {"folder": str(site)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with sync_playwright() as playwright:
            flags = [*FLAGS, "--disable-frame-rate-limit", "--disable-gpu-vsync"]
            browser = playwright.chromium.launch(executable_path=installed(), args=flags)
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{server.server_address[1]}{BASE}")
            page.locator("#query").focus()
            page.keyboard.type("warm up")
            page.get_by_role("option").first.wait_for()
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
            page.evaluate(WATCH)
            for query in queries:
                page.locator("#query").fill("")
                page.keyboard.type(query, delay=80)
            page.wait_for_timeout(500)
            took = page.evaluate("window.took")
            browser.close()
            return sorted(took)
    finally:
        server.shutdown()
