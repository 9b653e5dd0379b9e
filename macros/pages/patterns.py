"""The parts of a pattern's page that come from its data."""

from __future__ import annotations

from macros.pages import maps
from macros.facts.load import Catalogue
from macros.facts.model import Citation, Number
from macros.pages.template import fill

CONFUSED = "confused-with"  # the one relation that gets a comparison of two rows, on both pages

def head(c: Catalogue, slug: str) -> str:
    p = c.patterns.find(slug)
    phases = [(s, phase) for s, phase in c.ordered_phases() if s in p.phases]
    return fill("pattern_head", slug=slug, pattern=p, category=c.categories[p.category], phases=phases)


def numbers(c: Catalogue, slug: str) -> str:
    return number_table(c, c.patterns.find(slug).numbers, "Numbers to know")


def number_table(c: Catalogue, figures: tuple[Number, ...], heading: str) -> str:
    rows = [(n, c.sources.find(n.source) if n.source != "arithmetic" else None) for n in figures]
    return fill("numbers", rows=rows, heading=heading)


def trade_offs(c: Catalogue, slug: str) -> str:
    return fill("trade_offs", pattern=c.patterns.find(slug), axes=c.axes)


def failure_modes(c: Catalogue, slug: str) -> str:
    return fill("failure_modes", pattern=c.patterns.find(slug))


def follow_ups(c: Catalogue, slug: str) -> str:
    return fill("follow_ups", pattern=c.patterns.find(slug))


def misreadings(c: Catalogue, slug: str) -> str:
    """What readers of this page may have met in a wrong form; empty where nothing is known."""
    record = next((shelf[slug] for shelf in (c.phases, c.playbooks) if slug in shelf), None) or c.patterns.find(slug)
    return fill("misreadings", rows=record.misreadings)


def depth(c: Catalogue, slug: str) -> str:
    p = c.patterns.find(slug)
    return fill("depth", rows=[(level, getattr(p.depth, level.slug)) for level in c.vocabulary.levels])


def related(c: Catalogue, slug: str) -> str:
    p = c.patterns.find(slug)
    kinds = list(c.relations)
    links = [(r, c.patterns.find(r.to)) for r in sorted(p.related, key=lambda r: kinds.index(r.kind))]
    return fill(
        "related",
        picture=maps.neighbors(c, slug),
        rows=[(c.relations[r.kind].label, r.to, other, r.why) for r, other in links if r.kind != CONFUSED],
        confused=[(p, slug, other, r.to, r.why) for r, other in links if r.kind == CONFUSED],
    )


def sources(c: Catalogue, slug: str) -> str:
    p = c.patterns.find(slug)
    return source_list(c, p.sources, p.reviewed_on.isoformat(), heading=True)


def source_list(c: Catalogue, citations: tuple[Citation, ...], reviewed_on: str, *, heading: bool) -> str:
    rows = [(citation, c.sources.find(citation.source)) for citation in citations]
    return fill("sources", rows=rows, reviewed_on=reviewed_on, heading=heading)
