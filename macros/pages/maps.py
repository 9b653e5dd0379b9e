"""Relations as pictures, drawn at build as inline SVG: a pattern's neighbors, and the whole catalogue.

The catalogue is a circle where there is width, and arcs beside a list of each category's names on a phone.
"""

from __future__ import annotations

import math

from markupsafe import Markup

from macros.facts.catalogue import Catalogue
from macros.facts.model import Category
from macros.pages.template import fill, plain

WIDTH, ROW = 900, 46  # units; a box is so narrow that the longest kind of relation fits beside it
BOX, SELF = 222, 200
RADIUS, MARGIN = 282, 186  # px, as shown at 1440: a name has 13 px of the circle and 186 px of length
ARC, TALL, NAMES = 336, 44, 236  # px on a phone: of a category's arcs, from name to name, and where its names end


def neighbors(c: Catalogue, slug: str) -> str:
    """The pattern in the middle, its neighbors left and right, the kind of relation on the line."""
    p, links = c.patterns[slug], c.links(slug)
    rows = math.ceil(len(links) / 2)
    height = max(rows * ROW + 12, 70)
    middle = height / 2
    shapes, boxes = [], []
    for i, r in enumerate(links):
        left = i % 2 == 0
        y = (i // 2 + 0.5) * (height / rows)
        x = 0 if left else WIDTH - BOX
        near, far = (BOX, (WIDTH - SELF) / 2) if left else (WIDTH - BOX, (WIDTH + SELF) / 2)
        other = c.patterns[r.to]
        shapes.append(f'<path d="M{near} {y:.0f} L{far:.0f} {middle:.0f}"/>')
        label = c.relations[r.kind].label.lower()
        anchor, lx = ("start", BOX + 8) if left else ("end", WIDTH - BOX - 8)
        ly = y + 15 if y > middle else y - 6  # on the outer side of its line, away from the box in the middle
        boxes.append(f'<text class="wh-kin__kind" x="{lx}" y="{ly:.0f}" text-anchor="{anchor}">{plain(label)}</text>')
        accent = c.categories[other.category].accent
        boxes.append(
            f'<a href="../{r.to}/">'
            f'<rect class="wh-{accent}" x="{x}" y="{y - 16:.0f}" width="{BOX}" height="32"/>'
            f'<text x="{x + BOX / 2:.0f}" y="{y + 5:.0f}" text-anchor="middle">{plain(_short(other.name))}</text></a>'
        )
    own, edge = c.categories[p.category].accent, (WIDTH - SELF) / 2
    boxes.append(
        f'<rect class="wh-kin__self wh-{own}" x="{edge:.0f}" y="{middle - 20:.0f}" width="{SELF}" height="40"/>'
        f'<text class="wh-kin__self" x="{WIDTH / 2:.0f}" y="{middle + 5:.0f}" text-anchor="middle">'
        f"{plain(_short(p.name, 24))}</text>"
    )
    title = f"{p.name} and its {len(links)} neighbors; the list below says the same in words"
    return (
        f'<svg class="wh-kin" data-screen viewBox="0 0 {WIDTH} {height:.0f}" role="group" aria-labelledby="kin-title">'
        f'<title id="kin-title">{plain(title)}</title><g>{"".join(shapes)}</g>{"".join(boxes)}</svg>'
    )


def _short(name: str, most: int = 30) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def whole(c: Catalogue) -> str:
    """All patterns and their relations, once for each width; the style sheet shows one."""
    parts = [(one, *_arcs(c, one)) for one in c.categories.values()]
    return fill("pattern_map", circle=Markup(_circle(c)), parts=parts)


def _circle(c: Catalogue) -> str:
    """All patterns on a circle, by category; relations are curves through the middle.

    After each name stand its own curves and neighbors once more, which show while the name is pointed at or focused.
    """
    order = [(p.slug, category) for category in c.categories.values() for p in c.in_category(category.slug)]
    number = {slug: i for i, (slug, _) in enumerate(order)}
    size = 2 * (RADIUS + MARGIN)
    center = size // 2

    def at(slug: str, radius: float) -> tuple[float, float]:
        angle = 2 * math.pi * number[slug] / len(order) - math.pi / 2
        return center + radius * math.cos(angle), center + radius * math.sin(angle)

    def curve(slug: str, to: str) -> str:
        (x, y), (x2, y2) = at(slug, RADIUS), at(to, RADIUS)
        return f"M{x:.0f} {y:.0f}Q{center} {center} {x2:.0f} {y2:.0f}"

    lines: dict[str, list[str]] = {}
    names = []
    for slug, category in order:
        links = c.links(slug)
        lines.setdefault(category.accent, []).extend(curve(slug, r.to) for r in links if slug < r.to)
        turn = 360 * number[slug] / len(order) - 90
        flip = 90 < turn % 360 < 270
        tx, ty = at(slug, RADIUS + 7)
        place = f"translate({tx:.0f} {ty:.0f}) rotate({turn + 180 * flip:.1f})"
        ways = "".join(curve(slug, r.to) for r in links)
        own = "".join(f'<use href="#map-{number[r.to]}"/>' for r in links)
        names.append(
            f'<a href="../{slug}/" class="wh-{category.accent}"><text id="map-{number[slug]}" transform="{place}"'
            f' text-anchor="{"end" if flip else "start"}" dy="4">{plain(c.patterns[slug].name)}</text></a>'
            f'<g class="wh-map__own wh-{category.accent}"><path d="{ways}"/>{own}</g>'
        )
    title = (
        f"{len(order)} patterns in a circle, by category, and {sum(map(len, lines.values()))} relations between them; "
        "each pattern's page lists its own"
    )
    paths = "".join(f'<path class="wh-{accent}" d="{"".join(ways)}"/>' for accent, ways in lines.items())
    return (
        f'<svg viewBox="0 0 {size} {size}" role="group" aria-labelledby="map-title">'
        f'<title id="map-title">{plain(title)}</title><g class="wh-map__all">{paths}</g>{"".join(names)}</svg>'
    )


def _arcs(c: Catalogue, category: Category) -> tuple[Markup, int, int]:
    """A category's names in a column, an arc for each relation within it; how many there are, and how many lead out."""
    order = [p.slug for p in c.in_category(category.slug)]
    arcs, names, out = [], [], 0
    for i, slug in enumerate(order):
        y = TALL * i + TALL // 2
        for r in c.links(slug):
            if r.to not in order:
                out += 1
            elif slug < r.to:
                far = abs(order.index(r.to) - i)
                wide = 14 + (ARC - NAMES - 30) * far / max(len(order) - 1, 1)
                ends = sorted((i, order.index(r.to)))
                top, low = (TALL * end + TALL // 2 for end in ends)
                arcs.append(f"M{NAMES + 12} {top}C{NAMES + 12 + wide * 4 / 3:.0f} {top} "
                            f"{NAMES + 12 + wide * 4 / 3:.0f} {low} {NAMES + 12} {low}")  # fmt: skip
        names.append(
            f'<a href="../{slug}/"><rect y="{y - TALL // 2}" width="{NAMES + 8}" height="{TALL}"/>'
            f'<text x="{NAMES}" y="{y + 5}">{plain(c.patterns[slug].name)}</text></a>'
            f'<circle cx="{NAMES + 12}" cy="{y}" r="4"/>'
        )
    svg = (
        f'<svg class="wh-{category.accent}" viewBox="0 0 {ARC} {TALL * len(order)}" role="group"'
        f' aria-label="{plain(category.name)}: {len(arcs)} relations within">'
        f'<path d="{"".join(arcs)}"/>{"".join(names)}</svg>'
    )
    return Markup(svg), len(arcs), out
