"""The rehearsal and the interviewer's clock, lived through in the real browser under a clock that the test moves."""

import datetime
import gzip
import io
import json
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from macros.machines import rehearsal
from tests.browser.events import all_of
from tests.conftest import until

PAGE, SEAT = "practice/rehearse/", "interviewers/clock/"
NINE = datetime.datetime(2026, 11, 27, 9, 0, tzinfo=datetime.UTC)
SECOND, MINUTE = 1000, 60_000
NAME = "URL shortener"


@pytest.fixture
def timed(open_page, chromium, address):
    """timed(path, …): a page whose clock stands at nine, and goes only when the test moves it."""
    contexts = []

    def go(path=PAGE, width=1440, scheme="light", context=None, init="", still=True, **options):
        if context is None:
            context = chromium.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", **options
            )
            context.clock.install(time=NINE - datetime.timedelta(seconds=1))
            if still:  # axe waits by the page's own clock
                context.clock.pause_at(NINE)
            context.add_init_script(init or ";")
            contexts.append(context)
        page = open_page(path, context=context)
        if path.startswith(PAGE):
            expect(page.locator("form button[type=submit]")).to_be_enabled()
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def files(catalogue):
    return {path: json.loads(text) for path, text in rehearsal.files(catalogue).items()}


def at(page) -> str:
    return page.locator("[data-rehearse]").get_attribute("data-at")


def stage(page, name: str) -> None:
    expect(page.locator("[data-rehearse]")).to_have_attribute("data-at", name)


def shown(page) -> str:
    """What the running clock shows."""
    return page.locator(".wh-mock [role=timer]").text_content()


def start(page, slot=45, problem=NAME, who="Alone"):
    page.get_by_text(str(slot), exact=True).first.click()
    page.get_by_label("Problem", exact=True).select_option(label=problem)
    page.get_by_text(who, exact=True).click()
    page.get_by_role("button", name=f"Start: {slot} minutes").click()
    stage(page, "brief")


def run(page, minutes: float) -> None:
    page.clock.run_for(round(minutes * MINUTE))


def begun(page, **how):
    start(page, **how)
    run(page, 0.5)
    stage(page, "run")


def answer(page, *, yes=(), no=()) -> None:
    """Observations by their key; the others were not reached."""
    for keys, word in ((yes, "Yes"), (no, "No")):
        for dim, level in keys:
            box = page.locator(f"[data-dim={dim}] [data-level={level}]")
            box.get_by_label(word, exact=True).check()
    page.get_by_role("button", name="The rest was not reached").click()
    expect(page.locator("[data-part=answered]")).to_have_text("All are answered.")


def through(page):
    """From the end of the interview to the debrief."""
    stage(page, "check")
    answer(page, yes=[("scope", "mid"), ("scope", "senior")], no=[("failure", "mid")])
    page.get_by_role("button", name="Open the solution").click()
    stage(page, "compare")
    page.locator("[data-part=decisions] fieldset").nth(0).get_by_label("The same").check()
    page.locator("[data-part=decisions] fieldset").nth(1).get_by_label("Another, and I can defend it").check()
    page.locator("[data-part=decisions] fieldset").nth(1).get_by_label("What you took, and why").fill("it is cheaper")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="To the debrief").click()
    stage(page, "debrief")


def saved(page) -> bytes:
    with page.expect_download() as waited:
        page.get_by_role("button", name="Save as Markdown").click()
    return waited.value.path().read_bytes()


# --- alone ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slot", [35, 45, 60, 90])
def test_alone_from_the_first_press_to_the_debrief(timed, catalogue, slot):
    page = timed()
    name = "Chat" if slot == 90 else NAME
    plan = next(one for one in catalogue.interview.slots if one.minutes == slot)
    start(page, slot, name)
    expect(page.locator("[data-part=countdown]")).to_have_text("30 s")
    run(page, 0.5)
    stage(page, "run")
    expect(page.locator("[data-stage=run] .wh-bar:visible")).to_have_count(1)
    balls, clock = 0, 0
    for i, minutes in enumerate(plan.plan.values()):
        for _ in range(minutes):
            run(page, 1)
            ball = page.locator(".wh-mock__ball")
            while ball.is_visible():
                thrown = ball.get_attribute("data-id")
                page.keyboard.press("a")
                expect(ball).not_to_have_attribute("data-id", thrown)
                balls += 1
        clock += minutes
        assert shown(page) == (f"{clock // 60}:{clock % 60:02}:00" if clock >= 60 else f"{clock}:00")
        page.keyboard.press("n")
        if i < len(plan.plan) - 1:
            expect(page.locator("[data-part=said]")).to_have_text(re.compile("starts on time"))
    assert balls == catalogue.conduct.curveballs.of(slot)
    through(page)
    text = saved(page).decode()
    for minutes in plan.plan.values():
        assert f": {minutes} planned, {minutes} taken (0)" in text
    assert text.count("Answered in") == balls and "You said: it is cheaper" in text
    assert "- Scope: Senior" in text and '- Failure: Answers "it dies"' in text
    again = page.locator("[data-part=parts]").inner_text()
    page.reload()
    expect(page.get_by_role("button", name=re.compile(f"^{name}, {slot} minutes"))).to_be_visible()
    page.get_by_role("button", name=re.compile(f"^{name}, {slot} minutes")).click()
    stage(page, "debrief")
    assert page.locator("[data-part=parts]").inner_text() == again


def test_a_reload_goes_on_in_each_state(timed):
    page = timed()
    start(page)
    run(page, 0.2)
    page.reload()
    stage(page, "brief")
    expect(page.locator("[data-part=countdown]")).to_have_text("18 s")
    run(page, 0.3 + 7)
    page.keyboard.press("n")
    run(page, 0.5)
    before = shown(page)
    page.reload()
    stage(page, "run")
    expect(page.locator(".wh-mock [role=timer]")).to_have_text(before)
    expect(page.locator("[data-part=phase]")).to_have_text("High-level design")
    assert page.locator("[data-part=said]").text_content() == ""  # what was said once is not said again
    run(page, 40)
    stage(page, "check")
    page.locator("[data-dim=scope] [data-level=mid]").get_by_label("Yes").check()
    page.reload()
    stage(page, "check")
    expect(page.locator("[data-dim=scope] [data-level=mid]").get_by_label("Yes")).to_be_checked()
    answer(page)
    page.get_by_role("button", name="Open the solution").click()
    stage(page, "compare")
    page.locator("[data-part=decisions] fieldset").nth(2).get_by_label("I missed it").check()
    until(page, f"{all_of()}.then((all) => all.some(({{ k }}) => k === 'mock.decide'))")
    page.reload()
    stage(page, "compare")
    expect(page.locator("[data-part=decisions] fieldset").nth(2).get_by_label("I missed it")).to_be_checked()


def test_ten_minutes_of_sleep_are_gone_and_noted(timed):
    page = timed()
    begun(page)
    run(page, 3)
    before = shown(page)
    assert before == "3:00"
    page.clock.fast_forward(10 * MINUTE)
    run(page, 0.02)
    expect(page.locator(".wh-mock [role=timer]")).to_have_text("13:01")
    expect(page.locator("[data-part=stand]")).to_contain_text("the reserve is spent")
    run(page, 33)
    through(page)
    expect(page.locator("[data-part=parts]")).to_contain_text("the device slept for 10 minutes")


@pytest.mark.parametrize("closed", [False, True])
def test_a_clock_that_is_set_back_does_no_harm(timed, closed):
    page = timed()
    begun(page)
    run(page, 9)
    page.keyboard.press("n")
    run(page, 1)
    assert shown(page) == "10:00"
    page.clock.set_system_time(NINE - datetime.timedelta(hours=1))
    if closed:
        page.reload()
        expect(page.locator(".wh-mock [role=timer]")).not_to_have_text("")
    run(page, 0.1)
    expect(page.locator(".wh-mock [role=timer]")).to_have_text(re.compile("^10:0[5-7]$"))
    run(page, 2)
    page.reload()
    expect(page.locator(".wh-mock [role=timer]")).to_have_text(re.compile("^12:0[5-7]$"))
    expect(page.locator("[data-part=phase]")).to_have_text("High-level design")
    run(page, 33.1)
    through(page)
    text = saved(page).decode()
    assert "Understand and scope: 6 planned, 9 taken (+3)" in text and "slept" not in text


def test_an_overrun_is_said_in_words_once(timed):
    page = timed()
    begun(page)
    said = page.locator("[data-part=said]")
    page.evaluate("""() => {
      window.heard = [];
      const line = document.querySelector("[data-part=said]");
      const watch = new MutationObserver(() => heard.push(line.textContent));
      watch.observe(line, { childList: true, characterData: true, subtree: true });
    }""")
    run(page, 6)
    expect(said).to_contain_text("Understand and scope is over by the plan. Go on to High-level design")
    run(page, 2)
    expect(page.locator("[data-part=stand]")).to_have_text("2 minutes over, paid by the reserve: 1 minute of it left")
    run(page, 3)
    expect(said).to_have_text("The reserve is spent. High-level design now loses what Understand and scope takes.")
    page.keyboard.press("n")
    expect(said).to_have_text(re.compile("High-level design starts 5 minutes late: 3 minutes from the reserve"))
    run(page, 35)
    stage(page, "check")
    heard = page.evaluate("heard")
    assert len(heard) == len(set(heard)), heard
    assert [one for one in heard if one.startswith("Curveball:")] and heard[-1] in ("One minute left.", "Time is up.")


def test_the_end_is_said(timed):
    page = timed()
    begun(page)
    run(page, 44.9)
    run(page, 0.15)
    stage(page, "check")
    expect(page.locator(".wh-notice")).to_have_text("Time is up: 45 minutes, URL shortener.")


@pytest.mark.parametrize(
    ("zone", "said"), [("America/Los_Angeles", "2026-11-27 01:00"), ("Pacific/Tongatapu", "2026-11-27 22:00")]
)
def test_the_day_is_the_reader_s_own(timed, zone, said):
    page = timed(timezone_id=zone)
    begun(page)
    run(page, 46)
    through(page)
    expect(page.locator("[data-part=title]")).to_contain_text(said)


def test_two_tabs_are_one_rehearsal(timed):
    page = timed()
    begun(page)
    other = timed(context=page.context)
    stage(other, "run")
    other.bring_to_front()
    other.locator("h1").click()
    other.keyboard.press("n")
    expect(other.locator("[data-part=phase]")).to_have_text("High-level design")
    expect(page.locator("[data-part=phase]")).to_have_text("High-level design")
    page.keyboard.press("n")
    expect(other.locator("[data-part=phase]")).to_have_text("Deep dive")
    assert shown(page) == shown(other)


@pytest.mark.parametrize(
    "broken",
    [
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }",
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }",
    ],
)
def test_without_storage_it_runs_and_says_once_that_nothing_is_kept(timed, broken):
    page = timed(init=broken)
    start(page)
    expect(page.locator(".wh-notice")).to_have_count(1)
    run(page, 46.5)
    expect(page.locator(".wh-notice")).to_have_count(0)
    through(page)
    assert b"45 minutes" in saved(page)


def test_a_damaged_record_costs_only_itself(timed):
    page = timed()
    begun(page)
    page.evaluate("""() => new Promise((done, failed) => {
      const asked = indexedDB.open("wh");
      asked.onerror = failed;
      asked.onsuccess = () => {
        const change = asked.result.transaction("log", "readwrite"), store = change.objectStore("log");
        store.put({ id: "broken", k: "mock.phase", phase: 3 });
        change.oncomplete = () => { asked.result.close(); done(); };
      };
    })""")
    run(page, 1)
    page.reload()
    stage(page, "run")
    expect(page.locator("[data-part=phase]")).to_have_text("Understand and scope")


def test_a_copy_gives_the_same_debrief_in_a_fresh_browser_byte_for_byte(timed):
    page = timed()
    begun(page)
    run(page, 46)
    through(page)
    text = saved(page)
    page.goto(page.url.replace(PAGE, "practice/kept/"))
    with page.expect_download() as waited:
        page.get_by_role("button", name="Make a copy").click()
    copy = waited.value.path().read_bytes()
    fresh = timed("practice/kept/", timezone_id="Pacific/Tongatapu")
    fresh.locator("input[type=file]").set_input_files(
        {"name": "copy.json", "mimeType": "application/json", "buffer": copy}
    )
    expect(fresh.locator("[data-part=status]")).to_contain_text("events came in")
    fresh.goto(fresh.url.replace("practice/kept/", PAGE))
    fresh.get_by_role("button", name=re.compile(f"^{NAME}, 45 minutes")).click()
    stage(fresh, "debrief")
    assert saved(fresh) == text


def test_the_settings_of_slot_and_level_are_read(timed):
    page = timed(init="localStorage.setItem('wh-slot', '60'); localStorage.setItem('wh-level', 'staff')")
    expect(page.get_by_role("button", name="Start: 60 minutes, a surprise")).to_be_visible()
    expect(page.get_by_label("Staff", exact=True).first).to_be_checked()


def test_a_link_may_name_the_problem(timed):
    page = timed(PAGE + "#problem=chat")
    expect(page.get_by_role("button", name="Start: 45 minutes, Chat")).to_be_visible()


def test_a_surprise_is_none_of_the_last_three(timed):
    page = timed()
    seen = []
    for _ in range(4):
        page.get_by_role("button", name="Start: 45 minutes, a surprise").click()
        stage(page, "brief")
        seen.append(page.locator("[data-stage=brief] [data-part=prompt]").text_content())
        page.get_by_role("button", name="Choose again").click()
        stage(page, "choose")
    assert len(set(seen)) == 4


def test_keys_alone_are_enough(timed):
    page = timed()
    page.locator("#mock-choose").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    stage(page, "brief")
    expect(page.locator("#mock-brief")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    stage(page, "run")
    expect(page.locator("#mock-phase")).to_be_focused()
    page.keyboard.press("i")
    expect(page.locator("[data-part=said]")).to_have_text(re.compile("Interruption noted at 0:0"))
    page.keyboard.press("?")
    expect(page.locator(".wh-mock__keys")).to_have_attribute("open", "")
    page.keyboard.press("m")
    expect(page.locator("[data-part=said]")).to_have_text(re.compile("Marked at 0:0"))
    page.get_by_label("Note", exact=True).fill("the door")
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=said]")).to_have_text("Noted.")
    expect(page.get_by_label("Note", exact=True)).to_have_value("")
    run(page, 46)
    stage(page, "check")
    expect(page.locator("#mock-check")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("[data-dim=scope] [data-level=mid]").get_by_label("Yes")).to_be_checked()


@pytest.mark.parametrize("width", [390, 1440])
def test_the_clock_is_in_sight_while_the_board_is_typed_and_in_the_tab_s_name(timed, width):
    page = timed(width=width)
    begun(page)
    expect(page).to_have_title(re.compile(r"^0:00 · Scope · "))
    page.get_by_text("Type the board, if there is no paper").click()
    field = page.get_by_label("One chain a line, drawn as you type")
    field.fill("\n".join(f"- line {n}" for n in range(30)) + "\nclient > api: 1")
    run(page, 2)
    field.evaluate("(e) => e.scrollIntoView({ block: 'end' })")
    small = page.locator(".wh-mock__small:visible strong").last
    expect(small).to_have_text("2:00")
    box = small.bounding_box()
    assert 0 < box["y"] < 900 - box["height"]
    typed = page.locator("[data-stage=run] .wh-mock__typed")
    expect(typed.locator("li")).to_have_count(30)
    expect(typed.get_by_role("img")).to_have_accessible_name("client to api: 1")
    field.press("Escape")
    page.keyboard.press("m")
    expect(page.locator("[data-part=said]")).to_have_text("Marked at 2:00.")
    run(page, 0.02)
    expect(page.locator("[data-part=left]:visible").last).to_have_text("Marked at 2:00.")
    run(page, 0.2)
    expect(page.locator("[data-part=left]:visible").last).to_have_text("Scope · 4 minutes left")
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    expect(page.locator("[data-part=said]")).to_have_text(re.compile("^Interruption noted"))
    run(page, 45)
    stage(page, "check")
    expect(page).to_have_title(re.compile("^Rehearse against the clock"))


@pytest.mark.parametrize(("width", "touch"), [(390, True), (1440, False)])
def test_a_curveball_is_in_sight_with_clock_and_board_wherever_one_types(timed, width, touch):
    page = timed(width=width, has_touch=touch, is_mobile=touch)
    begun(page)
    page.get_by_text("Type the board, if there is no paper").click()
    field = page.get_by_label("One chain a line, drawn as you type")
    field.fill("- a line\n" * 40)
    field.evaluate("(e) => e.scrollIntoView({ block: 'end' })")
    field.focus()
    run(page, 33)
    ball = page.locator(".wh-mock__ball")
    expect(ball).to_be_visible()
    expect(page).to_have_title(re.compile("^Curveball · "))
    card, foot = ball.bounding_box(), page.locator(".wh-mock__thumb").bounding_box()
    assert card["y"] > 50 and card["y"] + card["height"] <= foot["y"] + 1 and foot["y"] + foot["height"] <= 901
    if touch:
        expect(field).not_to_be_focused()  # its keyboard would lie over the card
    else:
        expect(field).to_be_focused()
    while ball.is_visible():
        thrown = ball.get_attribute("data-id")
        page.get_by_role("button", name="I have answered it aloud").click()
        expect(ball).not_to_have_attribute("data-id", thrown)
        expect(page.locator("#mock-phase")).to_be_focused()


def test_what_is_asked_about_is_at_hand_while_the_scope_is_settled(timed):
    page = timed()
    begun(page)
    prompt = page.locator("[data-stage=run] [data-part=prompt]")
    expect(prompt).to_be_visible()
    page.get_by_text("Once you have asked aloud: what is granted").click()
    expect(page.locator("[data-part=granted] dt").first).to_be_visible()
    page.keyboard.press("n")
    expect(page.locator("[data-part=phase]")).to_have_text("High-level design")
    expect(prompt).to_be_hidden()
    expect(page.locator("[data-part=alone]")).to_be_hidden()


def test_a_second_press_counts_as_one_and_a_phase_that_was_begun_too_soon_is_left_again(timed):
    page = timed()
    begun(page)
    run(page, 2)
    page.get_by_role("button", name="Go on to High-level design").dblclick()
    phase, said = page.locator("[data-part=phase]"), page.locator("[data-part=said]")
    expect(phase).to_have_text("High-level design")
    run(page, 0.1)
    page.get_by_role("button", name="Back to Understand and scope").click()
    expect(phase).to_have_text("Understand and scope")
    expect(said).to_have_text("Back in Understand and scope.")
    expect(page.locator("[data-do=next]")).to_be_focused()
    run(page, 4)
    page.keyboard.press("n")
    expect(said).to_have_text("High-level design starts on time.")
    run(page, 0.5)
    expect(page.locator("[data-do=back]")).to_be_hidden()
    run(page, 39)
    through(page)
    text = saved(page).decode()
    assert "Understand and scope: 6 planned, 6 taken (0)" in text


def test_the_solution_stays_shut_until_all_is_answered(timed):
    page = timed()
    begun(page)
    page.get_by_role("button", name="End now").click()
    page.get_by_role("button", name="Really end it?").click()
    stage(page, "check")
    expect(page.get_by_role("button", name="Open the solution")).to_be_disabled()
    expect(page.locator("[data-part=answered]")).to_have_text("0 of 18 answered")
    assert page.locator("[data-stage=compare]").is_hidden()
    page.locator("[data-dim=scope] [data-level=mid]").get_by_label("Yes").check()
    page.get_by_role("button", name="To the next one that is open").click()
    expect(page.locator("[data-dim=scope] [data-level=senior]").get_by_label("Yes")).to_be_focused()
    answer(page)
    expect(page.locator("[data-do=find]")).to_be_hidden()
    page.get_by_role("button", name="Open the solution").click()
    expect(page.locator("[data-part=stages] svg").filter(visible=True)).to_have_count(3)
    dead = page.locator("[data-part=stages] a").evaluate_all(
        "(all) => all.filter((a) => !a.href.includes('/problems/'))"
    )
    assert dead == []


def test_a_photograph_of_the_paper_lies_beside_the_solution(timed):
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (3000, 1000), "white").save(picture, "PNG")
    page = timed(width=390)
    begun(page)
    run(page, 46)
    stage(page, "check")
    page.get_by_label("Photograph your paper").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    expect(page.locator(".wh-notice")).to_have_text("The photograph is kept in this browser.")
    page.get_by_text("Your board, to judge by").click()
    expect(page.locator("[data-stage=check]").get_by_alt_text("The photograph of your paper")).to_be_visible()
    answer(page)
    page.get_by_role("button", name="Open the solution").click()
    image = page.locator("[data-stage=compare]").get_by_alt_text("The photograph of your paper")
    expect(image).to_be_visible()
    assert image.evaluate("(i) => i.decode().then(() => i.naturalWidth)") == 1600
    page.get_by_role("button", name="To the debrief").click()
    stage(page, "debrief")
    shown_again = page.locator("[data-stage=debrief]").get_by_alt_text("The photograph of your paper")
    expect(shown_again).to_be_visible()
    page.reload()
    page.get_by_role("button", name=re.compile(f"^{NAME}, 45 minutes")).click()
    expect(shown_again).to_be_visible()


def test_the_screen_is_kept_on_while_it_runs(timed):
    page = timed(
        init="""window.locks = [];
        Object.defineProperty(navigator, 'wakeLock', { value: { request: async (kind) => {
          locks.push(kind); return { release: async () => locks.push('released') } } } });"""
    )
    start(page)
    run(page, 0.6)
    run(page, 46)
    stage(page, "check")
    locks = page.evaluate("locks")
    assert locks[0] == "screen" and locks.count("screen") == locks.count("released")


# --- a partner --------------------------------------------------------------------------------------


def test_a_partner_s_link_shows_the_same_second_and_the_same_curveballs(timed, files):
    page = timed()
    start(page, who="With a partner")
    expect(page.locator(".wh-mock__code svg")).to_be_visible()
    link = page.get_by_label("Link", exact=True).input_value()
    seat = timed(SEAT + link[link.index("#") :])
    expect(seat.locator("[data-part=prompt]")).to_contain_text("short links")
    for minutes in (2, 6.3, 17.77, 12.5):
        run(page, minutes)
        run(seat, minutes)
        assert shown(page) == shown(seat)
    thrown = seat.locator("[data-part=balls] strong").all_text_contents()
    assert len(thrown) == 2 and all(re.fullmatch(r"(29|3[0-3]):\d\d ", one) for one in thrown)
    assert page.locator(".wh-mock__ball").is_hidden()  # the partner throws them
    seat.get_by_label(re.compile(re.escape(thrown[0]))).check()
    seat.get_by_label("Note on this phase").fill("asked for the key")
    seat.get_by_role("button", name="Keep", exact=True).click()
    seat.locator("[data-dim=scope] [data-level=mid]").get_by_label("No", exact=True).check()
    seat.locator("[data-dim=failure] [data-level=mid]").get_by_label("Yes").check()
    expect(seat.get_by_label("Record")).to_have_value(re.compile("failure.mid: yes"))
    seat.reload()
    expect(seat.locator("[data-dim=scope] [data-level=mid]").get_by_label("No", exact=True)).to_be_checked()
    text = seat.get_by_label("Record").input_value()
    assert "- scope.mid: no" in text and "- failure.mid: yes" in text and "- Dive: asked for the key" in text
    run(page, 10)
    through(page)
    page.get_by_text("Lay your partner's record beside it").click()
    page.get_by_label("The text that their page gives").fill(text)
    page.get_by_role("button", name="Lay beside").click()
    expect(page.locator("[data-part=both]")).to_contain_text("You differ on 3 of 18.")
    expect(page.locator("[data-part=both]")).to_contain_text("Dive: asked for the key")
    assert page.locator(".wh-mock__differ").count() == 3
    with seat.expect_download() as waited:
        seat.get_by_role("button", name="Save as a file").click()
    fresh = page.get_by_label("Or the file that it saved")
    fresh.set_input_files({"name": "other.txt", "mimeType": "text/plain", "buffer": b"no record"})
    expect(page.locator("[data-part=both]")).to_have_text(re.compile("^This is no record of a partner's page"))
    fresh.set_input_files(waited.value.path())
    expect(page.locator("[data-part=both]")).to_contain_text("You differ on 3 of 18.")
    page.reload()
    page.get_by_role("button", name=re.compile(f"^{NAME}, 45 minutes")).click()
    expect(page.locator("[data-part=both]")).to_contain_text("You differ on 3 of 18.")


def test_the_debrief_leads_to_the_cards_of_what_was_missed(timed):
    page = timed()
    begun(page)
    run(page, 46)
    through(page)
    steps = page.locator("[data-part=next] li")
    pattern = steps.nth(2).get_by_role("link").first.get_attribute("href").rstrip("/").rsplit("/", 1)[1]
    steps.nth(2).get_by_role("link", name="its cards").click()
    page.wait_for_url(re.compile(f"/practice/ask/#pattern={pattern}$"))
    expect(page.locator("[data-part=from]")).to_have_value(f"pattern={pattern}")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_enabled()


def test_an_empty_board_of_the_problem_is_at_hand_while_the_prompt_is_read(timed):
    page = timed()
    start(page)
    with page.expect_download() as waited:
        page.get_by_role("link", name="an empty board for Excalidraw").click()
    assert waited.value.suggested_filename == "url-shortener.excalidraw"
    assert json.loads(waited.value.path().read_text("utf-8"))["type"] == "excalidraw"


def test_the_code_says_what_the_link_says(timed):
    cv2 = pytest.importorskip("cv2", reason="no reader of QR codes on this machine")
    import numpy

    page = timed()
    start(page, who="With a partner")
    code = page.locator(".wh-mock__code svg")
    expect(code).to_be_visible()
    image = cv2.imdecode(numpy.frombuffer(code.screenshot(), numpy.uint8), cv2.IMREAD_COLOR)
    text, *_ = cv2.QRCodeDetector().detectAndDecode(image)
    assert text == page.get_by_label("Link", exact=True).input_value()


def test_an_interviewer_may_start_alone_and_nonsense_leads_to_the_form(timed):
    page = timed(SEAT + "#mock=nobody.45.7f3a.1764163200")
    expect(page.get_by_role("button", name="Start the clock")).to_be_enabled()
    page.get_by_label("Problem").select_option(label="Chat")
    page.get_by_role("button", name="Start the clock").click()
    expect(page).to_have_url(re.compile(r"#mock=chat\.45\.[0-9a-f]{4}\.\d{10}$"))
    expect(page.locator("[data-part=phase]")).to_have_text("Understand and scope")
    page.get_by_text("Hints, one step at a time").click()
    expect(page.locator("[data-part=hints] > details")).to_have_count(5)


# --- the look, the weight, paper ------------------------------------------------------------------


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light"), (390, "light"), (1440, "dark")])
def test_axe_finds_nothing_in_any_state_and_nothing_sticks_out(timed, violations, width, scheme):
    page = timed(width=width, scheme=scheme, still=False)

    def looks():
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    looks()
    start(page, who="With a partner")
    expect(page.locator(".wh-mock__code svg")).to_be_visible()
    looks()
    page.get_by_role("button", name="Choose again").click()
    begun(page)
    looks()
    run(page, 7)
    looks()
    run(page, 26)
    expect(page.locator(".wh-mock__ball")).to_be_visible()
    looks()
    page.get_by_role("button", name="I have answered it aloud").click()
    run(page, 13)
    stage(page, "check")
    looks()
    answer(page)
    page.get_by_role("button", name="Open the solution").click()
    expect(page.locator("[data-part=stages] svg").filter(visible=True)).to_have_count(3)
    page.locator("[data-part=decisions] fieldset").nth(1).get_by_label("Another, and I can defend it").check()
    looks()
    page.get_by_role("button", name="To the debrief").click()
    stage(page, "debrief")
    looks()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_axe_finds_nothing_on_the_interviewer_s_clock(timed, violations, width, scheme):
    page = timed(f"{SEAT}#mock=chat.45.7f3a.{int(NINE.timestamp())}", width=width, scheme=scheme, still=False)
    expect(page.locator("[data-part=phase]")).to_have_text("Understand and scope")
    run(page, 30)
    page.evaluate("document.querySelectorAll('main details').forEach((d) => (d.open = true))")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_of_it_is_loaded_elsewhere_and_it_weighs_little(timed, open_page, site):
    for path in ("", "practice/", "problems/url-shortener/", "phases/"):
        page = open_page(path)
        page.wait_for_load_state("networkidle")
        names = page.evaluate("performance.getEntriesByType('resource').map((e) => e.name)")
        assert not [n for n in names if re.search("rehears|seat|plan.json", n)], path

    def loaded(page) -> set[str]:
        """Scripts and styles from here on; a clock that stands still lists no resources by itself."""
        names: set[str] = set()
        page.on("request", lambda r: names.add(r.url.rsplit("/", 1)[1]) if re.search(r"\.(js|css)$", r.url) else None)
        page.reload()
        return names

    page = timed()
    own = loaded(page)
    start(page, who="With a partner")
    expect(page.locator(".wh-mock__code svg")).to_be_visible()
    other = open_page("practice/kept/")
    log = loaded(other)  # the log, which all of practice shares, and what comes with every page
    expect(other.locator("[data-kept]")).to_be_visible()
    log |= loaded(open_page("phases/"))  # the time bar's styles
    weight = {n: len(gzip.compress((site / "assets" / n).read_bytes(), 9)) for n in own - log}
    assert any("rehearse-mount" in n for n in weight)
    assert 10_000 < sum(weight.values()) <= 20_000, weight


@pytest.mark.parametrize("width", [390, 1440])
def test_a_board_is_typed_drawn_kept_and_compared(timed, width):
    page = timed(width=width)
    begun(page)
    page.get_by_text("Type the board, if there is no paper").click()
    board = page.locator("[data-stage=run] .wh-mock__typed")
    expect(board).to_be_hidden()
    page.get_by_label("One chain a line, drawn as you type").fill("client > api > cache ? db")
    expect(board.get_by_role("img")).to_have_accessible_name("client to api; api to cache; cache on a miss to db")
    box, svg = board.bounding_box(), board.locator("svg").bounding_box()
    assert svg["width"] <= box["width"] and page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Tab")
    page.reload()
    expect(board.locator("text")).to_have_text(["miss", "client", "api", "cache", "db"])
    page.keyboard.press("n")  # the field does not hold the focus: the key is the clock's
    expect(page.locator("[data-part=phase]")).to_have_text("High-level design")
    page.get_by_role("button", name="End now").click()
    page.get_by_role("button", name="Really end it?").click()
    stage(page, "check")
    answer(page)
    page.get_by_role("button", name="Open the solution").click()
    stage(page, "compare")
    expect(page.locator("[data-stage=compare] [data-part=own] svg text")).to_have_count(5)
    page.get_by_role("button", name="To the debrief").click()
    assert "## The board, as typed\n\n- client \\> api \\> cache ? db" in saved(page).decode()


def test_without_scripts_the_page_is_a_sheet(open_page, catalogue):
    page = open_page(PAGE, scripts=False)
    expect(page.get_by_text("The clock needs a script.")).to_be_visible()
    expect(page.locator(".wh-mock__choose")).to_be_hidden()
    assert page.locator(".wh-see fieldset:visible").count() == 18
    page.get_by_text(f"A prompt: {NAME}").click()
    expect(page.get_by_text("Design a service that makes short links")).to_be_visible()
    assert page.locator(".wh-mock__bar:visible").count() == len(catalogue.interview.slots)
    text = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(page.pdf())).pages)
    text = re.sub(r"\s+", " ", text)
    assert catalogue.rubric.dimensions[0].mid.see in text and "Design a service that makes short links" in text


def test_the_debrief_prints_without_what_is_pressed(timed):
    page = timed()
    begun(page)
    run(page, 46)
    through(page)
    text = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(page.pdf())).pages)
    text = re.sub(r"\s+", " ", text)
    assert "Where the minutes went" in text and "Save as Markdown" not in text and "Choose" not in text
