"""The contributors' page of macros: each call, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import jinja2
from markupsafe import Markup

from macros.pages.calls import CALLS
from macros.pages.template import fill


def manual(macros: Mapping[str, Callable]) -> str:
    """One section a macro: its calls, and the Markdown that the first of them makes. `macros` are bound, by name."""
    rows = []
    for call in sorted(CALLS):
        if call.of != "macros":  # this one is the manual itself
            written = ["{{ " + one + " }}" for one in call.examples]
            result = jinja2.Environment().from_string(written[0]).render(**macros)
            rows.append((call.name, list(map(Markup, written)), list(map(Markup, _short(result)))))
    return fill("manual", rows=rows)


def _short(markdown: str, most: int = 20) -> list[str]:
    """Lines of the result, the long ones cut: the page shows a shape, not a drawing."""
    lines = [line if len(line) < 160 else line[:157] + "…" for line in markdown.splitlines() if line.strip()]
    return lines if len(lines) <= most else [*lines[:most], f"… {len(lines) - most} more lines"]
