"""What holds for every reference algorithm: it stands alone, its runs are recorded alike, and no line is untried."""

import ast
import doctest
import importlib
import json
import os
import subprocess
import sys

import pytest

from macros.facts.finding import ROOT
from macros.runs import frames, traces
from tests.conftest import Page

MODULES = sorted(p.stem for p in (ROOT / "reference").glob("*.py"))
COLUMNS = 120  # the page sets code for that many; a longer line would have to be scrolled to be read
LINES = 200  # of a module: some 150 of the algorithm, and a trace that starts folded
LONG = {"raft"}  # a protocol that does not fit
RECORD = """
import json, sys
from macros.facts.catalogue import catalogue
from macros.runs import traces
c, _ = catalogue()
print(json.dumps({name: traces.runs(c, name) for name in c.algorithms}))
"""


@pytest.mark.parametrize("name", MODULES)
def test_a_module_stands_alone_and_is_short(name):
    text = (ROOT / "reference" / f"{name}.py").read_text("utf-8")
    lines = len(text.splitlines())
    if name in LONG:
        assert lines > LINES, f"{name} fits into {LINES} lines; take it out of LONG"
    else:
        assert lines <= LINES, "shorten it: a reader takes a module in at one sitting"
    imported = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module.split(".")[0])
    assert imported <= set(sys.stdlib_module_names), imported
    assert not imported & {"time", "datetime", "secrets", "uuid", "threading", "asyncio", "socket"}, (
        "time and chance are arguments"
    )
    for head in ("Vocabulary", "Complexity", "Source", "A production version adds"):
        assert head in ast.get_docstring(ast.parse(text)), head


@pytest.mark.parametrize("name", MODULES)
def test_a_line_fits_the_page(name):
    text = (ROOT / "reference" / f"{name}.py").read_text("utf-8")
    wide = [n for n, line in enumerate(text.splitlines(), 1) if len(line) > COLUMNS]
    assert wide == [], f"longer than {COLUMNS} columns, which is what the page shows of a line; wrap by idea"


@pytest.mark.parametrize("name", MODULES)
def test_public_names_are_documented_and_examples_hold(name):
    module = importlib.import_module(f"reference.{name}")
    for key, value in vars(module).items():
        if getattr(value, "__module__", None) == module.__name__ and not key.startswith("_"):
            assert value.__doc__, key
    assert doctest.testmod(module).failed == 0


def test_runs_are_equal_bytes_under_any_hash_seed(catalogue):
    here = json.dumps({name: traces.runs(catalogue, name) for name in catalogue.algorithms}) + "\n"
    for seed in ("0", "1", "77"):
        env = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", RECORD], cwd=ROOT, env=env, capture_output=True, text=True, check=True
        )
        assert done.stdout == here


def test_frames_escape_what_they_are_given():
    hostile = "<img src=x onerror=alert(1)>\"'&"
    views = [
        {
            "kind": "cells",
            "label": hostile,
            "rows": [{"head": hostile, "cells": [hostile, {"text": hostile, "note": hostile}]}],
        },
        {"kind": "queue", "items": [hostile], "room": 2},
        {"kind": "links", "shape": "chain", "nodes": [{"text": hostile}]},
        {
            "kind": "links",
            "shape": "tree",
            "nodes": [{"id": 1, "text": hostile}, {"id": 2, "text": hostile}],
            "edges": [{"from": 1, "to": 2}],
        },
        {"kind": "links", "shape": "ring", "nodes": [{"text": hostile, "at": 0.3}]},
        {"kind": "nodes", "nodes": [{"text": hostile, "role": hostile, "lines": [hostile]}]},
        {"kind": "messages", "messages": [{"from": hostile, "to": hostile, "text": hostile}]},
        {
            "kind": "timeline",
            "unit": hostile,
            "end": 3,
            "rows": [{"head": hostile, "spans": [{"from": 0, "to": 2, "text": hostile}]}],
        },
        {"kind": "counters", "counters": [{"text": hostile, "value": hostile}]},
    ]
    drawn = frames.frame({"say": "x", "show": views})
    assert "<img" not in drawn and "=x onerror" in drawn


def test_the_page_shows_the_tested_file_and_the_recorded_runs(site, catalogue):
    for name, algorithm in catalogue.algorithms.items():
        text = traces.source(catalogue, name).read_text("utf-8")
        assert (site / "run" / f"{traces.module(name)}.py").read_text("utf-8") == text
        recorded = json.loads((site / "run" / f"{traces.module(name)}.json").read_text("utf-8"))
        again = traces.runs(catalogue, name)
        assert {s["id"]: s["frames"] for s in recorded["scenarios"]} == again
        for slug in algorithm.patterns:
            html = (site / "patterns" / slug / "index.html").read_text("utf-8")
            part = html.split(f'data-run="{traces.module(name)}"')[1].split('<div class="wh-code"')[0]
            assert shown(part) == text, slug
            page = Page(site / "patterns" / slug / "index.html")
            ids = {attrs["id"] for _, attrs in page.tags if attrs.get("id", "").startswith(f"{name}:")}
            wanted = [s for s in algorithm.scenarios if not s.patterns or slug in s.patterns]
            assert ids == {f"{name}:{s.id}" for s in wanted} | {
                f"{name}:{s.id}:{n}" for s in wanted for n in range(len(again[s.id]))
            }


def shown(html: str) -> str:
    """The code that a page shows, without its marks."""
    import re
    from html import unescape

    return "".join(unescape(re.sub(r"<[^>]+>", "", block)) for block in re.findall(r"<pre>(.*?)</pre>", html, re.S))


def test_every_line_is_reached(reached, request):
    """Last in this folder: all tests of the modules, and the runs above, have been made by now."""
    made = {item.path.stem for item in request.session.items}
    if not {f"test_{name}" for name in MODULES} <= made or not reached.get_data().measured_files():
        pytest.skip("counts only where the tests of all modules run together")
    missed = {}
    for name in MODULES:
        _, _, _, lines, _ = reached.analysis2(str(ROOT / "reference" / f"{name}.py"))
        if lines:
            missed[name] = lines
    assert missed == {}
