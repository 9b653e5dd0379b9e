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


def test_each_column_has_its_own_share_also_where_the_first_has_no_head():
    word, sentence = "short", "a sentence that is far longer than all that stands beside it in this row of the table"
    rows = f"<tr><td>{word}</td><td>{word}</td><td>{sentence}</td><td>{word}</td></tr>" * 3
    heads = "<tr><th></th><th>B</th><th>C</th><th>D</th></tr>"
    made = html.accessible(f"<table><thead>{heads}</thead><tbody>{rows}</tbody></table>")
    assert '<td class="wh-c10"></td><th class="wh-c10">B</th><th class="wh-c60">C</th><th>D</th>' in made.replace(
        "\n", ""
    )
