"""The contributors' page of macros: each call, from its docstring, and what it gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import jinja2

from macros.facts.load import GuideError
from macros.pages.template import fill

CALL = re.compile(r"\{\{.*?\}\}")


def manual(macros: Mapping[str, Callable]) -> str:
    """One section a macro: docstring's calls, and the Markdown that the first of them makes."""
    rows = []
    for name in sorted(macros):
        calls = CALL.findall(macros[name].__doc__ or "")
        if not calls:
            raise GuideError(f"macro '{name}' does not show its call; write it as the docstring, in double braces")
        result = jinja2.Environment().from_string(calls[0]).render(**macros)
        rows.append((name, calls, _short(result)))
    return fill("manual", rows=rows)


def _short(markdown: str, most: int = 24) -> list[str]:
    """Lines of the result, the long ones cut: the page shows a shape, not a drawing."""
    lines = [line if len(line) < 160 else line[:157] + "…" for line in markdown.splitlines() if line.strip()]
    return lines if len(lines) <= most else [*lines[:most], f"… {len(lines) - most} more lines"]
