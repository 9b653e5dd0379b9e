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
    return fill("forks", rows=[(fork, c.patterns[fork.take]) for fork in c.playbooks[slug].forks], slug=slug)


def walk(c: Catalogue, slug: str) -> str:
    """The name of the case that is walked through, and the problem that works it out, if one does."""
    one = c.playbooks[slug].walk
    return fill("playbook_walk", walk=one, problem=c.problems[one.problem] if one.problem else None)


def worked(c: Catalogue, slug: str) -> str:
    """Forks that problems walk with all their numbers, and what each needs the pattern for; empty where none does."""
    rows = []
    for one in c.playbooks[slug].worked:
        p = c.problems[one.problem]
        rows += [(c.patterns[one.take], p, x.why) for x in p.exercises if x.pattern == one.take][:1]
    return fill("playbook_worked", rows=rows)


def sources(c: Catalogue, slug: str) -> str:
    return patterns.source_list(c, c.playbooks[slug], heading=False)
