"""What a page's head says of it, from the data rather than from front matter."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath

from macros.facts import load


@lru_cache(maxsize=1)
def catalogue() -> load.Catalogue | None:
    """The data, read once a build; the hooks forget this module between builds."""
    return load.catalogue()[0]


def describe(page) -> None:
    """Set description and kind of a page that has data."""
    folder, name = PurePosixPath(page.file.src_uri).parent.name, PurePosixPath(page.file.src_uri).stem
    found = catalogue()
    shelf = getattr(found, folder, {}) if found and folder in load.PAGED else {}
    if name in shelf:
        page.meta.setdefault("description", shelf[name].summary)
        page.meta.setdefault("kind", folder)
        page.meta.setdefault("reviewed_on", shelf[name].reviewed_on.isoformat())
