"""python -m macros.schemas: write data/schema/*.schema.json from the models, for editors."""

from __future__ import annotations

import json
from pathlib import Path

from macros.facts.catalogue import KINDS, SINGLES
from macros.facts.finding import ROOT

SCHEMAS = SINGLES | {kind.one: kind.model for kind in KINDS}


def texts() -> dict[str, str]:
    """File name to content; equal models give equal bytes."""
    return {
        f"{name}.schema.json": json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema"} | cls.model_json_schema(),
            indent=2,
            sort_keys=True,
        )
        + "\n"
        for name, cls in sorted(SCHEMAS.items())
    }


def write(folder: Path = ROOT / "data" / "schema") -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write()
