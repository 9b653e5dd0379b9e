"""Whatever is named exists, once, and relations stand on both sides."""

from __future__ import annotations

from collections.abc import Iterator

from macros.facts import load
from macros.facts.load import Catalogue, Problem, suggestion


def relations(c: Catalogue) -> Iterator[Problem]:
    """Slugs exist, kinds are known, and both sides say so."""
    for slug, pattern in c.patterns.items():
        doc = c.documents[f"patterns/{slug}"]
        seen: set[str] = set()
        for i, r in enumerate(pattern.related):
            here = ("related", i, "to")
            if r.to == slug:
                yield doc.problem(here, "a pattern cannot be related to itself; remove the entry")
            elif r.to in seen:
                yield doc.problem(here, f"'{r.to}' is related twice; keep one of the two")
            elif r.to not in c.patterns and f"patterns/{r.to}" not in c.documents:
                yield doc.problem(here, f"no pattern '{r.to}'{suggestion(r.to, c.patterns) or '; see data/patterns/'}")
            elif r.kind not in c.relations:
                yield doc.problem(
                    ("related", i, "kind"),
                    f"unknown relation '{r.kind}'{suggestion(r.kind, c.relations) or '; see data/vocabulary.yml'}",
                )
            elif r.to in c.patterns:
                inverse = c.relations[r.kind].inverse
                if not any(b.to == slug and b.kind == inverse for b in c.patterns[r.to].related):
                    yield doc.problem(
                        here,
                        f"one-sided relation; add {{to: {slug}, kind: {inverse}, why: …}} "
                        f"to related in data/patterns/{r.to}.yml",
                    )
            seen.add(r.to)


def references(c: Catalogue) -> Iterator[Problem]:
    """Every category, phase, axis and source that is named exists."""
    for slug, pattern in c.patterns.items():
        doc = c.documents[f"patterns/{slug}"]
        if pattern.category not in c.categories:
            yield doc.problem(
                ("category",),
                f"unknown category '{pattern.category}'"
                f"{suggestion(pattern.category, c.categories) or '; see data/vocabulary.yml'}",
            )
        for i, phase in enumerate(pattern.phases):
            if phase not in c.phases and f"phases/{phase}" not in c.documents:
                yield doc.problem(
                    ("phases", i), f"no phase '{phase}'{suggestion(phase, c.phases) or '; see data/phases/'}"
                )
        for i, t in enumerate(pattern.trade_offs):
            if t.axis not in c.axes:
                yield doc.problem(
                    ("trade_offs", i, "axis"),
                    f"unknown axis '{t.axis}'{suggestion(t.axis, c.axes) or '; see data/vocabulary.yml'}",
                )
        yield from cited(c, doc, "sources", pattern.sources)
        yield from cited(c, doc, "numbers", pattern.numbers)
        known = [s.source for s in pattern.sources if s.source in c.sources]
        if known and not any(c.sources[s].primary for s in known):
            yield doc.problem(
                ("sources",), "no primary source; add a standard, paper, documentation, book or code that was read"
            )
    for slug, phase in c.phases.items():
        doc = c.documents[f"phases/{slug}"]
        for i, key in enumerate(phase.key_patterns):
            if f"patterns/{key}" not in c.documents:
                yield doc.problem(
                    ("key_patterns", i), f"no pattern '{key}'{suggestion(key, c.patterns) or '; see data/patterns/'}"
                )
        yield from cited(c, doc, "sources", phase.sources)
        yield from cited(c, doc, "numbers", phase.numbers)
        ids = [item.id for item in phase.checklist]
        for i, one in enumerate(ids):
            if one in ids[:i]:
                yield doc.problem(("checklist", i, "id"), f"'{one}' stands twice; every box needs its own id")
    for slug, playbook in c.playbooks.items():
        doc = c.documents[f"playbooks/{slug}"]
        for i, fork in enumerate(playbook.forks):
            if f"patterns/{fork.take}" not in c.documents:
                yield doc.problem(
                    ("forks", i, "take"), f"no pattern '{fork.take}'{suggestion(fork.take, c.patterns) or '; see data/patterns/'}"
                )
        yield from cited(c, doc, "sources", playbook.sources)
    for i, term in enumerate(c.glossary.terms):
        doc = c.documents["glossary"]
        if term.see and f"patterns/{term.see}" not in c.documents:
            yield doc.problem(
                ("terms", i, "see"), f"no pattern '{term.see}'{suggestion(term.see, c.patterns) or '; see data/patterns/'}"
            )
        for j, page in enumerate(term.pages):
            if not any(f"{folder}/{page}" in c.documents for folder in load.PAGED):
                known = [key.split("/")[1] for key in c.documents if key.split("/")[0] in load.PAGED]
                yield doc.problem(("terms", i, "pages", j), f"no page '{page}'{suggestion(page, known) or '; see data/'}")
        if any(term.term.lower() == t.term.lower() for t in c.glossary.terms[:i]):
            yield doc.problem(("terms", i, "term"), f"'{term.term}' is defined twice; keep one of the two")
    for i, scheme in enumerate(c.interview.schemes):
        if scheme.source not in c.sources:
            yield unknown_source(c, c.documents["interview"], ("schemes", i, "source"), scheme.source)


def uncited(c: Catalogue) -> Iterator[Problem]:
    """Every source is cited; asked only where all records could be read, or what they cite would seem unused."""
    records = [*c.patterns.values(), *c.phases.values(), *c.playbooks.values()]
    if len(records) < sum(key.split("/")[0] in load.PAGED for key in c.documents if "/" in key):
        return
    used = {x.source for r in records for x in (*r.sources, *getattr(r, "numbers", ()))}
    used |= {c.interview.published.source, *(scheme.source for scheme in c.interview.schemes)}
    for slug in c.sources:
        if slug not in used:
            yield c.documents["sources"].problem(("sources", slug), "nobody cites this source; cite it, or remove it")


def unknown_source(c: Catalogue, doc: load.Document, loc: tuple, slug: str) -> Problem:
    return doc.problem(loc, f"unknown source '{slug}'{suggestion(slug, c.sources) or '; add it to data/sources.yml'}")


def cited(c: Catalogue, doc: load.Document, name: str, citations: tuple) -> Iterator[Problem]:
    for i, citation in enumerate(citations):
        if citation.source != "arithmetic" and citation.source not in c.sources:
            yield unknown_source(c, doc, (name, i, "source"), citation.source)


def aliases(c: Catalogue) -> Iterator[Problem]:
    """A name leads to one place."""
    owner: dict[str, str] = {p.name.lower(): slug for slug, p in c.patterns.items()}
    for slug, pattern in c.patterns.items():
        doc = c.documents[f"patterns/{slug}"]
        for i, alias in enumerate(pattern.aliases):
            other = owner.setdefault(alias.lower(), slug)
            if other != slug or alias.lower() in [a.lower() for a in pattern.aliases[:i]]:
                yield doc.problem(
                    ("aliases", i), f"alias '{alias}' already belongs to '{other}'; keep it in one of the two"
                )
