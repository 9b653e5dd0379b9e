"""Diagrams: text in data/diagrams/, drawn to SVG by frontend/diagrams.mjs; and figures that macros/runs/ computes."""

from __future__ import annotations

import re
from pathlib import Path

from markupsafe import Markup

from macros.facts import files
from macros.facts.catalogue import Catalogue
from macros.facts.finding import ROOT, Finding, GuideError, shown, unknown
from macros.pages.template import fill, plain, said
from macros.runs import drawings, plots
from macros.runs.canvas import Figure

DRAWN = ROOT / "build" / "diagrams"
LEAST = 1  # of its own size: below, labels of 11 px could not be read; frontend/styles/figure.css has the same
QUANTITY = re.compile(r"‹([a-z0-9-]+\.[a-z][a-z0-9_]*|[a-z][a-z0-9_]*)›")
STEP = 20  # px of one class of widths, as in frontend/styles.mjs
PHONE = 270  # px that the narrowest screen, of 320 px, leaves for a figure; wider ones scroll there


def figure(c: Catalogue, name: str) -> str:
    """The drawing as inline SVG with its title and description."""
    source = c.data / "diagrams" / f"{name}.mmd"
    if not source.exists():
        known = [p.stem for p in files.listed(source.parent, ".mmd")]
        raise GuideError(unknown("figure", name, known, "data/diagrams/"))
    slim = DRAWN / f"{name}.narrow.svg"
    title, description = (filled(c, name, text, said=True) for text in captions(source))
    drawing = DRAWN / f"{name}.svg"
    if not drawing.exists():
        raise GuideError(f"figure '{name}' has not been drawn; run `make site`, which draws before it builds")
    svg = re.sub(r"^<!--\w+-->", "", drawing.read_text("utf-8"))  # the hash by which it is known to be of this text
    width = _width(name, drawing, svg)
    named = f'aria-labelledby="figure-{name}-t figure-{name}-d"'
    classes = f"wh-figure__svg wh-w{-(-width // STEP) * STEP}"
    head = f'<svg class="{classes}" role="img" {named}'
    text = f'<title id="figure-{name}-t">{plain(title)}</title><desc id="figure-{name}-d">{plain(description)}</desc>'
    if slim.exists():  # two drawings, of which one is shown: what they are called is said of both
        wide = re.sub(
            r"<svg([^>]*)>", lambda m: f'<svg class="{classes}" aria-hidden="true"{m[1]}>{text}', svg, count=1
        )
        other = slim.read_text("utf-8")
        step = -(-_width(name, slim, other) // STEP) * STEP
        other = other.replace("<svg", f'<svg class="wh-figure__narrow wh-w{step}" aria-hidden="true"', 1)
        both = [Markup(filled(c, name, one)) for one in (wide, other)]
        return fill("figure", svg=both[0], narrow=both[1], named=Markup(named), title=title, scrolls=False)
    svg = re.sub(r"<svg([^>]*)>", lambda m: f"{head}{m[1]}>{text}", svg, count=1)
    return fill("figure", svg=Markup(filled(c, name, svg)), narrow="", title=title, scrolls=width * LEAST > PHONE)


def _width(name: str, drawing: Path, svg: str) -> int:
    """Pixels that a drawing asks for. GuideError where it does not say."""
    found = re.search(r'<svg[^>]* width="(\d+)"', svg)
    if not found:
        remedy = f"remove {shown(drawing)} and build again, or mend frontend/diagrams.mjs"
        raise GuideError(f"figure '{name}' was drawn without a width; {remedy}")
    return int(found[1])


def narrow(name: str) -> str:
    """The drawing that a phone is shown, as it was drawn: without its name, its quantities to be filled in."""
    slim = DRAWN / f"{name}.narrow.svg"
    return re.sub(r"^<!--\w+-->", "", (slim if slim.exists() else DRAWN / f"{name}.svg").read_text("utf-8"))


def filled(c: Catalogue, name: str, text: str, *, said: bool = False) -> str:
    """A drawing's words with its quantities: ‹peak_requests› of the problem that begins its name, ‹news-feed.x› of any.

    In the drawing itself each is marked, so that it follows when the reader moves an assumption.
    """
    own = max((slug for slug in c.problems if f"{name}-".startswith(f"{slug}-")), key=len, default="")

    def put(found: re.Match) -> str:
        one = c.quantity(found[1], own)
        of = found[1].rpartition(".")[0] or own
        return one.text if said else f'<tspan class="wh-q" data-q="{of}.{one.id}">{one.text}</tspan>'

    return QUANTITY.sub(put, text)


def said_in(c: Catalogue) -> dict[str, dict[str, str]]:
    """What the quantities of each drawing say, by figure and name: frontend/diagrams.mjs measures their room."""
    out = {}
    for path in files.listed(c.data / "diagrams", ".mmd"):
        found = {one[1] for one in QUANTITY.finditer(files.text(path))}
        if found:
            out[path.stem] = {name: filled(c, path.stem, f"‹{name}›", said=True) for name in sorted(found)}
    return out


def product(c: Catalogue, key: str) -> str:
    """A figure of data/products.yml, in running text."""
    return said(c.products[key].value)


def plot(c: Catalogue, name: str) -> str:
    """Curves that the reference algorithms gave, with their axes, units and a description."""
    return f'<figure class="wh-figure">\n{plots.plot(c, name)}</figure>'


def drawing(c: Catalogue, name: str) -> str:
    """A computed figure, by its name in macros/runs/drawings.py."""
    return drawn_twice(name, drawings.drawing(c, name))


def drawn_twice(name: str, one: Figure) -> str:
    """A figure, wide and narrow, of which the style sheet shows one; its name stands in the wide one."""
    wide, narrow = one.drawn()
    title = f'<title id="drawing-{name}-t">{plain(one.title)}</title>'
    text = f'{title}<desc id="drawing-{name}-d">{plain(one.description)}</desc>'
    wide = wide.replace(">", f">{text}", 1)
    return fill("drawing", name=name, caption=one.caption, wide=Markup(wide), narrow=Markup(narrow))


def plotted(c: Catalogue, name: str, curve: str, x: float, digits: int = 0) -> str:
    """What a curve of a plot is at a point, rounded, for the sentence beside it."""
    return f"{plots.value(c, name, curve, x):,.{digits}f}"


def captions(source: Path) -> tuple[str, str]:
    """Title and description: the first two lines of a diagram's file. GuideError where they are missing."""
    found = re.match(r"%% title: (\S.*)\n%% description: (\S.*)\n", files.text(source))
    if not found:
        text = "a diagram starts with '%% title: …' and '%% description: …'; add both lines"
        raise GuideError(Finding(shown(source), 1, "", text))
    return found[1], found[2]
