"""python -m macros.new KIND=SLUG: a commented data file, and a page and a diagram where the kind has them.

The data file follows the kind's model, the page its outline: a new kind is scaffolded with no edit here.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.check.places import OTHER
from macros.facts.catalogue import KINDS, Kind
from macros.facts.files import SLUG
from macros.facts.finding import ROOT, shown, suggestion
from macros.pages import outline
from macros.pages.template import fill

BY_NAME = {kind.one: kind for kind in KINDS}
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}  # on Windows


def data(kind: Kind, slug: str) -> str:
    """The data file: each field with a value to replace, and what it means."""
    lines = [f"# yaml-language-server: $schema=../schema/{kind.one}.schema.json"]
    lines += ["# Your editor shows what each field means; `make check` lists what is still missing."]
    for name, field in kind.model.model_fields.items():
        if name != "slug":
            value = slug.replace("-", " ").capitalize() if name == "name" else _value(field.annotation)
            lines.append(f"{name}: {value}".ljust(26) + _remark(field))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _value(annotation: Any) -> str:
    """A value to replace, that `make check` complains of where nothing better is known."""
    if get_origin(annotation) is tuple:
        return "[]"
    if get_origin(annotation) is dict:
        return "{}"
    inner = _model(annotation)
    if inner is not None:
        required = {name: one for name, one in inner.model_fields.items() if one.is_required()}
        return "{" + ", ".join(f"{name}: {_value(one.annotation)}" for name, one in required.items()) + "}"
    if annotation is bool:
        return "true"
    return "1" if annotation is int else '"TODO"'


def _remark(field: FieldInfo) -> str:
    """What the field means; of a list, how many entries it needs and what one looks like."""
    words = []
    least = next((one.min_length for one in field.metadata if hasattr(one, "min_length")), 0)
    if get_origin(field.annotation) is tuple:
        inner = _model(get_args(field.annotation)[0])
        shape = (
            f": - {{{', '.join(f'{name}: …' for name, one in inner.model_fields.items() if one.is_required())}}}"
            if inner
            else ""
        )
        words.append((f"{least} or more" if least else "if any") + shape)
    if field.description:
        words.append(field.description)
    return f"  # {'; '.join(words)}" if words else ""


def _model(annotation: Any) -> type[BaseModel] | None:
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def page(kind: Kind, slug: str) -> str:
    """The page: a heading and a hint for each section that a person has to write."""
    needed = [s for s in outline.OUTLINES.get(kind.folder, ()) if s.prose == "needed"]
    return "\n\n".join(f"## {s.heading}\n\n{s.hint.replace('SLUG', slug)}" for s in needed) + "\n"


def files(kind: Kind, slug: str) -> dict[str, str]:
    """Path below the repository to content, for a new record."""
    out = {f"data/{kind.folder}/{slug}.yml": data(kind, slug)}
    if kind.paged:
        text = page(kind, slug)
        out[f"docs/{kind.folder}/{slug}.md"] = text
        for name in re.findall(r'figure\("([a-z0-9-]+)"\)', text):
            out[f"data/diagrams/{name}.mmd"] = fill("new_diagram", name=name.replace("-", " ").capitalize()) + "\n"
    if kind.sheets:
        text = fill("new_sheet", name=slug.replace("-", " ").capitalize(), slug=slug)
        out[f"docs/{kind.sheets}/{slug}.md"] = f"{text}\n"
    return out


def overrides(environment: Mapping[str, str]) -> list[str]:
    """What was set on make's command line, as make hands it on: `-- kind=slug`, with a backslash before some signs.

    Read from there, so that no shell sees it.
    """
    _, _, said = environment.get("MAKEFLAGS", "").partition("-- ")
    words = re.findall(r"(?:\\.|\$\$|\S)+", said)
    return [re.sub(r"\\(.)", r"\1", word).replace("$$", "$") for word in words if not word.startswith("-")]


def main(argv: list[str]) -> int:
    if argv == ["--make"]:
        argv = overrides(os.environ)
    given = [
        pair for pair in (argument.partition("=") for argument in argv) if not pair[0].isupper()
    ]  # PYTHON=… is for make
    if len(given) > 1:
        said = " ".join("=".join(one[::2]) for one in given)
        print(f"one at a time, not {said!r}; such as make new pattern=bulkhead", file=sys.stderr)
        return 2
    name, _, slug = given[0] if given else ("", "", "")
    if name not in BY_NAME:
        near = suggestion(name, BY_NAME) if name else ""
        print(
            f"usage: make new KIND=SLUG, such as pattern=bulkhead; kinds: {', '.join(BY_NAME)}{near}", file=sys.stderr
        )
        return 2
    if not SLUG.fullmatch(slug):
        meant = re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-")
        near = f"; did you mean {name}={meant}?" if meant else ""
        print(f"usage: make new {name}=SLUG, in lower case with hyphens, such as bulkhead{near}", file=sys.stderr)
        return 2
    if slug in RESERVED or slug in OTHER.get(BY_NAME[name].folder, {"index"}):
        print(
            f"'{slug}' is the name of another page or of no file on some systems; choose another slug", file=sys.stderr
        )
        return 1
    if len(slug) > 60:
        print(
            f"'{slug[:60]}…' is {len(slug)} letters long, at most 60 fit an address; choose another slug",
            file=sys.stderr,
        )
        return 1
    written = files(BY_NAME[name], slug)
    for path in written:
        if (ROOT / path).exists():
            print(f"{shown(ROOT / path)} exists already; edit it, or choose another slug", file=sys.stderr)
            return 1
    for path, text in written.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, "utf-8")
        print(f"wrote {path}")
    print("fill in what says TODO, then run `make check`; it lists what is still missing")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
