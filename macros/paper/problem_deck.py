"""The deck of problems: a card each, cut like the patterns' by macros/paper/deck.typ.

The front asks, the back answers: the decision, the number that decides it, and five numbers to know.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from macros.facts.catalogue import Catalogue
from macros.paper import deck

KEY, NAME = "problems", "Problems"
LETTERS = 250  # of the prompt on a front: whole sentences, at least the first


@dataclass(frozen=True)
class ProblemCard:
    """One problem on paper, in the words of its data."""

    slug: str
    name: str
    mark: str
    category: str
    accent: str
    prompt: str
    crux: str
    question: str
    take: str
    number: str
    because: str
    five: tuple[tuple[str, str], ...]


def card(c: Catalogue, slug: str) -> ProblemCard:
    """The view model of one card."""
    p, known = c.problems[slug], c.quantities[slug]
    settled, decision = known.decisions[p.hard.decision], p.decide[p.hard.decision]
    return ProblemCard(
        slug=slug,
        name=p.name,
        mark=str(p.order),
        category=f"Problem for {', '.join(map(str, p.slots))} minutes",
        accent="ink",
        prompt=short(p.prompt),
        crux=p.crux,
        question=decision.question,
        take=str(decision.take if settled.holds else decision.otherwise),
        number=f"{settled.left} against {settled.right}",
        because=decision.because,
        five=tuple((known.all[id].text, known.all[id].means) for id in p.first),
    )


def short(prompt: str) -> str:
    """The first sentences of a prompt, as many as a front has room for, without the question that ends each prompt."""
    kept = ""
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z0-9])", prompt):
        if kept and (len(f"{kept} {sentence}") > LETTERS or sentence.startswith("How would you")):
            break
        kept = f"{kept} {sentence}".strip()
    return kept


def laid(c: Catalogue, paper: str) -> dict:
    """What macros/paper/deck.typ asks for."""
    cards = [asdict(card(c, slug)) | {"folder": "problems"} for slug in c.problems]
    return deck.laid(f"Pocket deck: {NAME}", cards, paper)
