"""The pocket deck as PDF: one for each category and one of all, for each paper."""

from __future__ import annotations

from pathlib import Path

from macros.paper import deck, sizes as paper
from macros.paper import typeset
from macros.facts.load import Catalogue


def decks(c: Catalogue) -> list[tuple[str, str, list[str]]]:
    """Key ('resilience', or 'all'), name, and slugs in order: by category, within it by name."""
    rows = [(one.slug, one.name, [slug for slug, _ in c.in_category(one.slug)]) for one in c.vocabulary.categories]
    out = [row for row in rows if row[2]]
    return [("all", "All patterns", [slug for _, _, slugs in out for slug in slugs]), *out]


def write(c: Catalogue) -> dict[str, Path]:
    """Address below the site to file. GuideError with every card that does not fit."""
    return typeset.compile_all("deck", {
        f"{paper.FOLDER}/deck-{key}-{size}.pdf": (deck.deck(c, f"Pocket deck: {name}", slugs, size), deck.pictures(slugs))
        for key, name, slugs in decks(c)
        for size in paper.SIZES
    })  # fmt: skip
