"""Pattern cards: the same few lines wherever a pattern is mentioned."""

from __future__ import annotations

from collections.abc import Sequence

from macros.facts.catalogue import Catalogue
from macros.facts.finding import GuideError
from macros.facts.model import Category, Pattern
from macros.pages.template import fill


def pattern_card(c: Catalogue, slug: str) -> str:
    """One card: name, marker, summary and what it is for."""
    pattern = c.patterns[slug]
    return fill("pattern_card", pattern=pattern, category=c.categories[pattern.category])


def pattern_cards(
    c: Catalogue,
    *,
    phase: str | None = None,
    category: str | None = None,
    playbook: str | None = None,
    slugs: Sequence[str] = (),
) -> str:
    """Cards of a phase's key patterns, the others by category; or of a category, a playbook, or a list in its order."""
    more: list[tuple[Category, list[Pattern]]] = []
    if phase:
        chosen = [c.patterns[slug] for slug in c.phases[phase].key_patterns]
        others = [pattern for pattern in c.in_phase(phase) if pattern not in chosen]
        groups = [(one, [p for p in others if p.category == one.slug]) for one in c.categories.values()]
        more = [(one, found) for one, found in groups if found]
    elif category:
        chosen = c.in_category(c.categories[category].slug)
    elif playbook:
        chosen = [c.patterns[slug] for slug in dict.fromkeys(fork.take for fork in c.playbooks[playbook].forks)]
    else:
        chosen = [c.patterns[slug] for slug in slugs]
    if not chosen:
        raise GuideError("pattern_cards found no pattern; name a phase, a category, a playbook or slugs that have some")
    rows = [(pattern, c.categories[pattern.category]) for pattern in chosen]
    return fill("pattern_cards", rows=rows, more=more)
