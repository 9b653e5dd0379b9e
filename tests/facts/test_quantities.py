"""Numbers that live: what a formula comes to, how it is said, and that the page says the same as the build."""

import json
import os
import random
import subprocess
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros import node
from macros.facts import formula, saying
from macros.facts.finding import ROOT
from macros.facts.formula import Fault
from macros.facts.model import Assumption, Computed
from macros.facts.quantities import Told, quantities, quoted, told
from macros.facts.units import units

HERE = ROOT / "tests" / "facts"
UNITS = units((("person", "people"), ("request", "requests"), ("post", "posts"), ("instance", "instances")))
VARIANTS = int(os.environ.get("VARIANTS", "2600"))  # 10,000 in make fuzz, which takes minutes


def said(value, unit, digits=2) -> str:
    made = UNITS.unit(unit)
    return saying.say(Fraction(str(value)) * made.factor, made, digits, saying.scales(UNITS, made))


@pytest.mark.parametrize(
    ("value", "unit", "digits", "text"),
    [
        ("3472.2", "request/s", 2, "3,500 requests/s"),
        ("1.46", "TB", 2, "1.5 TB"),
        ("43.2", "min", 3, "43.2 min"),
        ("13900000", "person", 2, "14 million people"),
        ("2e9", "person", 2, "2 billion people"),
        ("90", "%", 2, "90%"),
        ("1", "instance", 2, "1 instance"),
        ("21", "instance", 2, "21 instances"),
        ("0.2", "s", 2, "0.2 s"),
        ("0.04", "s", 2, "40 ms"),
        ("33", "min", 2, "33 min"),
        ("2000", "s", 2, "33 min"),
        ("1000", "TB", 2, "1 PB"),
        ("0.05", "TB/s", 2, "50 GB/s"),
        ("250", "request/s/instance", 2, "250 requests/s per instance"),
        ("50", "request/person/day", 2, "50 requests per person a day"),
        ("3", "times", 2, "3"),
        ("0", "person", 2, "0 people"),
        ("-3472.2", "request/s", 2, "\u22123,500 requests/s"),
        ("99.95", "%", 2, "100%"),
        ("1.005", "times", 3, "1.01"),
    ],
)
def test_a_number_is_said_as_a_person_would(value, unit, digits, text):
    assert said(value, unit, digits) == text


@given(st.fractions(min_value="1/1000000", max_value=10**12), st.integers(1, 6))
def test_rounding_keeps_so_many_digits_and_stays_near(value, digits):
    made = saying.rounded(value, digits)
    assert abs(made - value) <= abs(value) / 10 ** (digits - 1) / 2
    assert len(str(int(made * 10**12)).rstrip("0")) <= digits
    assert saying.rounded(made, digits) == made


NAMES = {
    "readers": "person",
    "views": "request/person/day",
    "one": "request/s/instance",
    "hits": "%",
    "size": "KB/request",
}


def made(text: str) -> formula.Formula:
    look = {name: UNITS.unit(unit) for name, unit in NAMES.items()}.get
    return formula.formula(text, look, {name: UNITS.unit(name) for name in ("day", "month", "request", "s")})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("readers * views / one", Fraction(2_000_000 * 50, 86400) / 250),
        ("ceil(readers * views / one)", 5),
        ("1 - hits ** 50", 1 - Fraction(9, 10) ** 50),
        ("hits ** 0.5 * hits ** 0.5", pytest.approx(Fraction(9, 10))),
        ("(1 - 1 / 5000) ** 40000", pytest.approx(Fraction(0.9998**40000), rel=1e-9)),
        ("1 - (1 / 3) ** 40000", 1),
        ("(5000 / 4999) ** (0 - 40000)", pytest.approx(Fraction(0.9998**40000), rel=1e-9)),
        ("log2(1024)", 10),
        ("log2(0.25)", -2),
        ("2 ** (3 - 1) * (1 + 2)", 12),
        ("min(3, max(1, 2)) - 5", -3),
        ("month / day", 30),
    ],
)
def test_a_formula_comes_to(text, value):
    given_ = {"readers": 2_000_000, "views": Fraction(50, 86400), "one": 250, "hits": Fraction(9, 10), "size": 2000}
    assert formula.run(made(text).program, {name: Fraction(one) for name, one in given_.items()}) == value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("readers + views", "units do not agree"),
        ("readers ** hits", "to a power that is computed"),
        ("2 ** readers", "the exponent is person"),
        ("min(readers)", "min takes 2 values"),
        ("min(readers, views)", "bring both to one unit"),
        ("__import__('os')", "is not allowed"),
        ("readers.real", "is not allowed"),
        ("'a' * 3", "is not allowed"),
        ("[readers]", "is not allowed"),
    ],
)
def test_what_is_no_arithmetic_is_refused(text, says):
    with pytest.raises(Fault, match=says.replace("(", r"\(")):
        made(text)


def test_the_working_is_written_as_a_person_would():
    shown = "".join(text for text, _ in made("(1 - hits) * readers * views * day / request / (2 * s)").working)
    assert shown == "(1 \u2212 hits) × readers × views × 1 day / (2 s)"


def test_a_text_quotes_its_own_numbers_and_those_of_others(small):
    text = told("{peak} of {counter.users:number}, and /v1/:id", "counter", small.quantities)
    assert text == "3,500 requests/s of 2 million, and /v1/:id" and isinstance(text, Told)
    assert [part.id for part in text.parts if part.id] == ["peak", "users"]
    assert told("{id} of a path", "", small.quantities) == "{id} of a path"
    assert list(quoted("{id} {counter.peak}", "")) == [("counter", "peak")]


def test_later_steps_go_on_from_the_said_number_where_it_is_carried(small):
    known = small.quantities["counter"]
    assert known.all["peak"].value == 3500 and known.all["servers"].value == 14
    assert known.variant({"burst": Fraction(6)})["peak"] == 6900


# --- the page says what the build says ------------------------------------------------------------


def moves(known, rng: random.Random) -> dict[str, str]:
    """Some assumptions, moved within their ranges, as decimal numbers."""
    out = {}
    for one in known.all.values():
        if one.formula is None and rng.random() < 0.4:
            low, high = one.given.low, one.given.high
            at = low * (high / low) ** rng.random() if low > 0 and rng.random() < 0.5 else rng.uniform(low, high)
            text = f"{min(max(at, low), high):.{rng.choice([2, 3, 6])}g}"
            out[one.id] = f"{Fraction(text).__float__():.9f}".rstrip("0").rstrip(".")
    return out


def as_the_page_says(known, variants, flip=False):
    done = node.run(
        str(HERE / "quantities.mjs"), input=json.dumps({"model": known.compiled, "variants": variants, "flip": flip}),
        text=True, stdout=subprocess.PIPE, encoding="utf-8", check=True,
    )  # fmt: skip
    return SimpleNamespace(**json.loads(done.stdout))


def test_thousands_of_variants_are_said_alike_in_page_and_build(catalogue):
    rng = random.Random(15)
    each = -(-VARIANTS // len(catalogue.quantities))
    for known in catalogue.quantities.values():
        variants = [moves(known, rng) for _ in range(each)]
        for moved, row in zip(variants, as_the_page_says(known, variants).rows, strict=True):
            values = known.variant({id: Fraction(text) for id, text in moved.items()})
            assert row == [known.say(id, value) for id, value in values.items()] + [
                known.takes(id, values) for id in known.decisions
            ]


def test_odd_arithmetic_is_said_alike():
    steps = (
        "a ** 0.5",
        "log2(a * b)",
        "a ** b",
        "(1 - a / 1001) ** (b * 1000)",
        "(a / 1001 - 1) ** (b * 1000)",
        "min(a, b) - max(a, b)",
        "ceil(a / b)",
        "(a - b) * 1000000",
        "log2(a) / 7",
    )
    assumed = {
        id: Assumption(value=value, unit="times", low=0.001, high=1000, means="some", why="any", digits=6)
        for id, value in (("a", 2), ("b", 3))
    }
    computed = {
        f"x{i}": Computed(**{"is": text}, unit="times", role=("size",), means="some", digits=6)
        for i, text in enumerate(steps)
    }
    known = quantities("odd", assumed, computed, {}, UNITS)
    assert known.faults == []
    rng = random.Random(7)
    variants = [moves(known, rng) for _ in range(1000)]
    for moved, row in zip(variants, as_the_page_says(known, variants).rows, strict=True):
        values = known.variant({id: Fraction(text) for id, text in moved.items()})
        assert row == [known.say(id, value) for id, value in values.items()]


def test_each_flip_point_has_another_decision_on_either_side(catalogue):
    for known in catalogue.quantities.values():
        for id, flips in as_the_page_says(known, [], flip=True).flips.items():
            for one in flips:
                sides = [known.takes(id, known.variant({one["id"]: Fraction(one[end])})) for end in ("from", "to")]
                assert sides[0] != sides[1], (known.slug, id, one)


def test_every_decision_of_a_problem_flips_somewhere(catalogue):
    for known in catalogue.quantities.values():
        flips = as_the_page_says(known, [], flip=True).flips
        assert [id for id in known.decisions if not flips[id]] == [], known.slug
