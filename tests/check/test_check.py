"""Every message of the checker: one broken input each, and the whole list of what it says."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from macros import check, schemas
from macros.facts import catalogue, finding
from macros.facts.finding import ROOT

HERE = Path(__file__).resolve().parent.parent
CASES = sorted((HERE / "broken").glob("*.case"))
TODAY = date(2026, 6, 1)


def sections(path: Path) -> dict[str, str]:
    """A case: the file it breaks, the text it replaces (or the whole file), and what the checker must say."""
    out, name = {}, ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("=== "):
            name, out[name] = line[4:], []
        else:
            out[name].append(line)
    return {k: "\n".join(v) for k, v in out.items()}


def break_tree(root: Path, case: dict[str, str]) -> None:
    target = root / case["at"]
    if case["new"] == "(deleted)":
        target.unlink()
    elif case["old"]:
        text = target.read_text("utf-8")
        assert text.count(case["old"]) >= 1, "the case no longer matches tests/good/"
        new = text.replace(case["old"] + ("" if case["new"] else "\n"), case["new"], 1)
        target.write_text(new, "utf-8")
    else:
        target.parent.mkdir(exist_ok=True)
        target.write_text(case["new"] + "\n" if case["new"] else "", "utf-8")


@pytest.fixture
def tree(tmp_path, monkeypatch, whole):
    shutil.copytree(whole, tmp_path / "t")
    monkeypatch.setattr(finding, "ROOT", tmp_path / "t")
    return tmp_path / "t"


def said(tree: Path) -> list[str]:
    return [str(p) for p in check.everything(tree, TODAY)]


def test_the_good_tree_is_good(tree):
    assert said(tree) == []


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_broken_input(path, tree):
    case = sections(path)
    break_tree(tree, case)
    messages = said(tree)
    if os.environ.get("UPDATE_CASES"):
        head = path.read_text("utf-8").split("=== says\n")[0]
        path.write_text(head + "=== says\n" + "\n".join(messages) + "\n", "utf-8")
    assert messages == case["says"].splitlines()


def test_a_file_with_mistakes_loses_no_cards(tree):
    break_tree(tree, sections(HERE / "broken" / "card-changed.case"))
    break_tree(tree, sections(HERE / "broken" / "wrong-type.case"))
    assert {m.split(":")[0] for m in said(tree)} == {"data/patterns/retry.yml"}


def test_all_errors_in_one_run(tree):
    for name in ("wrong-type", "minutes-do-not-sum", "dangling-term"):
        break_tree(tree, sections(HERE / "broken" / f"{name}.case"))
    assert {m.split(":")[0] for m in said(tree)} == {
        "data/patterns/retry.yml",
        "data/interview.yml",
        "data/glossary.yml",
    }


@pytest.mark.parametrize("kind", [kind.folder for kind in catalogue.KINDS])
def test_files_that_cannot_be_read_stop_no_check_of_the_others(kind):
    """Whatever leads to a record whose own file has a mistake is passed over."""
    c, _ = catalogue.catalogue()
    left = c.shelves | {kind: catalogue.Shelf(kind, {}, "data/")}
    quantities = {} if kind == "problems" else c.quantities
    check.mistakes(replace(c, shelves=left, quantities=quantities))


def test_the_catalogue_itself_has_no_errors():
    assert [str(p) for p in check.everything() if not p.warning] == []


def test_without_its_packages_it_says_how_they_come(tmp_path):
    """As a module, since it changes streams; where somebody runs it by hand before anything is installed."""
    shutil.copytree(ROOT / "macros", tmp_path / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run([sys.executable, "-m", "macros.check"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "node_modules/ is missing; run `make check`, which installs the fonts and the drawer first\n"
    )


def test_schemas_are_current():
    for name, text in schemas.texts().items():
        assert (ROOT / "data" / "schema" / name).read_text("utf-8") == text, "run `make schemas`"
