"""share.png: the picture that a link to the guide shows where it is shared, with the hour as its bar."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from macros.facts.catalogue import Catalogue
from macros.pages.minutes import hour
from macros.paper import typeset

ADDRESS = "share.png"  # below the site; overrides/main.html names it
SIZE = (1200, 630)  # pixels, as those ask who show it
PPI = 254


def write(c: Catalogue, name: str, says: str) -> dict[str, Path]:
    """Address below the site to file, 1200 by 630 pixels; `name` and `says` stand on it."""
    data = {"name": name, "says": says, "timing": asdict(hour(c))}
    return {ADDRESS: typeset.compile("share", data, format="png", ppi=PPI)}
