"""The rules for recall cards: one idea, short, no yes or no, and no question asked twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from macros.facts.catalogue import PAGED, Catalogue
from macros.facts.finding import Finding
from macros.facts.model import Printed, RecallCard
from macros.facts.yaml_file import Document
from macros.machines import anki

QUESTION_WORDS, ANSWER_WORDS = 30, 40
YES_NO = re.compile(r"^(is|are|was|were|do|does|did|can|could|should|will|would|has|have|must|may)\b", re.I)


def words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text)


def _asking(c: Catalogue) -> Iterator[tuple[str, Any, Document]]:
    """(slug, record, its file) of whatever has recall cards."""
    for kind, record in c.paged():
        if hasattr(record, "cards"):
            yield record.slug, record, c.documents[f"{kind.folder}/{record.slug}"]


def cards(c: Catalogue) -> Iterator[Finding]:
    """The rules for recall cards."""
    owner: dict[str, str] = {}
    for slug, record, doc in _asking(c):
        for i, card in enumerate(record.cards):
            here = ("cards", i, "question")
            other = owner.setdefault(card.id, slug)
            if other != slug or card.id in [k.id for k in record.cards[:i]]:
                yield doc.finding(("cards", i, "id"), f"card id '{card.id}' is taken in '{other}'; choose another")
            if not card.id.startswith(slug):
                yield doc.finding(("cards", i, "id"), f"card id '{card.id}' has to start with '{slug}'; rename it")
            if len(words(card.question)) > QUESTION_WORDS:
                yield doc.finding(
                    here,
                    f"question has {len(words(card.question))} words, at most {QUESTION_WORDS} are allowed; cut it",
                )
            if len(words(card.answer)) > ANSWER_WORDS:
                yield doc.finding(
                    ("cards", i, "answer"),
                    f"answer has {len(words(card.answer))} words, at most {ANSWER_WORDS} are allowed; cut it",
                )
            if YES_NO.match(card.question):
                yield doc.finding(here, "can be answered yes or no; ask why, how, what or when")
            if re.search(r"\blist (all|every|the)\b|\bname all\b", card.question, re.I):
                yield doc.finding(here, "asks for a list; ask for one idea")
            if re.match(r"^which\b.*\bor\b.*\?$", card.question, re.I):
                yield doc.finding(here, "offers the answer as a choice; ask openly")
            answer = card.answer.rstrip(".").lower()
            if len(words(answer)) <= 4 and answer in card.question.lower():
                yield doc.finding(here, f"gives its answer '{answer}' away; rephrase the question")
        for kind in ("why", "when-not"):
            if not any(card.kind == kind for card in record.cards):
                yield doc.finding(("cards",), f"no '{kind}' card; add one")


def printed(c: Catalogue) -> Iterator[Finding]:
    """data/deck.yml against the cards: none is lost without a word, and what changed is told."""
    doc = c.documents["deck"]
    asked = {card.id: card for _, record, _ in _asking(c) for card in record.cards}
    retired = {one.id for one in c.deck.retired}
    unread = tuple(slug for kind in PAGED for slug in c.written(kind.folder) if slug not in c.shelves[kind.folder])
    for id_ in c.deck.cards:
        if id_ not in asked and id_ not in retired and not id_.startswith(unread):  # of a file with mistakes of its own
            yield doc.finding(
                ("cards", id_),
                "was given to readers and is asked no more; put its text into `retired`, so Anki marks it",
            )
    for i, one in enumerate(c.deck.retired):
        if one.id in asked:
            yield doc.finding(("retired", i, "id"), f"'{one.id}' is still asked; remove it here or there")
    changed = [id_ for id_, one in c.deck.cards.items() if id_ in asked and _differs(one, asked[id_])]
    if changed:
        yield doc.finding(
            ("cards", changed[0]),
            f"cards that say something else since {c.deck.made}: {len(changed)}; run `make cards` before a release",
            warning=True,
        )


def _differs(one: Printed, card: RecallCard) -> bool:
    return anki.digest(card.question, card.answer) != one.text


SMALL = frozenset(
    "a an and are at be by can do does for from has have how in is it its must not of on one or that the this to "
    "what when where which who why with".split()
)
ALIKE = 0.7


def idea(question: str) -> frozenset[str]:
    """The words of a question that carry it, plurals made equal."""
    return frozenset(w.rstrip("s") for w in words(question.lower()) if w not in SMALL)


def twins(c: Catalogue) -> Iterator[Finding]:
    """No two cards ask nearly the same: Jaccard similarity of their words, at least 0.7."""
    seen: list[tuple[frozenset[str], str, str]] = []
    holders: dict[str, list[int]] = {}
    for slug, record, doc in _asking(c):
        for i, card in enumerate(record.cards):
            mine = idea(card.question)
            near = {n for word in mine for n in holders.get(word, ())}
            for n in sorted(near):
                theirs, id_, other = seen[n]
                if len(mine & theirs) / len(mine | theirs) >= ALIKE:
                    yield doc.finding(
                        ("cards", i, "question"),
                        f"asks nearly what '{id_}' in '{other}' asks; ask for what is different here",
                    )
                    break
            for word in mine:
                holders.setdefault(word, []).append(len(seen))
            seen.append((mine, card.id, slug))
