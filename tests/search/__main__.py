"""make search-report: what our search, plain BM25 and Material's stock search find, by class and half.

Material's is its own plugin's index over the same Markdown, read by lunr with the theme's settings: titles weigh a
thousand times as much as text, every word is also taken as the beginning of a word, sections count for their page.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from macros import node
from macros.facts import catalogue as facts
from macros.facts.finding import ROOT
from tests.bench import __main__ as bench
from tests.search import keystrokes, nonsense, score

OVERLAP = {"under .1": 0.1, ".1 to .3": 0.3, ".3 and more": 2.0}  # shared with the likeliest line of `searches`
SCRIPT = Path(__file__).resolve().parent / "material.mjs"


def build(config: str, site: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", config, "--site-dir", str(site)], cwd=ROOT, check=True
    )


def material(site: Path, asked: list[dict]) -> dict:
    import mkdocs

    lunr = Path(mkdocs.__file__).parent / "contrib/search/templates/search/lunr.js"
    done = node.run(
        str(SCRIPT), str(lunr), str(site / "search/search_index.json"), cwd=ROOT, input=json.dumps(asked),
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


SHARED = ("frontend/address", "frontend/make", "frontend/storage")
SETS = {
    "tune": score.queries("tune"),
    "held": score.queries("held"),
    "public tune": score.public("tune"),
    "held, frozen": [q for q in score.public("held", pages=False) if q["class"] == "problem"],
    "public held": score.public("held"),
    "held, unseen": score.public("held", unseen=True),
    "fresh": score.fresh(),
    "kinds": score.kinds(),
    "told": score.told(),
    "later": score.later(),
    "named": score.named(),
    "asked": score.asked(),
}


# The finder's page loads the engine as well; a page with a search field does not load the finder.
SCRIPTS = {
    "engine and interface": ("frontend/search/engine", "frontend/search/mount", *SHARED),
    "finder and comparison": ("frontend/finder",),
}


def table(half: str, asked: list[dict], mine: dict, simple: dict, theirs: dict) -> None:
    """One line a class, with the median number of results that are shown."""
    a, b, d = (score.scores(asked, [f["slugs"] for f in result["found"]]) for result in (mine, simple, theirs))
    for kind in a:
        shown = median(f["shown"] for q, f in zip(asked, mine["found"], strict=True) if kind in (q["class"], "all"))
        print(
            f"{half:<13}{kind:<12}{a[kind]['n']:>4}  {a[kind]['first']:>11.2f}{a[kind]['three']:>7.2f}"
            f"{a[kind]['mrr']:>7.2f}{shown:>7.0f}"
            f"  {b[kind]['first']:>12.2f}{b[kind]['three']:>7.2f}  {d[kind]['first']:>16.2f}{d[kind]['three']:>7.2f}"
        )


def narrowed(c: facts.Catalogue, asked: list[dict], *results: dict) -> tuple:
    """Symptoms and sentences only, by how much they share with the lines of `searches`."""
    kept = [i for i, q in enumerate(asked) if q["class"] in ("symptom", "sentence")]
    some = [asked[i] for i in kept]
    shares = score.overlaps(c, some)
    named = [next(name for name, most in OVERLAP.items() if share < most) for share in shares]
    return (
        [q | {"class": name} for q, name in zip(some, named, strict=True)],
        *({"found": [result["found"][i] for i in kept]} for result in results),
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        site, stock = Path(folder) / "site", Path(folder) / "stock"
        build("mkdocs.yml", site)
        text = (ROOT / "mkdocs.yml").read_text("utf-8")
        config = ROOT / "mkdocs.stock.yml"
        config.write_text(re.sub(r"^plugins:.*$", "plugins:\n  - search", text, count=1, flags=re.M), "utf-8")
        try:
            build(config.name, stock)
        finally:
            config.unlink()
        index = next((site / "search").glob("index.*.json"))
        documents = ROOT / "build" / "search.json"
        c, _ = facts.catalogue()
        print(
            f"{'half':<7}{'class':<12}{'n':>4}  {'ours: first':>12}{'three':>7}{'MRR':>7}{'shown':>7}"
            f"  {'BM25: first':>12}{'three':>7}  {'Material: first':>16}{'three':>7}"
        )
        for half, asked in SETS.items():
            mine, simple, theirs = score.ours(index, asked), score.plain(documents, asked), material(stock, asked)
            table(half, asked, mine, simple, theirs)
            if any(q["class"] == "symptom" and "accept" in q for q in asked):
                table(half, *narrowed(c, asked, mine, simple, theirs))
        for name, result in (("ours", mine), ("Material", theirs)):
            took = sorted(f["took"] for f in result["found"])
            print(
                f"{name}: {result['ready']:.0f} ms to be ready, "
                f"{took[len(took) // 2]:.2f} ms p50, {took[int(len(took) * 0.95)]:.2f} ms p95 in Node"
            )
        pages = len(list(site.rglob("*.html")))
        for label, path in (("ours", index), ("Material", stock / "search/search_index.json")):
            size = len(gzip.compress(path.read_bytes(), 9))
            print(f"index {label}: {size / 1000:.0f} kB gzip, {size / pages / 1000:.2f} kB a page ({pages} pages)")
        parts = json.loads((ROOT / "build/assets/manifest.json").read_text("utf-8"))["parts"]
        for label, rooms in SCRIPTS.items():
            own = [n for n, inputs in parts.items() if any(i.startswith(rooms) for i in inputs) and n[:4] != "main"]
            size = sum(len(gzip.compress((site / "assets" / name).read_bytes(), 9)) for name in own)
            print(f"{label}: {size / 1000:.1f} kB gzip")
        asked = [q["query"] for q in score.queries("held") + score.public("held")]
        for slower in (1, 4):
            took = keystrokes.measure(site, asked[::9], slower)
            print(f"key press to painted results in Chromium, {slower}x slower: {spread(took)} ({len(took)} presses)")
        took = sorted(f["took"] for f in score.ours(index, [{"query": q} for q in nonsense.strings(10_000)])["found"])
        print(f"10,000 strings of nonsense: {spread(took)}, longest {took[-1]:.1f} ms")
    for n in bench.SIZES:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "ours"
            bench.synthetic(root, n)
            bench.run([sys.executable, "-m", "mkdocs", "build", "-q", "--site-dir", "site"], root)
            index = next((root / "site/search").glob("index.*.json"))
            asked = [
                {"query": q}
                for i in range(0, n, max(1, n // 100))
                for q in (bench.name(i), bench.name(i)[:7], f"half-open state {i}")
            ]
            took = sorted(f["took"] for f in score.ours(index, asked)["found"])
            size, pages = len(gzip.compress(index.read_bytes(), 9)), len(list((root / "site").rglob("*.html")))
            print(
                f"{n} synthetic patterns: {spread(took)} in Node, index {size / 1000:.0f} kB gzip, "
                f"{size / pages / 1000:.2f} kB a page",
                flush=True,
            )


def spread(took: list[float]) -> str:
    return f"{took[len(took) // 2]:.2f} ms p50, {took[int(len(took) * 0.95)]:.2f} ms p95"


if __name__ == "__main__":
    main()
