"""Fill a template from pages/templates/ or paper/. Errors name the template and its line.

Whatever a template prints is printed as it is written: `Map<K, V>`, `__init__` and `{{ x }}` mean nothing to Markdown,
since their signs go in as numbers. What is Markdown or HTML already is handed over as Markup. The finished page has the
signs again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from types import CodeType

import jinja2
from markupsafe import Markup

from macros.facts.finding import ROOT, Finding, GuideError, line_in, shown
from macros.facts.quantities import Part, Told

FOLDERS = (ROOT / "macros" / "pages" / "templates", ROOT / "macros" / "paper")


CODE = re.compile(r"`([^`\n]+)`")  # the one mark that a text of the data may have
MARKS = re.compile(r"[\\*_<>&\[\]{}|`~^]")  # what Markdown or HTML would read as more than a sign
FIRST = re.compile(r"^(?:[#+:!?=-]|[0-9]+[.)](?=\s|$))")  # and what begins a heading, a list or a box
PLAIN = re.compile(f"{MARKS.pattern}|\n|{FIRST.pattern}")  # a text without any of it is printed as it stands: most are
NUMBERED = re.compile(r"&#(?!(?:34|38|39|60|62);)([3-9][0-9]|1[0-2][0-9]);")  # those that HTML has no need of
NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def said(text: str) -> Markup:
    """A text of the data as it is written, with `code` as code: in Markdown and HTML, in a cell, heading or list."""
    if not PLAIN.search(text):
        return Markup(text)
    pieces = CODE.split(text)
    out = [f"<code>{_signs(piece)}</code>" if i % 2 else _signs(piece) for i, piece in enumerate(pieces)]
    out[0] = FIRST.sub(lambda found: found[0][:-1] + _number(found[0][-1]), out[0])
    return Markup("".join(out))


def plain(text: str) -> Markup:
    """The same for an attribute: code without its marks, and nothing that would end the attribute."""
    return Markup(_signs(CODE.sub(r"\1", text)).replace('"', NAMED['"']))


def address(text: str) -> Markup:
    """A web address where Markdown or HTML wants one."""
    return Markup(re.sub(r"[\s<>\"'`\\{}|^]", lambda sign: f"%{ord(sign[0]):02X}", text))


def readable(html: str) -> str:
    """A finished page without those numbers for which the sign itself may stand."""
    return NUMBERED.sub(lambda found: chr(int(found[1])), html)


def _signs(text: str) -> str:
    return MARKS.sub(lambda sign: _number(sign[0]), text.replace("\n", " "))


def _number(sign: str) -> str:
    return NAMED.get(sign) or f"&#{ord(sign)};"


def css(text: str) -> str:
    """A text between the quotes of a style sheet."""
    return re.sub(r'[\\"<\n]', lambda sign: f"\\{ord(sign[0]):x} ", text)


def _value(value: object) -> object:
    """What a template prints: a text as it is written, unless it is Markup, which is printed as it is."""
    return said(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def link(part: Part) -> Markup:
    """A quantity that leads to its working; on hover and on focus it shows it."""
    at, bare = f"/problems/{part.of}.md#how-{part.id}", " data-bare=1" if part.bare else ""
    told = f'data-q="{part.of}.{part.id}"{bare} title="{plain(part.how)}"'
    return Markup(f"[{_signs(part.text)}]({at}){{ .wh-q {told} }}")


def span(part: Part) -> Markup:
    """A quantity where no link may stand: within a summary, a label or a link."""
    bare = ' data-bare="1"' if part.bare else ""
    return Markup(f'<span class="wh-q" data-q="{part.of}.{part.id}"{bare}>{_signs(part.text)}</span>')


def quoted(text: str) -> Markup:
    """A text of the data, each quantity in it with its working."""
    return _told(text, link)


def spoken(text: str) -> Markup:
    """The same without links."""
    return _told(text, span)


def _told(text: str, show: Callable[[Part], Markup]) -> Markup:
    if not isinstance(text, Told):
        return said(text)
    marked = "".join(f"\ue000{i}\ue001" if one.id else one.text for i, one in enumerate(text.parts))
    return Markup(re.sub("\ue000(\\d+)\ue001", lambda found: show(text.parts[int(found[1])]), said(marked)))


_environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(FOLDERS, encoding="utf-8"),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=_value,
)
_environment.filters.update(plain=plain, address=address, said=said, css=css, quoted=quoted, spoken=spoken)
_document = _environment.overlay(finalize=None)  # of paper/: a whole document, which says itself what is a text


def remember(folder: Path, **others: jinja2.Environment) -> None:
    """Keep what templates compile to for the next build, ours and the given ones'; anew once a source changes."""
    with open(__file__, "rb") as ours:  # whose filters and marks are compiled in
        state = hashlib.sha256(ours.read() + jinja2.__version__.encode()).hexdigest()[:12]
    folder = folder / state
    folder.mkdir(parents=True, exist_ok=True)
    for use, environment in {"page": _environment, "paper": _document, **others}.items():
        environment.bytecode_cache = jinja2.FileSystemBytecodeCache(str(folder), f"{use}-%s")


def remember_texts(environment: jinja2.Environment, name: Callable[[], str]) -> None:
    """Keep as well what texts compile to that come from no loader: of each name the last, and anew once it changes."""
    compiled, cache = environment.compile, environment.bytecode_cache

    def compile(source: object, *of: object, **how: object) -> CodeType:
        if of or how or not isinstance(source, str):
            return compiled(source, *of, **how)
        bucket = cache.get_bucket(environment, name(), None, source)
        if bucket.code is None:
            bucket.code = compiled(source)
            cache.set_bucket(bucket)
        return bucket.code

    environment.compile = compile


def fill(name: str, /, **values: object) -> str:
    """The template as text; GuideError where it cannot be filled."""
    path = next(
        (folder / f"{name}.j2" for folder in FOLDERS if (folder / f"{name}.j2").exists()), FOLDERS[0] / f"{name}.j2"
    )
    try:
        environment = _environment if path.parent == FOLDERS[0] else _document
        return environment.get_template(f"{name}.j2").render(**values).strip("\n")
    except jinja2.TemplateError as error:
        text = f"{error.message or error}; mend the template or the value it is given"
        raise GuideError(Finding(shown(path), line_in(error, path), "", text)) from error
