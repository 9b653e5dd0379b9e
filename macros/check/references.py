"""Whatever is named exists, once."""

from __future__ import annotations

from collections.abc import Iterator

from macros.facts import files
from macros.facts.catalogue import PAGED, Catalogue
from macros.facts.finding import Finding, unknown
from macros.facts.model import Playbook
from macros.facts.yaml_file import Document
from macros.pages import glossary


def references(c: Catalogue) -> Iterator[Finding]:
    """Every category, phase, axis, pattern and source that is named exists."""
    for kind, record in c.paged():
        doc = c.documents[f"{kind.folder}/{record.slug}"]
        yield from cited(c, doc, "sources", record.sources)
        yield from cited(c, doc, "numbers", getattr(record, "numbers", ()))
    yield from _patterns(c)
    yield from _phases(c)
    for playbook in c.playbooks.values():
        for i, fork in enumerate(playbook.forks):
            yield from _pattern(c, c.documents[f"playbooks/{playbook.slug}"], ("forks", i, "take"), fork.take)
        yield from _worked(c, playbook)
    yield from _terms(c)
    for i, scheme in enumerate(c.interview.schemes):
        if scheme.source not in c.sources:
            yield _unknown_source(c, c.documents["interview"], ("schemes", i, "source"), scheme.source)
    for one in c.corrections.values():
        folder, _, slug = one.page.rpartition("/")
        known = (
            [f"{kind.folder}/{record.slug}" for kind, record in c.paged()]
            if folder
            else [p.stem for p in files.listed(c.root / "docs", ".md")]
        )
        if (
            one.page not in known
            and not (c.root / "docs" / f"{one.page}.md").exists()
            and not (c.root / "docs" / one.page / "index.md").exists()
        ):
            yield c.documents[f"corrections/{one.slug}"].finding(("page",), unknown("page", one.page, known, "docs/"))


def _pattern(c: Catalogue, doc: Document, loc: tuple, slug: str) -> Iterator[Finding]:
    if c.document("patterns", slug) is None:
        yield doc.finding(loc, unknown("pattern", slug, c.patterns, "data/patterns/"))


def _patterns(c: Catalogue) -> Iterator[Finding]:
    for p in c.patterns.values():
        doc = c.documents[f"patterns/{p.slug}"]
        if p.category not in c.categories:
            yield doc.finding(("category",), unknown("category", p.category, c.categories, "data/vocabulary.yml"))
        for i, phase in enumerate(p.phases):
            if c.document("phases", phase) is None:
                yield doc.finding(("phases", i), unknown("phase", phase, c.phases, "data/phases/"))
        for i, t in enumerate(p.trade_offs):
            if t.axis not in c.axes:
                yield doc.finding(("trade_offs", i, "axis"), unknown("axis", t.axis, c.axes, "data/vocabulary.yml"))
        known = [s.source for s in p.sources if s.source in c.sources]
        if known and not any(c.sources[s].primary for s in known):
            yield doc.finding(
                ("sources",), "no primary source; add a standard, paper, documentation, book or code that was read"
            )


def _phases(c: Catalogue) -> Iterator[Finding]:
    for phase in c.phases.values():
        doc = c.documents[f"phases/{phase.slug}"]
        for i, key in enumerate(phase.key_patterns):
            yield from _pattern(c, doc, ("key_patterns", i), key)
        ids = [item.id for item in phase.checklist]
        for i, one in enumerate(ids):
            if one in ids[:i]:
                yield doc.finding(("checklist", i, "id"), f"'{one}' stands twice; every box needs its own id")


def _worked(c: Catalogue, playbook: Playbook) -> Iterator[Finding]:
    """A fork that a problem is said to walk is one of the playbook's, and the problem exercises its pattern."""
    doc, problems = c.documents[f"playbooks/{playbook.slug}"], c.written("problems")
    if playbook.walk.problem and playbook.walk.problem not in problems:
        yield doc.finding(("walk", "problem"), unknown("problem", playbook.walk.problem, problems, "data/problems/"))
    takes = [fork.take for fork in playbook.forks]
    for i, one in enumerate(playbook.worked):
        if one.take not in takes:
            yield doc.finding(("worked", i, "take"), unknown("fork that takes", one.take, takes, "forks"))
        elif one.problem not in problems:
            yield doc.finding(("worked", i, "problem"), unknown("problem", one.problem, problems, "data/problems/"))
        elif one.problem in c.problems and one.take not in [x.pattern for x in c.problems[one.problem].exercises]:
            text = f"the problem does not exercise {one.take}; say there what it needs it for, or take the line out"
            yield doc.finding(("worked", i, "problem"), text)


def _terms(c: Catalogue) -> Iterator[Finding]:
    doc, terms = c.documents["glossary"], c.glossary.terms
    pages = [slug for kind in PAGED for slug in c.written(kind.folder)]
    anchors = [glossary.anchor(one) for one in terms]
    for i, term in enumerate(terms):
        if term.see:
            yield from _pattern(c, doc, ("terms", i, "see"), term.see)
        for j, page in enumerate(term.pages):
            if page not in pages:
                yield doc.finding(("terms", i, "pages", j), unknown("page", page, pages, "data/"))
        if not anchors[i]:
            yield doc.finding(
                ("terms", i, "term"), f"'{term.term}' has no letter or digit for an address; name it in words"
            )
        elif anchors.index(anchors[i]) < i and not any(term.term.lower() == t.term.lower() for t in terms[:i]):
            other = terms[anchors.index(anchors[i])].term
            text = f"'{term.term}' has the address of '{other}'; word one of the two otherwise"
            yield doc.finding(("terms", i, "term"), text)
        if any(term.term.lower() == t.term.lower() for t in terms[:i]):
            yield doc.finding(("terms", i, "term"), f"'{term.term}' is defined twice; keep one of the two")


def uncited(c: Catalogue) -> Iterator[Finding]:
    """Every source is cited; asked only where all records could be read, or what they cite would seem unused."""
    records = [record for _, record in c.paged()]
    if len(records) < sum(len(c.written(kind.folder)) for kind in PAGED):
        return
    used = {x.source for r in records for x in (*r.sources, *getattr(r, "numbers", ()))}
    used |= {figure.source for figure in c.products.values()}
    used |= {c.interview.published.source, *(scheme.source for scheme in c.interview.schemes)}
    for slug in c.sources:
        if slug not in used:
            yield c.documents["sources"].finding(("sources", slug), "nobody cites this source; cite it, or remove it")


def _unknown_source(c: Catalogue, doc: Document, loc: tuple, slug: str) -> Finding:
    return doc.finding(loc, unknown("source", slug, c.sources, "data/sources.yml"))


def cited(c: Catalogue, doc: Document, name: str, citations: tuple) -> Iterator[Finding]:
    for i, citation in enumerate(citations):
        if citation.source != "arithmetic" and citation.source not in c.sources:
            yield _unknown_source(c, doc, (name, i, "source"), citation.source)


def aliases(c: Catalogue) -> Iterator[Finding]:
    """A name leads to one place."""
    owner: dict[str, str] = {p.name.lower(): p.slug for p in c.patterns.values()}
    for p in c.patterns.values():
        doc = c.documents[f"patterns/{p.slug}"]
        for i, alias in enumerate(p.aliases):
            other = owner.setdefault(alias.lower(), p.slug)
            if other != p.slug or alias.lower() in [a.lower() for a in p.aliases[:i]]:
                yield doc.finding(
                    ("aliases", i), f"alias '{alias}' already belongs to '{other}'; keep it in one of the two"
                )
