"""The pocket deck: fronts and backs meet, nothing is cut, and equal data gives equal bytes."""

from __future__ import annotations

import builtins
import math
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from macros.facts.catalogue import Catalogue, Shelf
from macros.facts.finding import GuideError
from macros.pages import figures
from macros.paper import deck, problem_deck, sketches, typeset
from macros.paper import deck_pdf as decks
from macros.paper.sizes import SIZES

MM = 72 / 25.4


@pytest.fixture(scope="module")
def printed(site, catalogue) -> dict[str, PdfReader]:
    """Paper to the deck of one category, as the build wrote it."""
    return {paper: PdfReader(site / "cheat-sheets" / f"deck-resilience-{paper}.pdf") for paper in SIZES}


def with_pattern(c: Catalogue, pattern) -> Catalogue:
    """The catalogue with one pattern in another form."""
    records = dict(c.patterns) | {pattern.slug: pattern}
    return replace(c, shelves=c.shelves | {"patterns": Shelf("pattern", records, "data/patterns/")})


def marks(page, height: float) -> list[tuple[str, float, float, float]]:
    """Every run of text: words, left in mm, distance from the top in mm, size in points."""
    out = []

    def visit(text, matrix, position, font, size):
        if text.strip():
            x = position[4] * matrix[0] + position[5] * matrix[2] + matrix[4]
            y = position[4] * matrix[1] + position[5] * matrix[3] + matrix[5]
            scale = abs(position[3] * matrix[3]) or 1
            out.append((text.strip(), x / MM, height - y / MM, size * scale))

    page.extract_text(visitor_text=visit)
    return out


def spots(page, paper: str, names: list[str], back: bool) -> dict[str, tuple[int, int]]:
    """Name to the column and row of the card in which it is printed, from positions in the PDF."""
    _, width, height = SIZES[paper]
    left, top = (width - deck.COLUMNS * deck.WIDE) / 2, (height - deck.ROWS * deck.HIGH) / 2
    found = {}
    for text, x, y, _ in marks(page, height):
        if text in names:
            found.setdefault(text, (int((x - left) // deck.WIDE), int((y - top) // deck.HIGH)))
    return found


@pytest.mark.parametrize("paper", SIZES)
def test_turned_over_the_long_edge_each_back_lies_behind_its_front(printed, catalogue, paper):
    reader, cards = printed[paper], [p.name for p in catalogue.in_category("resilience")]
    assert len(reader.pages) == 2 * -(-len(cards) // 8)
    assert [float(v) / MM for v in reader.pages[0].mediabox[2:]] == pytest.approx(SIZES[paper][1:], abs=0.1)
    for n in range(0, len(reader.pages), 2):
        names = cards[n * 4 : n * 4 + 8]
        front, back = spots(reader.pages[n], paper, names, False), spots(reader.pages[n + 1], paper, names, True)
        assert set(front) == set(back) == set(names)
        for name in names:
            column, row = front[name]
            assert back[name] == (deck.COLUMNS - 1 - column, row), name
            assert 0 <= column < deck.COLUMNS and 0 <= row < deck.ROWS


@pytest.mark.parametrize("paper", SIZES)
def test_edges_of_front_and_back_coincide(paper):
    width = SIZES[paper].width
    for i in range(8):
        (x, y), (behind, same) = deck.place(i, paper, back=False), deck.place(i, paper, back=True)
        assert x + behind + deck.WIDE == pytest.approx(width) and y == same


def test_all_cards_stand_in_the_deck_of_all(site, catalogue):
    reader = PdfReader(site / "cheat-sheets" / "deck-all-a4.pdf")
    assert len(reader.pages) == 2 * -(-len(catalogue.patterns) // 8)
    text = " ".join(page.extract_text() for page in reader.pages[::2])
    plain = re.sub(r"\s+", " ", text)
    assert [p.name for p in catalogue.patterns.values() if p.name not in plain] == []
    for key, _, _ in decks.decks(catalogue):
        for paper in SIZES:
            assert (site / "cheat-sheets" / f"deck-{key}-{paper}.pdf").exists()


def test_fonts_are_embedded_type_is_large_enough_and_the_document_is_tagged(printed):
    for paper, reader in printed.items():
        assert reader.metadata.title == "Pocket deck: Resilience" and reader.root_object["/Lang"].startswith("en")
        assert "/StructTreeRoot" in reader.root_object
        for page in reader.pages:
            for font in page["/Resources"]["/Font"].values():
                below = font.get_object()["/DescendantFonts"][0].get_object()
                assert any(key.startswith("/FontFile") for key in below["/FontDescriptor"].get_object())
        small = {
            (t, round(s, 1)) for page in reader.pages for t, _, _, s in marks(page, SIZES[paper].height) if s < 6.99
        }
        assert small == set()


def test_equal_data_gives_equal_bytes(catalogue, tmp_path, monkeypatch):
    data, files = (
        deck.deck(catalogue, "Two", ["circuit-breaker", "lru"], "a4"),
        deck.pictures(catalogue, ["circuit-breaker", "lru"]),
    )
    kept = typeset.compile("deck", data, files).read_bytes()
    (tmp_path / "again").mkdir()
    fonts = typeset.fonts()
    monkeypatch.setattr(typeset, "fonts", lambda: fonts)
    monkeypatch.setattr(typeset, "BUILD", tmp_path / "again")
    assert typeset.compile("deck", data, files).read_bytes() == kept


def test_a_card_that_does_not_fit_is_named_with_the_amount(catalogue):
    pattern = catalogue.patterns["circuit-breaker"]
    crowded = pattern.model_copy(update={"use_when": ("word " * 120 + "end.",)})
    c = with_pattern(catalogue, crowded)
    with pytest.raises(GuideError) as caught:
        typeset.compile("deck", deck.deck(c, "One", ["circuit-breaker"], "a4"), deck.pictures(c, ["circuit-breaker"]))
    assert re.fullmatch(
        r"data/patterns/circuit-breaker.yml:1: the back of card 'Circuit breaker' is [\d.]+ mm too high; "
        r"shorten what it shows, or lower LINES in macros/paper/deck.py",
        str(caught.value),
    )


@pytest.mark.parametrize("paper", SIZES)
def test_each_problem_has_a_card_that_asks_on_its_front_and_answers_on_its_back(site, catalogue, paper):
    reader = PdfReader(site / "cheat-sheets" / f"deck-problems-{paper}.pdf")
    assert len(reader.pages) == 2 * -(-len(catalogue.problems) // 8)
    bare = lambda text: re.sub(r"\s+", "", text)  # noqa: E731
    fronts, backs = (bare(" ".join(page.extract_text() for page in reader.pages[n::2])) for n in (0, 1))
    for slug, p in catalogue.problems.items():
        card = problem_deck.card(catalogue, slug)
        assert all(bare(text) in fronts for text in (p.name, card.prompt, p.crux)), slug
        assert all(bare(text) in backs for text in (p.name, card.question, card.take, card.number, card.because)), slug
        assert len(card.five) == 5 and all(bare(number + means) in backs for number, means in card.five), slug
        assert card.number not in fronts
    small = {t for page in reader.pages for t, _, _, s in marks(page, SIZES[paper].height) if s < 6.99}
    assert small == set()


def test_a_prompt_is_shortened_at_a_sentence(catalogue):
    for p in catalogue.problems.values():
        short = problem_deck.short(p.prompt)
        assert (
            p.prompt.startswith(short)
            and short[-1] in ".?!"
            and len(short) <= max(problem_deck.LETTERS, len(p.prompt.split(". ")[0]) + 1)
        )


def test_a_card_of_a_problem_that_does_not_fit_is_named_with_the_amount(catalogue):
    data = problem_deck.laid(catalogue, "a4")
    data["sheets"][0][0]["because"] = "word " * 200
    with pytest.raises(GuideError) as caught:
        typeset.compile("deck", data, {})
    assert re.fullmatch(
        r"data/problems/news-feed.yml:1: the back of card 'News feed' is [\d.]+ mm too high; "
        r"shorten what it shows, or lower LETTERS in macros/paper/problem_deck.py",
        str(caught.value),
    )


def test_entries_are_chosen_while_lines_are_left(catalogue):
    for slug, pattern in catalogue.patterns.items():
        card = deck.card(catalogue, slug)
        assert card.use_when[0] == pattern.use_when[0] and card.avoid_when[0] == pattern.avoid_when[0]
        answers = {one.question: one.answer for one in pattern.follow_ups}
        assert answers[card.question].startswith(card.answer)


def test_a_pattern_without_a_number_and_an_unknown_paper_are_named(catalogue):
    bare = catalogue.patterns["lru"].model_copy(update={"numbers": ()})
    c = with_pattern(catalogue, bare)
    with pytest.raises(
        GuideError, match="data/patterns/lru.yml:1: numbers: the pocket card prints one; add at least one"
    ):
        deck.card(c, "lru")
    with pytest.raises(GuideError, match="no paper 'a5' for the deck; macros/paper/sizes.py has a4, letter"):
        deck.deck(catalogue, "x", ["lru"], "a5")


def test_drawings_on_paper_have_colors_of_their_own_and_fit(catalogue, site):
    hour = sketches.named(catalogue.interview.board.drawing, 11)
    assert "var(" not in hour.svg and "Client" in hour.svg
    assert sketches.named("chat-board", 11) is None  # its boxes say more than fits
    svg = figures.filled(catalogue, "chat-board", figures.narrow("chat-board"), said=True)
    drawn = sketches.board(svg, "told", (90, 60))
    assert "var(" not in drawn.svg and drawn.width <= 90
    assert drawn.width / 336 * 72 / 25.4 * sketches.TOLD >= sketches.LEAST > 8.5  # rather higher than smaller
    with pytest.raises(
        GuideError, match=r"a sketch asks for the color --new; add it to INKS in macros/paper/sketches.py"
    ):
        sketches.inked('<rect fill="var(--new)"/>', 10)


def test_fronts_do_not_depend_on_how_a_python_adds_up_floats(catalogue, monkeypatch):
    """sum() has compensated for rounding since 3.12: a coordinate that went through it would differ on 3.11."""

    def plainly(values, start=0):
        for one in values:
            start += one
        return start

    def closely(values, start=0):
        values = list(values)
        return math.fsum([start, *values]) if any(isinstance(one, float) for one in values) else plainly(values, start)

    drawn = []
    for adds in (plainly, closely):
        monkeypatch.setattr(builtins, "sum", adds)
        drawn.append({slug: sketches.front(catalogue, slug).svg for slug in catalogue.patterns})
    monkeypatch.undo()
    assert [slug for slug in catalogue.patterns if drawn[0][slug] != drawn[1][slug]] == []
