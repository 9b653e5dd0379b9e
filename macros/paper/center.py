"""The print center: what can be printed, with pictures, slots and papers."""

from __future__ import annotations

from macros.facts.catalogue import Catalogue
from macros.pages.code import Shown
from macros.pages.template import fill
from macros.paper import deck_pdf, sheets
from macros.paper.sizes import SIZES


def print_center(c: Catalogue) -> str:
    """Every sheet with its picture, what is on it, and its PDFs by slot and paper."""
    found = [sheets.sheet(c, slug) for slug in sheets.slugs(c)]
    return fill("print_center", sheets=[(one, _contents(one), sheets.pdfs(c, one)) for one in found])


def deck_list(c: Catalogue) -> str:
    """The pocket deck by category and whole, with the number of cards and the pages to print."""
    rows = [(key, name, len(slugs), 2 * -(-len(slugs) // 8)) for key, name, slugs in deck_pdf.decks(c)]
    return fill("deck_list", rows=rows, papers=SIZES.items())


def book_link(build: Shown) -> str:
    """Where the book is; how to print it, where it is not published with the site."""
    book = build.assets.get("book", "")
    return fill("book_link", address=f"../{book}" if book else "")


def _contents(one: sheets.CheatSheet) -> str:
    """What stands on a sheet, in reading order and within a sentence."""
    titles = [box.title for box in (*one.strip, *one.left, *one.right, one.foot)]
    return ", ".join(title[0].lower() + title[1:] for title in titles)
