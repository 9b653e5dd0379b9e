"""practice/forks.json: what "Defend it" poses; frontend/practice/forks.ts has its shape. No other page loads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from macros.facts.catalogue import Catalogue
from macros.pages import forks

PATH = "practice/forks.json"


def files(c: Catalogue) -> dict[str, str]:
    """Path below the site to content; equal data gives equal bytes."""
    made = [{"name": name, "groups": list(map(_group, groups))} for name, groups in forks.grouped(c)]
    return {PATH: json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n"}


def _group(one: forks.Group) -> dict[str, Any]:
    return {"choice": one.choice, "name": one.name, "forks": list(map(_fork, one.forks))}


def _fork(one: forks.Posed) -> dict[str, Any]:
    choices = [{key: str(value) for key, value in choice._asdict().items() if value} for choice in one.choices]
    return {key: str(value) for key, value in one._asdict().items() if key != "choices"} | {"choices": choices}


def write(c: Catalogue, site: Path) -> None:
    for path, text in files(c).items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
