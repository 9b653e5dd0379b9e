"""The book: a small one printed once, and the whole one assembled, since printing all of it takes a minute."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from pypdf import PdfReader

from macros.facts.finding import ROOT, GuideError
from macros.pages import minutes
from macros.paper import book, press
from macros.paper.chapters import chapter

SOME = {"phases/launch/", "playbooks/contention/", "patterns/circuit-breaker/", "patterns/lru/"}


def bind(*arguments) -> bytes:
    """In a thread of its own: the tests' browser already holds this one's event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(book.bind, *arguments).result()


@pytest.fixture(scope="module")
def pdf(catalogue, site) -> bytes:
    return bind(catalogue, site, SOME)


@pytest.fixture(scope="module")
def reader(pdf) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


@pytest.fixture(scope="module")
def said(reader) -> list[str]:
    """The words of every page."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def test_every_page_of_the_guide_is_a_chapter_and_every_link_arrives(catalogue, site):
    parts, alone = book.assemble(catalogue, site, "https://example.org/guide/")  # raises where a link leads nowhere
    ids = {one.id for part in parts for one in part.chapters}
    assert {f"{kind.folder}-{record.slug}" for kind, record in catalogue.paged()} <= ids
    names = {name for rows in book.entries(catalogue, parts).values() for name, _, _ in rows}
    assert {"Circuit breaker", "half-open state", "Tail latency", "Scaling reads", "News feed"} <= names
    assert {p.name for p in catalogue.problems.values()} | set(catalogue.problems["url-shortener"].aliases) <= names
    text = "".join(one.html for part in parts for one in part.chapters)
    assert not re.search(r"<(button|form|select|script|details)\b|wh-kin\b|headerlink|wh-lab|wh-turn", text)
    assert 'href="../' not in text


@pytest.mark.parametrize("slot", [35, 45, 60, 90])
def test_the_parts_of_the_hour_on_the_cover_are_as_wide_as_they_are_long_and_hold_their_names(
    with_slots, site, chromium, tmp_path, slot
):
    catalogue = with_slots(default=slot)
    parts, alone = book.assemble(catalogue, site, "https://example.org/guide/", SOME)
    (tmp_path / "book.html").write_text(book.document(catalogue, site, parts, alone, lambda _: ""), "utf-8")
    page = chromium.new_page(viewport={"width": 800, "height": 1100})
    page.emulate_media(media="print")
    page.goto((tmp_path / "book.html").as_uri())
    wide = page.evaluate(
        "[...document.querySelectorAll('.bk-hour > div')].map(one => one.getBoundingClientRect().width)"
    )
    cut = page.evaluate(
        "[...document.querySelectorAll('.bk-hour > div:not(.bk-hatched)')].filter((part) => {"
        " const name = document.createRange(); name.selectNodeContents(part.querySelector('b'));"
        " return name.getBoundingClientRect().right > part.getBoundingClientRect().right;"
        " }).map((one) => one.textContent)"
    )
    page.close()
    assert cut == []
    hour = minutes.hour(catalogue)
    assert len(wide) == len(hour.parts)
    for part, width in zip(hour.parts, wide, strict=True):
        assert width / sum(wide) == pytest.approx(part.minutes / hour.slot, abs=0.02), part.name


def test_pages_bookmarks_fonts_and_metadata(reader):
    assert 20 < len(reader.pages) < 60
    assert reader.metadata.title == "Whiteboard Hour" and reader.root_object["/Lang"] == "en"
    assert "/StructTreeRoot" in reader.root_object

    def flat(rows):
        return [t for row in rows for t in (flat(row) if isinstance(row, list) else [row.title])]

    titles = flat(reader.outline)
    for title in (
        "Phases",
        "Launch",
        "Contention",
        "Resilience",
        "Circuit breaker",
        "How it works",
        "Glossary",
        "Index",
    ):
        assert title in titles
    fonts = set()
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            font = font.get_object()
            if (
                font["/Subtype"] == "/Type3"
            ):  # glyphs as drawings: embedded, but what is set in our type should be a font
                continue
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert any(key.startswith("/FontFile") for key in descriptor), font["/BaseFont"]
            fonts.add(font["/BaseFont"].split("+")[-1])
    for family in ("Figtree", "Bricolage", "Mono"):
        assert any(family in name.replace("Hyperlegible", "") for name in fonts), fonts


def test_every_inner_link_has_a_place_and_lands_on_it(reader):
    places, count = reader.named_destinations, 0
    for page in reader.pages:
        for link in page.get("/Annots", []):
            link = link.get_object()
            name = link.get("/Dest") or link.get("/A", {}).get("/D")
            if name is not None:
                count += 1
                assert str(name) in places or str(name).lstrip("/") in {n.lstrip("/") for n in places}, name
            else:
                assert str(link["/A"]["/URI"]).startswith(("https://", "http://")), link["/A"]
    assert count > 100


def test_contents_and_index_give_the_right_pages(said, pdf, catalogue):
    places = press.destinations(pdf)
    contents = said[1]
    index = " ".join(said[places["book-index"] - 1 :])
    for slug in ("circuit-breaker", "lru"):
        name, page = catalogue.patterns[slug].name, places[f"patterns-{slug}"]
        assert re.search(rf"{re.escape(name)} {page}\b", contents), contents
        assert re.search(rf"{re.escape(name)} {page}\b", index)
        alias = catalogue.patterns[slug].aliases[0]
        assert re.search(rf"{re.escape(alias)} \({re.escape(name)}\) {page}\b", index), (alias, page)
        assert name in said[page - 1] and "The problem" in said[page - 1]
        assert re.search(rf"(Hour ?|^| ){page}(Whiteboard)?\b", said[page - 1])  # the number printed at the foot
    assert f"Tail latency {places['glossary:tail-latency']}" in index


def test_pages_carry_part_and_chapter_at_the_head(said, pdf):
    page = press.destinations(pdf)["patterns-circuit-breaker"]
    assert re.search("Resilience.*Circuit breaker", said[page])


def test_equal_data_gives_equal_bytes(pdf, catalogue, site):
    assert bind(catalogue, site, SOME) == pdf
    assert b"HeadlessChrome" not in pdf


def test_numbers_that_move_pages_are_refused(catalogue, site, monkeypatch):
    monkeypatch.setattr(book, "BLANK", "wide " * 400)
    with pytest.raises(
        GuideError, match=r"book: '.+' stands on page \d+, contents and index say \d+; page numbers must"
    ):
        bind(catalogue, site, {"patterns/lru/"})


def test_a_page_that_is_not_built_is_named(catalogue, tmp_path):
    with pytest.raises(GuideError, match=r"phases/scope/index.html:1: the page is not built; run `make site`"):
        book.assemble(catalogue, tmp_path, "", {"phases/scope/"})


def test_a_link_into_what_was_left_out_is_named(catalogue, site, tmp_path):
    for path, html in {
        "patterns/lru": '<main><h1 id="a">LRU</h1><p><a href="#b">see</a></p>'
        '<div data-screen><i id="b">x</i></div></main>',
        "glossary": (site / "glossary/index.html").read_text("utf-8"),
    }.items():
        (tmp_path / path).mkdir(parents=True)
        (tmp_path / path / "index.html").write_text(html, "utf-8")
    with pytest.raises(
        GuideError, match="chapter 'patterns-lru' leads to 'patterns-lru:b', which the book does not have"
    ):
        book.assemble(catalogue, tmp_path, "", {"patterns/lru/"})


def test_one_mark_keeps_a_part_from_the_book_and_from_a_printed_page():
    html = "<main><h1>LRU</h1><details data-screen><summary>Trace</summary><p>frames</p></details><p>kept</p></main>"
    assert chapter(html, "a/", {"a/": "a"}, "").html == "<h2>LRU</h2><p>kept</p>"
    assert "[data-screen]" in (ROOT / "frontend/styles/print.css").read_text("utf-8")


def test_a_page_without_a_title_is_named():
    with pytest.raises(GuideError, match=r"site/a/index.html:1: no heading of level 1"):
        chapter("<main><p>x</p></main>", "a/", {"a/": "a"}, "")
    with pytest.raises(GuideError, match="site/a/index.html:1: no <main>"):
        chapter("<h1>x</h1>", "a/", {"a/": "a"}, "")


def test_links_lead_into_the_book_or_to_the_web():
    book_of = {
        "patterns/lru/": "patterns-lru",
        "patterns/lfu/": "patterns-lfu",
        "\ncategory-caching": "category-caching",
    }
    text = (
        '<main><h1 id="t">LRU</h1><a href="../lfu/#numbers">1</a><a href="../#caching">2</a>'
        '<a href="../../run/lru.py">3</a>'
        '<a href="../cdn/">4</a><a href="#t">5</a><a href="https://example.com/a?b=1&amp;c=2">6</a></main>'
    )
    made = chapter(text, "patterns/lru/", book_of, "https://x.org/g/")
    assert re.findall('href="([^"]*)"', made.html) == [
        "#patterns-lfu:numbers",
        "#category-caching",
        "https://x.org/g/run/lru.py",
        "https://x.org/g/patterns/cdn/",
        "#patterns-lru:t",
        "https://example.com/a?b=1&amp;c=2",
    ]
    assert made.html.startswith('<h2 id="patterns-lru:t">')
