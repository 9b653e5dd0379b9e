"""practice/plans.json: the plans by the time left, for their page and for where a reader stands; no other loads it."""

from __future__ import annotations

import json
from pathlib import Path

from macros.facts.catalogue import Catalogue
from macros.pages import plans

PATH = "practice/plans.json"


def files(c: Catalogue) -> dict[str, str]:
    """Path below the site to content; equal data gives equal bytes."""
    made = [
        {
            "slug": plan.slug,
            "name": str(plan.name),
            "minutes": plan.minutes,
            "days": [[step._asdict() for step in day.steps] for day in plans.days(c, plan)],
        }
        for plan in c.plans.plans
    ]
    return {PATH: json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n"}


def write(c: Catalogue, site: Path) -> None:
    for path, text in files(c).items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
