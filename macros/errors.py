"""What an author sees when a page or the data is wrong: place and remedy, never a traceback."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jinja2
from mkdocs.exceptions import Abort
from mkdocs_macros import errors as plugin

from macros.facts import files
from macros.facts.finding import Finding, GuideError, line_in, shown

log = logging.getLogger("mkdocs.guide")


def install() -> None:
    """Have mkdocs-macros word its errors our way."""
    plugin.format_error.register(Exception, _on_page)
    plugin.format_error.register(jinja2.TemplateSyntaxError, _on_page)


def stop(findings: list[Finding]) -> Abort:
    """End the build before it starts; every finding has been logged."""
    for finding in findings:
        log.error("%s", finding)
    return Abort(f"the data has {len(findings)} errors; mend them, or run `make check` for the same list")


@contextmanager
def ending_the_build() -> Iterator[None]:
    """What is written for an author ends the build as it stands, a line each."""
    try:
        yield
    except GuideError as error:
        lines = str(error).splitlines()
        for line in lines:
            log.error("%s", line)
        raise Abort(f"{len(lines)} errors stand above; mend them") from error


def _on_page(error: Exception, markdown: str, page) -> str:
    """Page, line and reason; also logged as an error, so that a strict build fails."""
    path = Path(page.file.abs_src_path)
    line = line_in(error, "<template>")  # of the syntax error, or of the frame that called the macro
    if lines := getattr(page, "lines", None):  # the outline put sections around the file's own
        line = lines[min(line, len(lines)) - 1]
    line += _front_matter(path)
    message = str(error) if isinstance(error, GuideError) else _reason(error)
    text = f"{shown(path)}:{line}: {message}"
    log.error("%s", text)
    return f'!!! danger "This page has an error"\n    `{text}`\n'


def _reason(error: Exception) -> str:
    if isinstance(error, jinja2.UndefinedError):
        return f"{error.message}; the macros are listed under Contributing, Macros"
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.message}; check the braces, or put code with braces between raw and endraw"
    return f"{type(error).__name__}: {error}"


def _front_matter(path: Path) -> int:
    """Lines that stand before the Markdown and that the macros never see."""
    text = files.read(path)[0]
    found = re.match(r"---\n.*?\n---\n", text, re.S)
    return found[0].count("\n") if found else 0
