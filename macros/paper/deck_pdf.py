"""The pocket deck as PDF: one for each category, one of all, and one of problems, for each paper."""

from __future__ import annotations

from pathlib import Path

from macros.facts.catalogue import Catalogue
from macros.paper import deck, problem_deck, typeset
from macros.paper.sizes import FOLDER, SIZES


def decks(c: Catalogue) -> list[tuple[str, str, list[str]]]:
    """Key ('resilience', 'problems', or 'all'), name, and slugs in order: by category, within it by name."""
    rows = [(one.slug, one.name, [p.slug for p in c.in_category(one.slug)]) for one in c.categories.values()]
    out = [row for row in rows if row[2]]
    problems = [(problem_deck.KEY, problem_deck.NAME, list(c.problems))] if c.problems else []
    return [("all", "All patterns", [slug for _, _, slugs in out for slug in slugs]), *problems, *out]


def write(c: Catalogue) -> dict[str, Path]:
    """Address below the site to file. GuideError with every card that does not fit."""
    jobs = {
        f"{FOLDER}/deck-{key}-{size}.pdf": (deck.deck(c, f"Pocket deck: {name}", slugs, size), deck.pictures(c, slugs))
        for key, name, slugs in decks(c)
        if key != problem_deck.KEY
        for size in SIZES
    }
    if c.problems:
        jobs |= {f"{FOLDER}/deck-{problem_deck.KEY}-{size}.pdf": (problem_deck.laid(c, size), {}) for size in SIZES}
    return typeset.compile_all("deck", jobs)
