"""A figure of a product stands once, in data/products.yml, and somebody quotes it."""

from __future__ import annotations

from collections.abc import Iterator

from macros.check import prose
from macros.check.places import called
from macros.facts.catalogue import KINDS, Catalogue
from macros.facts.finding import Finding, unknown


def figures(c: Catalogue) -> Iterator[Finding]:
    """Each figure of data/products.yml is quoted and has a source; none stands inline in the data of two pages."""
    quoted = {name for _, text in prose.pages(c) for _, macro, name in called(text) if macro == "product"}
    first: dict[tuple, str] = {}
    for kind in KINDS:
        for slug in c.shelves[kind.folder]:
            doc = c.documents[f"{kind.folder}/{slug}"]
            for i, number in enumerate(doc.value.get("numbers", ())):
                if "figure" in number:
                    quoted.add(number["figure"])
                elif number["source"] != "arithmetic":
                    key = (number["source"], number["value"], number.get("at"))
                    if key in first:
                        text = f"stands in {first[key]} as well; put it into data/products.yml and quote it from both"
                        yield doc.finding(("numbers", i), text)
                    first.setdefault(key, doc.path)
    doc = c.documents["products"]
    whole = all(
        len(c.shelves[kind.folder]) == len(c.written(kind.folder)) for kind in KINDS
    )  # else one that could not be read
    for key, figure in c.products.items():
        if key not in quoted and whole:
            yield doc.finding(("figures", key), "nobody quotes this figure; quote it by {figure: …}, or remove it")
        if figure.source not in c.sources:
            yield doc.finding(
                ("figures", key, "source"), unknown("source", figure.source, c.sources, "data/sources.yml")
            )
