"""The print center: what can be printed, with pictures, slots and papers."""

from __future__ import annotations

from macros.paper import sheets, sizes as paper
from macros.paper import deck_pdf as decks
from macros.facts.load import Catalogue
from macros.pages.template import fill


def print_center(c: Catalogue) -> str:
    """Every sheet with its picture, what is on it, and its PDFs by slot and paper."""
    found = [(one, _titles(one)) for one in (sheets.sheet(c, slug) for slug in sheets.slugs(c))]
    return fill("print_center", sheets=found, papers=paper.SIZES.items(), address=lambda *which: sheets.address(c, *which))


def deck_list(c: Catalogue) -> str:
    """The pocket deck by category and whole, with the number of cards and the pages to print."""
    rows = [(key, name, len(slugs), 2 * -(-len(slugs) // 8)) for key, name, slugs in decks.decks(c)]
    return fill("deck_list", rows=rows, papers=paper.SIZES.items())


def _titles(one: sheets.CheatSheet) -> list[str]:
    """What stands on a sheet, in reading order."""
    return [box.title for box in (*one.strip, *one.left, *one.right, one.foot)]
