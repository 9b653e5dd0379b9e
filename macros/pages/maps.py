"""Relations as pictures: a pattern's neighbors, and the whole catalogue as a circle. Drawn at build, as inline SVG."""

from __future__ import annotations

import math

from macros.facts.catalogue import Catalogue
from macros.pages.template import plain

WIDTH, ROW = 900, 46  # units; a box is so narrow that the longest kind of relation fits beside it
BOX, SELF = 222, 200
RADIUS, MARGIN = 470, 250


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
    """All patterns on a circle, by category; relations are curves through the middle."""
    order = [(p.slug, category) for category in c.categories.values() for p in c.in_category(category.slug)]
    size = 2 * (RADIUS + MARGIN)
    center = size / 2
    angle = {slug: 2 * math.pi * i / len(order) - math.pi / 2 for i, (slug, _) in enumerate(order)}

    def at(slug: str, radius: float) -> tuple[float, float]:
        return center + radius * math.cos(angle[slug]), center + radius * math.sin(angle[slug])

    lines, names = [], []
    for slug, category in order:
        x, y = at(slug, RADIUS)
        for r in c.links(slug):
            if slug < r.to:
                x2, y2 = at(r.to, RADIUS)
                curve = f"M{x:.0f} {y:.0f}Q{center:.0f} {center:.0f} {x2:.0f} {y2:.0f}"
                lines.append(f'<path class="wh-{category.accent}" d="{curve}"/>')
        turn = math.degrees(angle[slug])
        flip = 90 < turn % 360 < 270
        tx, ty = at(slug, RADIUS + 8)
        spin = turn + 180 if flip else turn
        place = f"translate({tx:.0f} {ty:.0f}) rotate({spin:.1f})"
        names.append(
            f'<a href="../{slug}/"><text class="wh-{category.accent}" transform="{place}"'
            f' text-anchor="{"end" if flip else "start"}" dy="4">{plain(c.patterns[slug].name)}</text></a>'
        )
    title = (
        f"{len(order)} patterns in a circle, by category, and {len(lines)} relations between them; "
        "each pattern's page lists its own"
    )
    return (
        '<div class="wh-scroll wh-map" tabindex="0" role="region" aria-label="Map of the patterns">'
        f'<svg viewBox="0 0 {size} {size}" role="group" aria-labelledby="map-title">'
        f'<title id="map-title">{plain(title)}</title><g>{"".join(lines)}</g>{"".join(names)}</svg></div>'
    )
