"""Success and rank of search results, by class of query. Used by the tests and by `make search-report`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import yaml

from macros import node
from macros.facts.catalogue import Catalogue, catalogue
from macros.facts.finding import ROOT

HERE = Path(__file__).resolve().parent
PUBLIC, FRESH, LATER, KINDS, TOLD, NAMED, ASKED = (
    HERE / f"{name}.yml" for name in ("public", "fresh", "later", "kinds", "told", "named", "asked")
)
FRESH_FROZEN = "0bb487ee333382bb0191f3422906f52d44140da4ddac1c7b3434a010b47f144a"
NAMED_FROZEN = "6e9e5389f0a00aaaeb8c1f96564e2e6872d9564786801327f594607ea90ad688"
ASKED_FROZEN = "9c290d3556e72805a83d4d19c93725ffe4e237ccfa1dae93cb7b699033357307"
LATER_FROZEN = "f7b261976a473fb1129e468d36575af672646feab20a74f853730adcac56e697"
FROZEN = "1c70a9bbf19ce3c1c73e9c4488b8f1d5e884cc68959adeec5655f00e12b0cc89"
# Lines of public.yml that the search's author saw before tuning; see docs/contributing/search.md.
SEEN = 56


def queries(half: str) -> list[dict]:
    """tests/search/<half>.yml, queries made by the project: [{class, query, finds}]."""
    return yaml.safe_load((HERE / f"{half}.yml").read_text("utf-8"))["queries"]


def public(half: str, unseen: bool = False, pages: bool = True) -> list[dict]:
    """What people wrote in public, of one half: [{class, query, finds}]. `unseen`: without those seen by accident.

    What is accepted was written down before problems had pages. Without `pages` it is taken as it stands: a problem's
    page is wrong wherever it comes first. With them, a query that asks for a problem also accepts the page of the slug
    that its frozen line gave the problem.
    """
    every = yaml.safe_load(PUBLIC.read_text("utf-8"))["queries"]
    kept = [q for i, q in enumerate(every) if q["half"] == half and not (unseen and i < SEEN)]
    return [q | {"finds": [*q["accept"], *(_pages(q) if pages else [])]} for q in kept]


def fresh() -> list[dict]:
    """What people wrote in public, collected and frozen before the held half of `public` was tuned on; read since."""
    return _collected(FRESH)


def kinds() -> list[dict]:
    """Products, codes, comparisons and problems as people type them, to tune on."""
    return _collected(KINDS)


def later() -> list[dict]:
    """What people wrote in public once more, which nobody who tunes has read."""
    return _collected(LATER)


def told() -> list[dict]:
    """Products and problems in half sentences and odd orders, to tune on."""
    return _collected(TOLD)


def asked() -> list[dict]:
    """What `named` has, from other threads, and accepted by their collectors alone; nobody who tunes has read it."""
    return _collected(ASKED)


def named() -> list[dict]:
    """Products, codes, comparisons and problems as people type them, which nobody who tunes has read."""
    return _collected(NAMED)


def _collected(path: Path) -> list[dict]:
    every = yaml.safe_load(path.read_text("utf-8"))["queries"]
    return [q | {"finds": q["accept"]} for q in every]


@cache
def _problems() -> frozenset[str]:
    """Those that have a page."""
    return frozenset(catalogue()[0].problems)


def _pages(q: dict) -> list[str]:
    """The problem's page that answers a query which asks for one: the line itself named it, before there were pages."""
    return [q["problem"]] if q.get("problem") in _problems() else []


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def ours(index: Path, asked: Sequence[dict]) -> dict:
    """{ready: ms, found: [{took: ms, shown, slugs}]} from our engine in Node."""
    return _asked("measure.mjs", index, asked)


def plain(documents: Path, asked: Sequence[dict]) -> dict:
    """The same from plain BM25 over build/search.json."""
    return _asked("plain.mjs", documents, asked)


def _asked(script: str, given: Path, asked: Sequence[dict]) -> dict:
    bare = [{"query": q["query"]} for q in asked]
    done = node.run(
        f"tests/search/{script}", str(given), cwd=ROOT, input=json.dumps(bare), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def scores(
    asked: Sequence[dict], found: Sequence[Sequence[str]], of: Callable[[dict], str] = lambda q: q["class"]
) -> dict[str, dict[str, float]]:
    """{class: {n, first, three, mrr}}: share found first, share in the first three, mean of 1 / rank."""
    out: dict[str, dict[str, float]] = {}
    for kind in [*dict.fromkeys(of(q) for q in asked), "all"]:
        ranks = [
            next((i for i, slug in enumerate(slugs, 1) if slug in q["finds"]), None)
            for q, slugs in zip(asked, found, strict=True)
            if kind in (of(q), "all")
        ]
        n = len(ranks)
        out[kind] = {
            "n": n,
            "first": sum(r == 1 for r in ranks) / n,
            "three": sum(r is not None and r <= 3 for r in ranks) / n,
            "mrr": sum(1 / r for r in ranks if r) / n,
        }
    return out


def overlaps(c: Catalogue, asked: Sequence[dict]) -> list[float]:
    """How much each query shares with the line of `searches` of an accepted page most like it (Jaccard, stems)."""
    texts = sorted(
        {q["query"] for q in asked} | {line for q in asked for slug in q["finds"] for line in _searches(c, slug)}
    )
    script = (
        "import { terms } from './frontend/search/words.ts'; import { readFileSync } from 'node:fs';"
        "console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map((text) => terms(text))))"
    )
    done = node.run(
        "--input-type=module", "-e", script, cwd=ROOT, input=json.dumps(texts), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    stems = {text: set(terms) for text, terms in zip(texts, json.loads(done.stdout), strict=True)}

    def alike(one: set[str], other: set[str]) -> float:
        return len(one & other) / (len(one | other) or 1)

    return [
        max(
            (alike(stems[q["query"]], stems[line]) for slug in q["finds"] for line in _searches(c, slug)),
            default=0.0,
        )
        for q in asked
    ]


def _searches(c: Catalogue, slug: str) -> tuple[str, ...]:
    for kind in ("patterns", "phases", "playbooks"):
        if slug in c.shelves[kind]:
            return c.shelves[kind][slug].searches
    return ()
