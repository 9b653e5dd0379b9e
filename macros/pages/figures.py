"""Diagrams: text in data/diagrams/, drawn to SVG by frontend/diagrams.mjs, put into the page here."""

from __future__ import annotations

import html
import re

from macros.facts import load
from macros.runs import plots
from macros.facts.load import Catalogue, GuideError, suggestion
from macros.pages.template import fill

DRAWN = load.ROOT / "build" / "diagrams"
LEAST = 0.85  # of its own size: below, the labels could not be read; 30-content.css has the same
PHONE = 320  # px that a narrow screen leaves for a figure; wider ones scroll there


def figure(c: Catalogue, name: str) -> str:
    """The drawing as inline SVG with its title and description."""
    source = c.root / "diagrams" / f"{name}.mmd"
    if not source.exists():
        known = [p.stem for p in source.parent.glob("*.mmd")]
        raise GuideError(f"no figure '{name}'{suggestion(name, known) or '; see data/diagrams/'}")
    title, description = captions(source.read_text("utf-8"), name)
    drawing = DRAWN / f"{name}.svg"
    if not drawing.exists():
        raise GuideError(f"figure '{name}' has not been drawn; run `make site`, which draws before it builds")
    svg = drawing.read_text("utf-8")
    width = int(m[1]) if (m := re.search(r'<svg[^>]* width="(\d+)"', svg)) else 0
    head = f'<svg class="wh-figure__svg" style="--width: {width}px" role="img" aria-labelledby="figure-{name}-t figure-{name}-d"'
    text = (
        f'<title id="figure-{name}-t">{html.escape(title)}</title>'
        f'<desc id="figure-{name}-d">{html.escape(description)}</desc>'
    )
    svg = re.sub(r"<svg([^>]*)>", lambda m: f"{head}{m[1]}>{text}", svg, count=1)
    return fill("figure", svg=svg, title=title, scrolls=width * LEAST > PHONE)


def plot(name: str) -> str:
    """Curves that the reference algorithms gave, with their axes, units and a description."""
    return f'<figure class="wh-figure">\n{plots.plot(name)}</figure>'


def captions(text: str, name: str) -> tuple[str, str]:
    """Title and description: the first two lines of the diagram."""
    found = re.match(r"%% title: (\S.*)\n%% description: (\S.*)\n", text)
    if not found:
        raise GuideError(
            f"data/diagrams/{name}.mmd:1: a diagram starts with '%% title: …' and '%% description: …'; add both lines"
        )
    return found[1], found[2]
