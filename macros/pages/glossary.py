"""The glossary page, and the link from a term's first use on a page to its definition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from posixpath import relpath

from macros.facts.catalogue import Catalogue
from macros.facts.model import Pattern, Term
from macros.pages.finder import letter
from macros.pages.template import CODE, fill

SILENT = {
    "a",
    "code",
    "pre",
    "svg",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "summary",
    "button",
    "figcaption",
    "label",
    "script",
    "style",
}
TAG = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"<(/?)([a-z0-9]+)")
WORD = re.compile(r"[a-z0-9]+")


def anchor(term: Term) -> str:
    """Fragment of a term on the glossary page."""
    return re.sub(r"[^a-z0-9]+", "-", term.term.lower()).strip("-")


def glossary(c: Catalogue) -> str:
    """Every term once, by letter, in the order of the alphabet, with a link to the pattern that treats it."""
    letters: dict[str, list[tuple[str, Term, Pattern | None]]] = {}
    for t in sorted(c.glossary.terms, key=lambda t: t.term.lower()):
        see = c.patterns[t.see] if t.see in c.patterns else None
        letters.setdefault(letter(t.term), []).append((anchor(t), t, see))
    return fill("glossary", letters=sorted(letters.items()))


def link_first_uses(c: Catalogue, html: str, url: str) -> str:
    """The first use of each term in running text leads to the glossary; headings, links and code are left alone."""
    home = relpath("glossary", url or ".") + "/"
    page = url.strip("/").rpartition("/")[2]
    pieces = TAG.split(html)  # every second is a tag
    running = list(_running(pieces))
    text = "\n".join(pieces[i] for i in running).lower()
    begun = set(WORD.findall(text))
    begun |= {word.removesuffix(end) for word in begun for end in ("s", "es")}
    # Few of some 500 terms stand in it, so that the search below is short.
    waiting = {
        name: t
        for t in c.glossary.terms
        if (not t.pages or page in t.pages)
        and begun.issuperset(WORD.findall(name := t.term.lower())[:1])
        and name in text
    }
    if not waiting:
        return html
    longest_first = sorted(waiting, key=len, reverse=True)
    word = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, longest_first)) + r")(?:e?s)?(?![\w-])", re.I)

    def link(found: re.Match) -> str:
        term = waiting.pop(found[1].lower(), None)
        if term is None:
            return found[0]
        meaning = escape(CODE.sub(r"\1", term.meaning), quote=True)
        return f'<a class="wh-term" href="{home}#{anchor(term)}" title="{meaning}">{found[0]}</a>'

    for i in running:
        if not waiting:
            break
        pieces[i] = word.sub(link, pieces[i])
    return "".join(pieces)


def _running(pieces: list[str]) -> Iterator[int]:
    """Where text stands that is read in a line: not in what is silent."""
    silent: list[str] = []
    for i, piece in enumerate(pieces):
        if i % 2:
            name = NAME.match(piece)
            if name and name[2] in SILENT:
                if name[1]:
                    silent = silent[:-1]
                elif not piece.endswith("/>"):
                    silent.append(name[2])
        elif not silent and not piece.isspace():
            yield i
