"""Small repairs of the HTML that Markdown makes, so that keyboards, phones and screen readers lose nothing."""

from __future__ import annotations

import math
import re
from html import escape, unescape

from macros.pages.template import readable

TABLE = re.compile(r"<table>(.*?)</table>", re.S)
HEAD = re.compile(r"<th\b([^>]*)>(.*?)</th>", re.S)
SVG = re.compile(r"<svg\b.*?</svg>", re.S)
HELD = re.compile(r'<svg data-held="(\d+)"></svg>')
LINK = re.compile(r'<a class="headerlink" href="([^"]*)"[^>]*>#</a>')
ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.S)
CELL = re.compile(r"<td\b([^>]*)>(.*?)</td>", re.S)
SHORT = 48  # characters of the longest cell of a table that stays one on a phone
WIDE, PADDING = 115, 3  # characters of a table's line, and of the room beside a cell's text
SHARES = (10, 15, 20, 25, 30, 40, 50, 60)  # of the width in percent, see frontend/styles/table.css
LINE, SCREEN = 42, 26  # characters of a phone's line, and lines of its screen: a longer stack folds to its first cells


def held(markdown: str) -> tuple[str, list[str]]:
    """A page's Markdown with a mark for each drawing, and the drawings."""
    drawings = SVG.findall(markdown)
    marks = iter(range(len(drawings)))
    return SVG.sub(lambda _: f'<svg data-held="{next(marks)}"></svg>', markdown), drawings


def whole(html: str, drawings: list[str]) -> str:
    """The page with each drawing where its mark stood."""
    return HELD.sub(lambda found: drawings[int(found[1])], html)


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
    """On a phone a table of short cells scrolls below a fixed first column; of sentences, stacks or folds."""
    body = found[1]
    heads = [escape(_bare(text)) for _, text in HEAD.findall(body)]
    rows = [[_bare(text) for _, text in CELL.findall(row)] for row in ROW.findall(body)]
    longest = max((len(text) for row in rows for text in row), default=0)
    lines = sum(-(-(len(text) + len(head)) // LINE) for row in rows for text, head in zip(row, heads, strict=False))
    stacked = longest > SHORT and (len(heads) > 2 or lines > SCREEN) and 'align="right"' not in body
    if stacked:
        body = ROW.sub(lambda row: _labelled(row[0], heads), body)
    if stacked and len(heads) > 3:  # columns that keep their width while rows still come
        body = _spread(body, heads, rows)
    body = re.sub(r"<th([^>]*)></th>", r"<td\1></td>", body)
    if len(heads) > 1:
        body = ROW.sub(lambda row: _headed(row[0]), body)
    kind = " wh-stack" * stacked + " wh-fold" * (stacked and lines > SCREEN)
    name = ", ".join(h for h in heads if h)
    seen[name] = seen.get(name, 0) + 1
    if seen[name] > 1:  # each region needs a name of its own
        name += f" ({seen[name]})"
    region = f'tabindex="0" role="region" aria-label="Table: {name}"'
    return f'<div class="wh-scroll{kind}" {region}><table>{body}</table></div>'


def _spread(body: str, heads: list[str], rows: list[list[str]]) -> str:
    """Each column but the last has its share of the width written down, as a browser that knows all rows gives it."""
    columns = list(zip(heads, *(row for row in rows if len(row) == len(heads)), strict=True))
    least = [PADDING + max((len(word) for text in column for word in text.split()), default=0) for column in columns]
    most = [PADDING + max(len(text) for text in column) for column in columns]
    room = max(0, WIDE - sum(least)) / max(1, sum(most) - sum(least))
    wide = [low + min(1, room) * (high - low) for low, high in zip(least, most, strict=True)]
    shares = iter([min(SHARES, key=lambda share: abs(share - 100 * one / math.fsum(wide))) for one in wide])
    return HEAD.sub(lambda head: f'<th class="wh-c{next(shares)}"{head[1]}>{head[2]}</th>', body, count=len(heads) - 1)


def _bare(html: str) -> str:
    one = re.sub(
        r"((?:<span class=\"wh-slot-\d+\">[^<]*</span>)){2,}", r"\1", html
    )  # of those for each slot one is seen
    return unescape(re.sub(r"<[^>]+>", "", one)).strip()


def _headed(row: str) -> str:
    """The first cell of a row names it, unless it is empty, or the row is the table's head."""
    if "<th" in row:
        return row
    return CELL.sub(
        lambda cell: f'<th scope="row"{cell[1]}>{cell[2]}</th>' if cell[2].strip() else cell[0], row, count=1
    )


def _labelled(row: str, heads: list[str]) -> str:
    """Each cell knows the head of its column, except the first, which heads the row."""
    cells = iter(heads)

    def label(cell: re.Match) -> str:
        head = next(cells, "")
        return f'<td{cell[1]} data-label="{head}">{cell[2]}</td>' if head and head != heads[0] else cell[0]

    return CELL.sub(label, row)
