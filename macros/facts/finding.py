"""A mistake in the data or on a page: where it stands, what is wrong, and the way out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent  # the repository


class Finding(NamedTuple):
    """One mistake, and its remedy. `line` counts from 1; `field` is the place in a data file: 'numbers[0].value'."""

    path: str
    line: int
    field: str
    text: str
    warning: bool = False

    def __str__(self) -> str:
        said = f"{self.path}:{self.line}: " + (f"{self.field}: " if self.field else "") + self.text
        return said if said.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in said)


class GuideError(Exception):
    """An error whose message is written for the author of a page or a data file.

    Made of one text, for a place that the caller knows (the line of a macro's call), or of findings, which know theirs.
    """

    def __init__(self, *what: Finding | str):
        self.findings = tuple(one for one in what if isinstance(one, Finding))
        super().__init__("\n".join(map(str, what)))


def suggestion(word: str, known: Iterable[str]) -> str:
    """'; did you mean 'x'?' where something known is near, else ''."""
    near = difflib.get_close_matches(word[:80], list(known), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""


def unknown(kind: str, word: str, known: Iterable[str], where: str = "", *, mend: str = "") -> str:
    """'no pattern 'lur'; did you mean 'lru'?', or where to look, or how to mend it, if nothing is near."""
    otherwise = mend or f"see {where}"
    return f"no {kind} '{word[:80]}'{suggestion(word, known) or f'; {otherwise}'}"


def shown(path: Path) -> str:
    """The path as the author knows it, from the repository's root where it lies there, with slashes everywhere."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def line_in(error: BaseException, file: str | Path) -> int:
    """The last line of a file that an error's traceback passes, or that a syntax error names; 1 where it has none."""
    line, trace = getattr(error, "lineno", None) or 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == str(file):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
