"""The first use of a term on a page leads to its definition."""

import pytest

from macros.pages import glossary as glossaries


def test_only_the_first_use_is_linked(small):
    html = glossaries.link_first_uses(small, "<p>A timeout, then Timeouts.</p>", "patterns/retry/")
    assert html.count("wh-term") == 1 and html.startswith('<p>A <a class="wh-term" href="../../glossary/#timeout"')


@pytest.mark.parametrize(
    "html", ["<h2>Timeout</h2>", "<p><a href='x'>timeout</a></p>", "<code>timeout</code>", "<p>timeouted</p>"]
)
def test_headings_links_code_and_other_words_are_left_alone(small, html):
    assert glossaries.link_first_uses(small, html, "phases/dive/") == html


def test_longer_terms_and_plurals(small):
    html = glossaries.link_first_uses(small, "<p>Latencys and latency.</p>", "phases/dive/")
    assert html.count("wh-term") == 1


def test_an_everyday_word_is_linked_where_it_has_this_sense(small):
    assert "wh-term" not in glossaries.link_first_uses(small, "<p>latency</p>", "patterns/retry/")
