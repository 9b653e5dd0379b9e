"""What html.py does to a page around Markdown."""

import markdown

from macros.pages import html

PAGE = """
# A page

<figure>
<svg width="9"><title>One</title>

<path d="M0 0"/></svg>
</figure>

Text, and <svg><path d="M1 1"/></svg> within a line.
"""


def test_a_drawing_passes_by_markdown_unchanged():
    text, drawings = html.held(PAGE)
    assert "path" not in text and len(drawings) == 2
    whole = html.whole(markdown.markdown(text, extensions=["md_in_html"]), drawings)
    assert '<svg width="9"><title>One</title>\n\n<path d="M0 0"/></svg>' in whole
    assert '<p>Text, and <svg><path d="M1 1"/></svg> within a line.</p>' in whole
