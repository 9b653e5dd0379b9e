"""What a first view costs. Bytes after gzip, counted from the files; a budget that a change must not break unseen."""

import gzip
import re

import pytest

from tests.kinds import KINDS

FONTS, CORE, REQUESTS = 55_000, 10_000, 17
NEAR = 2_000  # the list at the left, after gzip
#: kB of a page's own text, styles and scripts, without fonts and the pictures of the print center
MOST = {
    "home": 18,  # with a replay that runs
    "pattern": 40,  # with the list of its category, see below
    "list": 45,
    "symptoms": 45,
    "phase": 50,
    "manual": 57,  # with the map of all patterns
    "disagreements": 48,  # every misreading of the guide
    "corrections": 25,
    "corrected": 60,  # every correction of a share of the patterns, for readers without scripts
    "problem": 65,
    "defended": 65,  # with every fork and its answers, for readers without scripts
}
ELSE = 40


def asked(site, path):
    """Files that a page names: (styles, scripts, icon), and the fonts that it fetches ahead."""
    text = (site / path).read_text("utf-8")
    found = re.findall(r'<(?:script[^>]*src|link rel="(?:stylesheet|icon)" href)="([^"]+)"', text)
    fonts = re.findall(r'rel="preload" href="([^"]+woff2)"', text)
    return [site / (site / path).parent.joinpath(f).resolve().relative_to(site.resolve()) for f in found], fonts


def weigh(site, path):
    files, _ = asked(site, path)
    return sum(len(gzip.compress(f.read_bytes(), 9)) for f in [site / path, *files])


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("missing", "not kept")])
def test_first_view_of_every_type_stays_within_its_budget(site, kind):
    path = f"{KINDS[kind].split('?')[0]}index.html"
    assert weigh(site, path) <= 1000 * MOST.get(kind, MOST["pattern"] if kind.startswith("pattern") else ELSE)
    files, fonts = asked(site, path)
    assert len(fonts) in (3, 4) and 1 + len(files) + len(list(site.glob("assets/*.woff2"))) <= REQUESTS


def test_no_pattern_is_heavier_than_its_budget(site):
    sizes = {p.parent.name: weigh(site, p.relative_to(site)) for p in site.glob("patterns/*/index.html")}
    most = dict.fromkeys(("a-z", "symptoms", "map", "compare"), 100)
    assert {slug: size for slug, size in sizes.items() if size > 1000 * most.get(slug, MOST["pattern"])} == {}


def test_the_pages_beside_a_pattern_cost_little_and_are_of_its_category_alone(site, catalogue):
    def packed(text):
        return len(gzip.compress(text.encode(), 9))

    for slug, pattern in catalogue.patterns.items():
        text = (site / "patterns" / slug / "index.html").read_text("utf-8")
        near = re.search(r'<nav class="wh-near".*?</nav>', text, re.S)[0]
        assert packed(text) - packed(text.replace(near, "")) <= NEAR, slug
        beside = set(re.findall(r'href="(?:\.\./)?([a-z0-9-]*)/"', near)) - {"a-z", "symptoms", "map", "compare"}
        assert beside | {slug} == {one.slug for one in catalogue.in_category(pattern.category)}, slug


def test_what_every_page_loads_is_small(site):
    assert len(gzip.compress(next(site.glob("assets/core.*.css")).read_bytes(), 9)) <= CORE
    assert sum(f.stat().st_size for f in site.glob("assets/*.woff2")) <= FONTS


def test_a_page_loads_the_styles_of_what_it_shows_and_no_others(site):
    def sheets(path):
        return {f.name.split(".")[0] for f in asked(site, path)[0] if f.suffix == ".css"}

    assert sheets("index.html") == {"first", "hour", "replay", "paper"}  # a piece of the guide runs there
    assert sheets("contributing/index.html") == {"core", "paper"}
    assert "replay" in sheets("patterns/lru/index.html") and "replay" not in sheets("patterns/webhook/index.html")
    assert "finder" in sheets("patterns/index.html") and "sheets" in sheets("cheat-sheets/scope/index.html")


def test_fonts_never_block_and_none_varies(site):
    from fontTools.ttLib import TTFont  # a variable font loses its text where Firefox saves a page as a PDF

    css = next(site.glob("assets/core.*.css")).read_text("utf-8")
    faces = re.findall(r"@font-face\s*{[^}]*}", css)
    assert all("font-display:swap" in face for face in faces if "url(" in face)
    assert not [f.name for f in site.glob("assets/*.woff2") if "fvar" in TTFont(f)]
