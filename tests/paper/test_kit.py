"""The interviewer's kit on paper: an exact page each, sides that match, legible without color, nothing left out."""

import re

import pytest
from PIL import Image
from pypdf import PdfReader

from macros.facts.finding import GuideError
from macros.paper import kit, typeset

SIZES = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}  # mm
POINT = 25.4 / 72


@pytest.fixture(scope="module")
def made(catalogue):
    return {name: PdfReader(path) for name, path in kit.write(catalogue, "https://example.org/guide/").items()}


@pytest.fixture(scope="module")
def jobs(catalogue):
    return kit.jobs(catalogue, "https://example.org/guide/")


def words(page) -> str:
    return re.sub(r"\s+", " ", page.extract_text())


def test_there_is_a_pack_a_sheet_for_each_problem_and_all_in_one_for_each_paper(made, catalogue):
    names = ["kit", *catalogue.problems, "whole-kit"]
    assert sorted(made) == sorted(f"interviewers/{name}-{paper}.pdf" for name in names for paper in SIZES)


def test_each_side_is_one_page_of_its_paper(made, catalogue):
    for name, reader in made.items():
        pages = 2 + len(catalogue.problems) if "whole" in name else 2 if "/kit-" in name else 1
        assert len(reader.pages) == pages, name
        width, height = SIZES["a4" if name.endswith("-a4.pdf") else "letter"]
        for page in reader.pages:
            box = page.mediabox
            assert abs(float(box.width) * POINT - width) < 0.1 and abs(float(box.height) * POINT - height) < 0.1


@pytest.mark.parametrize("paper", SIZES)
def test_the_clock_and_moves_stand_in_front_and_the_whole_rubric_behind(made, catalogue, paper):
    front, back = map(words, made[f"interviewers/kit-{paper}.pdf"].pages)
    assert "The clock and your moves" in front and "How not to lead" in front and "The rubric" in back
    for moves in catalogue.conduct.moves.values():
        assert all(one in front for one in moves)
    assert [one.slug for one in catalogue.rubric.dimensions if one.doubt] == ["numbers", "conversation"]
    for one in catalogue.rubric.dimensions:
        assert (one.doubt or "") in back
        for seen in (one.mid, one.senior, one.staff):
            assert seen.see in back and seen.counts in back and seen.counts_not in back
        assert all(flag in back for flag in one.red_flags)


def test_a_problem_s_sheet_has_its_prompt_grants_hints_curveballs_and_levels(made, catalogue):
    for slug, p in catalogue.problems.items():
        text = words(made[f"interviewers/{slug}-a4.pdf"].pages[0])
        wanted = [p.prompt, p.crux, *(one.question for one in p.scope), *(one.changes for one in p.curveballs)]
        wanted += [*p.expect.mid, *p.expect.senior, *p.expect.staff, p.follow_ups[0].question]
        lost = [one for one in wanted if re.sub(r"[`\s]+", " ", str(one)) not in text]
        assert not lost, (slug, lost)
        assert re.search(r"\d+ to \d+ of 45[,.]", text) or 45 not in p.slots


def test_nothing_on_it_has_a_color(jobs):
    for name in ("interviewers/kit-a4.pdf", "interviewers/payment-letter.pdf"):
        picture = Image.open(typeset.compile("kit", jobs[name], format="png", ppi=60)).convert("RGB")
        assert max(max(pixel) - min(pixel) for pixel in picture.get_flattened_data()) <= 24  # ink is a very dark blue


@pytest.mark.parametrize("more", [(75,), (75, 120)])
@pytest.mark.parametrize("paper", SIZES)
def test_another_slot_leaves_the_rest_its_room(with_slots, paper, more):
    given = kit.jobs(with_slots(*more), "https://example.org/guide/")[f"interviewers/kit-{paper}.pdf"]
    front, _ = map(words, PdfReader(typeset.compile("kit", given)).pages)
    for hour in given["pack"]["hours"]:
        assert " ".join(str(part["start"]) for part in hour["parts"]) in front, hour["slot"]
    assert front.count("Wrap-up") == len(given["pack"]["hours"]) + 1  # whole in each bar, and above its moves


def test_what_does_not_fit_is_named_with_its_page_and_by_how_much(jobs):
    given = jobs["interviewers/payment-a4.pdf"]
    long = {**given["problems"][0], "prompt": given["problems"][0]["prompt"] * 12}
    with pytest.raises(GuideError, match=r"Payment, for the interviewer, a4: Payment is [\d.]+ mm too long; shorten"):
        typeset.compile("kit", given | {"problems": [long]})


def test_equal_data_gives_equal_bytes(jobs, catalogue):
    again = kit.jobs(catalogue, "https://example.org/guide/")
    assert again == jobs
