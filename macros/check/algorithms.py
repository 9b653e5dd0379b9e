"""Reference algorithms: module, data, tests and pages belong together, and every scenario runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from macros.facts import load
from macros.runs import traces
from macros.facts.load import Catalogue, GuideError, Problem, suggestion


def algorithms(c: Catalogue, root: Path) -> Iterator[Problem]:
    """Each module has data, tests and a page that shows it; what they name exists."""
    modules = {p.stem for p in (root / "reference").glob("*.py")} - {"__init__"}
    for name in sorted(modules - {traces.module(k) for k in c.algorithms if f"algorithms/{k}" in c.documents}):
        slug = name.replace("_", "-")
        if f"algorithms/{slug}" not in c.documents:
            yield Problem(f"reference/{name}.py", 1, "", f"no data for this module; write data/algorithms/{slug}.yml")
    for name, a in c.algorithms.items():
        doc = c.documents[f"algorithms/{name}"]
        for i, slug in enumerate(a.patterns):
            if slug not in c.patterns:
                if f"patterns/{slug}" not in c.documents:
                    yield doc.problem(("patterns", i), f"no pattern '{slug}'{suggestion(slug, c.patterns) or '; see data/patterns/'}")
        ids = [s.id for s in a.scenarios]
        for i, s in enumerate(a.scenarios):
            if s.id in ids[:i]:
                yield doc.problem(("scenarios", i, "id"), f"scenario '{s.id}' stands twice; rename one")
            for j, slug in enumerate(s.patterns):
                if slug not in a.patterns:
                    yield doc.problem(("scenarios", i, "patterns", j), f"'{slug}' is not among this algorithm's patterns{suggestion(slug, a.patterns)}")
        yield from _tests(a, doc, root / "tests" / "reference" / f"test_{traces.module(name)}.py")
        try:
            traces.runs(c, name)
        except GuideError as error:
            path, line, rest = re.fullmatch(r"([^:]+):(\d+): (.*)", str(error), re.S).groups()
            yield Problem(path, int(line), "", rest)


def _tests(a, doc: load.Document, path: Path) -> Iterator[Problem]:
    known = re.findall(r"^def (test_\w+)", _text(path), re.M)
    for i, invariant in enumerate(a.invariants):
        if invariant.test not in known:
            where = load.shown(path)
            yield doc.problem(("invariants", i, "test"), f"no test '{invariant.test}' in {where}{suggestion(invariant.test, known) or '; write it'}")


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""
