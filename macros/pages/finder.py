"""The finder, which filters the patterns, the list from A to Z, and the list of symptoms."""

from __future__ import annotations

import unicodedata

from macros.facts.catalogue import Catalogue
from macros.pages.template import fill


def finder(c: Catalogue) -> str:
    """Every pattern, grouped by category; the finder's form, which scripts show, filters these same entries."""
    groups = [
        (
            category,
            [
                (p, sorted({t.axis for t in p.trade_offs}), bool(c.of_pattern(p.slug)))
                for p in c.in_category(category.slug)
            ],
        )
        for category in c.categories.values()
    ]
    facets = [
        ("phase", "Comes up in", [(phase.slug, phase.name) for phase in c.phases.values()]),
        ("category", "Category", [(one.slug, one.name) for one in c.categories.values()]),
        ("trades", "Trades", [(axis.slug, axis.name.lower()) for axis in c.axes.values()]),
        ("code", "Runs", [("yes", "code and replay")]),
    ]
    return fill(
        "finder",
        groups=[(category, rows) for category, rows in groups if rows],
        facets=facets,
        levels=c.vocabulary.levels,
    )


def letter(name: str) -> str:
    """Under which letter or digit a name stands: its first one, without accents."""
    plain = unicodedata.normalize("NFKD", name)
    return next((sign.upper() for sign in plain if sign.isascii() and sign.isalnum()), "0")


def a_to_z(c: Catalogue) -> str:
    """Every name and other name of what has a page, by letter."""
    rows = [(record.name, kind, record, True) for kind, record in c.paged()]
    rows += [(alias, kind, record, False) for kind, record in c.paged() for alias in getattr(record, "aliases", ())]
    letters: dict[str, list] = {}
    for row in sorted(rows, key=lambda row: row[0].lower()):
        letters.setdefault(letter(row[0]), []).append(row)
    return fill("a_to_z", letters=sorted(letters.items()))


def symptoms(c: Catalogue) -> str:
    """What people type who do not know the name, by the pattern that it leads to."""
    return fill("symptoms", patterns=sorted(c.patterns.values(), key=lambda p: p.name.lower()))
