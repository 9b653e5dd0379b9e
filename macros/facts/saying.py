"""A number as a person would say it: 3,500 requests/s, 1.5 TB, 43.2 min, 14 million people.

Exact fractions in, text out; frontend/quantities/say.ts does the same, letter for letter, and a test holds them equal.
"""

from __future__ import annotations

from fractions import Fraction

from macros.facts.units import LADDERS, Unit, Units

DIGITS = 2  # significant, where a quantity asks for no others
WORDS = ((12, "trillion"), (9, "billion"), (6, "million"))
TEN = Fraction(10)
PLACES = 12  # behind the point, at most
LEAST, MOST = Fraction(1, 10), Fraction(1000)  # of a unit of time or data, before another of its ladder says it better


def rounded(value: Fraction, digits: int) -> Fraction:
    """To so many significant digits, halves away from zero."""
    if not value:
        return value
    size = abs(value)
    power = (
        (size.numerator.bit_length() - size.denominator.bit_length()) * 30103 // 100000
    )  # a guess, off by one or two
    while size >= TEN ** (power + 1):
        power += 1
    while size < TEN**power:
        power -= 1
    up, down = 10 ** max(digits - 1 - power, 0), 10 ** max(power - digits + 1, 0)
    whole = (2 * size.numerator * up + size.denominator * down) // (2 * size.denominator * down)
    return Fraction(whole * down if value > 0 else -whole * down, up)


def decimal(value: Fraction, digits: int) -> str:
    """Rounded, with thousands apart and without zeros at the end of a fraction."""
    value = rounded(value, digits)
    sign, value = ("\u2212" if value < 0 else ""), abs(value)
    whole, part = divmod(value.numerator * 10**PLACES // value.denominator, 10**PLACES)
    places = f"{part:0{PLACES}d}".rstrip("0")
    return f"{sign}{whole:,}" + (f".{places}" if places else "")


def scales(units: Units, unit: Unit) -> list[tuple[Fraction, str, str]]:
    """The ladder on which a size in this unit may be said: (base units, words for one, words for many)."""
    above, *below = unit.text.split("/")
    for ladder in LADDERS:
        if above in ladder and not (ladder is LADDERS[0] and below):
            steps = [units.unit("/".join([step, *below])) for step in ladder]
            return [(one.factor, one.one, one.many) for one in steps]
    return []


def number(value: Fraction, unit: Unit, digits: int, ladder: list[tuple[Fraction, str, str]]) -> tuple[str, str]:
    """(number, unit in words); `value` is in base units."""
    factor, one, many = unit.factor, unit.one, unit.many
    in_unit = abs(value / factor)
    if ladder and in_unit and not LEAST <= in_unit < MOST:
        fits = [step for step in ladder if abs(value) >= step[0]]
        factor, one, many = fits[-1] if fits else ladder[0]
    shown = rounded(value / factor, digits)
    for power, word in WORDS:
        if abs(shown) >= 10**power:
            return f"{decimal(shown / 10**power, digits)} {word}", many
    return decimal(shown, digits), one if abs(shown) == 1 else many


def say(value: Fraction, unit: Unit, digits: int, ladder: list[tuple[Fraction, str, str]]) -> str:
    """Number and unit: '90%', '3,500 requests/s'."""
    text, words = number(value, unit, digits, ladder)
    return text + ("" if not words or words[0] in "%/" else " ") + words
