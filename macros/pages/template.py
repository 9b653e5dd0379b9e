"""Fill a template from pages/templates/ or paper/. Errors name the template and its line."""

from __future__ import annotations

import html
import re

import jinja2

from macros.facts.finding import ROOT, Finding, GuideError, line_in, shown
from macros.facts.quantities import Part, Told

FOLDERS = (ROOT / "macros" / "pages" / "templates", ROOT / "macros" / "paper")


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


def link(part: Part) -> str:
    """A quantity that leads to its working; on hover and on focus it shows it."""
    at, bare = f"/problems/{part.of}.md#how-{part.id}", " data-bare=1" if part.bare else ""
    return f'[{part.text}]({at}){{ .wh-q data-q="{part.of}.{part.id}"{bare} title="{plain(part.how)}" }}'


def span(part: Part) -> str:
    """A quantity where no link may stand: within a summary, a label or a link."""
    bare = ' data-bare="1"' if part.bare else ""
    return f'<span class="wh-q" data-q="{part.of}.{part.id}"{bare}>{part.text}</span>'


def quoted(text: str) -> str:
    """The text, each quantity in it with its working; as it is where it quotes none."""
    return "".join(link(one) if one.id else one.text for one in text.parts) if isinstance(text, Told) else text


def said(text: str) -> str:
    """The same without links."""
    return "".join(span(one) if one.id else one.text for one in text.parts) if isinstance(text, Told) else text


_environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(FOLDERS), undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_environment.filters.update(cell=cell, inline=inline, plain=plain, quoted=quoted, said=said)


def fill(name: str, /, **values: object) -> str:
    """The template as text; GuideError where it cannot be filled."""
    path = next(
        (folder / f"{name}.j2" for folder in FOLDERS if (folder / f"{name}.j2").exists()), FOLDERS[0] / f"{name}.j2"
    )
    try:
        return _environment.get_template(f"{name}.j2").render(**values).strip("\n")
    except jinja2.TemplateError as error:
        text = f"{error.message or error}; mend the template or the value it is given"
        raise GuideError(Finding(shown(path), line_in(error, path), "", text)) from error
