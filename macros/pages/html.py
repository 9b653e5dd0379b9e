"""Small repairs of the HTML that Markdown makes, so that keyboards, phones and screen readers lose nothing."""

from __future__ import annotations

import re

from macros.pages.template import readable

TABLE = re.compile(r"<table>(.*?)</table>", re.S)
HEAD = re.compile(r"<th\b([^>]*)>(.*?)</th>", re.S)
ROW = re.compile(r"<tr>(.*?)</tr>", re.S)
FIRST = re.compile(r"(<tr>\s*)<td([^>]*)>(.*?)</td>", re.S)
LINK = re.compile(r'<a class="headerlink" href="([^"]*)"[^>]*>#</a>')


def accessible(html: str) -> str:
    """Tables and code that may scroll sideways can be focused; tables of sentences can be stacked on a phone."""
    seen: dict[str, int] = {}
    html = TABLE.sub(lambda found: _table(found, seen), html)
    html = re.sub(r'(<h1\b.*?)<a class="headerlink".*?</a>(</h1>)', r"\1\2", html, flags=re.S)  # a page links itself
    html = readable(html)
    # The sign is drawn, so that it is not copied. It is no part of the heading's name and no stop for Tab.
    html = LINK.sub(
        r'<a class="headerlink" href="\1" title="Link to this section" aria-hidden="true" tabindex="-1"></a>', html
    )
    html = re.sub(r"(<pre\b[^>]*>(?:<span></span>)?)<code>", r'\1<code tabindex="0">', html)
    return html.replace("<code", '<code translate="no"')


def _table(found: re.Match, seen: dict[str, int]) -> str:
    body = found[1]
    heads = [re.sub(r"<[^>]+>", "", text).strip().replace('"', "&quot;") for _, text in HEAD.findall(body)]
    figures = 'align="right"' in body
    stacked = len(heads) > 2 and not figures
    if stacked:
        body = ROW.sub(lambda row: _labelled(row[0], heads), body)
    if len(heads) > 1:
        body = FIRST.sub(_heading_its_row, body)
    body = re.sub(r"<th([^>]*)></th>", r"<td\1></td>", body)
    kind = " wh-stack" if stacked else ""
    name = ", ".join(h for h in heads if h)
    seen[name] = seen.get(name, 0) + 1
    if seen[name] > 1:  # each region needs a name of its own
        name += f" ({seen[name]})"
    region = f'tabindex="0" role="region" aria-label="Table: {name}"'
    return f'<div class="wh-scroll{kind}" {region}><table>{body}</table></div>'


def _heading_its_row(cell: re.Match) -> str:
    """The first cell of a row names it, unless it is empty."""
    return f'{cell[1]}<th scope="row"{cell[2]}>{cell[3]}</th>' if cell[3].strip() else cell[0]


def _labelled(row: str, heads: list[str]) -> str:
    """Each cell knows the head of its column, except the first, which heads the row."""
    cells = iter(heads)

    def label(cell: re.Match) -> str:
        head = next(cells, "")
        return f'<td{cell[1]} data-label="{head}">' if head and head != heads[0] else cell[0]

    return re.sub(r"<td([^>]*)>", label, row)
