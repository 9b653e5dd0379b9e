"""What stands in docs/: files that are read, front matter, something to read, and in braces only calls of macros."""

from __future__ import annotations

import importlib
import inspect
import posixpath
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jinja2
from jinja2 import nodes

from macros.facts import files, yaml_file
from macros.facts.catalogue import PAGED, Catalogue
from macros.facts.finding import Finding, shown, suggestion, unknown
from macros.pages.calls import CALLS

# What a page may say of itself before it begins; `called`: the sections that the search knows by other names, too
FRONT = {"title": str, "description": str, "searched": str, "called": dict}
FRONT_MATTER = re.compile(r"---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)
LINK = re.compile(r"\]\(<?(?![a-z]+:|#)([^)\s#>]+\.md)(?:#[^)\s>]*)?>?[)\s]")
CODE = re.compile(r"`[^`\n]*`")


def pages(c: Catalogue) -> Iterator[tuple[Path, str]]:
    """Every page that can be read, with its text; prose() complains of the others."""
    for path in files.tree(c.root / "docs", ".md"):
        text, found = files.read(path)
        if not found:
            yield path, text


def prose(c: Catalogue) -> Iterator[Finding]:
    """Every file of docs/ is a page, by a name that is an address, and has something to read."""
    docs = c.root / "docs"
    kinds = {docs / kind.folder for kind in PAGED}
    yield from _folders(docs)
    for path in files.tree(docs, ".md"):
        text, found = files.read(path)
        yield from found
        if found:
            continue
        text, first = yield from _front_matter(path, text)
        if not text.strip():
            yield Finding(
                shown(path), 1, "", "the page is empty; write it, or remove the file and its line in mkdocs.yml"
            )
        elif not files.SLUG.fullmatch(path.stem):
            pass  # its name is the mistake
        elif not _headed(text) and not (path.parent in kinds and c.record(path.parent.name, path.stem)):
            if path.parent not in kinds or not c.document(path.parent.name, path.stem):
                yield Finding(shown(path), first, "", "the page has no heading; begin it with '# ' and its name")
        yield from _braces(path, text, first)
        yield from _links(docs, path, text, first)


def _folders(folder: Path) -> Iterator[Finding]:
    yield from files.faults(folder, ".md", folders=None)
    for below in sorted(folder.iterdir()) if folder.is_dir() else ():
        if below.is_dir() and not files.leftover(below.name):
            if below.is_symlink():
                yield Finding(shown(below), 1, "", "is a link to a folder; put the folder in its place")
            else:
                yield from _folders(below)


def after_front_matter(text: str) -> str:
    """A page's text with its front matter made blank: what MkDocs reads, on the lines of the file."""
    found = FRONT_MATTER.match(text)
    return "\n" * found[0].count("\n") + text[found.end() :] if found else text


def _front_matter(path: Path, text: str):
    """Findings of the front matter; returns what comes after it, and the line on which that begins."""
    if not re.match(r"---[ \t]*\n", text):
        return text, 1
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if re.fullmatch(r"(---|\.\.\.)[ \t]*", line)), None)
    if end is None:
        yield Finding(shown(path), 1, "", "front matter has no end; close it with ---")
        return text, 1
    doc = yaml_file.Document(shown(path), None)
    yaml_file.parse_text("\n" + "\n".join(lines[1:end]), doc)
    yield from doc.findings
    if not doc.findings and not isinstance(doc.value, dict):
        yield Finding(doc.path, 1, "", "front matter has to be a mapping of fields to values; see another page's")
    elif isinstance(doc.value, dict):
        for key, value in doc.value.items():
            if key not in FRONT:
                yield doc.finding((key,), f"unknown field{suggestion(key, FRONT) or '; remove it'}")
            elif not isinstance(value, FRONT[key]):
                has = "a text; put it in quotes" if FRONT[key] is str else "sections, each with a list of its names"
                yield doc.finding((key,), f"wrong type; has to be {has}")
    return "\n".join(lines[end + 1 :]), end + 2


def _headed(text: str) -> bool:
    """Whether a page has a heading of the first level, or a macro that writes one."""
    heads = "cheat_sheet|problem_sheet|pattern_head|phase_head|playbook_head"
    return re.search(rf"^# \S|<h1\b|^\{{\{{ ({heads})\(", text, re.M) is not None


@cache
def _takes(name: str) -> inspect.Signature | None:
    """What a macro takes after its catalogue; None where there is no such macro."""
    call = next((call for call in CALLS if call.name == name), None)
    if call is None:
        return None
    room, _, function = call.function.partition(":")
    whole = inspect.signature(getattr(importlib.import_module(f"macros.{room}"), function))
    return whole.replace(parameters=list(whole.parameters.values())[1:])  # the first is given by the wiring


def _braces(path: Path, text: str, first: int) -> Iterator[Finding]:
    """What Jinja would do with a page: calls of macros with texts and numbers, and nothing else."""

    def wrong(line: int, name: str, what: str) -> Finding:
        return Finding(shown(path), line + first - 1, name, what)

    if "{{" not in text and "{%" not in text and "{#" not in text:
        return
    raw = "put braces that are to be read between {% raw %} and {% endraw %}"
    try:
        parsed = jinja2.Environment().parse(text)
    except jinja2.TemplateSyntaxError as error:
        yield wrong(error.lineno, "", f"{error.message}; {raw}")
        return
    except RecursionError:
        yield wrong(1, "", f"braces nested too deep; {raw}")
        return
    lost = re.search(
        r"\{#(?!\})",
        re.sub(r"\{%-? *raw *-?%\}.*?\{%-? *endraw *-?%\}", lambda m: re.sub(r"\S", " ", m[0]), text, flags=re.S),
    )
    if lost:
        yield wrong(
            text.count("\n", 0, lost.start()) + 1, "", "a comment opens here; write { #id } with a space, or remove it"
        )
    for part in (one for node in parsed.body for one in (node.nodes if isinstance(node, nodes.Output) else [node])):
        if isinstance(part, nodes.TemplateData):
            continue
        if not isinstance(part, nodes.Call) or not isinstance(part.node, nodes.Name):
            yield wrong(part.lineno, "", f"only macros are called in a page; {raw}")
            continue
        name, takes = part.node.name, _takes(part.node.name)
        if takes is None:
            known = [call.name for call in CALLS]
            yield wrong(part.lineno, name, f"no such macro{suggestion(name, known) or '; see Contributing, Macros'}")
            continue
        try:
            given = [one.as_const() for one in part.args]
            named = {one.key: one.value.as_const() for one in part.kwargs}
            if part.dyn_args is not None or part.dyn_kwargs is not None:
                raise nodes.Impossible
        except nodes.Impossible:
            yield wrong(part.lineno, name, "a macro is called with texts and numbers only; write them out")
            continue
        try:
            takes.bind(*given, **named)
        except TypeError as error:
            yield wrong(part.lineno, name, f"{error}; see the macro's call under Contributing, Macros")


def _links(docs: Path, path: Path, text: str, first: int) -> Iterator[Finding]:
    """Pages that a page links to exist. Their headings are for the build, which knows all of them."""
    fenced = False
    for n, line in enumerate(text.splitlines(), first):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        for found in LINK.finditer(CODE.sub("``", line)) if not fenced and "{{" not in line else ():
            here = path.parent.relative_to(docs).as_posix()
            target = posixpath.normpath(found[1].lstrip("/") if found[1].startswith("/") else f"{here}/{found[1]}")
            if not (docs / target).is_file():
                known = [one.relative_to(docs).as_posix() for one in files.tree(docs, ".md")]
                yield Finding(shown(path), n, "", unknown("page", target, known, "docs/"))
