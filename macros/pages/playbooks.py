"""The parts of a playbook's page that come from its data."""

from __future__ import annotations

from macros.facts.catalogue import Catalogue
from macros.pages import patterns
from macros.pages.template import fill


def listing(c: Catalogue) -> str:
    """Every playbook, with the question it answers."""
    return fill("playbook_list", playbooks=c.playbooks.values())


def head(c: Catalogue, slug: str) -> str:
    return fill("playbook_head", playbook=c.playbooks[slug])


def forks(c: Catalogue, slug: str) -> str:
    """The decision table: what you see, the number that decides, the pattern to take."""
    return fill("forks", rows=[(fork, c.patterns[fork.take]) for fork in c.playbooks[slug].forks])


def sources(c: Catalogue, slug: str) -> str:
    return patterns.source_list(c, c.playbooks[slug], heading=False)
