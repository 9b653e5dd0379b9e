"""practice/cards.json and practice/follow-ups.json: what "Ask me" asks, with what it shows of a card's pattern.

Cards stand in the order in which new ones are asked: those of the patterns that most problems need first, and of each
pattern one before the second of another. A follow-up has no id of its own, so its question gives one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.facts.catalogue import Catalogue
from macros.facts.model import Pattern, RecallCard
from macros.facts.problem import Problem
from macros.pages.patterns import CONFUSED

KINDS = ("why", "what", "how", "when-not", "number")  # in this order of one pattern


def files(c: Catalogue) -> dict[str, str]:
    """Path below the site to content; equal data gives equal bytes."""
    made = {
        "owners": owners(c),
        "categories": {slug: one.name for slug, one in c.categories.items()},
        "phases": {slug: one.name for slug, one in c.phases.items()},
        "cards": [
            _card(card.id, place, card.question, card.answer) | {"kind": card.kind} for place, card in in_order(c)
        ],
    }
    return {"practice/cards.json": _text(made), "practice/follow-ups.json": _text(list(_follow_ups(c)))}


def asking(c: Catalogue) -> Iterator[tuple[str, Pattern | Problem]]:
    """('patterns/saga', its record) of whatever has cards: patterns that many problems need first, then problems."""
    needed = {slug: len(c.needing(slug)) for slug in c.patterns}
    for slug in sorted(c.patterns, key=lambda slug: -needed[slug]):
        yield f"patterns/{slug}", c.patterns[slug]
    for slug, record in c.problems.items():
        yield f"problems/{slug}", record


def in_order(c: Catalogue) -> list[tuple[str, RecallCard]]:
    """(page, card), in the order in which new ones are asked."""
    found = [
        (i, place, card)
        for place, record in asking(c)
        for i, card in enumerate(sorted(record.cards, key=lambda card: KINDS.index(card.kind)))
    ]
    return [(place, card) for i, place, card in sorted(found, key=lambda one: one[0])]


def why(record: Pattern | Problem) -> str:
    """The trouble that it is for, in one sentence: what an answer is worth."""
    return str(record.problem if isinstance(record, Pattern) else record.crux)


def source(c: Catalogue, record: Pattern | Problem) -> tuple[str, str]:
    """Title and address of the first primary source, or of the first."""
    cited = [c.sources[one.source] for one in record.sources]
    one = next((source for source in cited if source.primary), cited[0])
    return f"{one.title}, {one.by}, {one.year}", one.url


def owners(c: Catalogue) -> dict[str, dict[str, Any]]:
    """What a card shows of its page, and by what it is chosen."""
    out: dict[str, dict[str, Any]] = {}
    for place, record in asking(c):
        title, url = source(c, record)
        out[place] = {"name": record.name, "why": why(record), "source": {"title": title, "url": url}}
        if isinstance(record, Pattern):
            confused = [f"patterns/{link.to}" for link in c.links(record.slug) if link.kind == CONFUSED]
            out[place] |= {"category": record.category, "phases": record.phases}
            out[place] |= {"confused": confused} if confused else {}
        else:
            out[place]["uses"] = [f"patterns/{one.pattern}" for one in record.exercises]
    return out


def _follow_ups(c: Catalogue) -> Iterator[dict[str, str]]:
    for place, record in asking(c):
        for one in record.follow_ups:
            id_ = f"{record.slug}~{hashlib.sha256(one.question.encode()).hexdigest()[:8]}"
            yield _card(id_, place, one.question, one.answer)


def _card(id_: str, place: str, question: str, answer: str) -> dict[str, str]:
    return {"id": id_, "of": place, "question": str(question), "answer": str(answer)}


def _text(made: Any) -> str:
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n"


def write(c: Catalogue, site: Path) -> None:
    for path, text in files(c).items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
