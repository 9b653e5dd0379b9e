"""Pattern cards: the same few lines wherever a pattern is mentioned."""

from __future__ import annotations

from collections.abc import Sequence

from macros.facts.load import Catalogue, GuideError
from macros.pages.template import fill


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
    """Every pattern, grouped by category; the finder's form, which scripts show, filters these same entries."""
    groups = [
        (category, [(s, p, sorted({t.axis for t in p.trade_offs}), bool(c.of_pattern(s))) for s, p in c.in_category(slug)])
        for slug, category in c.categories.items()
    ]
    facets = [
        ("phase", "Comes up in", [(slug, phase.name) for slug, phase in c.ordered_phases()]),
        ("category", "Category", [(one.slug, one.name) for one in c.vocabulary.categories]),
        ("trades", "Trades", [(axis.slug, axis.name.lower()) for axis in c.vocabulary.axes]),
        ("code", "Runs", [("yes", "code and replay")]),
    ]
    return fill("catalogue", groups=[(category, rows) for category, rows in groups if rows], facets=facets, levels=c.vocabulary.levels)


def a_to_z(c: Catalogue) -> str:
    """Every name and other name by letter, then every symptom."""
    names = [(p.name, slug, p, True) for slug, p in c.patterns.items()]
    names += [(alias, slug, p, False) for slug, p in c.patterns.items() for alias in p.aliases]
    letters: dict[str, list] = {}
    for row in sorted(names, key=lambda row: row[0].lower()):
        letters.setdefault(row[0][0].upper(), []).append(row)
    symptoms = sorted(((text, slug, p) for slug, p in c.patterns.items() for text in p.searches), key=lambda row: row[0].lower())
    return fill("a_to_z", letters=sorted(letters.items()), symptoms=symptoms)
