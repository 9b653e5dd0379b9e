"""python -m macros.pack [FOLDER]: a .gz and a .br beside each file of site/ that shrinks, for hosts to send.

Equal files give equal bytes; what is packed already and has not changed is left alone.
"""

from __future__ import annotations

import gzip
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import brotli

from macros.facts.finding import ROOT

ENDINGS = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".txt", ".py", ".wasm"}
LEAST = 256  # bytes: below, a header outweighs what is won


def main(argv: list[str]) -> int:
    folder = Path(argv[0]) if argv else ROOT / "site"
    if not (folder / "index.html").exists():
        print(f"{folder} holds no site; run `make site` first", file=sys.stderr)
        return 1
    files = sorted(p for p in folder.rglob("*") if p.suffix in ENDINGS and p.is_file() and p.stat().st_size >= LEAST)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        sizes = list(pool.map(pack, files, chunksize=8))
    whole, gz, br = (sum(column) / 1e6 for column in zip(*sizes, strict=True))
    print(f"{len(files)} files: {whole:.1f} MB, {gz:.1f} as gzip, {br:.1f} as brotli")
    return 0


def pack(path: Path) -> tuple[int, int, int]:
    """Both packed files; their sizes, with the file's own."""
    content = path.read_bytes()
    made = []
    for ending, pressed in (
        (".gz", lambda: gzip.compress(content, 9, mtime=0)),
        (".br", lambda: brotli.compress(content)),
    ):
        target = path.with_name(path.name + ending)
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            target.write_bytes(pressed())
        made.append(target.stat().st_size)
    return len(content), *made


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
