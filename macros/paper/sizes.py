"""The papers that everything is set for: one list for sheets, deck and print center."""

from __future__ import annotations

from typing import NamedTuple


class Paper(NamedTuple):
    name: str
    width: float  # mm
    height: float  # mm


FOLDER = "cheat-sheets"  # below the site: where all that is printed lies
SIZES = {"a4": Paper("A4", 210.0, 297.0), "letter": Paper("US Letter", 215.9, 279.4)}
