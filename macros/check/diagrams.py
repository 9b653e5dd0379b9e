"""Diagrams: each has its two lines for those who do not see it, and can be drawn."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from macros import node
from macros.facts import files
from macros.facts.catalogue import Catalogue
from macros.facts.finding import ROOT, Finding, GuideError, shown
from macros.pages import figures

DRAWER = ROOT / "frontend" / "diagrams.mjs"
DRAWERS = tuple(
    ROOT / "frontend" / f"{name}.mjs" for name in ("diagrams", "boards", "ladders", "sequences")
)  # what the stamp is made of
QUANTITY = re.compile(r"‹([^›\n]+)›")  # as in the drawer
SAID = re.compile(r"(.+?\.mmd):(\d+): (.+)")


def diagrams(c: Catalogue) -> Iterator[Finding]:
    """What is wrong with a diagram's bytes, lines or drawing. Draws what changed, where the build looks for it."""
    folder, drawn, waiting = c.data / "diagrams", c.root / "build" / "diagrams", False
    words: dict[str, dict[str, str]] = {}
    for path in files.listed(folder, ".mmd"):
        text, found = files.read(path)
        yield from found
        if not found:
            try:
                figures.captions(path)
            except GuideError as error:
                yield from error.findings
            words[path.stem] = {}
            for n, line in enumerate(text.splitlines(), 1):
                for one in figures.QUANTITY.finditer(line):
                    try:
                        words[path.stem][one[1]] = figures.filled(c, path.stem, one[0], said=True)
                    except GuideError as error:  # a quantity that is none
                        yield Finding(shown(path), n, "", str(error))
            waiting |= not _is_drawn(drawn / f"{path.stem}.svg", _measured(text, words[path.stem]))
    if waiting:
        drawn.mkdir(parents=True, exist_ok=True)
        done = node.run(
            *(str(DRAWER), str(folder), str(drawn)),
            input=json.dumps(words),
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
        said = [found for line in done.stderr.splitlines() if (found := SAID.match(line))]
        for found in said:
            yield Finding(shown(Path(found[1])), int(found[2]), "", found[3])
        if done.returncode and not said:
            yield Finding(
                shown(folder),
                1,
                "",
                f"could not be drawn: {done.stderr.strip().splitlines()[-1:]}; mend {shown(DRAWER)}",
            )


def _measured(text: str, words: Mapping[str, str]) -> str:
    """The text that is drawn and stamped: each quantity between two marks without width, numbered, as what it says."""
    count = itertools.count(0x300)
    return QUANTITY.sub(lambda one: f"\u0350{chr(next(count))}{words.get(one[1], one[1])}\u0351", text)


def _is_drawn(svg: Path, text: str) -> bool:
    """Whether frontend/diagrams.mjs has drawn this very text; it writes the hash of both at the head of its drawing."""
    if not svg.exists():
        return False
    digest = hashlib.sha256(b"".join(one.read_bytes() for one in DRAWERS) + text.encode()).hexdigest()[:16]
    with svg.open("rb") as drawing:
        return drawing.read(len(digest) + 7) == f"<!--{digest}-->".encode()
