"""The parts of a pattern's page that come from its data."""

from __future__ import annotations

from markupsafe import Markup

from macros.facts.catalogue import Catalogue
from macros.facts.model import Number, Pattern, Phase, Playbook
from macros.facts.quantities import Told
from macros.pages import maps
from macros.pages.template import fill

CONFUSED = (
    "confused-with"  # the one relation that gets a comparison of two rows, on both pages; check/vocabulary.py wants it
)


def head(c: Catalogue, slug: str) -> str:
    """Name, category, summary, and a row of jumps to what readers come for."""
    p = c.patterns[slug]
    return fill("pattern_head", pattern=p, category=c.categories[p.category], runs=bool(c.of_pattern(slug)))


def use_when(c: Catalogue, slug: str) -> str:
    """When to use it and when not; then its other names, and where in the interview it comes up."""
    p = c.patterns[slug]
    phases = [phase for phase in c.phases.values() if phase.slug in p.phases]
    return fill("use_when", pattern=p, phases=phases)


def next_step(c: Catalogue, slug: str) -> str:
    """Where to go from the end of the page: next in the category, what to practice, problems that need it."""
    p = c.patterns[slug]
    row = c.in_category(p.category)
    after = row[(row.index(p) + 1) % len(row)]
    return fill(
        "next_step",
        pattern=p,
        category=c.categories[p.category],
        after=after if after is not p else None,
        runs=bool(c.of_pattern(slug)),
        needing=c.needing(slug),
    )


def numbers(c: Catalogue, slug: str) -> str:
    return number_table(c, c.patterns[slug].numbers)


def number_table(c: Catalogue, figures: tuple[Number, ...]) -> str:
    """Value, meaning and source of each figure; empty where there are none."""
    rows = [(n, c.sources[n.source] if n.source != "arithmetic" else None, _worked(n)) for n in figures]
    return fill("numbers", rows=rows)


def _worked(n: Number) -> str:
    """Address of the working of a figure that a problem computes; empty where its own words are the working."""
    quoted = [one for text in (n.value, n.meaning) if isinstance(text, Told) for one in text.parts if one.id]
    return f"/problems/{quoted[0].of}.md#how-{quoted[0].id}" if quoted else ""


def trade_offs(c: Catalogue, slug: str) -> str:
    return fill("trade_offs", pattern=c.patterns[slug], axes=c.axes)


def failure_modes(c: Catalogue, slug: str) -> str:
    return fill("failure_modes", pattern=c.patterns[slug])


def follow_ups(c: Catalogue, slug: str) -> str:
    return fill("follow_ups", pattern=c.patterns[slug])


def misreadings(c: Catalogue, slug: str, folder: str = "patterns") -> str:
    """What readers of a page may have met in a wrong form; empty where nothing is known."""
    return fill("misreadings", rows=c.shelves[folder][slug].misreadings)


def depth(c: Catalogue, slug: str) -> str:
    p = c.patterns[slug]
    return fill("depth", rows=[(level, getattr(p.depth, level.slug)) for level in c.vocabulary.levels])


def related(c: Catalogue, slug: str) -> str:
    """Each neighbor with the relation and what connects the two; then a comparison with each it is confused with."""
    links = [(link, c.patterns[link.to]) for link in c.links(slug)]
    return fill(
        "related",
        picture=Markup(maps.neighbors(c, slug)),
        rows=[(c.relations[link.kind].label, other, link.why) for link, other in links if link.kind != CONFUSED],
        confused=[(c.patterns[slug], other, link.why) for link, other in links if link.kind == CONFUSED],
    )


def sources(c: Catalogue, slug: str) -> str:
    return source_list(c, c.patterns[slug], heading=True)


def source_list(c: Catalogue, record: Pattern | Phase | Playbook, *, heading: bool) -> str:
    """What a page cites; then the day on which it was tried, and how many of its sentences were mended, with a link."""
    rows = [(citation, c.sources[citation.source]) for citation in record.sources]
    mended = len(c.corrections[record.slug].corrections) if record.slug in c.corrections else 0
    return fill("sources", rows=rows, record=record, mended=mended, heading=heading)
