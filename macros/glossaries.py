"""The glossary page, and the abbreviations that give terms a tooltip."""

from __future__ import annotations

from macros.load import Catalogue
from macros.templates import fill


def glossary(c: Catalogue) -> str:
    """Every term once, in the order of the alphabet, with a link to the pattern that treats it."""
    terms = sorted(c.glossary.terms, key=lambda t: t.term.lower())
    return fill("glossary", terms=[(t, c.patterns[t.see] if t.see in c.patterns else None) for t in terms])
