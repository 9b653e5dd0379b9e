"""What a reader's browser keeps for reading without a network: offline.json, and sw.js beside it.

Pages, styles, scripts, fonts, the search index and the JSON that pages ask for. Not the PDFs, and not Python (13 MB).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from pathlib import Path

LEFT_OUT = ("run/pyodide/", "api/patterns/", "api/schema/", "sw.js", "offline.json", "sitemap.xml")
ENDINGS = {".html", ".css", ".js", ".woff2", ".svg", ".json", ".py", ".png"}


def files(site: Path) -> list[str]:
    """Addresses below the site's root, a folder for its index."""
    found = sorted(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file() and p.suffix in ENDINGS)
    return [f.removesuffix("index.html") for f in found if not f.startswith(LEFT_OUT)]


def write(site: Path, worker: Path) -> None:
    """The worker, and the list with a version that changes when any listed file does."""
    shutil.copy(worker, site / "sw.js")
    digest = hashlib.sha256()
    listed = files(site)
    for f in listed:
        digest.update(f.encode() + b"\0" + (site / (f + "index.html" if f.endswith("/") or not f else f)).read_bytes())
    (site / "offline.json").write_text(
        json.dumps({"version": digest.hexdigest()[:12], "files": listed}) + "\n", "utf-8"
    )


def megabytes(site: Path) -> float:
    """What it takes to fetch all of it, as hosts send it."""
    total = 0
    for f in files(site):
        data = (site / (f + "index.html" if f.endswith("/") or not f else f)).read_bytes()
        total += len(data) if f.endswith((".woff2", ".png")) else len(gzip.compress(data, 6))
    return total / 1e6
