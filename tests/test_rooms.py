"""Who may know whom: one ordered list of rooms. A module knows what stands above it, and nothing below."""

import ast
from pathlib import Path

import pytest

from macros.facts.finding import ROOT

MACROS = ROOT / "macros"
ROOMS = ("facts", "runs", "pages", ("machines", "paper"), "check", "wiring")  # two in one place do not know each other
ALONE = {"node", "chromium", "fonts"}  # know nothing, and may be used by all
WIRING = {
    "__init__", "build", "bundle", "cards", "errors", "hooks", "install", "new", "pack", "policy", "progress",
    "schemas", "serve", "site",
}  # fmt: skip
STANDARD_LIBRARY_ONLY = {"runs/frames.py"}  # runs in the reader's browser as well


def room(module: str) -> str | None:
    """'pages.cards' is in 'pages'; a module of macros/ itself in 'wiring' or 'alone'; None for one in no room."""
    head, _, rest = module.partition(".")
    if head in ALONE:
        return "alone"
    if head in WIRING:
        return "wiring"
    return (
        head
        if head in {"facts", "runs", "pages", "machines", "paper", "check"} and (rest or (MACROS / head).is_dir())
        else None
    )


def place(name: str) -> int:
    return next(i for i, here in enumerate(ROOMS) if name == here or name in here and isinstance(here, tuple))


def imported(text: str) -> set[str]:
    """Modules of macros/ that a text imports, below macros: 'facts.model', 'node'."""
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "macros":
            below = node.module.partition(".")[2]
            for alias in node.names:
                path = MACROS / below.replace(".", "/") / alias.name
                whole = f"{below}.{alias.name}".strip(".")
                names.add(whole if path.with_suffix(".py").exists() or path.is_dir() else below)
        elif isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[2] for alias in node.names if alias.name.startswith("macros.")}
    return names - {""}


def faults(module: str, text: str) -> list[str]:
    """What a module knows that it may not."""
    here = room(module)
    if here is None:
        return [f"{module} is in no room; put it into one, or name it here"]
    if here == "alone":
        return [f"{module} may know nothing, and imports {name}" for name in imported(text)]
    wrong = []
    for name in sorted(imported(text)):
        there = room(name)
        if there is None:
            wrong.append(f"{module} imports {name}, which is in no room")
        elif there != "alone" and there != here and not place(there) < place(here):
            wrong.append(f"{module} ({here}) imports {name} ({there}), which stands below it")
    return wrong


def name_of(path: Path) -> str:
    parts = path.relative_to(MACROS).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


MODULES = sorted(MACROS.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_knows_only_the_rooms_above_it(path):
    assert faults(name_of(path), path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("module", "text", "says"),
    [
        (
            "facts.model",
            "from macros.pages import cards",
            ["facts.model (facts) imports pages.cards (pages), which stands below it"],
        ),
        (
            "paper.deck",
            "from macros.machines import api",
            ["paper.deck (paper) imports machines.api (machines), which stands below it"],
        ),
        (
            "check.recall",
            "from macros import build",
            ["check.recall (check) imports build (wiring), which stands below it"],
        ),
        ("node", "from macros.facts.finding import ROOT", ["node may know nothing, and imports facts.finding"]),
        ("helpers", "", ["helpers is in no room; put it into one, or name it here"]),
        ("check.recall", "from macros.pages.patterns import CONFUSED\nfrom macros import node", []),
    ],
)
def test_an_upward_import_is_noticed(module, text, says):
    assert faults(module, text) == says


def test_only_one_module_reads_yaml():
    for path in MODULES:
        names = {
            a.name for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Import) for a in n.names
        }
        assert "yaml" not in names or path == MACROS / "facts" / "yaml_file.py", path


def test_what_runs_in_the_browser_needs_the_standard_library_only():
    import sys

    for path in [*(MACROS / name for name in STANDARD_LIBRARY_ONLY), *(ROOT / "reference").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for name in (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else [node.module]
                if isinstance(node, ast.ImportFrom)
                else []
            ):
                assert name.partition(".")[0] in sys.stdlib_module_names, f"{path} imports {name}"


def test_tests_mirror_the_rooms_and_share_only_through_conftest():
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("tests."):
                assert not node.module.rpartition(".")[2].startswith("test_"), f"{path} imports from a test"
    for name in ("facts", "runs", "pages", "machines", "paper", "check"):
        assert list((ROOT / "tests" / name).glob("test_*.py")), name


def test_no_module_is_a_drawer_for_everything():
    assert not [p for p in MODULES if p.stem in {"utils", "helpers", "common", "misc"}]
