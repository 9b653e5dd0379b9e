"""Runs of the reference algorithms, recorded: site/run/<module>.json, beside the module itself.

The page's player, its still frames and the reader's own runs all draw these frames by macros/runs/frames.py.
"""

from __future__ import annotations

import itertools
import json
import shutil
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from macros.facts import files
from macros.facts.catalogue import Catalogue
from macros.facts.finding import ROOT, Finding, GuideError, line_in, shown
from macros.runs import frames

MOST = 200  # frames of a run
LARGE = 1_000_000  # number or length in an input: a run has to end while its author waits


def source(c: Catalogue, name: str) -> Path:
    """The module that an algorithm's data describes: reference/ stands beside data/."""
    return c.root / "reference" / f"{module(name)}.py"


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
    doc, path = c.documents[f"algorithms/{name}"], source(c, name)
    if not path.is_file():
        raise GuideError(Finding(doc.path, 1, "", f"no module {shown(path)}; write it, or rename this file"))
    scenarios = [[s.id, doc.line(("scenarios", i)), plain(s.input)] for i, s in enumerate(c.algorithms[name].scenarios)]
    return _runs(path, files.text(path), doc.path, json.dumps(scenarios))


def large(value: object) -> bool:
    """Whether an input has a number, a text or a list that would keep a run busy for minutes."""
    if isinstance(value, (int, float)):
        return abs(value) > LARGE
    if isinstance(value, dict):
        value = [*value, *value.values()]
    return isinstance(value, (list, str)) and (
        len(value) > LARGE or (isinstance(value, list) and any(map(large, value)))
    )


@lru_cache(maxsize=256)
def _runs(path: Path, content: str, data: str, scenarios: str) -> dict[str, list[dict]]:
    """`content` is the module's, so that what is kept is of the file as it stands."""
    loaded, out = executed(path), {}
    for key, line, given in json.loads(scenarios):
        if large(given):
            text = f"scenario '{key}': a number beyond {LARGE:,}, or as long a list; a replay shows something small"
            raise GuideError(Finding(data, line, "", text))
        try:
            made = list(itertools.islice(loaded.trace(given), MOST + 1))
            if not made:
                raise frames.BadFrame("has no frame; give it an input that does something")
            if len(made) > MOST:
                raise frames.BadFrame(f"has more than {MOST} frames; a replay is a page, not a film")
            frames.check(made)
            out[key] = [recorded(one) for one in made]
        except frames.BadFrame as error:
            raise GuideError(Finding(data, line, "", f"scenario '{key}': {error}")) from error
        except Exception as error:
            where = f"{shown(path)}:{line_in(error, path)}"
            text = f"scenario '{key}': trace() failed at {where}: {error!r}; mend the input or the module"
            raise GuideError(Finding(data, line, "", text)) from error
    return out


def recorded(frame: dict) -> dict:
    """The frame without a `key` that is false: a record has it where it says something, as a third of the frames."""
    return {name: value for name, value in frame.items() if name != "key" or value}


def executed(path: Path) -> ModuleType:
    """The module as its file stands now: `make serve` sees each change. GuideError with the line where it fails.

    Not an import: that keeps what it has read, and trusts bytecode of a file as old and as long.
    """
    made = ModuleType(f"executed.{path.stem}")
    sys.modules[made.__name__] = made  # where its dataclasses look
    try:
        exec(compile(files.text(path), str(path), "exec"), made.__dict__)
    except Exception as error:
        text = f"cannot be loaded: {type(error).__name__}; mend this line"
        raise GuideError(Finding(shown(path), line_in(error, path), "", text)) from error
    finally:
        del sys.modules[made.__name__]
    return made


def write(c: Catalogue, site: Path) -> None:
    """The modules as they are, their recorded runs, and the drawing, for readers, players and builders."""
    folder = site / "run"
    (folder / "pyodide").mkdir(parents=True, exist_ok=True)
    for file in json.loads(files.text(ROOT / "package.json"))["config"]["pyodide"].split():  # loaded on a click only
        shutil.copy(ROOT / "node_modules" / "pyodide" / file, folder / "pyodide" / file)
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
        (folder / f"{module(name)}.json").write_text(
            json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8"
        )
