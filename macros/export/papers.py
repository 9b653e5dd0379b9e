"""Cheat sheets as PDF, each slot and paper, and a picture of each sheet for the print center. Into build/papers/."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from PIL import Image

from macros import load, sheets
from macros.export import typeset
from macros.load import Catalogue, GuideError

BUILD = load.ROOT / "build" / "papers"
FOLDER = "cheat-sheets"  # below the site
WIDE = 400  # pixels of a thumbnail, more than the print center shows


def write(c: Catalogue, site_url: str) -> dict[str, Path]:
    """Address below the site to file. Every sheet that does not fit is reported, in one run."""
    BUILD.mkdir(parents=True, exist_ok=True)
    jobs = {
        f"{FOLDER}/{sheets.address(c, slug, paper, timing.slot)}": (sheet, timing, paper)
        for slug in sheets.slugs(c)
        for sheet in [sheets.sheet(c, slug)]
        for timing in sheet.timings
        for paper in sheets.PAPERS
    }
    out, problems = {}, []

    def make(item) -> None:
        name, (sheet, timing, paper) = item
        data = content(sheet, timing, paper, name, site_url)
        try:
            pdf = typeset.compile("sheet", data)
        except GuideError as error:
            problems.append(str(error))
            return
        out[name], changed = _keep(name, pdf)
        if timing.slot == c.interview.default_slot and paper == "a4":
            thumbnail = f"{FOLDER}/{sheet.slug}.webp"
            out[thumbnail] = BUILD / f"{sheet.slug}.webp"
            if changed or not out[thumbnail].exists():
                _keep(thumbnail, picture(typeset.compile("sheet", data, format="png", ppi=WIDE // 4)))

    typeset.fonts()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(make, jobs.items()))
    if problems:
        raise GuideError("\n".join(sorted(problems)))
    return dict(sorted(out.items()))


def content(sheet: sheets.CheatSheet, timing: sheets.Timing, paper: str, name: str, site_url: str) -> dict:
    """What macros/typst/sheet.typ is given."""
    address = f"{site_url}{sheet.page}".removeprefix("https://")
    return {
        "sheet": asdict(sheet) | {"timings": []}, "timing": asdict(timing), "paper": paper, "name": name,
        "origin": f"{address} · CC BY 4.0",
    }  # fmt: skip


def picture(png: bytes) -> bytes:
    """A page as a small picture."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image = image.resize((WIDE, round(image.height * WIDE / image.width)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "WEBP", quality=60, method=4)
    return out.getvalue()


def _keep(name: str, content: bytes) -> tuple[Path, bool]:
    """The file, and whether its bytes are new."""
    path = BUILD / Path(name).name
    if path.exists() and path.read_bytes() == content:
        return path, False
    path.write_bytes(content)
    return path, True
