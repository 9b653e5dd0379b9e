"""What the reader's browser keeps: the log, its page, copies and their union, damage, and storage that is not there."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.events import PUT, all_of
from tests.conftest import until

ULID = "01J0000000000000000000000"  # and one sign more


def event(sign: str, **more) -> dict:
    made = {"v": 1, "id": ULID + sign, "at": 1_790_000_000_000, "tz": 60, "dev": "test", "k": "review"}
    return made | {"card": "saga-why", "grade": 3} | more


def rows(page, store="log") -> list[dict]:
    return page.evaluate(all_of(store))


def kept(page, name: str) -> str:
    return page.locator(f"[data-count={name}]").text_content()


@pytest.fixture
def opened(open_page):
    def go(**options):
        page = open_page("practice/kept/", **options)
        expect(page.locator("[data-count=answers]")).not_to_be_empty()
        return page

    return go


def taken(page) -> dict:
    with page.expect_download() as waited:
        page.get_by_role("button", name="Make a copy").click()
    return json.loads(waited.value.path().read_text("utf-8"))


def join(page, copy: dict | str, name="copy.json") -> str:
    text = copy if isinstance(copy, str) else json.dumps(copy)
    page.evaluate("document.querySelector('[data-part=status]').textContent = ''")
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    )
    expect(page.locator("[data-part=status]")).not_to_be_empty()
    return page.locator("[data-part=status]").text_content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_and_nothing_sticks_out(opened, violations, width, scheme):
    page = opened(width=width, scheme=scheme)
    page.get_by_role("button", name="Delete everything").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_two_copies_become_one_and_no_answer_counts_twice(opened):
    page = opened()
    said = join(page, {"whiteboard-hour": 1, "log": [event("A"), event("B")]})
    assert said == "2 events came in, 0 were here already, 0 could not be read and are set aside."
    other = {"whiteboard-hour": 1, "log": [event("B"), event("C"), event("D", k="undo", of=ULID + "A")]}
    said = join(page, other)
    assert said == "2 events came in, 1 were here already, 0 could not be read and are set aside."
    assert (kept(page, "answers"), kept(page, "undone")) == ("2", "1")
    copy = taken(page)
    assert sorted(e["id"][-1] for e in copy["log"]) == ["A", "B", "C", "D"]


def test_a_copy_restores_everything_in_a_fresh_browser(opened):
    page = opened()
    page.evaluate("""localStorage.setItem("wh-checklists", '["scope.users","wrap-up.end"]');
        localStorage.setItem("wh-slot", "60"); localStorage.setItem("wh-read", '["saga"]')""")
    join(page, {"whiteboard-hour": 1, "log": [event("A"), event("B", k="set", name="interview", value="2027-01-09")]})
    copy = taken(page)
    expect(page.locator("[data-part=copied]")).not_to_have_text("never")
    fresh = opened()
    fresh.evaluate("""localStorage.setItem("wh-checklists", '["scope.users","deep-dive.one"]');
        localStorage.setItem("wh-slot", "45")""")
    join(fresh, copy)
    until(fresh, "document.querySelector('[data-count=ticks]').textContent === '3'")
    assert [kept(fresh, name) for name in ("answers", "settings", "ticks", "read")] == ["1", "2", "3", "1"]
    assert fresh.evaluate("localStorage.getItem('wh-slot')") == "45"  # a setting of this browser stays
    assert taken(fresh)["log"] == copy["log"]


def test_ticks_from_before_the_log_are_in_the_copy_as_they_were(open_page, opened):
    page = open_page("phases/deep-dive/")
    page.locator("[data-checklist] input").nth(1).check()
    item = page.locator("[data-checklist] input").nth(1).get_attribute("data-item")
    expect(page.locator(".wh-checklist__count")).to_contain_text("1 of")
    page = opened(context=page.context)
    assert kept(page, "ticks") == "1"
    copy = taken(page)
    assert json.loads(copy["kept"]["wh-checklists"]) == [item]
    fresh = opened()
    join(fresh, copy)
    expect(fresh.locator("[data-count=ticks]")).to_have_text("1")
    there = open_page("phases/deep-dive/", context=fresh.context)
    expect(there.locator(f"[data-item='{item}']")).to_be_checked()


def test_settings_and_read_marks_that_a_reader_made_arrive_on_another_device(open_page, opened):
    page = open_page("patterns/saga/")
    page.locator(".wh-been button[value=read]").first.click()
    expect(page.locator(".wh-been button[value=read]").first).to_have_attribute("aria-pressed", "true")
    page.locator(".wh-scheme").click()
    page = open_page("phases/", context=page.context)
    page.locator("input[type=radio][name=slot][value='60']").first.check(force=True)
    page.locator("input[type=radio][name=level][value=staff]").first.check(force=True)
    page = opened(context=page.context)
    assert (kept(page, "read"), kept(page, "settings")) == ("1", "3")
    page.evaluate("localStorage.setItem('wh-single-keys', 'off')")
    copy = taken(page)
    assert copy["kept"] == {
        "wh-read": '{"saga":"read"}',
        "wh-slot": "60",
        "wh-level": "staff",
        "wh-scheme": "dark",
        "wh-single-keys": "off",
    }
    fresh = opened()
    join(fresh, copy)
    expect(fresh.locator("[data-count=settings]")).to_have_text("4")
    there = open_page("patterns/saga/", context=fresh.context)
    expect(there.locator(".wh-been button[value=read]").first).to_have_attribute("aria-pressed", "true")
    found = there.evaluate("({...document.documentElement.dataset})")
    assert (found["slot"], found["level"], found["scheme"]) == ("60", "staff", "dark")


def test_damaged_records_are_set_aside_and_travel(opened):
    page = opened()
    damaged = [event("X", grade=9), {"id": ULID + "Y", "what": "ever"}]
    page.evaluate(PUT, [event("A"), *damaged])
    page.reload()
    expect(page.locator("[data-count=aside]")).to_have_text("2")
    assert kept(page, "answers") == "1"
    assert [e["id"][-1] for e in rows(page)] == ["A"]
    assert [json.loads(one["text"]) for one in rows(page, "aside")] == sorted(damaged, key=json.dumps)
    copy = taken(page)
    fresh = opened()
    join(fresh, copy)
    join(fresh, copy)
    expect(fresh.locator("[data-count=aside]")).to_have_text("2")  # twice is once


def test_an_event_of_a_later_version_stays_as_it_is_and_counts_for_nothing(opened):
    page = opened()
    later = event("A", v=2, grade="whole new")
    join(page, {"whiteboard-hour": 1, "log": [later]})
    assert (kept(page, "answers"), kept(page, "aside"), rows(page)) == ("0", "0", [later])


@pytest.mark.parametrize("text", ["", "{}", "[1, 2]", '{"whiteboard-hour": 0, "log": []}', '{"whiteboard-hour": 1}'])
def test_a_foreign_file_changes_nothing(opened, text):
    page = opened()
    page.evaluate(PUT, [event("A")])
    assert join(page, text, "foreign.json") == "foreign.json is no copy of this guide; nothing was changed."
    assert len(rows(page)) == 1


def test_all_is_deleted_after_a_second_word_and_another_tab_hears_of_it(opened):
    page = opened()
    join(page, {"whiteboard-hour": 1, "log": [event("A")]})
    page.evaluate("localStorage.setItem('wh-checklists', '[\"a\"]'); localStorage.setItem('wh-searches', '[\"otp\"]')")
    other = opened(context=page.context)
    assert kept(other, "answers") == "1"
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("button", name="Delete it")).to_be_focused()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("button", name="Delete everything")).to_be_focused()
    assert len(rows(page)) == 1
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.locator("[data-part=status]")).to_have_text("Nothing is kept now.")
    expect(other.locator("[data-count=answers]")).to_have_text("0")
    assert rows(page) == [] and page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('wh-'))") == []


@pytest.mark.parametrize(
    "broken",
    [
        "Object.defineProperty(window, 'indexedDB', {value: undefined})",
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }",
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }",
    ],
)
def test_where_nothing_can_be_kept_the_page_works_and_says_so_once(open_page, broken):
    page = open_page("")
    page.add_init_script(broken)
    page.goto(page.url + "practice/kept/")
    expect(page.locator("[data-count=answers]")).not_to_be_empty()
    join(page, {"whiteboard-hour": 1, "log": [event("A"), event("B")]})
    expect(page.locator("[data-count=answers]")).to_have_text("2")
    expect(page.locator(".wh-notice")).to_have_count(1)
    assert "does not keep what you practice" in page.locator(".wh-notice").text_content()
    assert [e["id"][-1] for e in taken(page)["log"]] == ["A", "B"]


def test_a_tab_lets_another_upgrade_the_storage(opened):
    page = opened()
    join(page, {"whiteboard-hour": 1, "log": [event("A")]})
    opened_at = page.evaluate("""new Promise((done, failed) => {
        const asked = indexedDB.open("wh", 2);
        asked.onblocked = failed;
        asked.onsuccess = () => { asked.result.close(); done(asked.result.version); };
    })""")
    assert opened_at == 2


def test_without_scripts_the_page_says_that_nothing_is_kept(open_page):
    page = open_page("practice/kept/", scripts=False)
    expect(page.get_by_text("Without scripts this guide keeps nothing")).to_be_visible()
    expect(page.locator("[data-kept]")).not_to_be_visible()
