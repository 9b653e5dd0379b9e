"""The author's help: a pattern that only its very lines would find is named, with how many of them."""

from dataclasses import replace

from macros.check import searches
from macros.facts.catalogue import Shelf


def test_lines_about_something_else_are_noticed(catalogue):
    assert list(searches.searches(catalogue)) == []
    foreign = (
        "ripe avocado toast",
        "wash the blue car",
        "tall trees in autumn",
        "a letter to grandmother",
        "an eviction of the coldest",
    )
    records = dict(catalogue.patterns) | {"lru": catalogue.patterns["lru"].model_copy(update={"searches": foreign})}
    patterns = Shelf("pattern", records, "data/patterns/")
    (found,) = searches.searches(replace(catalogue, shelves=catalogue.shelves | {"patterns": patterns}))
    assert found.warning and str(found).startswith("data/patterns/lru.yml:")
    assert "searches: 1 of its 5 lines would find it if they did not stand here; say more of them" in str(found)
