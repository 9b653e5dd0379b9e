"""The guide without a network, in a browser that was asked to keep it."""

import json

from playwright.sync_api import expect

from macros.machines import offline


def test_everything_a_page_asks_for_is_listed_and_the_button_tells_its_size(site):
    listed = set(json.loads((site / "offline.json").read_text("utf-8"))["files"])
    assert {"", "patterns/lru/", "404.html", "patterns/a-z/", "api/patterns.json", "run/lru.py"} <= listed
    assert not [f for f in listed if "pyodide" in f]
    assert f'data-size="{offline.megabytes(site):.0f}"' in (site / "index.html").read_text("utf-8")


def test_nothing_is_kept_unless_asked(open_page):
    page = open_page()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("caches.keys().then((k) => k.length)") == 0
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((r) => r.length)") == 0


def test_kept_pages_open_and_search_without_a_network_until_removed(open_page, violations):
    page = open_page()
    page.get_by_role("button", name="Keep the guide offline (2 MB)").click()
    expect(page.locator(".wh-keep [role=status]")).to_have_text(
        "Kept: every page opens without a network.", timeout=120_000
    )
    assert violations(page) == []
    page.context.set_offline(True)
    page.goto(page.url + "patterns/saga/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Saga")
    page.keyboard.press("/")
    page.keyboard.type("charged twice")
    expect(page.get_by_role("option").first).to_contain_text("Idempotency key")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Idempotency key")
    page.goto(page.url.replace("idempotency-key", "no-such-page"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("not")
    page.context.set_offline(False)
    page.goto(page.url.replace("patterns/no-such-page/", ""))
    page.get_by_role("button", name="Remove the offline copy").click()
    expect(page.get_by_role("button", name="Keep the guide offline (2 MB)")).to_be_visible()
    assert page.evaluate("caches.keys().then((k) => k.length)") == 0


def test_a_failed_download_says_so_and_can_be_tried_again(open_page, site):
    listed = site / "offline.json"
    good = listed.read_text("utf-8")
    page = open_page()
    try:
        listed.write_text(json.dumps(json.loads(good) | {"files": ["", "no-such-file.css"]}), "utf-8")
        page.get_by_role("button", name="Keep the guide offline (2 MB)").click()
        expect(page.locator(".wh-keep [role=status]")).to_contain_text("That did not work")
    finally:
        listed.write_text(good, "utf-8")
    page.get_by_role("button", name="Keep the guide offline (2 MB)").click()
    expect(page.locator(".wh-keep [role=status]")).to_contain_text("Kept", timeout=120_000)


def test_a_new_version_replaces_the_copy_when_it_is_whole(open_page, site):
    listed = site / "offline.json"
    good = listed.read_text("utf-8")
    page = open_page()
    page.get_by_role("button", name="Keep the guide offline (2 MB)").click()
    expect(page.locator(".wh-keep [role=status]")).to_contain_text("Kept", timeout=120_000)
    try:
        listed.write_text(json.dumps({"version": "newer", "files": ["", "patterns/lru/"]}), "utf-8")
        page.reload()
        page.evaluate(
            """async () => {
              for (let n = 0; n < 600; n++) {
                const names = await caches.keys();
                if (names.length === 1 && names[0].startsWith("guide-newer ")) return;
                await new Promise((later) => setTimeout(later, 50));
              }
              throw new Error("the copy was not replaced");
            }"""
        )
    finally:
        listed.write_text(good, "utf-8")
