"""Plans by the time left, in the real browser, with a clock that the tests turn: laid on dates, lived through."""

import io
import json
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.events import PUT, all_of
from tests.conftest import until

FIRST = date(2026, 11, 30)
EVENTS = all_of()
DAY = timedelta(days=1)


class Reader:
    """A reader who lives through days: opens the page of plans late on each, and does what stands there."""

    def __init__(self, open_page, catalogue, zone="UTC", **options):
        self.page = open_page("practice/kept/", timezone_id=zone, **options)
        expect(self.page.locator("[data-count=answers]")).not_to_be_empty()  # the log is there
        self.root, self.zone, self.c, self.n = (
            self.page.url.removesuffix("practice/kept/"),
            ZoneInfo(zone),
            catalogue,
            0,
        )
        found = self.page.evaluate(f"fetch('{self.root}practice/plans.json').then((one) => one.json())")
        self.plans, self.plan = {plan["name"]: plan["days"] for plan in found}, "One hour"
        groups = self.page.evaluate(f"fetch('{self.root}practice/forks.json').then((one) => one.json())")
        self.forks = [fork["id"] for shelf in groups for group in shelf["groups"] for fork in group["forks"]]

    def at(self, day: date, hour=23, place="practice/plan/"):
        """Opens a page at half past an hour of the reader's own."""
        self.now = datetime(day.year, day.month, day.day, hour, 30, tzinfo=self.zone)
        self.page.clock.install(time=self.now)
        self.page.goto(self.root + place)
        if place == "practice/plan/":
            expect(self.page.locator("[data-plans][data-ready]")).to_have_count(1)
        return self.page

    @property
    def steps(self) -> dict[str, dict]:
        return {step["id"]: step for day in self.plans[self.plan] for step in day}

    def choose(self, plan: str, day=FIRST, **fields) -> None:
        self.plan = plan
        page = self.at(day) if not self.page.url.endswith("practice/plan/") else self.page
        if page.locator("[data-part=mine]").is_visible():
            page.get_by_role("button", name="Change it").click()
        page.get_by_label(plan, exact=True).check()
        for name, value in fields.items():
            page.locator(f"[data-part={name}]").fill(str(value))
        page.get_by_role("button", name="Lay it on my days").click()
        expect(page.locator("[data-part=mine]")).to_be_visible()
        expect(page.locator("[data-part=progress]")).to_contain_text(plan)

    def open(self) -> list[str]:
        """What stands on today and is not ticked."""
        boxes = self.page.locator("[data-part=now] input:not(:checked)")
        return boxes.evaluate_all("(all) => all.map((one) => one.dataset.step)")

    def do(self, id_: str) -> None:
        """Does a step: leaves in the browser what doing it leaves."""
        step, target = self.steps[id_], self.steps[id_]["of"][0]
        folder, _, slug = target.partition("/")
        rows: list[dict] = []
        if step["do"] in ("read", "skim"):
            self.keep("wh-read", lambda old: old | {slug if folder == "patterns" else target: "read"}, {})
        elif step["do"] == "tick":
            items = [f"{slug}.{item.id}" for item in self.c.phases[slug].checklist]
            self.keep("wh-checklists", lambda old: sorted({*old, *items}), [])
        elif step["do"] == "rehearse":
            self.n += 1
            rows = [{"k": k, "s": f"s{self.n}"} for k in ("mock.start", "mock.end", "mock.done")]
            rows[0] |= {"problem": slug}
            rows[1] |= {"how": "closed"}
        elif step["do"] == "defend":
            mine = [fork for fork in self.forks if fork.startswith(f"{target}.")][: step["count"]]
            given = {"took": "1", "sure": 75, "out": "taken", "tested": True}
            rows = [{"k": "defend", "fork": fork} | given for fork in mine]
        else:
            pages = [one.partition("/")[2] for one in step["of"]] if folder == "patterns" else list(self.c.patterns)
            cards = [card.id for page in pages for card in self.c.patterns[page].cards][: step["count"]]
            rows = [{"k": "review", "card": card, "grade": 3} for card in cards]
        self.page.evaluate(PUT, [self.stamped(row) for row in rows])

    def keep(self, key: str, change, empty) -> None:
        old = self.page.evaluate("(key) => localStorage.getItem(key)", key)
        new = json.dumps(change(json.loads(old) if old else empty))
        self.page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, new])

    def stamped(self, row: dict) -> dict:
        self.n += 1
        offset = self.now.utcoffset() // timedelta(minutes=1)
        at = int(self.now.timestamp() * 1000) + self.n
        return {"v": 1, "id": f"01J{self.n:023d}", "at": at, "tz": offset, "dev": "t"} | row


@pytest.fixture
def reader(open_page, catalogue):
    return lambda zone="UTC", **options: Reader(open_page, catalogue, zone, **options)


def days(page) -> dict[str, list[str]]:
    """What stands on each day ahead."""
    return page.evaluate("""() => {
      const all = [...document.querySelectorAll('[data-part=days] [data-day]')];
      return Object.fromEntries(all.map((day) =>
        [day.dataset.day, [...day.querySelectorAll('input')].map((one) => one.dataset.step)]));
    }""")


@pytest.mark.parametrize("zone", ["Pacific/Pitcairn", "Pacific/Tongatapu"])  # UTC-8 and UTC+13, without summer time
def test_four_weeks_lived_through_with_two_days_missed(reader, zone):
    one = reader(zone)
    one.choose("Four weeks")
    expect(one.page.locator("[data-part=today]")).to_have_text("Today, Monday, November 30")
    missed, left = [step["id"] for day in one.plans["Four weeks"][3:5] for step in day], []
    for n in range(28):
        page = one.at(FIRST + n * DAY, hour=23 if n % 2 else 0)
        if n in (3, 4):
            continue
        if n == 5:
            assert set(missed) <= {*one.open(), *[step for steps in days(page).values() for step in steps]}
            expect(page.locator("[data-part=moved]")).to_have_text(
                f"Steps of days that have passed, and stand on days to come: {len(missed)}."
            )
            expect(page.locator("[data-part=out]")).to_be_hidden()
        for _ in range(3):  # marks of reading have no day, so that what was missed may take their room
            for step in one.open():
                one.do(step)
            page = one.at(FIRST + n * DAY)
        assert one.open() == []
        left.append(int(re.search(r": (\d+) of", page.locator("[data-part=progress]").text_content() + ": 99 of")[1]))
    assert left == sorted(left)  # it only grows
    steps = page.locator("[data-part=past] input, [data-part=now] input")
    assert steps.count() == steps.and_(page.locator(":checked")).count()
    expect(page.locator("[data-part=progress]")).to_have_text(re.compile(r"^Four weeks: all \d+ steps are done"))
    page = one.at(FIRST + 28 * DAY)
    expect(page.locator("[data-part=progress]")).to_have_text(re.compile(r"^Four weeks: all \d+ steps are done"))


def test_doing_ticks_and_so_does_a_hand(reader):
    one = reader()
    one.choose("One hour")
    one.at(FIRST, place="patterns/cache-aside/")
    one.page.locator(".wh-been button[value=read]").first.click()
    one.at(FIRST, place="phases/scope/")
    one.page.locator(".wh-been button[value=read]").click()
    page = one.at(FIRST)
    boxes = page.locator("[data-part=now]")
    expect(boxes.locator("[data-step='skim patterns/cache-aside']")).to_be_checked()
    expect(boxes.locator("[data-step='read phases/scope']")).to_be_checked()
    box = boxes.locator("[data-step='skim patterns/replication']")
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    page.keyboard.press("Space")
    expect(box).not_to_be_checked()
    kept = page.evaluate(EVENTS)
    assert [(e["step"], e["on"]) for e in kept if e["k"] == "plan.tick"] == [
        ("skim patterns/replication", True),
        ("skim patterns/replication", False),
    ]
    boxes.get_by_role("link", name="Skim Partitioning").click()
    expect(page).to_have_url(re.compile("/patterns/partitioning/$"))


def test_cards_asked_from_the_plan_tick_their_step(reader):
    one = reader()
    one.choose("One hour")
    page = one.page
    page.get_by_role("link", name="Be asked 10 cards").first.click()
    expect(page.locator("#ask-from option:checked")).to_have_text(re.compile("^Idempotency key, Cache-aside, "))
    page.get_by_role("button", name="Start").click()
    for n in range(1, 11):
        page.keyboard.press(" ")
        page.keyboard.press("3")
        until(page, f"{EVENTS}.then((all) => all.filter(({{k}}) => k === 'review').length === {n})")
    page = one.at(FIRST)
    expect(page.locator("[data-part=now] [data-step^='ask patterns/idempotency-key']")).to_be_checked()


@pytest.mark.parametrize(("place", "says"), [("Rehearse", "Rate limiter"), ("Defend", "Rate limiter")])
def test_a_step_leads_to_its_problem(open_page, place, says):
    page = open_page("practice/plan/")
    page.locator("[data-of=one-week]").get_by_role("link", name=re.compile(f"^{place}.*{says}")).click()
    expect(page.locator("select option:checked").first).to_have_text(says)


def test_an_interview_is_the_one_that_ask_me_knows_and_ends_the_plan(reader):
    one = reader()
    one.choose("Four weeks", interview="2026-12-14", minutes=45)
    page = one.page
    expect(page.locator("[data-part=progress]")).to_contain_text("Last day: Sunday, December 13")
    assert max(days(page)) == "2026-12-13"
    why = page.locator("[data-part=why]")
    expect(why).to_have_text(
        re.compile("^Some steps are longer than the 45 minutes that you give a day, and your days have")
    )
    left = page.locator("[data-part=left] input").evaluate_all(
        "(all) => all.map((one) => one.dataset.step.split(' ')[0])"
    )
    assert "rehearse" in left and left.count("read") > 3
    page = one.at(FIRST, place="practice/ask/")
    expect(page.locator("[data-part=date]")).to_have_value("2026-12-14")


def test_an_interview_before_the_first_day_is_told(reader):
    page = reader().at(FIRST)
    page.locator("[data-part=interview]").fill("2026-11-01")
    page.get_by_role("button", name="Lay it on my days").click()
    expect(page.locator("[data-part=need]")).to_have_text("The interview is before the first day. Move one of the two.")
    page.locator("[data-part=interview]").fill("")
    page.locator("[data-part=minutes]").fill("3")
    page.get_by_role("button", name="Lay it on my days").click()
    expect(page.locator("[data-part=need]")).to_contain_text("between 10 and 480 minutes")


def test_a_plan_that_is_changed_midway_keeps_what_was_done(reader):
    one = reader()
    one.choose("One week")
    one.do("read phases/scope")
    one.do("rehearse problems/rate-limiter")
    page = one.at(FIRST + 2 * DAY)
    expect(page.locator("[data-part=progress]")).to_contain_text(": 2 of")
    one.choose("Four weeks", **{"from": "2026-12-02"})
    expect(page.locator("[data-part=progress]")).to_contain_text("Four weeks: 2 of")
    page.get_by_role("button", name="Begin anew today").click()
    expect(page.locator("[data-part=progress]")).to_contain_text("Four weeks: 1 of")  # read once, rehearsed anew
    page.get_by_role("button", name="Stop the plan").click()
    expect(page.locator("[data-part=choose]")).to_be_visible()
    page.reload()
    expect(page.locator("[data-part=choose]")).to_be_visible()


@pytest.mark.parametrize("value", ["", "four-weeks", "plan=none-such&from=2026-11-30&minutes=60", '{"plan": 1}'])
def test_a_damaged_choice_is_told_and_what_was_done_still_counts(reader, value):
    one = reader()
    one.at(FIRST)
    one.do("read phases/scope")
    one.page.evaluate(PUT, [one.stamped({"k": "set", "name": "plan", "value": value})])
    page = one.at(FIRST)
    expect(page.locator("[data-part=need]")).to_contain_text("cannot be read any more")
    page.get_by_label("One hour", exact=True).check()
    page.get_by_role("button", name="Lay it on my days").click()
    expect(page.locator("[data-part=need]")).to_be_empty()
    expect(page.locator("[data-step='read phases/scope']")).to_be_checked()
    one.at(FIRST, place="practice/")
    expect(page.locator("[data-standing][data-on]")).to_be_visible()


def test_two_tabs_show_one_plan(reader, open_page):
    one = reader()
    one.choose("One hour")
    other = open_page("practice/plan/", context=one.page.context)
    other.clock.install(time=one.page.evaluate("Date.now()") / 1000)
    other.reload()
    expect(other.locator("[data-part=mine]")).to_be_visible()
    other.locator("[data-step='skim patterns/replication']").check()
    expect(one.page.locator("[data-step='skim patterns/replication']")).to_be_checked()
    one.page.locator("[data-step='skim patterns/partitioning']").check()
    expect(other.locator("[data-step='skim patterns/partitioning']")).to_be_checked()
    other.get_by_role("button", name="Stop the plan").click()
    expect(one.page.locator("[data-part=choose]")).to_be_visible()


def test_where_one_stands_says_what_is_on_today(reader):
    one = reader()
    one.at(FIRST, place="practice/")
    expect(one.page.locator("[data-standing][data-on]")).to_be_visible()
    expect(one.page.locator("[data-part=today]")).to_be_hidden()
    one.choose("One hour")
    one.do("read phases/scope")
    page = one.at(FIRST, place="practice/")
    expect(page.locator("[data-part=today]")).to_have_text(
        re.compile(r"^Today, by your plan: Skim High-level design, \d+ min, and 9 more\. The plan$")
    )
    page.locator("[data-part=today]").get_by_role("link", name="The plan").click()
    expect(page.locator("[data-part=mine]")).to_be_visible()


def test_a_plan_travels_in_the_copy(reader):
    one, fresh = reader(), reader()
    one.choose("One hour")
    one.page.locator("[data-step='skim patterns/replication']").check()
    one.at(FIRST, place="practice/kept/")
    with one.page.expect_download() as waited:
        one.page.get_by_role("button", name="Make a copy").click()
    page = fresh.at(FIRST, place="practice/kept/")
    page.locator("input[type=file]").set_input_files(waited.value.path())
    expect(page.locator("[data-part=status]")).to_contain_text("events came in")
    page = fresh.at(FIRST)
    expect(page.locator("[data-step='skim patterns/replication']")).to_be_checked()
    fresh.at(FIRST, place="practice/kept/")
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.locator("[data-part=status]")).to_have_text("Nothing is kept now.")
    fresh.at(FIRST)
    expect(page.locator("[data-part=choose]")).to_be_visible()


# --- the calendar -------------------------------------------------------------------------


def read(raw: bytes) -> list[dict[str, str]]:
    """The events of a calendar file, by the rules of RFC 5545, section 3.1 and 3.3.11."""
    text = raw.decode("utf-8")
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "") and "\r" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    found, at = [], []
    for line in text.replace("\r\n ", "").rstrip("\r\n").split("\r\n"):
        name, _, value = line.partition(":")
        assert re.fullmatch(r"[A-Z-]+(;[A-Z-]+=[A-Za-z-]+)*", name), line
        if name == "BEGIN":
            at.append(value)
            found += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert at.pop() == value
        elif at[-1] == "VEVENT":
            assert name not in found[-1]
            assert not re.search(r"(?<!\\)[,;]", re.sub(r"\\\\", "", value)) or name == "URL", line
            signs = {"\\n": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
            found[-1][name] = re.sub(r"\\[n,;\\]", lambda sign, signs=signs: signs[sign[0]], value)
    assert not at and text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    return found


def test_a_calendar_file_has_the_days_as_they_stand(reader):
    one = reader("Pacific/Tongatapu")
    one.choose("One week")
    one.at(FIRST + DAY)  # a day was missed
    page = one.page
    shown = days(page)
    with page.expect_download() as waited:
        page.get_by_role("button", name="Calendar file").click()
    assert waited.value.suggested_filename == "whiteboard-hour-one-week.ics"
    events = read(waited.value.path().read_bytes())
    starts = [e["DTSTART;VALUE=DATE"] for e in events]
    assert starts == ["20261201", *[day.replace("-", "") for day, steps in shown.items() if steps]]
    for e in events:
        first = datetime.strptime(e["DTSTART;VALUE=DATE"], "%Y%m%d").date()
        assert datetime.strptime(e["DTEND;VALUE=DATE"], "%Y%m%d").date() == first + DAY
        assert re.fullmatch(r"\d{8}T\d{6}Z", e["DTSTAMP"]) and e["UID"].endswith("@whiteboard-hour")
        for id_ in shown.get(first.isoformat(), []):
            assert f"{one.steps[id_]['say']} ({one.steps[id_]['minutes']} min)" in e["DESCRIPTION"]
            assert f"{one.root}{one.steps[id_]['place']}" in e["DESCRIPTION"].split("\n")
    assert len({e["UID"] for e in events}) == len(events)
    assert any("," in e["DESCRIPTION"] for e in events)  # so that escaping is tried


# --- every reader -------------------------------------------------------------------------


def test_without_scripts_all_plans_are_lists_of_links(open_page, site, catalogue):
    page = open_page("practice/plan/", scripts=False)
    for plan in catalogue.plans.plans:
        expect(page.get_by_role("heading", name=plan.name, exact=True)).to_be_visible()
        links = page.locator(f"[data-of={plan.slug}] li a")
        assert links.count() == sum(len(day.steps) for day in plan.days)
    expect(page.locator("[data-part=choose]")).to_be_hidden()
    page.locator("[data-of=one-hour]").get_by_role("link", name="Skim Cache-aside").click()
    expect(page.get_by_role("heading", name="Cache-aside", exact=True)).to_be_visible()


def test_it_prints_one_s_own_plan_alone(reader):
    one = reader(width=390)
    one.choose("One week")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(one.page.pdf(format="A4"))).pages)
    assert "Dec 1" in text and "Skim Launch" in text
    assert "Four weeks" not in text and "needs scripts" not in text and "Stop the plan" not in text


def test_all_plans_print_on_a_few_sheets(open_page):
    page = open_page("practice/plan/", scripts=False)
    pages = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    text = " ".join(one.extract_text() for one in pages)
    assert len(pages) <= 6 and "The day before" in text and "Four weeks" in text


def test_a_step_ticked_as_the_page_is_left_is_kept(reader):
    """IndexedDB is cut off in what it has begun when a link is followed: here it does not get to it at all."""
    one = reader()
    one.choose("One hour")
    one.page.evaluate("""() => {
        IDBObjectStore.prototype.put = function () { return this.getKey(""); };
        IDBTransaction.prototype.addEventListener = () => undefined;
    }""")
    one.page.locator("[data-step='skim patterns/replication']").check()
    page = one.at(FIRST, place="practice/kept/")
    expect(page.locator("[data-count=steps]")).to_have_text("1")
    page = one.at(FIRST)
    expect(page.locator("[data-step='skim patterns/replication']")).to_be_checked()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('wh-ahead'))") == []


def test_where_nothing_can_be_kept_a_plan_holds_for_the_page(open_page):
    page = open_page("")
    page.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
    page.goto(page.url + "practice/plan/")
    page.get_by_role("button", name="Lay it on my days").click()
    expect(page.locator("[data-part=now] input").first).to_be_visible()
    page.locator("[data-part=now] input").first.check()
    expect(page.locator("[data-part=progress]")).to_contain_text("1 of")
    expect(page.locator(".wh-notice")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 768, 1440])
def test_axe_finds_nothing_and_nothing_sticks_out(reader, violations, width, scheme):
    one = reader(width=width, scheme=scheme)
    page = one.at(FIRST)
    assert violations(page) == []
    one.choose("Four weeks", minutes=45)
    page.locator("[data-part=now] input").first.check()
    expect(page.locator("[data-part=progress]")).to_contain_text("1 of")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_reader_with_keys_alone_lays_a_plan_and_ticks(reader):
    page = reader().at(FIRST)
    page.get_by_label("Four weeks", exact=True).focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("One week", exact=True)).to_be_checked()
    page.get_by_role("button", name="Lay it on my days").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=today]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("[data-part=now] input:checked")).to_have_count(1)
    expect(page.locator("[data-part=now] input").first).to_be_focused()


@pytest.mark.parametrize("width", [360, 412, 600, 768, 1440])
def test_nothing_moves_when_the_choice_comes(open_page, width):
    page = open_page("practice/plan/", width=width)
    top = "document.querySelector('#one-hour').getBoundingClientRect().top + scrollY"
    expect(page.locator(".wh-plan[data-ready]")).to_be_visible()
    held = []
    page.route("**/chunk-practice-plan.*", lambda route: held.append(route))
    with page.expect_request("**/chunk-practice-plan.*"):
        page.reload(wait_until="domcontentloaded")
    page.evaluate("document.fonts.ready.then(() => 0)")
    before = page.evaluate(top)
    held[0].continue_()
    expect(page.locator(".wh-plan[data-ready]")).to_be_visible()
    assert abs(page.evaluate(top) - before) < 0.5
