"""Real Chromium, one for all tests; every page reports what went wrong in it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.install import installed

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def chromium() -> Browser:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, address):
    """open_page(path, width=…, scheme=…, scripts=…): a page whose errors and foreign requests fail the test."""
    contexts, wrong = [], []

    def go(path="", width=1440, scheme="light", scripts=True, context=None, **options):
        if context is None:
            context = chromium.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts,
                reduced_motion="reduce", **options,
            )  # fmt: skip
            contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: wrong.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: wrong.append(f"error: {e}"))
        page.on("request", lambda r: None if r.url.startswith((address, "data:")) else wrong.append(f"foreign: {r.url}"))
        page.goto(address + path)
        return page

    go.wrong = wrong
    yield go
    for context in contexts:
        context.close()
    assert [w for w in wrong if "404 (Not Found)" not in w] == []
