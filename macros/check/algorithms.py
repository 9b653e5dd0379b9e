"""Reference algorithms: module, data, tests and pages belong together, and every scenario runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from macros.facts import files
from macros.facts.catalogue import Catalogue
from macros.facts.finding import Finding, GuideError, shown, suggestion, unknown
from macros.facts.model import Algorithm
from macros.facts.yaml_file import Document
from macros.runs import traces


def algorithms(c: Catalogue) -> Iterator[Finding]:
    """Each module has data, tests and a page that shows it; what they name exists."""
    modules = {p.stem for p in files.listed(c.root / "reference", ".py")} - {"__init__"}
    for name in sorted(modules - {traces.module(slug) for slug in c.written("algorithms")}):
        yield Finding(
            f"reference/{name}.py",
            1,
            "",
            f"no data for this module; write data/algorithms/{name.replace('_', '-')}.yml",
        )
    for a in c.algorithms.values():
        doc = c.documents[f"algorithms/{a.slug}"]
        for i, slug in enumerate(a.patterns):
            if c.document("patterns", slug) is None:
                yield doc.finding(("patterns", i), unknown("pattern", slug, c.patterns, "data/patterns/"))
        ids = [s.id for s in a.scenarios]
        for i, s in enumerate(a.scenarios):
            if s.id in ids[:i]:
                yield doc.finding(("scenarios", i, "id"), f"scenario '{s.id}' stands twice; rename one")
            for j, slug in enumerate(s.patterns):
                if slug not in a.patterns:
                    yield doc.finding(
                        ("scenarios", i, "patterns", j),
                        f"'{slug}' is not among this algorithm's patterns{suggestion(slug, a.patterns)}",
                    )
        yield from _tests(a, doc, c.root / "tests" / "reference" / f"test_{traces.module(a.slug)}.py")
        try:
            traces.runs(c, a.slug)
        except GuideError as error:
            yield from error.findings


def _tests(a: Algorithm, doc: Document, path: Path) -> Iterator[Finding]:
    known = re.findall(r"^def (test_\w+)", files.read(path)[0], re.M)
    for i, invariant in enumerate(a.invariants):
        if invariant.test not in known:
            text = f"no test '{invariant.test}' in {shown(path)}{suggestion(invariant.test, known) or '; write it'}"
            yield doc.finding(("invariants", i, "test"), text)
