"""Every computed figure: who draws it, and of which scenarios.

A figure and the replay beside it are given the same module and the same input, so that neither can say what the other
does not. Where no reference module has a fact, the family's own tested code computes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from macros.facts.catalogue import Catalogue
from macros.facts.finding import Finding, GuideError, unknown
from macros.runs import traces
from macros.runs.canvas import Figure
from macros.runs.drawn import caches, copies, feeds, hashing, limits, places, steps, storage, timing, vocabulary


@dataclass(frozen=True)
class Run:
    """What a scenario gives: the module as its file stands, the input, and the frames that the replay shows."""

    module: ModuleType
    given: dict
    frames: list[dict]


@dataclass(frozen=True)
class Source:
    """Who draws a figure, and the scenarios that it is drawn of, as 'algorithm/scenario'."""

    make: Callable[..., Figure]
    scenarios: tuple[str, ...] = ()


def _of(make: Callable[..., Figure], *scenarios: str) -> Source:
    return Source(make, scenarios)


DRAWINGS: dict[str, Source] = {
    "consistent-hashing-ring": _of(hashing.ring, "consistent-hashing/ordinary"),
    "bloom-bits": _of(hashing.bits, "bloom-filter/ordinary"),
    "lru-list": _of(caches.lru, "lru/ordinary"),
    "lfu-buckets": _of(caches.lfu, "lfu/ordinary"),
    "s3-fifo-queues": _of(caches.s3_fifo, "s3-fifo/ordinary"),
    "token-bucket-level": _of(limits.bucket, "token-bucket/ordinary"),
    "window-edges": _of(limits.windows, "sliding-window/border"),
    "circuit-breaker-states": _of(limits.breaker, "circuit-breaker/ordinary"),
    "retry-waves": _of(limits.waves, "backoff/forms"),
    "quorum-overlap": _of(copies.quorum, "quorum/overlap"),
    "raft-terms": _of(copies.terms, "raft/election"),
    "raft-logs": _of(copies.logs, "raft/repair"),
    "vector-clocks": _of(copies.clocks, "logical-clocks/figure"),
    "cache-race": _of(steps.race, "cache-aside/race", "cache-aside/lease"),
    "outbox-relay": _of(steps.outbox, "outbox/relay"),
    "saga-back": _of(steps.saga, "saga/declined"),
    "two-phase-block": _of(steps.two_phase, "two-phase-commit/blocked"),
    "cursor-offset": _of(feeds.cursor, "cursor-pagination/insert"),
    "fan-out-ways": _of(feeds.fan_out, "fan-out/ordinary"),
    "lsm-levels": _of(storage.lsm),
    "b-tree-split": _of(storage.split),
    "wal-recovery": _of(storage.wal),
    "failover-loss": _of(timing.failover),
    "heartbeats": _of(timing.heartbeats),
    "bit-rate-ladder": _of(timing.ladder),
    "geohash-borders": _of(places.borders),
    "vocabulary": _of(vocabulary.words),
    "count-min-cells": _of(hashing.counters, "count-min/ordinary"),
    "hyperloglog-registers": _of(hashing.registers, "hyperloglog/ordinary"),
}


def drawing(c: Catalogue, name: str) -> Figure:
    """The figure; GuideError where there is none of the name, or where its scenario is gone or does not fit it."""
    if name not in DRAWINGS:
        raise GuideError(unknown("drawing", name, DRAWINGS, "macros/runs/drawings.py"))
    source = DRAWINGS[name]
    given = [_run(c, name, one) for one in source.scenarios]
    try:
        made = source.make(*given)
        made.drawn()
        return made
    except (LookupError, TypeError, ValueError, AttributeError, StopIteration) as error:
        remedy = "give the scenario what the figure shows, or mend the figure in macros/runs/drawn/"
        where = _place(c, source.scenarios[0]) if source.scenarios else Finding("macros/runs/drawings.py", 1, "", "")
        text = f"drawing '{name}' cannot be made of it: {error!r}; {remedy}"
        raise GuideError(Finding(where.path, where.line, "", text)) from error


def _run(c: Catalogue, name: str, scenario: str) -> Run:
    algorithm, _, key = scenario.partition("/")
    found = next((s for s in c.algorithms[algorithm].scenarios if s.id == key), None)
    if found is None:
        known = [s.id for s in c.algorithms[algorithm].scenarios]
        text = f"{unknown('scenario', key, known, 'scenarios')}, which drawing '{name}' shows"
        raise GuideError(Finding(c.documents[f"algorithms/{algorithm}"].path, 1, "", text))
    frames = traces.runs(c, algorithm)[key]
    given = json.loads(json.dumps(traces.plain(found.input)))  # a copy: a module may take it apart
    return Run(traces.executed(traces.source(c, algorithm)), given, frames)


def _place(c: Catalogue, scenario: str) -> Finding:
    algorithm, _, key = scenario.partition("/")
    doc = c.documents[f"algorithms/{algorithm}"]
    n = next(n for n, s in enumerate(c.algorithms[algorithm].scenarios) if s.id == key)
    return Finding(doc.path, doc.line(("scenarios", n)), "", "")
