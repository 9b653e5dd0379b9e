"""The pages of practice: what a script needs stands in them already, words included, and shows once it has come."""

from __future__ import annotations

from macros.facts.catalogue import Catalogue
from macros.pages.template import fill


def kept(_c: Catalogue) -> str:
    """What this browser keeps: counts, a copy, a union, deletion."""
    return fill("kept")
