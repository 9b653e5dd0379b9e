"""Inks and fonts of the site's style sheet, for what CSS does not reach: paper, cards for Anki, the head of a page."""

from __future__ import annotations

import json
import re

from macros import node
from macros.facts.finding import ROOT, Finding, GuideError, shown, unknown

SHEET = ROOT / "frontend" / "styles" / "tokens.css"
INK = r"\b(ink|night)\((\w+)\)"


def tokens() -> dict[str, dict[str, str]]:
    """{light, dark: ink by name; fonts: file below node_modules by role}, as frontend/tokens.mjs reads them."""
    made = ROOT / "build" / "tokens.json"
    if not made.exists() or made.stat().st_mtime < SHEET.stat().st_mtime:
        if node.run("frontend/tokens.mjs", cwd=ROOT).returncode:
            raise GuideError(Finding(shown(SHEET), 1, "", "its inks could not be read; the reason stands above"))
    return json.loads(made.read_text("utf-8"))


def inked(css: str) -> str:
    """A style sheet with `ink(soft)` filled, and the dark `night(soft)`; GuideError for an ink that there is not."""
    inks = {"ink": tokens()["light"], "night": tokens()["dark"]}
    for scheme, name in re.findall(INK, css):
        if name not in inks[scheme]:
            raise GuideError(unknown("ink", name, inks[scheme], shown(SHEET)))
    return re.sub(INK, lambda m: inks[m[1]][m[2]], css)
