"""The sheet of a problem: prompt, crux, five numbers, the plan by minutes, curveballs, the board, and lines by level.

It is set like the phases' sheets, by the same templates, for the default slot; the problem's page has the others.
"""

from __future__ import annotations

import math
from dataclasses import replace

from markupsafe import Markup

from macros.facts.catalogue import Catalogue
from macros.facts.problem import Problem
from macros.facts.quantities import Settled
from macros.pages import figures, problems
from macros.pages.template import fill
from macros.paper import sketches
from macros.paper.boxes import Box, CheatSheet, Entry, lines, sentence
from macros.paper.sizes import FOLDER, SIZES

BELOW = f"{FOLDER}/problems"  # folder of these sheets, in docs/ and below the site
LINES = 44  # of a column, about: where more is free, decisions stand, the hardest first
LINE = 3.2  # mm, about
BOARD = (90.0, 129.0)  # mm: the room of the board


def sheet(c: Catalogue, slug: str) -> CheatSheet:
    """The sheet of a problem. GuideError for an unknown one."""
    p = c.problems[slug]
    hour = problems.hour(c, slug)
    plan = (Entry(f"{part.start} to {part.end}", str(one.do)) for part, one in zip(hour.parts, p.plan, strict=True))
    balls = (
        Entry(str(one.changes), f"{sentence(one.answer)} See {_lower(c.patterns[one.pattern].name)}.")
        for one in p.curveballs
    )
    known = c.quantities[slug].decisions
    order = sorted(p.decide, key=lambda id: id != p.hard.decision)
    decisions = [Entry(str(p.decide[id].question), _taken(p, known[id])) for id in order]
    levels = (Entry(level.name, str(line)) for level in c.vocabulary.levels for line in getattr(p.expect, level.slug))

    def box(key, title, kind, marker, entries):
        return Box(key, title, kind, marker, tuple(entries), f"data/problems/{slug}.yml: {key}")

    svg = figures.filled(c, p.board, figures.narrow(p.board), said=True)
    _, told = figures.captions(c.data / "diagrams" / f"{p.board}.mmd")
    high = sketches.board(svg, told, BOARD).height / LINE
    columns = [
        [box("plan", "The plan", "steps", "blue", plan), box("curveballs", "Curveballs", "answers", "red", balls)],
        [replace(box("board", "The board you defend", "lines", "ink", ()), drawn=math.ceil(high))],
    ]
    free = min(columns, key=lambda column: math.fsum(map(lines, column)))
    for count in range(len(decisions), 0, -1):
        settled = box("decide", "Decisions", "answers", "ink", decisions[:count])
        if math.fsum(map(lines, [*free, settled])) <= LINES:
            free.insert(1, settled)
            break
    return CheatSheet(
        slug=slug,
        title=p.name,
        subtitle="on a page",
        goal=p.crux,
        timings=(hour,),
        strip=(),
        left=tuple(columns[0]),
        right=tuple(columns[1]),
        foot=box("expect", "What good looks like", "levels", "green", levels),
        page=f"{BELOW}/{slug}/",
        prompt=p.prompt,
        five=tuple(Entry(c.quantities[slug].all[id].text, c.quantities[slug].all[id].means) for id in p.first),
        svg=svg,
        told=figures.filled(c, p.board, told, said=True),
    )


def _taken(p: Problem, settled: Settled) -> str:
    """What a decision takes as the stated assumptions settle it, and the number that decides."""
    decision = p.decide[settled.id]
    taken = str(decision.take if settled.holds else decision.otherwise)
    return f"{taken[0].upper()}{taken[1:]}: {settled.left} against {settled.right}."


def _lower(name: str) -> str:
    """A pattern's name within a sentence; an abbreviation keeps its capitals."""
    return name if name[:2].isupper() else name[0].lower() + name[1:]


def page(c: Catalogue, slug: str) -> str:
    """The sheet as a page, one side of paper when printed."""
    one = sheet(c, slug)
    return fill(
        "cheat_sheet",
        sheet=one,
        bars=[(hour, Markup(problems.bar(hour))) for hour in one.timings],
        default=c.interview.default_slot,
        pdfs=[(size.name, [(c.interview.default_slot, address(slug, paper))]) for paper, size in SIZES.items()],
        full=f"/problems/{slug}.md",
        home="../index.md",
        board=Markup(figures.figure(c, c.problems[slug].board)),
    )


def address(slug: str, paper: str) -> str:
    """Name of the PDF in cheat-sheets/problems/."""
    return f"{slug}-{paper}.pdf"


def listing(c: Catalogue) -> str:
    """Every problem's sheet with its picture and PDFs, for the print center."""
    rows = [
        (p, [(size.name, f"problems/{address(p.slug, paper)}") for paper, size in SIZES.items()])
        for p in c.problems.values()
    ]
    return fill("problem_sheets", rows=rows)
