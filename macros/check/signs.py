"""Signs that would be printed as a box: those that neither the site's fonts have nor the one that Typst brings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from macros.check.prose import pages
from macros.facts import files
from macros.facts.catalogue import Catalogue
from macros.facts.finding import Finding, shown
from macros.facts.yaml_file import Document
from macros.pages import tokens
from macros.paper.typeset import MODULES

ALSO = frozenset(  # DejaVu, which Typst brings along and every system has or makes up for
    [chr(n) for first, last in ((0x100, 0x17F), (0x391, 0x3C9), (0x2080, 0x2089)) for n in range(first, last + 1)]
) | frozenset("⁰ⁱ⁴⁵⁶⁷⁸⁹⁺⁻ⁿ←→↔⇒∂∈∑√∞∩∪≈≠≤≥≪≫\n\t ")


@cache
def _known() -> frozenset[str]:
    from fontTools.ttLib import TTFont  # a tenth of a second

    paths = [MODULES / path for path in tokens.tokens()["fonts"].values()]
    return ALSO.union(*(map(chr, TTFont(path, lazy=True).getBestCmap()) for path in paths))


def signs(c: Catalogue) -> Iterator[Finding]:
    """Every sign of data, diagrams and pages can be printed."""
    known = _known()
    for doc in c.documents.values():
        if doc.value is not None and not known.issuperset(doc.text):
            yield from _in(doc, (), doc.value, known)
    diagrams = [(path, files.read(path)[0]) for path in files.listed(c.data / "diagrams", ".mmd")]
    for path, text in [*diagrams, *pages(c)]:
        if not known.issuperset(text):
            for n, line in enumerate(text.splitlines(), 1):
                if lost := sorted(set(line) - known):
                    yield Finding(shown(path), n, "", _say(lost))


def _in(doc: Document, loc: tuple, value: Any, known: frozenset[str]) -> Iterator[Finding]:
    if isinstance(value, str) and (lost := sorted(set(value) - known)):
        yield doc.finding(loc, _say(lost))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _in(doc, (*loc, key), inner, known)
    elif isinstance(value, tuple):
        for i, inner in enumerate(value):
            yield from _in(doc, (*loc, i), inner, known)


def _say(lost: list[str]) -> str:
    named = ", ".join(f"'{files.named(sign)}' (U+{ord(sign):04X})" for sign in lost[:5])
    return f"no font of ours has {named}; write it in other signs"
