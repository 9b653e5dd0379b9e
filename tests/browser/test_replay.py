"""The replay of an algorithm: as a sequence without scripts, as a player with them, and as the reader's own run."""

import json
import re

import pytest
from playwright.sync_api import expect

LRU = "patterns/lru/"


def player(page):
    box = page.locator(".wh-trace").first
    expect(box.get_by_role("button", name=re.compile("Play|Pause"))).to_be_visible()  # its script has run
    return box


def caption(page):
    return player(page).locator("li[data-now] figcaption")


def test_without_scripts_every_frame_can_be_read(open_page):
    page = open_page(LRU, scripts=False)
    frames = page.locator(".wh-frames > li")
    assert frames.count() > 15
    for i in range(frames.count()):
        assert frames.nth(i).is_visible()
    assert page.locator(".wh-code details").count() >= 3


def test_the_keyboard_drives_the_player_and_it_says_what_happened(open_page):
    page = open_page(LRU)
    player(page).focus()
    page.keyboard.press("ArrowRight")
    expect(caption(page)).to_contain_text("put a")
    expect(player(page).locator("[aria-live]")).to_contain_text("Step 2: put a")
    page.keyboard.press("ArrowLeft")
    expect(caption(page)).to_contain_text("Empty")
    page.keyboard.press("End")
    expect(player(page)).to_contain_text("7 of 7")
    page.keyboard.press("Home")
    expect(player(page)).to_contain_text("1 of 7")
    page.keyboard.press("Space")  # play
    expect(player(page)).to_contain_text("2 of 7", timeout=10_000)
    page.keyboard.press("Space")  # pause
    expect(player(page).get_by_role("button", name="Play")).to_be_visible()
    page.get_by_role("tab").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab").nth(1)).to_be_focused()
    expect(page.get_by_role("tabpanel")).to_have_count(1)
    expect(caption(page)).to_contain_text("room for 2")


def test_nothing_moves_by_itself(open_page):
    page = open_page(LRU)
    page.wait_for_timeout(2500)
    expect(player(page)).to_contain_text("1 of 7")


def test_a_link_reopens_the_same_step_elsewhere(open_page):
    page = open_page(LRU)
    page.get_by_role("tab", name="Put on a key that is there").click()
    page.get_by_role("slider", name="Step").fill("3")
    page.get_by_role("button", name="Copy a link to this step").click()
    assert page.url.endswith("#lru:update:3")
    said = caption(page).inner_text()
    other = open_page(LRU + "#lru:update:3")  # a new context: nothing but the address
    expect(caption(other)).to_have_text(said)
    expect(other.get_by_role("tab", name="Put on a key that is there")).to_have_attribute("aria-selected", "true")
    assert other.evaluate("document.querySelector('.wh-trace').getBoundingClientRect().top < innerHeight")


def test_frames_do_not_move_the_page(open_page):
    page = open_page(LRU)
    player(page).focus()
    heights = set()
    for _ in range(6):
        heights.add(player(page).bounding_box()["height"])
        page.keyboard.press("ArrowRight")
    assert len(heights) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(
    "slug", ["lru", "raft-leader-election", "circuit-breaker", "cursor-pagination", "consistent-hashing"]
)
def test_the_player_has_no_violation(open_page, slug, width, scheme, violations):
    page = open_page(f"patterns/{slug}/", width=width, scheme=scheme)
    expect(player(page).get_by_role("button", name="Play")).to_be_visible()
    page.evaluate("document.querySelectorAll('.wh-code details').forEach((d) => (d.open = true))")
    player(page).focus()
    page.keyboard.press("End")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_key_frames_or_all(open_page):
    page = open_page(LRU)
    page.emulate_media(media="print")
    visible = "[...document.querySelectorAll('.wh-frames > li')].filter((li) => li.getClientRects().length).length"
    key, every = page.evaluate(visible), page.locator(".wh-frames > li").count()
    assert 3 <= key < every
    page.emulate_media(media="screen")
    page.get_by_label("print every step").check()
    page.emulate_media(media="print")
    assert page.evaluate(visible) == every


def test_python_runs_here_on_a_click_only(open_page, address, violations):
    page = open_page(LRU)
    asked = []
    page.on("request", lambda r: asked.append(r.url))
    page.wait_for_load_state("networkidle")
    assert not [u for u in asked if "/run/" in u]
    page.get_by_role("button", name=re.compile(r"Run it here \(loads \d+\.\d MB once\)")).click()
    page.get_by_role("button", name="Run", exact=True).click()
    status = page.locator(".wh-lab [role=status]")
    expect(status).to_have_text("Done: 7 frames.", timeout=90_000)
    recorded = json.loads(page.evaluate(f"fetch('{address}run/lru.json').then((r) => r.text())"))["scenarios"][0][
        "frames"
    ]
    mine = page.locator(".wh-lab .wh-frames > li > figure > figcaption").all_text_contents()
    assert mine == [f["say"] for f in recorded]
    theirs = page.locator('[id="lru:ordinary"] .wh-frames > li .wt-v').evaluate_all(
        "all => all.map((e) => e.outerHTML)"
    )
    assert page.locator(".wh-lab .wh-frames > li .wt-v").evaluate_all("all => all.map((e) => e.outerHTML)") == theirs
    own = page.get_by_role("region", name="Replay of your run")
    expect(own.get_by_role("button", name="Next step")).to_be_visible()
    expect(own.get_by_role("button", name="Copy a link to this step")).to_have_count(0)  # nobody else has these steps
    assert violations(page) == []

    code = page.get_by_label("Code")
    code.fill("def wrong():\n    return {}['missing']\n\nprint('before')\nwrong()\n")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(status).to_have_text("Ended with an error.")
    output = page.get_by_role("region", name="Output")
    expect(output).to_contain_text("before")
    expect(output).to_contain_text("line 2, in wrong")
    expect(output).to_contain_text("KeyError: 'missing'")

    code.fill("while True:\n    pass\n")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(status).to_have_text("Running.")
    page.get_by_role("button", name="Stop").click()
    expect(status).to_have_text("Stopped.")

    page.get_by_label("Input (JSON)").fill("{not json")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(output).to_contain_text("The input is not JSON")


def test_the_page_stays_whole_where_python_cannot_be_had(open_page):
    page = open_page(LRU)
    page.route("**/run/lru.json", lambda route: route.abort())
    page.get_by_role("button", name=re.compile("Run it here")).click()
    expect(page.get_by_role("button", name="Could not be loaded; try again")).to_be_visible()
    player(page).focus()
    page.keyboard.press("ArrowRight")
    expect(caption(page)).to_contain_text("put a")
    page.unroute("**/run/lru.json")
    open_page.wrong[:] = [w for w in open_page.wrong if "ERR_FAILED" not in w]  # what this test broke
