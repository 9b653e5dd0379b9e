"""A page's outline: the order of its sections, around whatever order its file has."""

import re

from macros.pages import outline

PROSE = (
    "## How it works\n\nStep by step.\n\n```\n## no heading\n```\n\n"
    "## The problem\n\nIt hurts.\n\n## Say it in thirty seconds\n\nSaid.\n"
)


def test_a_pattern_page_has_its_sections_in_order():
    text, _ = outline.whole("patterns", "lru", PROSE)
    assert re.findall(r"^(?:## (.+)|\{\{ (\w+)\()", text, re.M) == [
        ("", "pattern_head"),
        ("The problem", ""),
        ("How it works", ""),
        ("no heading", ""),
        ("", "misreadings"),
        ("", "numbers"),
        ("", "trade_offs"),
        ("", "failure_modes"),
        ("Say it in thirty seconds", ""),
        ("", "follow_ups"),
        ("", "recall_cards"),
        ("", "depth"),
        ("", "code"),
        ("", "related"),
        ("", "sources"),
    ]


def test_each_macro_is_called_with_the_page_s_own_slug():
    text, _ = outline.whole("patterns", "lru", PROSE)
    assert set(re.findall(r'\{\{ \w+\("([^"]*)"', text)) == {"lru"}


def test_a_line_of_the_page_knows_its_line_in_the_file():
    text, lines = outline.whole("patterns", "lru", PROSE)
    for n, line in enumerate(text.split("\n")):
        if line.strip() and not line.startswith("{{"):
            assert PROSE.split("\n")[lines[n] - 1] == line


def test_what_a_person_adds_to_a_section_from_data_stands_below_it_or_above():
    text, _ = outline.whole("phases", "scope", "## When to leave\n\nGo on.\n\n## Questions to ask\n\nChoose five.\n")
    assert '{{ leave_when("scope") }}\n\n\nGo on.' in text
    assert "Choose five.\n\n{{ questions(\"scope\", 'ask') }}" in text
