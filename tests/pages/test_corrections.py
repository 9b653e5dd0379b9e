"""The errata of the field: each with the number that holds, as it is computed now, beside our own."""

import re
from dataclasses import replace

from macros.facts.catalogue import Shelf
from macros.pages import corrections


def test_each_erratum_of_a_problem_stands_with_its_number_and_status(catalogue):
    text = corrections.errata(catalogue)
    found = [(p, one) for p in catalogue.problems.values() for one in p.errata]
    assert len(found) >= 12
    for p, one in found:
        number = catalogue.quantity(one.holds, p.slug)
        row = next(line for line in text.splitlines() if f"/problems/{p.slug}.md#how-{one.holds}" in line)
        assert f"[{number.text}]" in row.replace("&#126;", "~") and f"| {one.status} |" in row


def test_our_own_stand_first_the_newest_of_a_page_each(catalogue):
    rows = [line for line in corrections.errata(catalogue).splitlines() if line.startswith("| ")][1:]
    own = [row for row in rows if row.startswith("| This guide, ")]
    assert own == rows[: corrections.LATEST] and len({re.search(r"\]\((.*?)\)", row)[1] for row in own}) == len(own)
    records = [record.corrections for record in catalogue.corrections.values() if record.corrections]
    newest = sorted((max(one.on for one in corrected) for corrected in records), reverse=True)
    assert all(f">{day}<" in row for day, row in zip(newest, own, strict=False))


def test_a_number_follows_its_assumptions(small):
    moved = small.quantities["counter"].all | {}
    moved["peak"] = replace(moved["peak"], text="7,000 requests/s")
    c = replace(small, quantities={"counter": replace(small.quantities["counter"], all=moved)})
    assert "[7,000 requests/s]" in corrections.errata(c)


def test_nobody_is_named_where_there_is_nothing(small):
    p = small.problems["counter"].model_copy(update={"errata": ()})
    c = replace(small, shelves=small.shelves | {"problems": Shelf("problem", {"counter": p}, "data/problems/")})
    assert "Status:" not in corrections.errata(c)
