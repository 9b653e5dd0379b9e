"""Runs of the reference algorithms, recorded: site/run/<module>.json, beside the module itself.

The page's player, its still frames and the reader's own runs all draw these frames by macros/runs/frames.py.
"""

from __future__ import annotations

import json
import shutil
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from macros.facts import load
from macros.runs import frames
from macros.facts.load import Catalogue, GuideError

PYTHON = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")  # loaded on a click only


def source(c: Catalogue, name: str) -> Path:
    """The module that an algorithm's data describes: reference/ stands beside data/."""
    return c.root.parent / "reference" / f"{module(name)}.py"


def module(name: str) -> str:
    """'token-bucket' -> 'token_bucket': a slug and its Python twin."""
    return name.replace("-", "_")


def plain(value: object) -> object:
    """Data as JSON has it: lists, never tuples, so that a run in the browser is given the same."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return [plain(v) for v in value] if isinstance(value, (list, tuple)) else value


def runs(c: Catalogue, name: str) -> dict[str, list[dict]]:
    """Frames of every scenario, by its id. GuideError with file and line where a run or a frame fails."""
    return _runs(source(c, name), load.shown(c.root / "algorithms" / f"{name}.yml"), json.dumps(
        [[s.id, c.documents[f"algorithms/{name}"].line(("scenarios", i)), plain(s.input)] for i, s in enumerate(c.algorithms.find(name).scenarios)]
    ))  # fmt: skip


@lru_cache(maxsize=256)
def _runs(path: Path, data: str, scenarios: str) -> dict[str, list[dict]]:
    if not path.exists():
        raise GuideError(f"{data}:1: no module {load.shown(path)}; write it, or rename this file")
    loaded, out = executed(path), {}
    for key, line, given in json.loads(scenarios):
        try:
            out[key] = list(loaded.trace(given))
            frames.check(out[key])
        except frames.BadFrame as error:
            raise GuideError(f"{data}:{line}: scenario '{key}': {error}") from error
        except Exception as error:
            where = f"{load.shown(path)}:{_line(error, path)}"
            raise GuideError(f"{data}:{line}: scenario '{key}': trace() failed at {where}: {error!r}; mend the input or the module") from error
    return out


def executed(path: Path) -> ModuleType:
    """The module as its file stands now: `make serve` sees each change. GuideError with the line where it fails.

    Not an import: that keeps what it has read, and trusts bytecode of a file as old and as long.
    """
    made = ModuleType(f"executed.{path.stem}")
    sys.modules[made.__name__] = made  # where its dataclasses look
    try:
        exec(compile(path.read_text("utf-8"), str(path), "exec"), made.__dict__)
    except Exception as error:
        raise GuideError(f"{load.shown(path)}:{_line(error, path)}: cannot be loaded: {type(error).__name__}; mend this line") from error
    finally:
        del sys.modules[made.__name__]
    return made


def _line(error: Exception, path: Path) -> int:
    """Line of the module in which the error arose."""
    line, trace = getattr(error, "lineno", None) or 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def write(c: Catalogue, site: Path) -> None:
    """The modules as they are, their recorded runs, and the drawing, for readers, players and builders."""
    folder = site / "run"
    (folder / "pyodide").mkdir(parents=True, exist_ok=True)
    for file in PYTHON:
        shutil.copy(load.ROOT / "node_modules" / "pyodide" / file, folder / "pyodide" / file)
    shutil.copy(Path(frames.__file__), folder / "frames.py")
    for name, algorithm in c.algorithms.items():
        shutil.copy(source(c, name), folder)
        done = runs(c, name)
        record = {
            "name": algorithm.name,
            "scenarios": [
                {"id": s.id, "title": s.title, "lesson": s.lesson, "input": plain(s.input), "frames": done[s.id]}
                for s in algorithm.scenarios
            ],
        }
        (folder / f"{module(name)}.json").write_text(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
