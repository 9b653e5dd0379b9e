"""python -m macros.check [FILE ...]: every mistake in data/ and docs/, in one run.

Each is one line, `file:line: field: what is wrong; remedy`. With files named, only theirs are shown.
Exit status 1 where there is an error; warnings alone leave it 0.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from macros.check import (
    algorithms,
    days,
    diagrams,
    figures,
    forks,
    minutes,
    places,
    plans,
    prose,
    quantities,
    recall,
    references,
    relations,
    rubric,
    searches,
    signs,
    sketches,
    vocabulary,
)
from macros.facts import catalogue as facts
from macros.facts.catalogue import Catalogue
from macros.facts.finding import ROOT, Finding, shown

CHECKS = (
    vocabulary.words,
    relations.relations,
    forks.forks,
    forks.cases,
    references.references,
    references.uncited,
    references.aliases,
    figures.figures,
    minutes.minutes,
    rubric.rubric,
    rubric.conduct,
    rubric.balls,
    rubric.calibration,
    plans.plans,
    quantities.quantities,
    recall.cards,
    recall.twins,
    recall.printed,
    prose.prose,
    signs.signs,
    sketches.fronts,
    places.schema_lines,
    places.pages,
    places.sheets,
    places.outlines,
    places.calls,
    places.boxes,
    places.unfinished,
    algorithms.algorithms,
    searches.asked,
    searches.heard,
)


def mistakes(c: Catalogue, today: date | None = None) -> list[Finding]:
    """What is wrong between the files of a catalogue, and on the pages beside it."""
    return [finding for check in CHECKS for finding in check(c)] + list(places.stale(c, today or date.today()))


def everything(root: Path = ROOT, today: date | None = None) -> list[Finding]:
    """All findings below a root that holds data/ and docs/, sorted by place."""
    catalogue, findings = facts.catalogue(root / "data")
    return found(catalogue, findings, today) if catalogue is not None else _sorted(findings)


def found(c: Catalogue, findings: list[Finding], today: date | None = None) -> list[Finding]:
    """What reading found and what the checks find, sorted by place."""
    drawn = Beside(lambda: list(diagrams.diagrams(c)))
    findings = findings + mistakes(c, today) + list(days.days(c, today or date.today()))
    return _sorted(findings + drawn.answer())


def _sorted(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (f.path, f.line, f.field))


def main(argv: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):  # a terminal that has not all signs shows the others by their number
        stream.reconfigure(errors="backslashreplace")
    if not (ROOT / "node_modules").is_dir():
        print(
            "node_modules/ is missing; run `make check`, which installs the fonts and the drawer first", file=sys.stderr
        )
        return 1
    catalogue, findings = facts.catalogue()
    if catalogue is not None:
        asked = Beside(lambda: list(searches.searches(catalogue)))  # beside the rest: Node takes a second or two
        findings = found(catalogue, findings)
        if all(f.warning for f in findings):
            findings += asked.answer()
    if argv:
        wanted = {shown(Path(a).resolve()) for a in argv}
        findings = [f for f in findings if f.path in wanted]
    for f in findings:
        print(f"{f} (warning)" if f.warning else f)
    errors = sum(not f.warning for f in findings)
    print(f"{errors} errors, {len(findings) - errors} warnings", file=sys.stderr)
    return 1 if errors else 0


class Beside(threading.Thread):
    """A question that is asked while others are; who does not want the answer need not wait for it."""

    def __init__(self, ask: Callable[[], list[Finding]]):
        super().__init__(daemon=True)
        self.ask, self.wrong, self.found = ask, None, []
        self.start()

    def run(self) -> None:
        try:
            self.found = self.ask()
        except Exception as error:
            self.wrong = error

    def answer(self) -> list[Finding]:
        self.join()
        if self.wrong is not None:
            raise self.wrong
        return self.found
