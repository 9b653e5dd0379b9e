"""Counts the lines of reference/ that its tests reach, from before they are imported; test_whole.py reads the count."""

from __future__ import annotations

import coverage
import pytest

from macros.facts.finding import ROOT

COUNT = coverage.Coverage(data_file=None, include=[str(ROOT / "reference" / "*.py")], config_file=False)
if coverage.Coverage.current() is None:  # under `coverage run` that count is kept instead
    COUNT.start()


@pytest.fixture(scope="session")
def reached() -> coverage.Coverage:
    if coverage.Coverage.current() is COUNT:
        COUNT.stop()
    return COUNT


def pytest_collection_modifyitems(items):
    """The test that reads the count comes after all that add to it."""
    items.sort(key=lambda item: item.name == "test_every_line_is_reached")
