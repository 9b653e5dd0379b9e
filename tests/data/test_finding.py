"""The author's help: a pattern that only its very lines would find is named, with how many of them."""

from dataclasses import replace

from macros.facts import load
from macros.check import searches as finding


def test_lines_about_something_else_are_noticed():
    c, _ = load.catalogue()
    assert list(finding.finding(c)) == []
    foreign = ("ripe avocado toast", "wash the blue car", "tall trees in autumn", "a letter to grandmother", "an eviction of the coldest")
    shelf = load.Shelf("pattern", dict(c.patterns) | {"lru": c.patterns["lru"].model_copy(update={"searches": foreign})})
    (problem,) = finding.finding(replace(c, patterns=shelf))
    assert problem.warning and str(problem).startswith("data/patterns/lru.yml:")
    assert "searches: 1 of its 5 lines would find it if they did not stand here; say more of them" in str(problem)
