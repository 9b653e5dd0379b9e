"""What a first view costs. Bytes after gzip, counted from the files; a budget that a change must not break unseen."""

import gzip
import re

import pytest

TEXT, FONTS, REQUESTS = 65_000, 61_440, 9


def sizes(site, path):
    html = (site / path).read_text("utf-8")
    assets = re.findall(r'<(?:script[^>]*src|link rel="(?:stylesheet|icon)" href|img src)="([^"]+)"', html)
    files = {(site / path).parent.joinpath(a).resolve() for a in assets}
    fonts = {(site / path).parent.joinpath(a).resolve() for a in re.findall(r'rel="preload" href="([^"]+woff2)"', html)}
    text = len(gzip.compress(html.encode(), 9)) + sum(len(gzip.compress(f.read_bytes(), 9)) for f in files)
    every_font = sum(f.stat().st_size for f in site.glob("assets/*.woff2"))
    return text, every_font, 1 + len(files) + len(list(site.glob("assets/*.woff2"))), fonts


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "patterns/circuit-breaker/index.html",
        "phases/deep-dive/index.html",
        "problems/news-feed/index.html",
    ],
)
def test_first_view_stays_within_its_budget(site, path):
    text, fonts, requests, preloaded = sizes(site, path)
    assert text <= TEXT and fonts <= FONTS and requests <= REQUESTS
    assert len(preloaded) == 2


def test_fonts_never_block(site):
    css = next(site.glob("assets/style.*.css")).read_text("utf-8")
    faces = re.findall(r"@font-face\s*{[^}]*}", css)
    assert all("font-display:swap" in face for face in faces if "url(" in face)
