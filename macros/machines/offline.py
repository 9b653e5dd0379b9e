"""What a reader's browser keeps for reading without a network: offline.json, and sw.js beside it.

Pages, styles, scripts, fonts, pictures, search index and the JSON that pages ask for. Not the PDFs, nor Python (13 MB):
the page not-kept.html says so where one is asked for without a network.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from pathlib import Path

LEFT_OUT = ("run/pyodide/", "api/schema/", "share/", "sw.js", "offline.json", "sitemap.xml")
ENDINGS = {".html", ".css", ".js", ".woff2", ".svg", ".json", ".py", ".png", ".webp", ".excalidraw"}


def files(site: Path) -> list[str]:
    """Addresses below the site's root, a folder for its index."""
    found = sorted(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file() and p.suffix in ENDINGS)
    return [f.removesuffix("index.html") for f in found if not f.startswith(LEFT_OUT)]


def write(site: Path, worker: Path) -> None:
    """The worker, and the list: a digest a file, so that an old copy lends what is unchanged, and a version of all."""
    shutil.copy(worker, site / "sw.js")
    listed = {f: hashlib.sha256(content(site, f)).hexdigest()[:8] for f in files(site)}
    version = hashlib.sha256(json.dumps(listed).encode()).hexdigest()[:12]
    text = json.dumps({"version": version, "files": listed}, separators=(",", ":"))
    (site / "offline.json").write_text(text + "\n", "utf-8")


def content(site: Path, address: str) -> bytes:
    """What stands at an address below the site's root."""
    return (site / (address + "index.html" if address.endswith("/") or not address else address)).read_bytes()


def megabytes(site: Path) -> float:
    """What it takes to fetch all of it, as hosts send it."""
    total = 0
    for f in files(site):
        data = content(site, f)
        total += len(data) if f.endswith((".woff2", ".png", ".webp")) else len(gzip.compress(data, 6))
    return total / 1e6
