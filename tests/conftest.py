"""What tests share: the guide's data, a small catalogue, the built site, and a real browser on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, expect, sync_playwright

from macros.chromium import FLAGS, installed
from macros.facts import catalogue as facts
from macros.facts.catalogue import Catalogue
from macros.facts.finding import ROOT

GOOD = ROOT / "tests" / "good"  # a small catalogue without a mistake
EPOCH = "1700000000"  # the moment that a build is told it is, where bytes are compared
BASE = "/guide/"  # Pages serves projects below one, so the tests do


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """A file's tests stay on one worker; those of the algorithms together, since one counts what all have reached."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return "tests/reference" if file.startswith("tests/reference/") else file

    return ByFile(config, log)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The guide's own data."""
    found, findings = facts.catalogue()
    assert not findings
    return found


@pytest.fixture(scope="session")
def with_slots(catalogue):
    """The guide's own data with more slots, whose phases are a fifth of it each, and another default one."""

    def made(*more: int, default: int | None = None) -> Catalogue:
        first, *_ = old = catalogue.interview.slots
        plans = [(minutes, dict.fromkeys(first.plan, minutes // 5)) for minutes in more]
        new = [
            first.model_copy(update={"minutes": minutes, "plan": plan, "reserve": minutes - sum(plan.values())})
            for minutes, plan in plans
        ]
        update = {"slots": (*old, *new), "default_slot": default or catalogue.interview.default_slot}
        interview = catalogue.interview.model_copy(update=update)
        return replace(catalogue, singles=catalogue.singles | {"interview": interview})

    return made


@pytest.fixture(scope="session")
def small() -> Catalogue:
    """The catalogue of tests/good/."""
    found, findings = facts.catalogue(GOOD / "data")
    assert not findings
    return found


@pytest.fixture(scope="session")
def whole(tmp_path_factory) -> Path:
    """The small catalogue in a folder of its own with its diagrams drawn, to be copied and broken."""
    from macros.check import diagrams

    root = tmp_path_factory.mktemp("whole") / "t"
    shutil.copytree(GOOD, root)
    found, _ = facts.catalogue(root / "data")
    assert list(diagrams.diagrams(found)) == []
    return root


@pytest.fixture(scope="session")
def printed(tmp_path_factory) -> Callable[[Catalogue], tuple[str, list[str]]]:
    """printed(catalogue): the text of every page that its data makes, and all attributes, as browsers have them.

    The macros, Markdown and repairs of a build, on the pages beside the data, without MkDocs.
    """
    from types import SimpleNamespace

    import jinja2
    import markdown
    from mkdocs.config import load_config

    import macros
    from macros.facts import files
    from macros.pages import figures, glossary, html, outline

    folder = tmp_path_factory.mktemp("drawn")
    config = load_config(str(ROOT / "mkdocs.yml"))
    lists = [
        "glossary",
        "pattern_index",
        "symptoms",
        "pattern_finder",
        "pattern_map",
        "time_table",
        "schemes_table",
        "corrections",
    ]
    lists += ["misreading_table", "errata", "playbook_list", "problem_list", "dos_and_donts"]
    lists += ["print_center", "problem_sheets", "deck_list"]
    lists += [
        "rubric",
        "moves",
        "leading",
        "decision_form",
        "question_bank",
        "kit_list",
        "calibration",
        "reviewers",
        "rehearsal",
        "defend",
        "plans",
        "interviewers_clock",
    ]

    def made(c: Catalogue) -> tuple[str, list[str]]:
        for path in files.listed(c.data / "diagrams", ".mmd"):
            (folder / f"{path.stem}.svg").write_text(
                '<svg width="400" viewBox="0 0 400 9"><path d="M0 0"/></svg>', "utf-8"
            )
        env = SimpleNamespace(macros={}, conf=SimpleNamespace(guide=SimpleNamespace(catalogue=c, assets={})))
        env.macro = lambda function, name: env.macros.__setitem__(name, function)
        calls = [f"{name}()" for name in lists]
        if 45 in {s.minutes for s in c.interview.slots}:
            calls.append("time_plan(45)")
        sources = ["\n\n".join("{{ " + call + " }}" for call in calls)]
        for kind, record in c.paged():
            path = c.root / "docs" / kind.folder / f"{record.slug}.md"
            sources.append(outline.whole(kind.folder, record.slug, files.text(path))[0])
        sources += ['{{ cheat_sheet("' + slug + '") }}' for slug in ("interview", *c.phases)]
        sources += ['{{ problem_sheet("' + slug + '") }}' for slug in c.problems]
        page = Page.__new__(Page)
        HTMLParser.__init__(page)
        page.tags, page.text = [], []
        before, figures.DRAWN = figures.DRAWN, folder
        try:
            macros.define_env(env)
            for source in sources:
                filled = jinja2.Environment(undefined=jinja2.StrictUndefined).from_string(source).render(**env.macros)
                body = markdown.markdown(
                    filled, extensions=config.markdown_extensions, extension_configs=config.mdx_configs
                )
                page.feed(glossary.link_first_uses(c, html.accessible(body), "patterns/x/") + "\n")
        finally:
            figures.DRAWN = before
        values = [value for _, attributes in page.tags for value in attributes.values() if value]
        return "".join(page.text), values

    return made


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
    """Folder of the strict build; its address is https://example.org/guide/. One build for all, side by side too."""
    beside = "PYTEST_XDIST_WORKER" in os.environ
    shared = tmp_path_factory.getbasetemp().parent if beside else tmp_path_factory.mktemp("built")
    out, done = shared / "site", shared / "site.done"
    with FileLock(shared / "site.lock"):
        if not done.exists():
            _build(out)
            done.touch()
    return out


COUNTING = """
import atexit, collections, json, sys
read = collections.Counter()
sys.addaudithook(lambda event, args: event == "open" and str(args[0]).endswith(".yml") and read.update([str(args[0])]))
atexit.register(lambda: open({!r}, "w").write(json.dumps(read)))
"""


def _build(out: Path) -> None:
    counting = out.parent / "counting"  # tells of each data file how often the build has opened it
    counting.mkdir()
    (counting / "sitecustomize.py").write_text(COUNTING.format(str(out.parent / "read.json")), "utf-8")
    env = os.environ | {
        "PYTHONPATH": str(counting),
        "SITE_URL": f"https://example.org{BASE}",
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": EPOCH,
    }
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr and "ERROR" not in done.stderr, done.stderr
    (out.parent / "said.txt").write_text(done.stdout + done.stderr, "utf-8")


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


class Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):  # a page that is left hangs up
            super().handle_error(request, client_address)


@pytest.fixture(scope="session")
def address(site) -> str:
    """Where the built site is served, base path included."""
    handler = type("Served", (Handler,), {"folder": str(site)})
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}{BASE}"
    server.shutdown()


# s for a page to show what it will: where two tests run at once it takes longer, and nothing is timed
PATIENCE = 20


@pytest.fixture(scope="session")
def chromium() -> Browser:
    expect.set_options(timeout=1000 * PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
        yield browser
        browser.close()


def until(page, expression: str, seconds: float = PATIENCE) -> None:
    """Wait for a truth of the page. Asked from outside: the pages' policy lets nothing in them evaluate a text."""
    for _ in range(int(seconds * 10)):
        if page.evaluate(f"Promise.resolve({expression}).then(Boolean)"):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not within {seconds} s: {expression}")


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
        context.unroute_all(behavior="ignoreErrors")  # what a route still fetches
        context.close()
    assert [w for w in wrong if "404 (Not Found)" not in w] == []
