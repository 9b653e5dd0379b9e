"""The pocket deck as PDF: one for each category and one of all, for each paper."""

from __future__ import annotations

from pathlib import Path

from macros import deck, paper
from macros.export import typeset
from macros.load import Catalogue


def decks(c: Catalogue) -> list[tuple[str, str, list[str]]]:
    """Key ('resilience', or 'all'), title, and slugs in order: by category, within it by name."""
    rows = [(one.slug, one.name, [slug for slug, _ in c.in_category(one.slug)]) for one in c.vocabulary.categories]
    out = [(key, f"Pocket deck: {name}", slugs) for key, name, slugs in rows if slugs]
    return [("all", "Pocket deck: all patterns", [slug for _, _, slugs in out for slug in slugs]), *out]


def write(c: Catalogue) -> dict[str, Path]:
    """Address below the site to file. GuideError with every card that does not fit."""
    return typeset.compile_all("deck", {
        f"{paper.FOLDER}/deck-{key}-{size}.pdf": (deck.deck(c, title, slugs, size), deck.pictures(slugs))
        for key, title, slugs in decks(c)
        for size in paper.SIZES
    })  # fmt: skip
