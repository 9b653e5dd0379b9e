"""The excerpts to calibrate by: they cover the rubric, and the reviewers' agreement is printed as it is."""

from dataclasses import replace

from macros.facts.rubric import HELD
from macros.pages import calibration


def given(c, scored):
    """The catalogue with other scores of its reviewers: [{reviewer: {dimension: level}}] by excerpt."""
    excerpts = tuple(
        one.model_copy(update={"scored": each}) for one, each in zip(c.calibration.excerpts, scored, strict=True)
    )
    return replace(c, singles=c.singles | {"calibration": c.calibration.model_copy(update={"excerpts": excerpts})})


def test_each_line_of_the_rubric_decides_in_an_excerpt_and_so_does_falling_short(catalogue):
    seen = {(dimension, s.level) for one in catalogue.calibration.excerpts for dimension, s in one.reference.items()}
    assert seen == {(one.slug, level) for one in catalogue.rubric.dimensions for level in HELD}


def test_levels_differ_within_an_excerpt_so_that_each_dimension_is_judged_by_itself(catalogue):
    excerpts, dimensions = catalogue.calibration.excerpts, len(catalogue.rubric.dimensions)
    assert len(excerpts) == 8 and len({one.problem for one in excerpts}) == 8
    assert all(len({score.level for score in one.reference.values()}) > 1 for one in excerpts)
    assert sum(len(one.reference) for one in excerpts) < 8 * dimensions * 0.7  # the rest is not shown


def test_reviewers_who_score_as_the_reference_agree_fully(catalogue):
    reference = [{d: s.level for d, s in one.reference.items()} for one in catalogue.calibration.excerpts]
    rows = calibration.agreements(given(catalogue, [{"A": one, "B": one} for one in reference]))
    count = sum(map(len, reference))
    assert [(row.who, row.kappa) for row in rows] == [
        ("A and B", "1.00"), ("A and the reference", "1.00"), ("B and the reference", "1.00"),
    ]  # fmt: skip
    assert all((row.got.both, row.got.equal, row.got.shown) == (count, count, 8 * 6) for row in rows)


def test_without_reviewers_the_page_says_so(catalogue):
    text = calibration.reviewers(given(catalogue, [{}] * 8))
    assert "No reviewer has scored these excerpts yet." in text and "|" not in text
