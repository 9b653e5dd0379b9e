"""Fill a template from macros/pages/templates/. Errors name the template and its line."""

from __future__ import annotations

import html
import re

import jinja2

from macros.facts import load


def cell(text: str) -> str:
    """Text that may stand in a cell of a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")


def plain(text: str) -> str:
    """Text without Markdown's marks, for attributes and machine-readable files."""
    return text.replace("`", "").replace("**", "").replace('"', "&quot;")


def inline(text: str) -> str:
    """Text with `code` and **bold** as HTML, for places where Markdown is not read."""
    text = html.escape(text, quote=False)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    return re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)


_environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader([load.ROOT / "macros" / "pages" / "templates", load.ROOT / "macros" / "paper"]),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters.update(cell=cell, inline=inline, plain=plain)


def fill(name: str, /, **values: object) -> str:
    """The template as Markdown; GuideError where it cannot be filled."""
    try:
        return _environment.get_template(f"{name}.j2").render(**values).strip("\n")
    except jinja2.TemplateError as error:
        line = getattr(error, "lineno", None) or _line(error, name)
        raise load.GuideError(
            f"macros/pages/templates/{name}.j2:{line}: {error.message or error}; mend the template or the value it is given"
        ) from error


def _line(error: BaseException, name: str) -> int:
    """Line of the template in which the error arose."""
    line, trace = 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(f"{name}.j2"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
