"""What tests share: the guide's data, a small catalogue, the built site, and a real browser on it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from macros.chromium import FLAGS, installed
from macros.facts import catalogue as facts
from macros.facts.catalogue import Catalogue
from macros.facts.finding import ROOT

GOOD = ROOT / "tests" / "good"  # a small catalogue without a mistake
BASE = "/guide/"  # Pages serves projects below one, so the tests do


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The guide's own data."""
    found, findings = facts.catalogue()
    assert not findings
    return found


@pytest.fixture(scope="session")
def small() -> Catalogue:
    """The catalogue of tests/good/."""
    found, findings = facts.catalogue(GOOD / "data")
    assert not findings
    return found


class Page(HTMLParser):
    """Just enough of a page to ask questions of it."""

    def __init__(self, path: Path):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.text: list[str] = []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="session")
def violations():
    """violations(page): what axe finds on a page of the browser, a line each."""
    source = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")

    def found(page) -> list[str]:
        page.evaluate(source)
        made = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [f"{v['id']}: {n['target']} {n['failureSummary'][:200]}" for v in made for n in v["nodes"][:3]]

    return found


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """Folder of the strict build; its address is https://example.org/guide/."""
    out = tmp_path_factory.mktemp("site")
    env = os.environ | {"SITE_URL": f"https://example.org{BASE}", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr and "ERROR" not in done.stderr, done.stderr
    return out


@pytest.fixture(scope="session")
def pages(site) -> list[Path]:
    return sorted(site.rglob("*.html"))


class Handler(SimpleHTTPRequestHandler):
    folder = ""

    def translate_path(self, path):
        path = path.split("?")[0].split("#")[0]
        inside = path.removeprefix(BASE) if path.startswith(BASE) else "outside-the-base"
        target = Path(self.folder) / inside
        if target.is_dir():
            target /= "index.html"
        return str(target if target.exists() else Path(self.folder) / "no-such-file")

    def send_error(self, code, message=None, explain=None):
        if code != 404:
            return super().send_error(code, message, explain)
        body = (Path(self.folder) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def address(site) -> str:
    """Where the built site is served, base path included."""
    handler = type("Served", (Handler,), {"folder": str(site)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}{BASE}"
    server.shutdown()


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
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                java_script_enabled=scripts,
                reduced_motion="reduce",
                **options,
            )
            contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: wrong.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: wrong.append(f"error: {e}"))
        page.on(
            "request", lambda r: None if r.url.startswith((address, "data:")) else wrong.append(f"foreign: {r.url}")
        )
        page.goto(address + path)
        return page

    go.wrong = wrong
    yield go
    for context in contexts:
        context.close()
    assert [w for w in wrong if "404 (Not Found)" not in w] == []
