"""A built page as a chapter of the book: same HTML, without what only a screen can do, links turned inward.

One pass of the standard library's parser over `<main>`. Headings go down one level, below the part; ids get the
chapter's name in front, so that two chapters may both have "The problem"; a link to a page of the book leads to that
chapter, any other link of the site to its address on the web.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser
from posixpath import join, normpath

from macros.facts.finding import GuideError
from macros.pages.template import css

# What paper does not need has `data-screen` where it is written; frontend/styles/print.css reads the same mark.
# The book leaves out these besides, with everything inside: Markdown's anchors, words for the ear, and controls.
SCREEN_CLASSES = {"headerlink", "wh-hidden"}
SCREEN_TAGS = {"script", "style", "form", "button", "nav"}
VOID = {"area", "br", "col", "hr", "img", "input", "wbr"}
LOWER = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h5", "details": "div", "summary": "p"}
POINTS = re.compile(r"url\(#([^)]+)\)")
# Ink anyway.
PLAIN = re.compile(r'<span class="(?:p|n|o|w|bp|si|nb|ow|nn|mi|mf|sa|nv|err)">([^<]*)</span>|<span></span>')


@dataclass
class Chapter:
    """One page of the site within the book."""

    id: str
    title: str
    html: str
    summary: str = ""
    anchors: set[str] = field(default_factory=set)  # ids within, as written in html
    leads: set[str] = field(default_factory=set)  # ids that its links lead to

    @property
    def running(self) -> str:
        """The title as a CSS string, for the head of its pages."""
        return css(unescape(self.title))


def chapter_id(path: str) -> str:
    """'patterns/lru/' -> 'patterns-lru'."""
    return path.strip("/").replace("/", "-")


def chapter(text: str, path: str, book: dict[str, str], site_url: str) -> Chapter:
    """The page `text` at `path` ('patterns/lru/') for a book whose pages `book` maps from path to chapter id.

    GuideError where the page has no <main> or no title.
    """
    body = re.search(r"<main\b[^>]*>(.*?)</main>", text, re.S)
    title = re.search(r"<h1\b[^>]*>(.*?)</h1>", text, re.S)
    if not body or not title:
        missing = "<main>" if not body else "heading of level 1"
        raise GuideError(f"site/{path}index.html:1: no {missing} to make a chapter of; see overrides/main.html")
    name = re.sub(r"<[^>]+>", "", title[1]).strip()
    writer = _Writer(path, book, site_url)
    writer.feed(PLAIN.sub(lambda m: m[1] or "", body[1]))
    writer.close()
    return Chapter(book[path], name, "".join(writer.out).strip(), anchors=writer.anchors, leads=writer.leads)


class _Writer(HTMLParser):
    def __init__(self, path: str, book: dict[str, str], site_url: str):
        super().__init__(convert_charrefs=False)
        self.path, self.book, self.site_url, self.own = path, book, site_url, book[path]
        self.out: list[str] = []
        self.open: list[tuple[str, bool]] = []  # tag, and whether it and its inside are left out
        self.anchors: set[str] = set()
        self.leads: set[str] = set()
        self.frames = self.runs = 0

    # --- what the parser calls

    def handle_starttag(self, tag, attrs):
        out = self._silent() or self._left_out(tag, dict(attrs))
        if tag not in VOID:
            self.open.append((tag, out))
        if not out:
            self.out.append(self._start(tag, attrs, ">"))

    def handle_startendtag(self, tag, attrs):
        if not self._silent() and not self._left_out(tag, dict(attrs)):
            self.out.append(self._start(tag, attrs, "/>"))

    def handle_endtag(self, tag):
        while self.open:
            name, out = self.open.pop()
            if name == tag:
                if not out:
                    self.out.append(f"</{LOWER.get(tag, tag)}>")
                return

    def handle_data(self, data):
        if not self._silent():
            self.out.append(data)

    def handle_entityref(self, name):
        self.handle_data(f"&{name};")

    def handle_charref(self, name):
        self.handle_data(f"&#{name};")

    # --- decisions

    def _silent(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def _left_out(self, tag: str, attrs: dict) -> bool:
        names = set((attrs.get("class") or "").split())
        if "wh-trace" in names:
            self.runs = 0
        if "wh-run" in names:  # of a replay, the key frames of its first run
            self.runs += 1
            return self.runs > 1
        frame = tag == "li" and any(t == "ol" for t, _ in self.open[-1:]) and re.search(r":\d+$", attrs.get("id") or "")
        silent = "data-screen" in attrs or tag in SCREEN_TAGS or bool(names & SCREEN_CLASSES)
        return silent or bool(frame and "wt-key" not in names)

    def _start(self, tag: str, attrs, end: str) -> str:
        written = []
        for name, value in attrs:
            value = value or ""
            if name in ("tabindex", "open", "title", "download", "for") and tag != "svg":
                continue
            if name.startswith("data-") and name != "data-label":
                continue
            if name == "id":
                value = f"{self.own}:{value}"
                self.anchors.add(value)
            elif name in ("href", "xlink:href"):
                value = self._address(value)
            elif name in ("aria-labelledby", "aria-describedby"):
                value = " ".join(f"{self.own}:{one}" for one in value.split())
            elif "url(#" in value:
                value = POINTS.sub(lambda m: f"url(#{self.own}:{m[1]})", value)
            written.append(f' {name}="{escape(value)}"')
        return f"<{LOWER.get(tag, tag)}{''.join(written)}{end}"

    def _address(self, href: str) -> str:
        if re.match(r"[a-z]+:", href):
            return href
        place, _, fragment = href.partition("#")
        path = normpath(join(self.path, place)) + "/" if place else self.path
        path = "" if path == "./" else path
        if path in self.book:
            lead = f"{self.book[path]}:{fragment}" if fragment else self.book[path]
            self.leads.add(lead)
            return f"#{lead}"
        if path == "patterns/" and f"category-{fragment}" in self.book.values():
            self.leads.add(f"category-{fragment}")
            return f"#category-{fragment}"
        plain = normpath(join(self.path, place))
        return (
            self.site_url + (plain if "." in plain.rsplit("/", 1)[-1] else path) + (f"#{fragment}" if fragment else "")
        )
