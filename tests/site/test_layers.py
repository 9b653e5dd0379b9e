"""Who may know whom, as CONTRIBUTING.md says."""

import ast
from pathlib import Path

from macros.facts import load

MACROS = load.ROOT / "macros"
ALLOWED = {
    "model": set(),
    "load": {"model"},
    "templates": {"load"},
    "node": set(),
    "frames": set(),
    "check": {"check", "load", "export"},  # of export only the runs of the algorithms
}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "macros":
            parts = node.module.split(".")[1:]
            names |= {parts[0]} if parts else {alias.name for alias in node.names}
    return names


def test_layers():
    for name, allowed in ALLOWED.items():
        for path in [MACROS / f"{name}.py"] if (MACROS / f"{name}.py").exists() else sorted((MACROS / name).glob("*.py")):
            assert imported(path) <= allowed, path


def test_views_do_not_read_files_of_data():
    for path in MACROS.rglob("*.py"):
        if path.stem not in {"load"}:
            assert "yaml" not in {
                a.name for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Import) for a in n.names
            }, path


def test_reference_modules_stand_alone():
    for path in (load.ROOT / "reference").glob("*.py"):
        assert not imported(path), path


def test_no_module_is_a_drawer_for_everything():
    assert not [p for p in load.ROOT.glob("macros/**/*.py") if p.stem in {"utils", "helpers", "common"}]
