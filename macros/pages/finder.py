"""The finder, which filters the patterns, the list from A to Z, and the list of symptoms."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from macros.facts.catalogue import Catalogue
from macros.facts.model import Pattern
from macros.pages.template import fill

PAIRS = 9  # of the comparison that stand ready
OPPOSED = ("alternative-to", "confused-with")  # relations whose two patterns one weighs against each other
TELLS = 0.75  # the share of all patterns above which a value of a facet narrows nothing


class Facet(NamedTuple):
    """What one can narrow by. The page's form and entries are made of it, and the script reads its names from these."""

    name: str
    label: str
    values: Sequence[tuple[str, str]]  # each with its words
    of: Callable[[Pattern], Iterable[str]]  # which of them a pattern has


def facets(c: Catalogue) -> list[Facet]:
    """In the order of the form. Of what the reader marked, the browser knows which pattern has which."""
    most = TELLS * len(c.patterns)
    phases = [(phase.slug, phase.name) for phase in c.phases.values() if len(c.in_phase(phase.slug)) <= most]
    categories = [(one.slug, one.name) for one in c.categories.values()]
    axes = [(axis.slug, axis.name.lower()) for axis in c.axes.values()]
    marks = [("read", "read"), ("to-read", "to read"), ("no", "neither")]
    return [
        Facet("category", "Category", categories, lambda p: [p.category]),
        Facet("phase", "Comes up in", phases, lambda p: p.phases),
        Facet("trades", "You gain or pay in", axes, lambda p: sorted({t.axis for t in p.trade_offs})),
        Facet("code", "Has", [("yes", "tested code and a replay")], lambda p: ["yes"] if c.of_pattern(p.slug) else []),
        Facet("been", "You marked it", marks, lambda p: []),
    ]


def finder(c: Catalogue) -> str:
    """Every pattern, grouped by category; the finder's form, which scripts show, filters these same entries."""
    offered, groups = facets(c), []
    for category in c.categories.values():
        rows = [
            (p, [(one.name, " ".join(has)) for one in offered if (has := one.of(p))])
            for p in c.in_category(category.slug)
        ]
        if rows:
            groups.append((category, rows))
    return fill("finder", groups=groups, facets=offered, levels=c.vocabulary.levels)


def comparison(c: Catalogue) -> str:
    """The picker of the comparison: pairs that stand ready, and every pattern to choose from."""
    groups = [(category, c.in_category(category.slug)) for category in c.categories.values()]
    return fill("comparison", pairs=pairs(c), groups=[(category, found) for category, found in groups if found])


def pairs(c: Catalogue) -> list[tuple[Pattern, Pattern]]:
    """What is most often weighed against each other: the phases' key patterns and their like."""
    found: list[tuple[Pattern, Pattern]] = []
    seen: set[str] = set()
    for slug in dict.fromkeys(slug for phase in c.phases.values() for slug in phase.key_patterns):
        for link in c.links(slug):
            if link.kind in OPPOSED and not {slug, link.to} & seen:
                found.append((c.patterns[slug], c.patterns[link.to]))
                seen |= {slug, link.to}
    return found[:PAIRS]


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
