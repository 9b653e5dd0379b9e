"""The pocket deck as PDF: one for each category and one of all, for A4 and Letter. Into build/papers/."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from macros import deck, load
from macros.export import typeset
from macros.load import Catalogue, GuideError

BUILD = load.ROOT / "build" / "papers"
FOLDER = "cheat-sheets"  # below the site


def decks(c: Catalogue) -> list[tuple[str, str, list[str]]]:
    """Key ('resilience', or 'all'), title, and slugs in order: by category, within it by name."""
    rows = [(one.slug, one.name, [slug for slug, _ in c.in_category(one.slug)]) for one in c.vocabulary.categories]
    out = [(key, f"Pocket deck: {name}", slugs) for key, name, slugs in rows if slugs]
    return [("all", "Pocket deck: all patterns", [slug for _, _, slugs in out for slug in slugs]), *out]


def write(c: Catalogue) -> dict[str, Path]:
    """Address below the site to file. GuideError with every card that does not fit; what has not changed is kept."""
    jobs = {
        f"{FOLDER}/deck-{key}-{paper}.pdf": (title, slugs, paper)
        for key, title, slugs in decks(c)
        for paper in deck.PAPERS
    }
    problems: set[str] = set()
    BUILD.mkdir(parents=True, exist_ok=True)

    def make(item) -> None:
        name, (title, slugs, paper) = item
        try:
            pdf = typeset.compile("deck", deck.deck(c, title, slugs, paper), deck.pictures(slugs))
        except GuideError as error:
            problems.add(str(error))
        else:
            path = BUILD / Path(name).name
            if not path.exists() or path.read_bytes() != pdf:
                path.write_bytes(pdf)

    typeset.fonts()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(make, jobs.items()))
    if problems:
        raise GuideError("\n".join(sorted(problems)))
    return {name: BUILD / Path(name).name for name in sorted(jobs)}
