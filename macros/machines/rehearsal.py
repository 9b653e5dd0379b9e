"""What the rehearsal and the interviewer's clock ask for: practice/rehearse/plan.json, and rehearsal.json of a problem.

The plan has the hour, the phases and the rubric; a problem's file has what is said and granted, its curveballs, hints
and decisions. Both are fetched by frontend/rehearse/ and by nothing else.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from macros.facts.catalogue import Catalogue
from macros.facts.problem import Problem
from macros.pages import conduct, minutes


def files(c: Catalogue) -> dict[str, str]:
    """Path below the site to content; equal data gives equal bytes."""
    out = {"practice/rehearse/plan.json": plan(c)}
    out |= {f"problems/{slug}/rehearsal.json": problem(c, p) for slug, p in c.problems.items()}
    return {path: json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n" for path, made in out.items()}


def write(c: Catalogue, site: Path) -> None:
    for path, text in files(c).items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


def plan(c: Catalogue) -> dict[str, Any]:
    """Slots with their parts in minutes, phases, rubric and problems."""
    return {
        "default": c.interview.default_slot,
        "slots": {str(one.minutes): _slot(c, one.minutes) for one in c.interview.slots},
        "window": [c.conduct.curveballs.first, c.conduct.curveballs.last],
        "dive": conduct.dive(c),
        "phases": {phase.slug: _phase(c, phase) for phase in minutes.timed(c)},
        "levels": [[level.slug, level.name] for level in c.vocabulary.levels],
        "rubric": [
            {
                "slug": one.slug,
                "name": one.name,
                "read": [f"{one.read}/", _title(c, one.read)],
                "see": [getattr(one, level.slug).see for level in c.vocabulary.levels],
            }
            for one in c.rubric.dimensions
        ],
        "problems": [[p.slug, p.name, list(p.slots)] for p in c.problems.values()],
    }


def _slot(c: Catalogue, slot: int) -> dict[str, Any]:
    hour = minutes.hour(c, slot)
    return {
        "parts": [[part.slug, part.start, part.end] for part in hour.parts if not part.reserve],
        "reserve": sum(part.minutes for part in hour.parts if part.reserve),
        "balls": c.conduct.curveballs.of(slot),
    }


def _phase(c: Catalogue, phase: Any) -> dict[str, Any]:
    return {
        "name": phase.name,
        "short": phase.short,
        "goal": str(phase.goal),
        "board": [str(one.text) for one in sorted(phase.checklist, key=lambda item: item.sheet or 99)],
        "moves": list(c.conduct.moves.get(phase.slug, ())),
    }


def _title(c: Catalogue, page: str) -> str:
    folder, _, slug = page.partition("/")
    return c.shelves[folder][slug].name


def problem(c: Catalogue, p: Problem) -> dict[str, Any]:
    """A problem as the two sides of the table need it; texts with their numbers said."""
    settled = c.quantities[p.slug].decisions
    return {
        "slug": p.slug,
        "name": p.name,
        "prompt": str(p.prompt),
        "crux": str(p.crux),
        "scope": [[str(one.question), str(one.answer), one.granted] for one in p.scope],
        "functions": list(map(str, p.functions)),
        "targets": list(map(str, p.targets)),
        "balls": [
            {
                "id": f"{one.attacks}.{one.pattern}",
                "say": str(one.changes),
                "attacks": str(p.decide[one.attacks].question),
                "answer": str(one.answer),
                "pattern": [f"patterns/{one.pattern}/", c.patterns[one.pattern].name],
            }
            for one in p.curveballs
        ],
        "decisions": [
            {
                "id": id,
                "asks": str(one.question),
                "took": str(one.take if settled[id].holds else one.otherwise),
                "other": str(one.otherwise if settled[id].holds else one.take),
                "number": f"{settled[id].left} against {settled[id].right}",
                "because": str(one.because),
            }
            for id, one in conduct.hardest_first(p)
        ],
        "hints": [list(one) for one in conduct.hints(c, p)],
        "follow": [[str(one.question), str(one.answer)] for one in p.follow_ups],
        "expect": [list(map(str, getattr(p.expect, level.slug))) for level in c.vocabulary.levels],
        "near": conduct.nearest(c, p),
        "patterns": [[f"patterns/{one.pattern}/", c.patterns[one.pattern].name] for one in p.exercises[:3]],
    }
