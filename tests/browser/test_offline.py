"""The guide without a network, in a browser that was asked to keep it, on hosts, disks and networks that fail."""

import json
import re
import shutil
import threading
import time
from http.server import ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from macros.machines import offline
from tests.conftest import BASE, Handler, until

KEEP = "Keep the guide offline (6 MB)"
KEPT = "Kept: every page and the search open without a network. PDFs, decks and Python still need one."
SOON = 3  # seconds, in which a copy answers for a network that does not


def keep(page):
    page.get_by_role("button", name=KEEP).click()


def status(page):
    return page.locator(".wh-keep [role=status]")


def test_everything_a_page_asks_for_is_listed_and_the_button_tells_its_size(site):
    listed = set(json.loads((site / "offline.json").read_text("utf-8"))["files"])
    assert {"", "patterns/lru/", "404.html", "not-kept.html", "patterns/a-z/", "run/lru.py"} <= listed
    assert {"api/patterns.json", "api/patterns/saga.json", "cheat-sheets/scope.webp"} <= listed
    assert not [f for f in listed if "pyodide" in f or f.endswith(".pdf")]
    assert f'data-size="{offline.megabytes(site):.0f}"' in (site / "index.html").read_text("utf-8")


def test_nothing_is_kept_unless_asked(open_page):
    page = open_page()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("caches.keys().then((k) => k.length)") == 0
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((r) => r.length)") == 0


def test_kept_pages_open_and_search_without_a_network_until_removed(open_page, violations):
    page = open_page()
    keep(page)
    expect(status(page)).to_have_text(KEPT, timeout=120_000)
    assert violations(page) == []
    page.context.set_offline(True)
    page.goto(page.url + "patterns/saga/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Saga")
    page.keyboard.press("/")
    page.keyboard.type("charged twice")
    expect(page.get_by_role("option").first).to_contain_text("Idempotency key")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Idempotency key")
    home = page.url.replace("patterns/idempotency-key/", "")
    page.goto(home + "patterns/no-such-page/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is not on the board")
    page.goto(home + "patterns/compare/?p=saga,two-phase-commit")
    expect(page.get_by_role("columnheader")).to_have_count(2)
    page.goto(home + "cheat-sheets/")
    assert page.evaluate(
        "Promise.all([...document.images].map((i) => { i.loading = 'eager'; return i.decode() }))"
        ".then((all) => all.length)"
    )
    page.goto(home + "cheat-sheets/scope-a4.pdf")
    expect(page.get_by_role("heading", level=1)).to_have_text("This is not in the offline copy")
    page.context.set_offline(False)
    page.goto(home)
    page.get_by_role("button", name="Remove the offline copy").click()
    expect(page.get_by_role("button", name=KEEP)).to_be_visible()
    assert page.evaluate("caches.keys().then((k) => k.length)") == 0
    open_page.wrong[:] = [w for w in open_page.wrong if "net::ERR_" not in w]  # the network that this test took away


def test_a_look_that_comes_late_does_not_bring_a_removed_copy_back(open_page):
    page = open_page()
    keep(page)
    expect(status(page)).to_have_text(KEPT, timeout=120_000)
    page.add_init_script("""
        const post = ServiceWorker.prototype.postMessage;
        ServiceWorker.prototype.postMessage = function (order, [port]) {
          if (order !== "check") return post.call(this, order, [port]);
          const between = new MessageChannel();
          between.port1.onmessage = ({ data }) => { window.held = () => port.postMessage(data); };
          post.call(this, order, [between.port2]);
        };
    """)
    page.reload()
    until(page, "window.held")
    page.get_by_role("button", name="Remove the offline copy").click()
    expect(status(page)).to_have_text("Removed.")
    page.evaluate("window.held()")
    page.wait_for_timeout(100)
    expect(page.get_by_role("button", name=KEEP)).to_be_visible()
    expect(status(page)).to_have_text("Removed.")


def test_practice_goes_on_without_a_network(open_page):
    page = open_page()
    keep(page)
    expect(status(page)).to_have_text(KEPT, timeout=120_000)
    page.context.set_offline(True)
    home = page.url
    page.goto(home + "practice/ask/#pattern=saga")
    expect(page.locator("[data-part=counts]")).to_have_text("0 due, 5 never asked, 0 missed this week.")
    page.get_by_label("follow-ups").check()
    expect(page.locator("[data-part=counts]")).to_contain_text("11 never asked")
    page.get_by_role("button", name="Start").click()
    page.keyboard.press(" ")
    page.get_by_role("button", name="Good").click()
    page.goto(home + "practice/rehearse/#problem=news-feed")
    page.get_by_role("button", name=re.compile("^Start: 45 minutes, News feed")).click()
    page.get_by_role("button", name="Start now").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"0:0\d"))
    page.get_by_role("button", name="End now").click()
    page.get_by_role("button", name="Really end it?").click()
    page.get_by_role("button", name="The rest was not reached").click()
    page.get_by_role("button", name="Open the solution").click()
    expect(page.locator("[data-part=stages] svg").filter(visible=True)).to_have_count(3)  # from the problem's own page
    page.goto(home + "practice/kept/")
    expect(page.locator("[data-count=answers]")).to_have_text("1")
    page.goto(home + "interviewers/clock/")
    page.get_by_role("button", name="Start the clock").click()
    expect(page.locator("[data-part=prompt]")).not_to_be_empty()
    open_page.wrong[:] = [w for w in open_page.wrong if "net::ERR_" not in w]  # the network that this test took away


# --- what goes wrong ---


class Host:
    """A host of the built site with a fault: `answers` may answer a request by itself, and says so."""

    def __init__(self, folder):
        self.answers, self.headers, self.hangs, self.asked = None, {}, threading.Event(), []
        self.hangs.set()
        host = self

        class Faulty(Handler):
            def do_GET(self):
                host.asked.append(self.path)
                host.hangs.wait(30)
                if not (host.answers and host.answers(self)):
                    super().do_GET()

            def end_headers(self):
                for name, value in host.headers.items():
                    self.send_header(name, value)
                super().end_headers()

            def says(self, code, body=b"", **headers):
                self.send_response(code)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
                return True

        Faulty.folder = str(folder)
        self.folder = folder
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Faulty)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}{BASE}"

    def fails(self, pattern, code):
        self.answers = lambda request: bool(re.search(pattern, request.path)) and request.says(code)


@pytest.fixture
def host(site):
    made = Host(site)
    yield made
    made.hangs.set()
    made.server.shutdown()


@pytest.fixture
def reader(chromium, host):
    """reader(): a page of a fresh browser at the host's home page."""
    context = chromium.new_context()

    def go(path=""):
        page = context.new_page()
        page.goto(host.url + path)
        return page

    yield go
    context.close()


def kept(reader):
    page = reader()
    keep(page)
    expect(status(page)).to_have_text(KEPT, timeout=120_000)
    return page


def soon(page, url, heading):
    """Opens the address in the browser; fails where the copy takes its time."""
    began = time.monotonic()
    page.goto(url)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert time.monotonic() - began < SOON
    assert page.evaluate("getComputedStyle(document.querySelector('.wh-header')).position") == "sticky"  # has its style


def test_one_file_that_answers_503_leaves_a_copy_that_says_so_and_goes_on(reader, host):
    host.fails(r"/patterns/saga/$", 503)
    page = reader()
    keep(page)
    expect(status(page)).to_contain_text(
        "The site did not give every file (patterns/saga/: error 503)", timeout=120_000
    )
    expect(status(page)).to_contain_text(re.compile(r"(\d+) of \d+ files are kept"))
    page.reload()  # the truth outlives the page
    expect(status(page)).to_contain_text("The offline copy is not whole")
    expect(page.get_by_role("button", name="Remove it")).to_be_visible()
    host.answers, host.asked[:] = None, []
    page.get_by_role("button", name="Keep the missing 1 files").click()
    expect(status(page)).to_have_text(KEPT, timeout=60_000)
    assert len([p for p in host.asked if "/patterns/" in p]) == 1  # it went on, and did not begin again


def test_a_full_disk_is_named_and_what_was_kept_stays(reader, host):
    page = reader()
    devtools = page.context.new_cdp_session(page)
    origin = host.url.removesuffix(BASE)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 2_500_000})
    keep(page)
    expect(status(page)).to_contain_text("This device, or what it lets a site keep, is full.", timeout=120_000)
    expect(page.get_by_role("button", name=re.compile(r"Keep the missing \d+ files"))).to_be_visible()
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    page.get_by_role("button", name=re.compile("Keep the missing")).click()
    expect(status(page)).to_have_text(KEPT, timeout=120_000)


def test_a_network_that_goes_is_named_and_the_copy_goes_on(reader, host):
    seen = []
    host.answers = lambda request: seen.append(1) or (len(seen) > 100 and bool(request.connection.close() or True))
    page = reader()
    keep(page)
    expect(status(page)).to_contain_text("The network was lost.", timeout=120_000)
    host.answers = None
    page.get_by_role("button", name=re.compile("Keep the missing")).click()
    expect(status(page)).to_have_text(KEPT, timeout=120_000)


def test_the_copy_answers_soon_where_the_network_hangs(reader, host):
    page = kept(reader)
    host.hangs.clear()
    soon(page, host.url + "patterns/saga/", "Saga")
    soon(page, host.url + "patterns/lru/", "LRU eviction")


def test_the_copy_answers_soon_where_words_stop_in_the_middle(reader, host):
    page = kept(reader)

    def stalls(request):
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header("Content-Length", "100000")
        request.end_headers()
        request.wfile.write(b"<!doctype html><p>half")
        request.wfile.flush()
        time.sleep(8)
        return True

    host.answers = stalls
    soon(page, host.url + "patterns/saga/", "Saga")


@pytest.mark.parametrize("code", [500, 503])
def test_the_copy_answers_where_the_host_fails(reader, host, code):
    page = kept(reader)
    host.fails(".", code)
    soon(page, host.url + "patterns/saga/", "Saga")


@pytest.mark.parametrize("vary", ["Accept", "User-Agent", "*"])
def test_what_answers_depend_on_does_not_hide_the_copy(reader, host, vary):
    host.headers["Vary"] = vary
    page = kept(reader)
    page.context.set_offline(True)
    soon(page, host.url + "patterns/saga/", "Saga")


def test_a_host_with_clean_addresses_is_kept_and_opens(reader, host):
    def clean(request):  # as several hosts do: no ending, no index
        path = request.path.split("?")[0]
        if path.endswith((".html", "/index")):
            return request.says(308, Location=re.sub(r"(index)?(\.html)?$", "", path))
        if path.endswith(("/404", "/not-kept")):
            request.path = path + ".html"
        return False

    host.answers = clean
    page = kept(reader)
    page.context.set_offline(True)
    soon(page, host.url + "patterns/saga/", "Saga")
    soon(page, host.url + "patterns/saga/index.html", "Saga")
    soon(page, host.url + "patterns/no-such/", "This page is not on the board")  # kept through a redirect


def test_a_host_that_leads_to_the_slash_for_good_is_kept_and_opens(reader, host):
    def slash(request):  # browsers remember a 301, also without a network
        path = request.path.split("?")[0]
        return "." not in path and not path.endswith("/") and request.says(301, Location=f"{path}/")

    host.answers = slash
    page = kept(reader)
    page.goto(host.url + "patterns/saga")
    assert page.url == host.url + "patterns/saga/"
    page.context.set_offline(True)
    for place in ("patterns/saga", "patterns/lru"):  # the second was never led
        soon(page, host.url + place, {"patterns/saga": "Saga", "patterns/lru": "LRU eviction"}[place])
        assert page.url == f"{host.url}{place}/"


def test_a_page_opens_without_its_last_slash(reader, host):
    page = kept(reader)
    page.context.set_offline(True)
    soon(page, host.url + "patterns/saga", "Saga")
    assert page.url == host.url + "patterns/saga/"


def test_a_host_that_sends_elsewhere_is_no_copy(reader, host):
    def welcome(request):  # a hotel's network answers everything with a page of its own
        if request.path == BASE or re.search(r"offline\.json|sw\.js|\.js$", request.path):
            return False
        return request.says(302, Location=host.url.replace("127.0.0.1", "localhost"))

    page = reader()
    host.answers = welcome
    keep(page)
    expect(status(page)).to_contain_text("The network was lost.", timeout=60_000)


NAMED = re.compile(r"\b(main|chunk[\w-]*)\.(\w{8})\.js")


def backwards(found):
    """Another name for a script, which no other script has."""
    return f"{found[1]}.{found[2][::-1]}.js"


@pytest.fixture
def published(site, host, tmp_path):
    """published(): publishes the site anew on the host, with another home page and other names of scripts."""
    folder = tmp_path / "site"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("pyodide", "*.pdf"))
    host.server.RequestHandlerClass.folder = str(folder)

    def anew():
        for chunk in folder.glob("assets/*.js"):  # the names that open pages know are gone
            chunk.rename(chunk.with_name(NAMED.sub(backwards, chunk.name)))
        for path in [*folder.rglob("*.html"), *folder.glob("assets/*.js")]:
            text = path.read_text("utf-8")
            path.write_text(NAMED.sub(backwards, text), "utf-8")
        offline.write(folder, folder / "sw.js.from")

    shutil.copy(site / "sw.js", folder / "sw.js.from")
    return anew


def test_a_deploy_is_picked_up_while_a_tab_is_open(reader, host, published):
    page = kept(reader)
    page.goto(host.url + "phases/deep-dive/")
    expect(page.get_by_role("button", name="Remove the offline copy")).to_be_visible()
    expect(page.locator(".wh-checklist__count")).to_be_visible()  # the list remembers from now on
    page.locator("[data-checklist] input").first.check()
    page.locator("#query").fill("fan-out")
    before = page.evaluate("document.querySelector('script[type=module]').src")
    published()
    host.asked.clear()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".wh-notice")).to_contain_text("A newer version of this guide is kept now", timeout=60_000)
    assert not [p for p in host.asked if p.endswith(".woff2")]  # what did not change was not fetched again
    assert page.evaluate("caches.keys().then((k) => k.length)") == 1
    page.get_by_role("button", name="Reload").click()
    expect(page.locator("#query")).to_have_value("fan-out")
    expect(page.locator("[data-checklist] input").first).to_be_checked()
    assert page.evaluate("document.querySelector('script[type=module]').src") != before
    page.context.set_offline(True)
    soon(page, host.url + "patterns/lru/", "LRU eviction")


def test_a_tab_older_than_the_kept_version_still_searches(reader, host, published):
    page = kept(reader)
    old = page.context.new_page()
    old.goto(host.url + "patterns/saga/")
    published()
    page.goto(host.url)
    until(
        page,
        """fetch('offline.json').then((answer) => answer.json())
        .then(({version}) => caches.keys().then((names) => names.length === 1 && names[0].includes(version)))""",
    )
    old.bring_to_front()
    old.keyboard.press("/")
    old.keyboard.type("charged twice")
    expect(old.get_by_role("option").first).to_contain_text("Idempotency key")


def test_a_page_loaded_past_the_worker_knows_of_the_copy(reader, host):
    page = kept(reader)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.reload", {"ignoreCache": True})
    expect(page.get_by_role("button", name="Remove the offline copy")).to_be_visible()
    until(page, "navigator.serviceWorker.controller")
    page.context.set_offline(True)
    soon(page, host.url + "patterns/saga/", "Saga")


def test_two_tabs_keep_and_remove_as_one(reader, host):
    one, two = reader(), reader("patterns/lru/")
    two.bring_to_front()
    keep(one)
    keep(two)
    expect(status(one)).to_have_text(KEPT, timeout=120_000)
    expect(status(two)).to_have_text(KEPT, timeout=120_000)
    assert len([p for p in host.asked if p.endswith("/patterns/saga/")]) == 1
    two.get_by_role("button", name="Remove the offline copy").click()
    expect(status(two)).to_have_text("Removed.")
    one.reload()
    expect(one.get_by_role("button", name=KEEP)).to_be_visible()
