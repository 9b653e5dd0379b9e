"""python -m macros.cards: write data/deck.yml, which says since when each recall card says what it says."""

from __future__ import annotations

import sys
from datetime import date

from macros.facts import catalogue as facts
from macros.facts.finding import ROOT
from macros.machines import anki


def main() -> int:
    """0, or 1 where data/ cannot be read; the reasons are printed."""
    catalogue, findings = facts.catalogue()
    if catalogue is None or findings:
        print(*findings, sep="\n", file=sys.stderr)
        return 1
    (ROOT / "data" / "deck.yml").write_text(anki.lock(catalogue, date.today()), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
