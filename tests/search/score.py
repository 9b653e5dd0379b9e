"""Success and rank of search results, by class of query. Used by the tests and by `make search-report`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import yaml

from macros import node
from macros.facts.finding import ROOT

HERE = Path(__file__).resolve().parent


def queries(half: str) -> list[dict]:
    """tests/search/<half>.yml: [{class, query, finds}]."""
    return yaml.safe_load((HERE / f"{half}.yml").read_text("utf-8"))["queries"]


def ours(index: Path, asked: Sequence[dict]) -> dict:
    """{ready: ms, found: [{took: ms, slugs}]} from our engine in Node."""
    done = node.run(
        "tests/search/measure.mjs", str(index), cwd=ROOT, input=json.dumps(asked), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def scores(asked: Sequence[dict], found: Sequence[Sequence[str]]) -> dict[str, dict[str, float]]:
    """{class: {n, first, three, mrr}}: share found first, share in the first three, mean of 1 / rank."""
    out: dict[str, dict[str, float]] = {}
    for kind in [*dict.fromkeys(q["class"] for q in asked), "all"]:
        ranks = [
            next((i for i, slug in enumerate(slugs, 1) if slug in q["finds"]), None)
            for q, slugs in zip(asked, found, strict=True)
            if kind in (q["class"], "all")
        ]
        n = len(ranks)
        out[kind] = {
            "n": n,
            "first": sum(r == 1 for r in ranks) / n,
            "three": sum(r is not None and r <= 3 for r in ranks) / n,
            "mrr": sum(1 / r for r in ranks if r) / n,
        }
    return out
