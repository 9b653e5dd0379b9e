"""Cheat sheets as PDF, for each slot and paper, and a picture of each sheet for the print center."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from PIL import Image

from macros.facts.catalogue import Catalogue
from macros.facts.finding import Finding
from macros.pages.minutes import Hour
from macros.paper import problem_sheets, sheets, sketches, typeset
from macros.paper.boxes import CheatSheet
from macros.paper.sizes import FOLDER, SIZES

WIDE = 400  # pixels of a thumbnail, more than the print center shows
SMALL = (12.0, 11.5, 11.0)  # px of the words of a phase's board, 9.3 to 8.6 pt in a column
TYPE = 8.6  # pt: of a sheet
LARGE = 11.0  # pt: type on the sheet that is read at arm's length


def write(c: Catalogue, site_url: str) -> dict[str, Path]:
    """Address below the site to file. GuideError with every sheet that does not fit."""
    jobs, pictures = {}, {}
    for sheet, folder in _all(c):
        for timing in sheet.timings:
            for size in SIZES:
                name = f"{folder}/{sheets.address(c, sheet.slug, size, timing.slot)}"
                jobs[name] = content(sheet, timing, size, name, site_url), drawn(sheet)
                if timing.slot == c.interview.default_slot and size == "a4":
                    pictures[f"{folder}/{sheet.slug}.webp"] = jobs[name]
    out = typeset.compile_all("sheet", jobs)
    return out | {
        name: picture(typeset.compile("sheet", *job, format="png", ppi=WIDE // 4)) for name, job in pictures.items()
    }


def _all(c: Catalogue) -> Iterator[tuple[CheatSheet, str]]:
    """Every sheet, and the folder in which its files lie."""
    yield from ((sheets.sheet(c, slug), FOLDER) for slug in sheets.slugs(c))
    yield from ((problem_sheets.sheet(c, slug), problem_sheets.BELOW) for slug in c.problems)


def content(sheet: CheatSheet, timing: Hour, size: str, name: str, site_url: str) -> dict:
    """What macros/paper/sheet.typ is given."""
    address = f"{site_url}{sheet.page}".removeprefix("https://")
    board = _board(sheet)
    return {
        "sheet": asdict(sheet) | {"timings": [], "svg": ""},
        "size": LARGE if sheet.large else TYPE,
        "timing": asdict(timing),
        "small": {"alt": small.alt, "width": small.width} if (small := _small(sheet)) else None,
        "board": board and {"width": board.width, "height": board.height},
        "paper": size,
        "name": name,
        "origin": f"{address} · CC BY 4.0",
    }


def drawn(sheet: CheatSheet) -> dict[str, bytes]:
    """The pictures of a sheet, by the name that the template asks for."""
    board, small = _board(sheet), _small(sheet)
    return {name: one.svg.encode() for name, one in (("board.svg", board), ("small.svg", small)) if one}


def _small(sheet: CheatSheet) -> sketches.Front | None:
    """What is drawn in a column: of a phase's board, or a problem's."""
    if sheet.svg:
        return sketches.board(sheet.svg, sheet.told, problem_sheets.BOARD)
    place = Finding(f"data/phases/{sheet.slug}.yml", 1, "board.small", "")
    return sketches.small(sheet.small, place, SMALL) if sheet.small else None


def _board(sheet: CheatSheet) -> sketches.Sketch | None:
    return sketches.named(sheet.board, LARGE) if sheet.large else None


def picture(png: Path) -> Path:
    """A page as a small picture, beside the large one."""
    small = png.with_suffix(".webp")
    if not small.exists():
        image = Image.open(png).convert("RGB")
        image = image.resize((WIDE, round(image.height * WIDE / image.width)), Image.Resampling.LANCZOS)
        beside = small.with_name(f"unfinished-{small.name}")
        image.save(beside, "WEBP", quality=60, method=4)
        beside.replace(small)
    return small
