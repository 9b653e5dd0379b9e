"""An empty whiteboard for each problem, as Excalidraw reads it: problems/<slug>/board.excalidraw.

On it stand the prompt, the clock's parts in proportion to their minutes, an area a phase with what belongs there,
and beside it the vocabulary of our figures, to be copied. The solution is not on it. The format is described at
https://docs.excalidraw.com/docs/codebase/json-schema; text is not wrapped by its reader, so lines are made here.
"""

from __future__ import annotations

import hashlib
import json
import string
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.facts.catalogue import Catalogue
from macros.facts.problem import Problem
from macros.pages import minutes

NAME = "board.excalidraw"
WIDE, GAP = 1600, 20  # px: the board, and between two areas
CLOCK, TALL, SIDE = 64, 760, 360  # px: height of the clock and of the areas, width of the two beside the drawing
INK, SOFT, BLUE, GREEN = "#1e1e1e", "#757575", "#1971c2", "#2f9e44"  # of Excalidraw's own palette
LETTER, LINE = 0.62, 1.25  # of the type's size: what a letter takes at most on average, and the height of a line
FONT = 5  # Excalidraw's own hand
DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase  # of an index, which orders the elements
VOCABULARY = (  # a box of each kind: name, stroke, style, whether its corners are round
    ("Client", INK, "solid", True),
    ("Service", INK, "solid", False),
    ("Store", GREEN, "solid", True),
    ("Cache", INK, "dashed", True),
    ("Queue", INK, "dotted", False),
)


def files(c: Catalogue, site_url: str) -> dict[str, str]:
    """Path below the site to content; equal data gives equal bytes."""
    return {
        f"problems/{slug}/{NAME}": json.dumps(board(c, p, site_url), ensure_ascii=False, separators=(",", ":")) + "\n"
        for slug, p in c.problems.items()
    }


def write(c: Catalogue, site: Path, site_url: str) -> None:
    for path, text in files(c, site_url).items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


def board(c: Catalogue, p: Problem, site_url: str) -> dict[str, Any]:
    """The whole file."""
    made = list(_elements(c, p))
    for i, one in enumerate(made):
        seed = int.from_bytes(hashlib.sha256(f"{p.slug} {one['id']}".encode()).digest()[:4], "big") >> 1
        one |= {"index": _index(i), "seed": seed, "versionNonce": seed ^ 1}
    return {
        "type": "excalidraw",
        "version": 2,
        "source": site_url,
        "elements": made,
        "appState": {"gridSize": None, "viewBackgroundColor": "#ffffff"},
        "files": {},
    }


def _elements(c: Catalogue, p: Problem) -> Iterator[dict[str, Any]]:
    prompt = textwrap.fill(str(p.prompt), 140)
    yield _text("title", 0, 0, p.name, 36)
    yield _text("prompt", 0, 60, prompt, 20)
    top = 60 + _height(prompt, 20) + GAP
    yield from _clock(c, p, top)
    top += CLOCK + 2 * GAP
    yield from _areas(c, top)
    yield from _vocabulary(top)


def _clock(c: Catalogue, p: Problem, top: float) -> Iterator[dict[str, Any]]:
    """The parts of the slot, in proportion to their minutes."""
    slot = c.interview.default_slot if c.interview.default_slot in p.slots else p.slots[0]
    for part in minutes.hour(c, slot).parts:
        left, wide = WIDE * part.start / slot, WIDE * part.minutes / slot
        style = {"strokeStyle": "dashed"} if part.reserve else {}
        words = str(part.minutes) if part.reserve else f"{part.name}\n{part.minutes} min"
        yield from _box(f"clock-{part.slug or 'reserve'}", left, top, wide, CLOCK, words, 16, locked=True, **style)


def _areas(c: Catalogue, top: float) -> Iterator[dict[str, Any]]:
    """Where things go: the phase that draws has the middle, the first is at its left, the others at its right."""
    plan, timed = c.interview.board, minutes.timed(c)
    at = [phase.slug for phase in timed].index(plan.phase)
    middle = WIDE - 2 * SIDE - 2 * GAP
    columns = [(0, SIDE, timed[:at]), (SIDE + GAP, middle, timed[at : at + 1])]
    columns.append((SIDE + middle + 2 * GAP, SIDE, timed[at + 1 :]))
    for left, wide, phases in columns:
        tall = (TALL - GAP * (len(phases) - 1)) / len(phases) if phases else 0
        for i, phase in enumerate(phases):
            y = top + i * (tall + GAP)
            yield _shape(f"area-{phase.slug}", "rectangle", left, y, wide, tall, strokeColor=SOFT, locked=True)
            yield _text(f"name-{phase.slug}", left + 16, y + 12, phase.short, 28, locked=True)
            lines = "\n".join(plan.lines[phase.slug])
            yield _text(f"lines-{phase.slug}", left + 16, y + 56, lines, 16, strokeColor=SOFT)


def _vocabulary(top: float) -> Iterator[dict[str, Any]]:
    """Boxes and an arrow to copy, beside the board."""
    left = WIDE + 2 * GAP
    yield _text("copy", left, top, "Copy these", 20, strokeColor=SOFT)
    y = top + 44
    for name, stroke, style, is_round in VOCABULARY:
        look = {"strokeColor": stroke, "strokeStyle": style, "roundness": {"type": 3} if is_round else None}
        yield from _box(f"copy-{name.lower()}", left, y, 160, 64, name, 20, **look)
        y += 64 + GAP
    ends = {"points": [[0, 0], [160, 0]], "lastCommittedPoint": None, "startBinding": None, "endBinding": None}
    ends |= {"startArrowhead": None, "endArrowhead": "arrow", "elbowed": False}
    yield _shape("copy-arrow", "arrow", left, y + GAP, 160, 0, strokeColor=BLUE) | ends


def _box(id: str, x: float, y: float, wide: float, tall: float, words: str, size: int, **look: Any) -> Iterator[dict]:
    """A rectangle with words in its middle."""
    yield _shape(id, "rectangle", x, y, wide, tall, boundElements=[{"id": f"{id}-words", "type": "text"}], **look)
    width, height = _width(words, size), _height(words, size)
    at = {"x": x + (wide - width) / 2, "y": y + (tall - height) / 2}
    lock = {"locked": True} if look.get("locked") else {}
    middle = {"textAlign": "center", "verticalAlign": "middle", "containerId": id} | lock
    yield _text(f"{id}-words", 0, 0, words, size) | at | middle


def _text(id: str, x: float, y: float, words: str, size: int, **look: Any) -> dict[str, Any]:
    return _shape(id, "text", x, y, _width(words, size), _height(words, size), **look) | {
        "text": words,
        "originalText": words,
        "fontSize": size,
        "fontFamily": FONT,
        "textAlign": "left",
        "verticalAlign": "top",
        "containerId": None,
        "autoResize": True,
        "lineHeight": LINE,
    }


def _shape(id: str, type: str, x: float, y: float, wide: float, tall: float, **look: Any) -> dict[str, Any]:
    """What every element has."""
    return {
        "id": id,
        "type": type,
        "x": round(x, 2),
        "y": round(y, 2),
        "width": round(wide, 2),
        "height": round(tall, 2),
        "angle": 0,
        "strokeColor": INK,
        "backgroundColor": "transparent",
        "fillStyle": "solid",
        "strokeWidth": 2,
        "strokeStyle": "solid",
        "roughness": 1,
        "opacity": 100,
        "groupIds": [],
        "frameId": None,
        "roundness": None,
        "version": 1,
        "isDeleted": False,
        "boundElements": [],
        "updated": 1,
        "link": None,
        "locked": False,
    } | look


def _width(words: str, size: int) -> float:
    return max(map(len, words.split("\n"))) * size * LETTER


def _height(words: str, size: int) -> float:
    return (words.count("\n") + 1) * size * LINE


def _index(i: int) -> str:
    """Keys that sort as the elements stand: a0 … az, then b00 …, as Excalidraw makes them."""
    n = len(DIGITS)
    return f"a{DIGITS[i]}" if i < n else f"b{DIGITS[(i - n) // n]}{DIGITS[(i - n) % n]}"
