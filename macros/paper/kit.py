"""The interviewer's kit on paper: clock and moves in front, the rubric behind, a sheet for each problem; A4 and Letter.

In black and white, an exact page each: what does not fit ends the build, with its page and by how much (kit.typ).
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from macros.facts.catalogue import Catalogue
from macros.facts.problem import Problem
from macros.pages import conduct, minutes
from macros.pages.template import fill
from macros.paper import typeset
from macros.paper.boxes import sentence
from macros.paper.sizes import SIZES

FOLDER = "interviewers"  # below the site
PACK, ALL = "kit", "whole-kit"  # names of the duplex pack, and of the pack with every problem's sheet
LADDERS, FOLLOW_UPS = 3, 4  # of a problem on its sheet: ladders of hints, and questions to go on with


def write(c: Catalogue, site_url: str) -> dict[str, Path]:
    """Address below the site to file. GuideError with every page that does not fit."""
    return typeset.compile_all("kit", {name: (data, {}) for name, data in jobs(c, site_url).items()})


def jobs(c: Catalogue, site_url: str) -> dict[str, dict[str, Any]]:
    """What macros/paper/kit.typ is given, for each PDF."""
    out = {}
    sheets = {slug: problem(c, p) for slug, p in c.problems.items()}
    for paper in SIZES:
        given = {"paper": paper, "origin": f"{site_url}{FOLDER}/ · CC BY 4.0".removeprefix("https://")}
        out[address(PACK, paper)] = given | {"title": "Interviewer's kit", "pack": pack(c), "problems": []}
        for slug, sheet in sheets.items():
            title = f"{sheet['name']}, for the interviewer"
            out[address(slug, paper)] = given | {"title": title, "pack": None, "problems": [sheet]}
        whole = given | {"title": "Interviewer's kit, all sheets", "pack": pack(c), "problems": list(sheets.values())}
        out[address(ALL, paper)] = whole
    return out


def address(name: str, paper: str) -> str:
    """Address of a PDF below the site."""
    return f"{FOLDER}/{name}-{paper}.pdf"


def pack(c: Catalogue) -> dict[str, Any]:
    """Front: clock and moves, how not to lead, the decision. Back: the rubric."""
    return {
        "hours": [asdict(minutes.hour(c, slot.minutes)) for slot in c.interview.slots],
        "moves": [
            {"name": phase.name, "goal": str(phase.goal), "does": list(c.conduct.moves.get(phase.slug, ()))}
            for phase in minutes.timed(c)
        ],
        "leading": [one.model_dump() for one in c.conduct.leading],
        "verdicts": [one.model_dump() for one in c.conduct.verdicts],
        "levels": [level.name for level in c.vocabulary.levels],
        "rubric": [
            {
                "name": one.name,
                "asks": one.asks,
                "doubt": one.doubt,
                "flags": list(one.red_flags),
                "seen": [getattr(one, level.slug).model_dump() for level in c.vocabulary.levels],
            }
            for one in c.rubric.dimensions
        ],
    }


def problem(c: Catalogue, p: Problem) -> dict[str, Any]:
    """One problem's sheet: prompt, grants, hints, curveballs with their minutes, and lines by level."""
    return {
        "name": p.name,
        "prompt": str(p.prompt),
        "crux": str(p.crux),
        "scope": [[str(one.question), str(one.answer), one.granted] for one in p.scope],
        "hints": [list(one) for one in conduct.hints(c, p)][:LADDERS],
        "stretch": [[slot, *conduct.stretch(c, slot)] for slot in p.slots],
        "balls": [[str(one.changes), sentence(one.answer), c.patterns[one.pattern].name] for one in p.curveballs],
        "levels": [[level.name, list(map(str, getattr(p.expect, level.slug)))] for level in c.vocabulary.levels],
        "follow": [str(one.question) for one in p.follow_ups][:FOLLOW_UPS],
    }


def listing(c: Catalogue) -> str:
    """Links to all of it, by paper."""
    rows = [("Clock, moves and rubric, both sides of one sheet", PACK), ("All of it in one file", ALL)]
    rows += [(p.name, slug) for slug, p in c.problems.items()]
    papers = [(size.name, paper) for paper, size in SIZES.items()]
    return fill(
        "kit_list", rows=[(name, [(size, f"{slug}-{paper}.pdf") for size, paper in papers]) for name, slug in rows]
    )
