"""Pictures for shared links, 1200 by 630 pixels, and the icons for home screens."""

from __future__ import annotations

import io
import shutil
from dataclasses import asdict
from functools import cache
from pathlib import Path

from PIL import Image, ImageColor

from macros.facts.catalogue import Catalogue
from macros.facts.finding import ROOT
from macros.pages import minutes, tokens
from macros.pages.head import Shared
from macros.paper import typeset

MARK = ROOT / "frontend" / "mark.svg"
ICONS = {"touch": (180, 136), "icon-192": (192, 160), "icon-512": (512, 420), "icon-maskable": (512, 300)}  # pixels


def write(c: Catalogue, shared: list[Shared], site: Path) -> None:
    """The picture of each page below the site's root. GuideError where one cannot be set."""
    items = {
        one.picture: {
            "title": one.title,
            "tag": one.tag,
            "accent": one.accent,
            "line": one.line,
            "hour": asdict(minutes.hour(c, present=one.phase or None)),
        }
        for one in shared
    }
    for name, path in typeset.pictures("share", items, {"mark.svg": MARK.read_bytes()}, small).items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, site / name)


def icons() -> dict[str, Path]:
    """Address below the site to file."""
    mark = {"mark.svg": MARK.read_bytes()}
    return {
        f"assets/{name}.png": typeset.compile("icon", {"size": size, "inner": inner}, mark, format="png", ppi=72)
        for name, (size, inner) in ICONS.items()
    }


def small(png: bytes) -> bytes:
    """The same picture with four bits a pixel, a fifth of the bytes."""
    out = io.BytesIO()
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(out, "PNG", bits=4)
    return out.getvalue()


@cache
def _palette() -> Image.Image:
    """At most sixteen colors: paper, the inks on it, and what their edges have between."""
    inks = {name: ImageColor.getrgb(ink) for name, ink in tokens.tokens()["light"].items()}
    paper, ink, soft = inks["paper"], inks["ink"], inks["soft"]
    shades = [_between(paper, ink, share) for share in (0.33, 0.66, 1)] + [soft]
    markers = [inks[name] for name in ("blue", "red", "green")]
    washes = [inks[f"{name}-wash"] for name in ("blue", "red", "green")] + [inks["tint"]]
    made = Image.new("P", (1, 1))
    made.putpalette([v for color in (paper, (255, 255, 255), *shades, *markers, *washes) for v in color])
    return made


def _between(a: tuple[int, ...], b: tuple[int, ...], share: float) -> tuple[int, ...]:
    return tuple(round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
