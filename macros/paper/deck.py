"""The pocket deck: what stands on the front and the back of each pattern's card, and where on the sheet.

A card is 96 by 65 mm, so that eight fit both A4 and Letter with room for cut marks. Type keeps its size: entries are
chosen, most important first, while lines are left; macros/paper/deck.typ measures what came of it and refuses an
overflow.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from math import ceil

from macros.facts.catalogue import Catalogue
from macros.facts.finding import Finding, GuideError
from macros.facts.model import FollowUp, Pattern
from macros.paper import sketches
from macros.paper.sizes import SIZES

WIDE, HIGH, COLUMNS, ROWS = 96.0, 65.0, 2, 4  # mm; cards across and down
LETTERS = 57  # on a line of the back at 7.6 pt, a careful guess; Typst has the last word
LINES = 14  # of text on the back
ANSWER = 3  # lines of an answer at most, unless its first sentence is longer


@dataclass(frozen=True)
class PocketCard:
    """One pattern on paper, in the words of its data."""

    slug: str
    name: str
    mark: str
    category: str
    accent: str
    problem: str
    use_when: tuple[str, ...]
    avoid_when: tuple[str, ...]
    value: str
    meaning: str
    question: str
    answer: str


def card(c: Catalogue, slug: str) -> PocketCard:
    """The view model of one card. GuideError where the pattern has no number to print."""
    p = c.patterns[slug]
    category = c.categories[p.category]
    if not p.numbers:
        raise GuideError(
            Finding(
                c.documents[f"patterns/{slug}"].path, 1, "numbers", "the pocket card prints one; add at least one entry"
            )
        )
    number, (question, answer) = p.numbers[0], follow_up(p)
    left = LINES - lines(f"{number.value}  {number.meaning}") - lines(question) - lines(answer)
    use, avoid = [p.use_when[0]], [p.avoid_when[0]]
    left -= lines(use[0]) + lines(avoid[0])
    for chosen, more in ((use, p.use_when[1:]), (avoid, p.avoid_when[1:])):
        for text in more[:1]:
            if lines(text) <= left:
                chosen.append(text)
                left -= lines(text)
    return PocketCard(
        slug=slug,
        name=p.name,
        mark=category.mark,
        category=category.name,
        accent=category.accent,
        problem=p.problem,
        use_when=tuple(use),
        avoid_when=tuple(avoid),
        value=number.value,
        meaning=number.meaning,
        question=question,
        answer=answer,
    )


def lines(text: str) -> int:
    """Lines that a text takes on the back of a card, about."""
    return ceil(len(text) / LETTERS)


def follow_up(p: Pattern) -> tuple[str, str]:
    """The question whose answer is shortest to give whole, in the interviewer's order; else its first sentences."""

    def short(one: FollowUp) -> str:
        sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z0-9])", one.answer)
        kept = sentences[:1]
        for sentence in sentences[1:]:
            if lines(" ".join([*kept, sentence])) > ANSWER:
                break
            kept.append(sentence)
        return " ".join(kept)

    first = min(p.follow_ups, key=lambda one: (lines(short(one)) > ANSWER + 1, lines(one.question) > 2))
    return first.question, short(first)


def place(index: int, paper: str, back: bool) -> tuple[float, float]:
    """Left and top edge, in mm, of card `index` (0 to 7) on its sheet; the back is turned over the long edge."""
    _, width, height = SIZES[paper]
    row, column = divmod(index, COLUMNS)
    column = COLUMNS - 1 - column if back else column
    return (width - COLUMNS * WIDE) / 2 + column * WIDE, (height - ROWS * HIGH) / 2 + row * HIGH


def deck(c: Catalogue, title: str, slugs: list[str], paper: str) -> dict:
    """The deck of these patterns."""
    return laid(title, [asdict(card(c, slug)) | {"folder": "patterns"} | _sketched(c, slug) for slug in slugs], paper)


def laid(title: str, cards: list[dict], paper: str) -> dict:
    """What macros/paper/deck.typ asks for: paper, sheets of eight cards, and the places of their two sides, in mm."""
    if paper not in SIZES:
        raise GuideError(f"no paper '{paper}' for the deck; macros/paper/sizes.py has {', '.join(SIZES)}")
    each = COLUMNS * ROWS
    _, width, height = SIZES[paper]
    return {
        "title": title,
        "paper": {"width": width, "height": height, "wide": WIDE, "high": HIGH, "columns": COLUMNS, "rows": ROWS},
        "front": [place(i, paper, back=False) for i in range(each)],
        "back": [place(i, paper, back=True) for i in range(each)],
        "sheets": [cards[i : i + each] for i in range(0, len(cards), each)],
    }


def _sketched(c: Catalogue, slug: str) -> dict:
    """The front's drawing: its height in mm and its words; the picture itself goes beside the data, see pictures()."""
    drawn = sketches.front(c, slug)
    return {"sketch": {"height": drawn.height, "alt": drawn.alt}}


def pictures(c: Catalogue, slugs: list[str]) -> dict[str, bytes]:
    """The drawings of these patterns as SVG, by the name that the template asks for."""
    return {f"{slug}.svg": sketches.front(c, slug).svg.encode() for slug in slugs}
