"""The sources themselves: spelling, types of the front end, what the repository must not hold."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from macros import node
from macros.facts.finding import ROOT, shown

BIN = Path(sys.executable).parent


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in done.stdout.splitlines() if (ROOT / line).exists()]


def test_spelling():
    read = "README.md CONTRIBUTING.md CHANGELOG.md docs macros frontend overrides".split()
    read += [f"data/{name}" for name in ("patterns", "phases", "glossary.yml", "diagrams")]
    known = "brin,mis,ot,ment,sugget,momento,activiti,aks,cmak"  # an index, a prefix, a suffix, products
    command = [str(BIN / "codespell"), *read, "--ignore-words-list", known]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == ""


@pytest.mark.parametrize("project", ["frontend", "frontend/tsconfig.node.json"])  # both are `npm run check`
def test_every_script_is_typed(project):
    done = node.run("node_modules/typescript/bin/tsc", "-p", project, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "how", ["check macros tests reference", "format --check macros tests"], ids=lambda how: how.split()[0]
)
def test_python_is_as_ruff_wants_it(how):
    done = subprocess.run([str(BIN / "ruff"), *how.split()], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_scripts_keep_to_140_columns():
    scripts = [path for path in tracked() if path.suffix in {".ts", ".mjs"}]
    wide = [
        f"{shown(p)}:{n}"
        for p in scripts
        for n, line in enumerate(p.read_text("utf-8").splitlines(), 1)
        if len(line) > 140
    ]
    assert scripts and wide == []


def test_american_spelling():
    british = re.compile(
        r"\b(behaviour|colour|favour|honour|neighbour|labour|centre|catalogue[sd]? of errors|prioriti[s]e|optimi[s]e|"
        r"seriali[s]e|analy[s]ed?\b|organi[s]e|recogni[s]e|reali[s]e|utili[s]e|licence|cancell(ed|ing)|travell)\w*",
        re.I,
    )
    found = [
        f"{shown(path)}:{n}: {m[0]}"
        for folder in ("docs", "data/patterns", "data/phases", "data/diagrams")
        for path in sorted((ROOT / folder).rglob("*.*"))
        if path.suffix in {".md", ".yml", ".mmd"}
        for n, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for m in british.finditer(line)
        if m[0] != "CANCELLED"  # a status of gRPC
        if not line.startswith("words:")  # what readers type
    ]
    assert found == []


def test_filler_and_hype_stay_out():
    words = re.compile(
        r"\b(it is important to note|seamless(ly)?|powerful|cutting[- ]edge|robust|leverag(e|es|ing)|in conclusion)\b",
        re.I,
    )
    found = [
        f"{shown(path)}:{n}: {m[0]}"
        for path in sorted([*(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.yml")])
        if path.name != "sources.yml"  # titles of others
        for n, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for m in words.finditer(line)
    ]
    assert found == []


def test_nothing_generated_is_committed():
    wrong = [p for p in tracked() if p.suffix in {".woff2", ".svg", ".map", ".pdf"} and p.name != "mark.svg"]
    assert wrong == []


def test_every_checkout_has_line_feeds():
    """Hashes, drawings and golden files are of the bytes, also where git is set to other line ends."""
    told = subprocess.run(["git", "check-attr", "--stdin", "text", "eol"], cwd=ROOT, capture_output=True, text=True,
                          input="\n".join(p.relative_to(ROOT).as_posix() for p in tracked()))  # fmt: skip
    said = {tuple(line.rsplit(": ", 2)) for line in told.stdout.splitlines()}
    wrong = [
        path for path, name, value in said if name == "eol" and value != "lf" and (path, "text", "unset") not in said
    ]
    assert len(said) > 2000 and wrong == []


def test_every_requirement_is_pinned_with_hashes():
    for name in ("requirements.txt", "requirements-test.txt"):
        text = (ROOT / name).read_text("utf-8")
        for block in re.split(r"\n(?=[a-zA-Z0-9])", text):
            if re.match(r"[a-zA-Z0-9]", block):
                assert "==" in block.split("\n")[0] and "--hash=sha256:" in block, block.split("\n")[0]
