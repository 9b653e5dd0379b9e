"""A page's outline: the order of its sections, around whatever order its file has."""

import re

import pytest

from macros.pages import code, outline

PROSE = (
    "## How it works\n\nStep by step.\n\n```\n## no heading\n```\n\n"
    "## The problem\n\nIt hurts.\n\n## Say it in thirty seconds\n\nSaid.\n"
)


def test_a_pattern_page_has_its_sections_in_order():
    text, _ = outline.whole("patterns", "lru", PROSE)
    assert re.findall(r"^(?:## (.+)|\{\{ (\w+)\()", text, re.M) == [
        ("", "pattern_head"),
        ("Say it in thirty seconds", ""),
        ("", "use_when"),
        ("The problem", ""),
        ("How it works", ""),
        ("no heading", ""),
        ("", "misreadings"),
        ("", "numbers"),
        ("", "trade_offs"),
        ("", "failure_modes"),
        ("", "follow_ups"),
        ("", "recall_cards"),
        ("", "depth"),
        ("", "code"),
        ("", "related"),
        ("", "sources"),
        ("", "next_step"),
    ]


def test_a_phase_answers_before_it_teaches():
    text, _ = outline.whole("phases", "scope", "## When to leave\n\nGo on.\n")
    heads = re.findall(r"^## (.+)$", text, re.M)
    assert heads[:4] == ["Checklist", "When to leave", "When to enter", "What to do, step by step"]


def test_a_section_may_stand_in_a_box():
    text, lines = outline.whole("patterns", "lru", PROSE)
    assert '<div class="wh-said" markdown>\n\n## Say it in thirty seconds\n' in text
    assert re.search(r"Said\.\n+</div>\n+\{\{ use_when", text) and len(lines) == len(text.split("\n"))


def test_each_macro_is_called_with_the_page_s_own_slug():
    text, _ = outline.whole("patterns", "lru", PROSE)
    assert set(re.findall(r'\{\{ \w+\("([^"]*)"', text)) == {"lru"}


def test_a_line_of_the_page_knows_its_line_in_the_file():
    text, lines = outline.whole("patterns", "lru", PROSE)
    for n, line in enumerate(text.split("\n")):
        if line.strip() and not line.startswith(("{{", "<div", "</div")):
            assert PROSE.split("\n")[lines[n] - 1] == line


def test_what_a_person_adds_to_a_section_from_data_stands_below_it_or_above():
    text, _ = outline.whole("phases", "scope", "## When to leave\n\nGo on.\n\n## Questions to ask\n\nChoose five.\n")
    assert '{{ leave_when("scope") }}\n\n\nGo on.' in text
    assert "Choose five.\n\n{{ questions(\"scope\", 'ask') }}" in text


@pytest.mark.parametrize(
    ("parts", "opens"),
    [
        ([("Hash", 3), ("Ring", 48), ("Modulo", 60), ("Trace", 70)], "Ring"),
        ([("Bucket", 35), ("Limits", 40), ("Trace", 70)], "Bucket"),
        ([("Size", 5), ("Waits", 9), ("Trace", 70)], "Size"),  # all are short
        ([("Trace", 70)], None),
    ],
)
def test_of_the_code_the_part_with_the_algorithm_stands_open(parts, opens):
    body = "".join(f"# --- {title} ---\n\n" + "x = 1\n" * lines + "\n" for title, lines in parts)
    found = code.sections(f'"""Vocabulary."""\n\n{body}')
    assert [one.title for one in found if one.open] == ([opens] if opens else [])
