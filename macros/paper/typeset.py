"""Typst: a template and data to PDF. Knows fonts, cache and errors, not what is set.

    pdf = typeset.compile("sheet", {"title": "Deep dive"})

macros/paper/sheet.typ reads the data with `json("data.json")`, or takes `data` from look.typ. Equal template, data,
files, fonts and version give equal bytes, so they are kept in build/typeset/ under a hash of these.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import re
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import typst

from macros.facts.files import listed
from macros.facts.finding import ROOT, GuideError
from macros.pages import tokens
from macros.paper.sizes import SIZES

TEMPLATES = ROOT / "macros" / "paper"
BUILD = ROOT / "build" / "typeset"
MODULES = ROOT / "node_modules"
FACES = {  # family as Typst knows it: the role that its file has on the site, weights
    "Figtree": ("text", (400, 600, 800)),
    "Bricolage Grotesque": ("head", (700,)),
    "Hyperlegible Mono": ("mono", (400,)),
}
STYLES = {400: "Regular", 600: "SemiBold", 700: "Bold", 800: "ExtraBold"}
SET = 40  # pages of pictures that are set together
_making = threading.Lock()


def compile(
    template: str, data: dict, files: dict[str, bytes] | None = None, *, format: str = "pdf", ppi: int = 144
) -> Path:
    """The file with what macros/paper/<template>.typ makes of the data: a PDF (PDF/UA-1, tagged, fonts embedded), or
    its first page as "png" at `ppi` dots an inch.

    `data` is fit for JSON; `files` are pictures by the name that the data uses. GuideError with the words of a `panic`
    in the template, or with the place where Typst stopped.
    """
    world = _world(template, data, files or {})
    kept = _kept(world, format, f"{ppi}")
    if not kept.exists():
        made = _made(template, world, format, ppi)
        _keep(kept, made[0] if isinstance(made, list) else made)
    return kept


def pictures(
    template: str, items: Mapping[str, dict], files: dict[str, bytes], finish: Callable[[bytes], bytes]
) -> dict[str, Path]:
    """A PNG of each item, in pixels as many as the template has points, under the item's name.

    The template makes a page of each entry of `data.pages`. Those that are not kept yet are set together, 40 at a time,
    since a document costs more than a page; `finish` is what becomes of each before it is kept.
    """
    how = hashlib.sha256(Path(inspect.getfile(finish)).read_bytes()).hexdigest()
    world = _world(template, {}, files)
    out = {name: _kept(world | _data({"pages": [item]}), "png", how) for name, item in items.items()}
    missing = [name for name, path in out.items() if not path.exists()]
    sets = [missing[i : i + SET] for i in range(0, len(missing), SET)]

    def some(names: list[str]) -> None:
        made = _made(template, world | _data({"pages": [items[name] for name in names]}), "png", 72)
        for name, png in zip(names, made if isinstance(made, list) else [made], strict=True):
            _keep(out[name], finish(png))

    fonts()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(some, sets))
    return out


def _world(template: str, data: dict, files: dict[str, bytes]) -> dict[str, bytes]:
    """All that a template can read, by name."""
    world = {f"{path.name}": path.read_bytes() for path in listed(TEMPLATES, ".typ")}
    world["main.typ"] = world[f"{template}.typ"]
    given = {"light": tokens.tokens()["light"], "papers": {name: size._asdict() for name, size in SIZES.items()}}
    world["tokens.json"] = json.dumps(given, sort_keys=True).encode()
    return world | _data(data) | files


def _data(data: dict) -> dict[str, bytes]:
    return {"data.json": json.dumps(data, ensure_ascii=False, sort_keys=True).encode()}


def _kept(world: dict[str, bytes], format: str, how: str) -> Path:
    """Where what is made of it is kept."""
    digest = hashlib.sha256(f"{typst.__version__} {fonts().name} {format} {how}".encode())
    for name, content in sorted(world.items()):
        digest.update(name.encode() + b"\0" + content + b"\0")
    return BUILD / f"{digest.hexdigest()[:24]}.{format}"


def _made(template: str, world: dict[str, bytes], format: str, ppi: int) -> bytes | list[bytes]:
    standard = {"pdf_standards": ["ua-1"]} if format == "pdf" else {"ppi": ppi}
    try:
        return typst.compile(world, font_paths=[str(fonts())], ignore_system_fonts=True, format=format, **standard)
    except typst.TypstError as error:
        raise GuideError(_why(error, template)) from error


def _keep(kept: Path, content: bytes) -> None:
    beside = kept.with_name(f"{kept.name}.{os.getpid()}.{threading.get_ident()}")
    beside.write_bytes(content)
    beside.replace(kept)


def compile_all(template: str, jobs: Mapping[str, tuple[dict, dict[str, bytes]]]) -> dict[str, Path]:
    """The PDF of each job, which is data and files, under the job's name. GuideError with all problems, a line each."""

    def one(job: tuple[dict, dict[str, bytes]]) -> Path | GuideError:
        try:
            return compile(template, *job)
        except GuideError as error:
            return error

    fonts()
    with ThreadPoolExecutor(2) as pool:
        made = dict(zip(jobs, pool.map(one, jobs.values()), strict=True))
    if problems := {str(error) for error in made.values() if isinstance(error, GuideError)}:
        raise GuideError("\n".join(sorted(problems)))
    return made


def _why(error: typst.TypstError, template: str) -> str:
    """What `panic` said, word for word; otherwise where Typst stopped, and why."""
    if error.message.startswith("panicked with: "):
        return error.message.removeprefix("panicked with: ").strip('"')
    place = re.search(r"^error:.*\s+┌─ ([\w-]+\.typ:\d+)", error.diagnostic, re.M)
    where = f"macros/paper/{place[1].replace('main.typ', f'{template}.typ') if place else f'{template}.typ'}"
    hints = "".join(f"; {hint}" for hint in error.hints)
    return f"{where}: {error.message}{hints}; mend the template or the data that it is given"


def fonts() -> Path:
    """Folder of the site's fonts as TrueType, one file a weight: Typst reads neither woff2 nor variable fonts."""
    files = tokens.tokens()["fonts"]
    digest = hashlib.sha256(repr(FACES).encode())
    for role, _ in FACES.values():
        digest.update((MODULES / files[role]).read_bytes())
    folder = BUILD / f"fonts-{digest.hexdigest()[:12]}"
    with _making:
        if not folder.exists():
            beside = BUILD / f"fonts-unfinished-{os.getpid()}"
            beside.mkdir(parents=True, exist_ok=True)
            for family, (role, weights) in FACES.items():
                for weight in weights:
                    _face(MODULES / files[role], family, weight, beside / f"{family}-{weight}.ttf".replace(" ", ""))
            beside.rename(folder)
    return folder


def _face(path: Path, family: str, weight: int, target: Path) -> None:
    """One weight cut out of a web font, under the name by which templates ask for it."""
    from fontTools.ttLib import TTFont  # half a second, needed once
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(path, recalcTimestamp=False)
    if "fvar" in font:
        font = instantiateVariableFont(font, {"wght": weight})
    font.flavor = None
    font["OS/2"].usWeightClass = weight
    style, names = STYLES[weight], font["name"]
    for name in (16, 17, 21, 22, 25):
        names.removeNames(nameID=name)
    full = {1: f"{family} {style}", 2: "Regular", 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}
    for name, text in (full | {16: family, 17: style}).items():
        names.setName(text, name, 3, 1, 0x409)
    font.save(target)
