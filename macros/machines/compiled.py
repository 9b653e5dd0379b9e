"""problems/<slug>/quantities.json: stack programs, which a problem's page fetches when a reader moves an assumption."""

from __future__ import annotations

import json
from pathlib import Path

from macros.facts.catalogue import Catalogue


def files(c: Catalogue) -> dict[str, str]:
    """Path below the site to content; equal data gives equal bytes."""
    return {
        f"problems/{slug}/quantities.json": json.dumps(made.compiled, ensure_ascii=False, separators=(",", ":")) + "\n"
        for slug, made in c.quantities.items()
    }


def write(c: Catalogue, site: Path) -> None:
    for path, text in files(c).items():
        (site / path).write_text(text, "utf-8")
