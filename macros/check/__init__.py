"""python -m macros.check [FILE ...]: every problem in data/ and docs/, in one run.

Each is one line, `file:line: field: what is wrong; remedy`. With files named, only theirs are shown.
Exit status 1 where there is an error; warnings alone leave it 0.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from macros.facts import load
from macros.check import algorithms, minutes, places, recall, references, searches as finding
from macros.facts.load import Problem

DATA = (references.relations, references.references, references.uncited, references.aliases, minutes.minutes, recall.cards, recall.twins, places.schema_lines)


def everything(root: Path = load.ROOT, today: date | None = None) -> list[Problem]:
    """All problems below a root that holds data/ and docs/, sorted by place."""
    catalogue, problems = load.catalogue(root / "data")
    if catalogue is not None:
        docs = root / "docs"
        for check in DATA:
            problems += check(catalogue)
        problems += places.pages(catalogue, docs)
        problems += places.outlines(catalogue, docs)
        problems += places.calls(catalogue, docs)
        problems += algorithms.algorithms(catalogue, root)
        problems += places.stale(catalogue, today or date.today())
    return sorted(problems, key=lambda p: (p.path, p.line, p.field))


def main(argv: list[str]) -> int:
    problems = everything()
    catalogue, _ = load.catalogue()
    if catalogue is not None and all(p.warning for p in problems):  # here, not above: it takes seconds, and a build needs none of it
        problems += finding.finding(catalogue)
    if argv:
        wanted = {load.shown(Path(a).resolve()) for a in argv}
        problems = [p for p in problems if p.path in wanted]
    for p in problems:
        print(f"{p} (warning)" if p.warning else p)
    errors = sum(not p.warning for p in problems)
    print(f"{errors} errors, {len(problems) - errors} warnings", file=sys.stderr)
    return 1 if errors else 0
