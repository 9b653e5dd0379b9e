"""The readers' journeys in Firefox and WebKit. Three belong to the suite; `make test-engines` goes all of them."""

import io
import json
import os
import re
import threading
from http.server import ThreadingHTTPServer

import pytest
from pypdf import PdfReader

from tests.conftest import BASE, Handler
from tests.engines.engines import ENGINES, Firefox, path
from tests.kinds import KINDS

ALL = bool(os.environ.get("ENGINES"))  # set by make test-engines
rest = pytest.mark.skipif(not ALL, reason="make test-engines")


@pytest.fixture(scope="module", params=ENGINES)
def engine(request):
    where = path(request.param)
    if where is None:
        if ALL:
            pytest.fail(f"{request.param} is not on this machine; see CONTRIBUTING, Engines")
        pytest.skip(f"no {request.param} on this machine")
    made = ENGINES[request.param](where)
    yield made
    made.close()


@pytest.fixture(scope="module")
def here(site):
    """Address of a host of the site that can be taken away, and how."""
    handler = type("Served", (Handler,), {"folder": str(site)})

    class Host:
        def __init__(self):
            self.server, self.port = None, 0
            self.comes()

        def comes(self):
            self.server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
            self.server.daemon_threads = True
            self.port = self.server.server_address[1]
            threading.Thread(target=self.server.serve_forever, daemon=True).start()

        def goes(self):
            self.server.shutdown()
            self.server.server_close()

        @property
        def url(self):
            return f"http://127.0.0.1:{self.port}{BASE}"

    made = Host()
    yield made
    made.goes()


def heading(text):
    return f"document.querySelector('h1')?.textContent.trim() === {json.dumps(text)}"


def test_search_by_symptom_and_enter(engine, here):
    engine.go(here.url)
    engine.wait("document.documentElement.dataset.on === ''")
    engine.press("/")
    engine.type("charged twice")
    engine.wait("document.querySelector('[role=option]')?.textContent.includes('Idempotency key')")
    engine.press("Enter")
    engine.wait(heading("Idempotency key"))


def test_the_replay_steps_by_keyboard(engine, here):
    engine.go(f"{here.url}patterns/lru/")
    engine.wait("!!document.querySelector('.wh-trace--on')")
    engine.run("document.querySelector('.wh-trace').focus()")
    engine.press("ArrowRight")
    engine.wait("document.querySelector('.wh-trace li[data-now] figcaption').textContent.includes('put a')")
    engine.press("End")
    engine.wait("document.querySelector('.wh-player__count').textContent === '7 of 7'")


def test_a_checklist_remembers(engine, here):
    engine.go(f"{here.url}phases/deep-dive/")
    engine.run("localStorage.clear()")
    engine.wait("!!document.querySelector('.wh-checklist__count')")
    engine.click("[data-checklist] label")
    engine.wait("document.querySelector('.wh-checklist__count').textContent.startsWith('1 of')")
    engine.go(f"{here.url}phases/deep-dive/")
    engine.wait("document.querySelector('[data-checklist] input').checked")


@rest
def test_three_doors(engine, here):
    for text, lands in (
        ("A plan for an hour, an evening or a week", "practice/plan/"),
        ("Patterns by category", "patterns/"),
        ("Cheat sheets, A4 and US Letter", "cheat-sheets/"),
    ):
        engine.go(here.url)
        find = f"[...document.querySelectorAll('.wh-door a')].find((a) => a.textContent.trim() === {json.dumps(text)})"
        engine.run(f"{find}.setAttribute('id', 'the-door')")
        engine.click("#the-door")
        engine.wait(f"location.href === {json.dumps(here.url + lands)}")


@rest
def test_two_patterns_side_by_side(engine, here):
    engine.go(f"{here.url}patterns/compare/?p=saga,two-phase-commit")
    engine.wait("document.querySelectorAll('[data-compare] thead th').length === 2")


@rest
def test_a_sheet_shows_the_slot_that_is_chosen(engine, here):
    engine.go(f"{here.url}cheat-sheets/deep-dive/")
    shown = (
        "[...document.querySelectorAll('.wh-sheet__timing')].filter((e) => e.getClientRects().length)"
        ".map((e) => e.className.match(/slot-(\\d+)/)[1]).join()"
    )
    assert engine.run(shown) == "45"
    engine.click(".wh-slots input[value='60']")
    engine.wait(f"{shown} === '60'")


@rest
def test_kept_offline_and_read_without_the_host(engine, here):
    engine.go(here.url)
    engine.click(".wh-keep button")
    engine.wait("document.querySelector('.wh-keep [role=status]')?.textContent.startsWith('Kept:')", 120)
    here.goes()
    try:
        engine.go(f"{here.url}patterns/saga/")
        engine.wait(heading("Saga"))
        engine.press("/")
        engine.type("charged twice")
        engine.wait("document.querySelector('[role=option]')?.textContent.includes('Idempotency key')")
        engine.go(f"{here.url}patterns/compare/?p=saga,two-phase-commit")
        engine.wait("document.querySelectorAll('[data-compare] thead th').length === 2")
    finally:
        here.comes()
    engine.go(here.url)
    engine.wait("document.querySelector('.wh-keep button')?.textContent === 'Remove the offline copy'")
    engine.click(".wh-keep button")
    engine.wait("document.querySelector('.wh-keep button').textContent.startsWith('Keep the guide')")


@rest
@pytest.mark.parametrize("kind", KINDS)
def test_the_policy_stops_nothing_on_a_page_of_any_type(engine, here, kind):
    if isinstance(engine, Firefox):
        engine.said.clear()
    engine.go(here.url + KINDS[kind])
    engine.wait("document.documentElement.dataset.on === ''")
    stopped = engine.run(
        "new Promise((done) => { const all = [];"
        " addEventListener('securitypolicyviolation', (e) => all.push(e.violatedDirective + e.blockedURI));"
        " setTimeout(() => done(all), 300) })"
    )
    assert stopped == []
    assert engine.run("getComputedStyle(document.querySelector('.wh-header')).position") == "sticky"
    if isinstance(engine, Firefox):
        assert [line for line in engine.said if "Content-Security-Policy" in line or line.startswith("error")] == []
    assert engine.run("document.documentElement.scrollWidth <= innerWidth")


@rest
def test_a_page_saved_as_pdf_by_firefox_keeps_its_text(engine, here):
    if not isinstance(engine, Firefox):
        pytest.skip("only Firefox drops the text of variable fonts")
    engine.go(f"{here.url}patterns/circuit-breaker/")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(engine.pdf())).pages)
    words = re.sub(r"\s+", " ", text)
    for line in (
        "Stop calling a dependency that keeps failing",
        "Circuit breaker",
        "Numbers to know",
        "Usually the retry wraps the breaker",
    ):
        assert line in words, line


@rest
def test_a_card_is_asked_kept_counted_and_found_on_its_page(engine, here):
    engine.go(f"{here.url}practice/ask/#pattern=saga")
    engine.wait("document.querySelector('[data-part=counts]')?.textContent.includes('5 never asked')")
    engine.click("[data-part=start]")
    engine.wait("document.activeElement?.matches('[data-part=question]')")
    engine.press(" ")
    engine.press("3")
    engine.wait("document.querySelector('[data-part=place]')?.textContent.startsWith('1 asked')")
    engine.go(f"{here.url}practice/")
    engine.wait("document.querySelector('[data-pattern=saga]')?.textContent.includes('shaky, 0 of 5 held')")
    engine.go(f"{here.url}patterns/saga/#card-saga-pivot")
    engine.wait("document.querySelector('#card-saga-pivot')?.getBoundingClientRect().height > 20")
    engine.wait("document.querySelector('#card-saga-pivot').closest('details').open")


def test_an_hour_is_begun_survives_a_reload_and_ends_in_a_debrief(engine, here):
    at = "document.querySelector('[data-rehearse]')?.dataset.at === '{}'".format
    engine.go(f"{here.url}practice/rehearse/")
    engine.wait(at("choose"))
    engine.run("document.querySelector('#mock-problem').value = 'chat'")
    engine.run("document.querySelector('#mock-problem').dispatchEvent(new Event('change', { bubbles: true }))")
    engine.click("[data-rehearse] button[type=submit]")
    engine.wait(at("brief"))
    engine.click("[data-do=now]")
    engine.wait(at("run"))
    engine.press("n")
    engine.wait("document.querySelector('[data-part=phase]')?.textContent.includes('High-level design')")
    engine.go(f"{here.url}practice/rehearse/?again")
    engine.wait("document.querySelector('[data-part=phase]')?.textContent.includes('High-level design')")
    engine.click("[data-do=end]")
    engine.wait("document.querySelector('[data-do=end]')?.textContent.includes('Really')")
    engine.click("[data-do=end]")
    engine.wait(at("check"))
    engine.click("[data-do=rest]")
    engine.wait("document.querySelector('[data-part=answered]').textContent === 'All are answered.'")
    engine.click("[data-do=reveal]")
    engine.wait(at("compare"))
    engine.wait("document.querySelector('[data-part=decisions] fieldset')?.getBoundingClientRect().height > 0")
    engine.click("[data-do=done]")
    engine.wait(at("debrief"))
    engine.wait("document.querySelector('[data-stage=debrief]').textContent.includes('Scope')")
