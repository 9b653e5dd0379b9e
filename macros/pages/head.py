"""What a page's head says of it, from the data rather than from front matter."""

from __future__ import annotations

from pathlib import PurePosixPath

from macros.facts.catalogue import Catalogue
from macros.facts.model import Record


def place(page) -> tuple[str, str]:
    """Folder and name of a page's file below docs/: 'patterns' and 'lru'; '' for a file of docs/ itself."""
    path = PurePosixPath(page.file.src_uri)
    return str(path.parent) if path.parent.name else "", path.stem


def describe(c: Catalogue, page) -> Record | None:
    """Set description, kind and day of review of a page that has data; its record, or none."""
    folder, slug = place(page)
    record = c.record(folder, slug)
    if record is not None:
        page.meta.setdefault("description", record.summary)
        page.meta.setdefault("kind", folder)
        page.meta.setdefault("reviewed_on", record.reviewed_on.isoformat())
    return record
