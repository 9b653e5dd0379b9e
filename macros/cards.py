"""Pattern cards: the same few lines wherever a pattern is mentioned."""

from __future__ import annotations

from collections.abc import Sequence

from macros.load import Catalogue, GuideError
from macros.templates import fill


def pattern_card(c: Catalogue, slug: str) -> str:
    """One card: name, marker, summary and what it is for."""
    return fill("pattern_card", slug=slug, pattern=(p := c.patterns.find(slug)), category=c.categories[p.category])


def pattern_cards(
    c: Catalogue,
    *,
    phase: str | None = None,
    category: str | None = None,
    playbook: str | None = None,
    slugs: Sequence[str] = (),
) -> str:
    """A group of cards: those of a phase, of a category, of a playbook, or a list in its own order."""
    if phase:
        c.phases.find(phase)
        chosen = [slug for slug, _ in c.in_phase(phase)]
    elif category:
        if category not in c.categories:
            raise GuideError(f"no category '{category}'; see data/vocabulary.yml")
        chosen = [slug for slug, _ in c.in_category(category)]
    elif playbook:
        chosen = list(dict.fromkeys(fork.take for fork in c.playbooks.find(playbook).forks))
    else:
        chosen = list(slugs)
    if not chosen:
        raise GuideError("pattern_cards found no pattern; name a phase, a category, a playbook or slugs that have some")
    rows = [(slug, p := c.patterns.find(slug), c.categories[p.category]) for slug in chosen]
    return fill("pattern_cards", rows=rows)


def catalogue(c: Catalogue) -> str:
    """Every pattern, grouped by category, with what each group is for."""
    groups = [(category, c.in_category(slug)) for slug, category in c.categories.items()]
    return fill("catalogue", groups=[(category, rows) for category, rows in groups if rows])
