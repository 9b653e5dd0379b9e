"""python -m macros.check [FILE ...]: every mistake in data/ and docs/, in one run.

Each is one line, `file:line: field: what is wrong; remedy`. With files named, only theirs are shown.
Exit status 1 where there is an error; warnings alone leave it 0.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from macros.check import algorithms, figures, minutes, places, recall, references, relations, searches, vocabulary
from macros.facts import catalogue as facts
from macros.facts.catalogue import Catalogue
from macros.facts.finding import ROOT, Finding, shown

CHECKS = (
    vocabulary.words,
    relations.relations,
    references.references,
    references.uncited,
    references.aliases,
    figures.figures,
    minutes.minutes,
    recall.cards,
    recall.twins,
    places.schema_lines,
    places.pages,
    places.outlines,
    places.calls,
    places.boxes,
    places.unfinished,
    algorithms.algorithms,
    searches.asked,
)


def mistakes(c: Catalogue, today: date | None = None) -> list[Finding]:
    """What is wrong between the files of a catalogue, and on the pages beside it."""
    return [finding for check in CHECKS for finding in check(c)] + list(places.stale(c, today or date.today()))


def everything(root: Path = ROOT, today: date | None = None) -> list[Finding]:
    """All findings below a root that holds data/ and docs/, sorted by place."""
    catalogue, findings = facts.catalogue(root / "data")
    if catalogue is not None:
        findings = findings + mistakes(catalogue, today)
    return sorted(findings, key=lambda f: (f.path, f.line, f.field))


def main(argv: list[str]) -> int:
    findings = everything()
    if all(f.warning for f in findings):  # here, not above: it takes seconds, and a build needs none of it
        catalogue, _ = facts.catalogue()
        findings += searches.searches(catalogue)
    if argv:
        wanted = {shown(Path(a).resolve()) for a in argv}
        findings = [f for f in findings if f.path in wanted]
    for f in findings:
        print(f"{f} (warning)" if f.warning else f)
    errors = sum(not f.warning for f in findings)
    print(f"{errors} errors, {len(findings) - errors} warnings", file=sys.stderr)
    return 1 if errors else 0
