"""The PDF sheets: what a reader holds, what a screen reader hears, and what an author is told if a box is too full."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort
from pypdf import PdfReader

from macros import errors
from macros.facts.finding import GuideError
from macros.paper import problem_sheets, sheets, typeset
from macros.paper import sheet_pdf as papers

SIZES = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}  # mm
POINT = 25.4 / 72


@pytest.fixture(scope="module")
def editions(catalogue, site) -> dict[Path, tuple]:
    """Every PDF that there has to be, in the built site."""
    made = [sheets.sheet(catalogue, slug) for slug in sheets.slugs(catalogue)]
    made += [problem_sheets.sheet(catalogue, slug) for slug in catalogue.problems]
    return {
        (site / sheet.page).parent / sheets.address(catalogue, sheet.slug, paper, timing.slot): (sheet, timing, paper)
        for sheet in made
        for timing in sheet.timings
        for paper in SIZES
    }


SHORT = {"scope": 10, "high-level-design": 19, "deep-dive": 35, "wrap-up": 6}  # the wrap-up has 15 mm of the bar


@pytest.mark.parametrize("paper", SIZES)
def test_a_short_part_of_another_slot_says_its_name_on_one_line(with_slots, catalogue, paper):
    c = with_slots(75)
    *slots, last = c.interview.slots
    c.singles["interview"] = c.interview.model_copy(
        update={"slots": (*slots, last.model_copy(update={"plan": SHORT, "reserve": 5}))}
    )
    sheet = sheets.sheet(c, "deep-dive")
    timing = next(one for one in sheet.timings if one.slot == 75)
    content = papers.content(sheet, timing, paper, "a.pdf", "https://a.org/")
    page = PdfReader(typeset.compile("sheet", content, papers.drawn(sheet))).pages[0]
    names = [one.short for one in catalogue.phases.values() if one.timed]
    assert [name for name in names if name not in page.extract_text().splitlines()] == []


def fonts(page) -> list:
    found = [f.get_object() for f in page["/Resources"]["/Font"].values()]
    return [d.get_object() for f in found for d in f.get("/DescendantFonts", [f])]


def every(page) -> list[tuple[float, str]]:
    """All words on a page with their size in points."""
    out = []

    def visit(text, _cm, tm, _font, size):
        if re.search(r"[A-Za-z]{2}", text):
            out.append((round(abs(size * tm[3]), 2), text))

    page.extract_text(visitor_text=visit)
    return out


def sizes(page) -> dict[float, str]:
    """Point sizes of all words on a page, each with one of its texts."""
    return dict(reversed(every(page)))


def test_each_phase_each_problem_the_launch_and_the_hour_have_a_sheet(catalogue, editions):
    assert sheets.slugs(catalogue) == ["interview", "scope", "high-level-design", "deep-dive", "wrap-up", "launch"]
    assert len(editions) == 2 * (5 * len(catalogue.interview.slots) + 1 + len(catalogue.problems))


def test_one_page_of_its_paper_small_and_in_readable_type(editions):
    for path, (_, _, paper) in editions.items():
        assert path.stat().st_size < 150_000, path
        reader = PdfReader(path)
        assert len(reader.pages) == 1, path
        box = reader.pages[0].mediabox
        assert [round(float(v) * POINT, 1) for v in (box.width, box.height)] == list(SIZES[paper]), path
        assert min(sizes(reader.pages[0])) >= 8.5, (path, sizes(reader.pages[0]))


def test_the_whole_interview_is_read_at_arm_s_length_in_every_slot(catalogue, editions):
    board = catalogue.interview.board
    mine = {path: timing for path, (sheet, timing, _) in editions.items() if sheet.slug == "interview"}
    assert len(mine) == 2 * len(catalogue.interview.slots)
    for path in mine:
        page = PdfReader(path).pages[0]
        text = re.sub(r"\s+", " ", page.extract_text())
        assert len(text.split()) <= 500, (path, len(text.split()))
        small = {text.strip() for size, text in every(page) if size < 11}
        assert small <= {"Wrap-up"} and min(size for size, _ in every(page)) >= 9.5, (path, small)  # narrow in the bar
        lines = [line for of in board.lines.values() for line in of]
        assert [line for line in lines if line not in text] == [], path
        assert all(word in text for word in ("Client", "Service", "Store", "Queue")), path  # drawn, with its words


def test_title_language_tags_bookmarks_and_fonts(editions):
    for path, (sheet, _, _) in editions.items():
        reader = PdfReader(path)
        root = reader.trailer["/Root"]
        assert reader.metadata.title == f"{sheet.title}, {sheet.subtitle}"
        assert root["/Lang"].startswith("en") and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
        assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        names = [mark.title for row in reader.outline for mark in (row if isinstance(row, list) else [row])]
        assert names[0].startswith(sheet.title) and {b.title for b in (*sheet.left, *sheet.right)} <= set(names)
        for font in fonts(reader.pages[0]):
            descriptor = font["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor), (path, font["/BaseFont"])


def test_the_minutes_are_those_of_the_slot(editions):
    for path, (_, timing, _) in editions.items():
        text = re.sub(r"\s+", " ", PdfReader(path).pages[0].extract_text())
        if timing.start is not None:
            assert f"Minute {timing.start} to {timing.end} of {timing.slot}" in text, path
        for part in timing.parts[:-1]:
            assert f"{part.name} {part.minutes} min" in text, (path, part)


def test_the_sheet_of_a_problem_holds_all_that_it_promises(catalogue, editions):
    plain = lambda text: re.sub(r"\s+", "", text)  # noqa: E731
    for path, (sheet, timing, _) in editions.items():
        if sheet.slug in catalogue.problems:
            p, text = catalogue.problems[sheet.slug], plain(PdfReader(path).pages[0].extract_text())
            said = [p.prompt, p.crux, *(number.lead for number in sheet.five)]
            board = re.findall(r">([^<]+)</text>", sheet.svg)
            said += board
            said += [one.do for one in p.plan] + [one.changes for one in p.curveballs]
            said += [line for level in (p.expect.mid, p.expect.senior, p.expect.staff) for line in level]
            assert [one for one in said if plain(one).replace("`", "") not in text] == [], path
            assert len(board) >= 12, path
            decided = [box.entries[0] for box in (*sheet.left, *sheet.right) if box.key == "decide"]
            assert all(plain(p.decide[p.hard.decision].question) == plain(one.lead) for one in decided), path
            assert all(plain(one.lead) in text for one in decided), path
            assert sum(part.minutes for part in timing.parts) == timing.slot == catalogue.interview.default_slot


def test_a_problem_that_does_not_fit_is_named_and_measured(catalogue):
    sheet = problem_sheets.sheet(catalogue, "chat")
    last = replace(sheet.left[-1], entries=sheet.left[-1].entries * 3)
    crowded = replace(sheet, left=(*sheet.left[:-1], last))
    name = "cheat-sheets/problems/chat-letter.pdf"
    with pytest.raises(GuideError) as error:
        data = papers.content(crowded, sheet.timings[0], "letter", name, "https://example.org/")
        typeset.compile("sheet", data, papers.drawn(crowded))
    assert f"{name}: box 'Curveballs' in the left column does not fit" in str(error.value)
    assert "in data/problems/chat.yml: curveballs (the column has" in str(error.value)


def test_decisions_give_way_before_the_plan_the_curveballs_and_the_board_do(catalogue):
    decided = 0
    for slug, p in catalogue.problems.items():
        sheet = problem_sheets.sheet(catalogue, slug)
        boxes = {box.key: box for box in (*sheet.left, *sheet.right)}
        assert len(boxes["plan"].entries) == len(p.plan) and len(boxes["curveballs"].entries) == len(p.curveballs)
        assert boxes["board"].drawn and sheet.told
        if "decide" in boxes:
            decided += 1
            assert boxes["decide"].entries[0].lead == p.decide[p.hard.decision].question
    assert decided > len(catalogue.problems) / 2


def test_a_second_opinion_on_the_tags(editions):
    tool = Path(sys.executable).parent / "pdfua"
    done = subprocess.run(
        [tool, "check", "--min-severity", "warning", *map(str, editions)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_structure_holds_headings_and_lists_in_reading_order(editions):
    path = next(p for p in editions if p.name == "deep-dive-a4.pdf")

    def walk(node):
        node = node.get_object()
        if hasattr(node, "get") and node.get("/S"):
            yield node["/S"]
        children = node.get("/K", []) if hasattr(node, "get") else []
        for child in children if isinstance(children, list) else [children]:
            if hasattr(child.get_object(), "get"):
                yield from walk(child)

    tags = list(walk(PdfReader(path).trailer["/Root"]["/StructTreeRoot"]))
    assert tags.count("/H1") == 1 and tags.count("/H2") >= 9 and tags.index("/H1") < tags.index("/H2")
    assert tags.count("/LI") == tags.count("/LBody") >= 20 and tags.count("/Figure") == 1


def test_equal_data_gives_equal_bytes(catalogue, tmp_path, monkeypatch):
    made = []
    for name in ("one", "two"):
        monkeypatch.setattr(typeset, "BUILD", tmp_path / name)
        sheet = sheets.sheet(catalogue, "deep-dive")
        content = papers.content(sheet, sheet.timings[0], "a4", "x.pdf", "https://example.org/")
        made.append(typeset.compile("sheet", content, papers.drawn(sheet)).read_bytes())
    assert made[0] == made[1]


def overfull(catalogue, paper="letter"):
    sheet = sheets.sheet(catalogue, "deep-dive")
    full = replace(sheet.right[0], entries=sheet.right[0].entries * 5)
    crowded = replace(sheet, right=(full, *sheet.right[1:]))
    return papers.content(
        crowded, sheet.timings[1], paper, f"cheat-sheets/deep-dive-{paper}.pdf", "https://example.org/"
    )


def test_what_does_not_fit_is_named_and_measured(catalogue):
    with pytest.raises(GuideError) as error:
        typeset.compile("sheet", overfull(catalogue), papers.drawn(sheets.sheet(catalogue, "deep-dive")))
    said = re.fullmatch(
        r"cheat-sheets/deep-dive-letter\.pdf: box 'Expect' in the right column does not fit: "
        r"it ends ([\d.]+) mm too low; "
        r"shorten it, or take an entry out, in data/phases/deep-dive\.yml: expect, entries with `sheet` "
        r"\(the column has ([\d.]+) mm: Expect ([\d.]+) mm, Mistakes .* mm\)",
        str(error.value),
    )
    assert said and abs(float(said[3]) - float(said[2]) - float(said[1])) < 0.2


def test_every_sheet_that_does_not_fit_is_reported_and_ends_the_build(catalogue, monkeypatch, caplog):
    crowded = {paper: overfull(catalogue, paper) for paper in SIZES}
    monkeypatch.setattr(papers, "content", lambda sheet, timing, paper, name, url: crowded[paper])
    drawn = papers.drawn(sheets.sheet(catalogue, "deep-dive"))
    monkeypatch.setattr(papers, "drawn", lambda sheet: drawn)
    with pytest.raises(Abort), errors.ending_the_build():
        papers.write(catalogue, "https://example.org/")
    said = [record.message for record in caplog.records]
    assert any(m.startswith("cheat-sheets/deep-dive-a4.pdf: box 'Expect'") for m in said)
    assert any(m.startswith("cheat-sheets/deep-dive-letter.pdf: box 'Expect'") for m in said)


def test_a_mistake_in_a_template_names_its_line(tmp_path, monkeypatch):
    (tmp_path / "wrong.typ").write_text('#set std.document(title: "x")\n#nobody\n', "utf-8")
    monkeypatch.setattr(typeset, "TEMPLATES", tmp_path)
    with pytest.raises(
        GuideError, match=r"macros/paper/wrong\.typ:2: unknown variable: nobody; mend the template or the data"
    ):
        typeset.compile("wrong", {})
