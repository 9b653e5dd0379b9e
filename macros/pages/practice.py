"""The pages of practice: what a script needs stands in them already, words included, and shows once it has come."""

from __future__ import annotations

from macros.facts.catalogue import Catalogue
from macros.pages import forks
from macros.pages.counts import count
from macros.pages.template import fill


def ask(c: Catalogue) -> str:
    """The place where cards are asked; the cards come from machines/recall.py."""
    records = [*c.patterns.values(), *c.problems.values()]
    return fill("ask", cards=count(c, "cards"), follow_ups=sum(len(r.follow_ups) for r in records))


def recall_cards(c: Catalogue, slug: str, folder: str = "patterns") -> str:
    """The cards of a pattern or a problem, each with an anchor that never changes."""
    return fill("recall_cards", cards=c.shelves[folder][slug].cards, tag=f"{folder.removesuffix('s')}::{slug}")


def reading(c: Catalogue, slug: str, folder: str) -> str:
    """The mark of what was read, at the end of a page that is no pattern's; a pattern's has its own."""
    return fill("reading", key=f"{folder}/{c.shelves[folder][slug].slug}")


def standing(c: Catalogue) -> str:
    """The board: patterns by category, problems, checklists; each with a mark that a script or a pen makes."""
    return fill(
        "standing",
        groups=[(one, found) for one in c.categories.values() if (found := c.in_category(one.slug))],
        problems=list(c.problems.values()),
        phases=list(c.phases.values()),
        steps=forks.STEPS,
        axis=forks.AXIS,
        enough=forks.ENOUGH,
    )


def defend(c: Catalogue) -> str:
    """The place where forks are defended, and all of them with their answers folded; data by machines/defend.py."""
    return fill(
        "defend",
        groups=forks.grouped(c),
        verdicts=forks.VERDICTS,
        steps=forks.STEPS,
        axis=forks.AXIS,
        enough=forks.ENOUGH,
        paces=c.conduct.decision,
        minutes=sum(one.minutes for one in c.conduct.decision),
    )


def anki_deck(c: Catalogue) -> str:
    """The files for Anki; machines/anki.py makes them."""
    return fill("anki_deck", cards=count(c, "cards"))


def kept(_c: Catalogue) -> str:
    """What this browser keeps: counts, a copy, a union, deletion."""
    return fill("kept")
