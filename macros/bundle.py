"""The front end as pages load it: made by frontend/build.mjs, anew only where something that it reads has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from mkdocs.exceptions import Abort

from macros import node
from macros.facts.finding import ROOT

READ = ("package.json", "package-lock.json", "requirements.txt", "build/minutes.css", "build/said.json")
FOLDERS = ("frontend", "data/diagrams", "build/fonts")  # which it reads as well
MADE = ("build/assets", "build/diagrams", "build/sw.js", "build/tokens.json")


def made(theme: Path, root: Path = ROOT) -> dict:
    """The manifest of build/assets/: its files by their role. `theme` is the folder with the theme's style sheets.

    Abort where it cannot be made. Whatever is missing or altered among its files is made again as well.
    """
    kept = root / "build" / "bundle.of"
    manifest = root / "build" / "assets" / "manifest.json"
    if not kept.exists() or not manifest.exists() or kept.read_text("utf-8") != _state(theme, root):
        if node.run("frontend/build.mjs", str(theme), cwd=root).returncode:
            raise Abort("the front end was not built; the reason stands above")
        kept.write_text(_state(theme, root), "utf-8")
    return json.loads(manifest.read_text("utf-8"))


def _state(theme: Path, root: Path) -> str:
    """A digest of all that goes in and came out, by path and content."""
    digest = hashlib.sha256(str(theme).encode())
    for path in _files(theme, root):
        digest.update(f"\0{path}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(theme: Path, root: Path) -> Iterator[Path]:
    for name in (*READ, *FOLDERS, *MADE):
        path = root / name
        yield from sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path] * path.is_file()
    yield from sorted((theme / "assets" / "stylesheets").glob("*.css"))
