"""Cheat sheets as PDF, for each slot and paper, and a picture of each sheet for the print center."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from PIL import Image

from macros.facts.catalogue import Catalogue
from macros.pages.minutes import Hour
from macros.paper import sheets, typeset
from macros.paper.sizes import FOLDER, SIZES

WIDE = 400  # pixels of a thumbnail, more than the print center shows


def write(c: Catalogue, site_url: str) -> dict[str, Path]:
    """Address below the site to file. GuideError with every sheet that does not fit."""
    jobs, pictures = {}, {}
    for sheet in (sheets.sheet(c, slug) for slug in sheets.slugs(c)):
        for timing in sheet.timings:
            for size in SIZES:
                name = f"{FOLDER}/{sheets.address(c, sheet.slug, size, timing.slot)}"
                jobs[name] = content(sheet, timing, size, name, site_url), {}
                if timing.slot == c.interview.default_slot and size == "a4":
                    pictures[f"{FOLDER}/{sheet.slug}.webp"] = jobs[name][0]
    out = typeset.compile_all("sheet", jobs)
    return out | {
        name: picture(typeset.compile("sheet", data, format="png", ppi=WIDE // 4)) for name, data in pictures.items()
    }


def content(sheet: sheets.CheatSheet, timing: Hour, size: str, name: str, site_url: str) -> dict:
    """What macros/paper/sheet.typ is given."""
    address = f"{site_url}{sheet.page}".removeprefix("https://")
    return {
        "sheet": asdict(sheet) | {"timings": []},
        "timing": asdict(timing),
        "paper": size,
        "name": name,
        "origin": f"{address} · CC BY 4.0",
    }


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
