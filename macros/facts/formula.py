"""A formula of a data file: parsed by Python's own parser, never run by it; checked, and compiled to a stack program.

Allowed are names, numbers, + - * / **, parentheses, and min, max, ceil, log2. A power is a whole number (what is
computed is rounded to one), or 0.5 for the root. Arithmetic is on exact fractions, here and in frontend/quantities/, so
that both print alike.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from macros.facts.units import NAMES, Unit, words

SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
SHOWN = {"+": " + ", "-": " \u2212 ", "*": " × ", "/": " / ", "**": "^"}
BINDS = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}
CALLS = {"min": 2, "max": 2, "ceil": 1, "log2": 1}
COMPARE = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
HELD = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}
POWER = 4096  # the largest exponent that is worked out, of what is not below one
BITS = 48  # binary places of a logarithm
FINE = 10**30  # of a root, the smallest part
KEPT = 256  # binary digits of a long power

Dimension = tuple[tuple[str, Fraction], ...]
Look = Callable[[str], Unit | None]  # a name to its unit; none where the name is not known


class Fault(ValueError):
    """What is wrong with a formula, and what to do; `name` where a name is not known."""

    def __init__(self, text: str, name: str = ""):
        super().__init__(text)
        self.name = name


@dataclass(frozen=True)
class Formula:
    """A checked formula: what it is made of, its stack program, and its working as text and names in turn."""

    names: tuple[str, ...]
    program: tuple[str, ...]  # numbers '3/4', names, and operators
    working: tuple[tuple[str, bool], ...]  # (text or name, whether it is a name)
    dimension: Dimension


@dataclass(frozen=True)
class Comparison:
    """Two formulas and which way they are compared."""

    left: Formula
    sign: str
    right: Formula


def parse(text: str) -> ast.expr:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise Fault(f"cannot be read: {error.msg}; write arithmetic over names, such as 'readers * views'") from error


def names(text: str) -> list[str]:
    """The names in a formula, in order; none where it cannot be read."""
    try:
        tree = parse(text)
    except Fault:
        return []
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called]
    return list(dict.fromkeys(node.id for node in sorted(found, key=lambda n: (n.lineno, n.col_offset))))


def formula(text: str, look: Look, constants: Mapping[str, Unit]) -> Formula:
    """Checked and compiled. Fault where it cannot be."""
    return _made(parse(text), look, constants)


def comparison(text: str, look: Look, constants: Mapping[str, Unit]) -> Comparison:
    """`left < right`, with equal dimensions and at least one name. Fault where it is not one."""
    tree = parse(text)
    if not isinstance(tree, ast.Compare) or len(tree.ops) != 1 or type(tree.ops[0]) not in COMPARE:
        raise Fault("is no comparison; write two quantities with <, <=, > or >= between them")
    left, right = _made(tree.left, look, constants), _made(tree.comparators[0], look, constants)
    if not left.names and not right.names:
        raise Fault("decides by no number of this problem; compare a quantity that is computed here")
    if left.dimension != right.dimension:
        raise Fault(f"compares {words(left.dimension)} with {words(right.dimension)}; bring both to one unit")
    return Comparison(left, COMPARE[type(tree.ops[0])], right)


def _made(tree: ast.expr, look: Look, constants: Mapping[str, Unit]) -> Formula:
    program: list[str] = []
    working: list[tuple[str, bool]] = []
    used: list[str] = []

    def put(text: str) -> None:
        working.append((text, False))

    def walk(node: ast.expr, binds: int = 0) -> Dimension:
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            value = Fraction(str(node.value))
            program.append(str(value))
            put(f"{node.value:,}")
            return ()
        if isinstance(node, ast.Name):
            unit = look(node.id)
            if unit is not None:
                used.append(node.id)
                program.append(node.id)
                working.append((node.id, True))
                return unit.dimension
            if node.id in constants:
                program.append(str(constants[node.id].factor))
                put(f"1 {node.id}")
                return constants[node.id].dimension
            raise Fault(f"no quantity '{node.id}'", node.id)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            return call(node, node.func.id)
        if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
            sign = SIGNS[type(node.op)]
            wrap = BINDS[sign] < binds
            if wrap:
                put("(")
            left = walk(node.left, BINDS[sign] + (sign == "**"))
            before = len(working)
            put(SHOWN[sign])
            right = walk(node.right, BINDS[sign] + (sign in "-/"))
            if sign in "*/" and (plain := bare(node)) is not None:
                working[before:] = [(plain, False)] if plain else []
            if wrap:
                put(")")
            program.append(sign)
            return joined(sign, left, right, node)
        raise Fault(
            f"'{ast.unparse(node)}' is not allowed; "
            "use names, numbers, + - * / **, parentheses, min, max, ceil and log2"
        )

    def bare(node: ast.BinOp) -> str | None:
        """How a step that only names a unit is shown: '60 s' for 60 * s, a counted one not at all; None for others."""
        name = node.right.id if isinstance(node.right, ast.Name) and look(node.right.id) is None else ""
        if name and name not in NAMES:
            return ""
        return f" {name}" if name and isinstance(node.op, ast.Mult) and isinstance(node.left, ast.Constant) else None

    def call(node: ast.Call, name: str) -> Dimension:
        if len(node.args) != CALLS[name] or node.keywords:
            raise Fault(f"{name} takes {CALLS[name]} {'value' if CALLS[name] == 1 else 'values'}; give it so many")
        put({"ceil": "", "log2": "log2("}.get(name, f"{name}("))
        if name == "ceil":
            inner = walk(node.args[0])
            if {"[time]", "[data]", "[money]"} & {dim for dim, _ in inner}:
                raise Fault(f"rounds up {words(inner)}, which is not counted; divide by a unit first")
            put(", rounded up")
        else:
            dims = []
            for i, argument in enumerate(node.args):
                if i:
                    put(", ")
                dims.append(walk(argument))
            if dims[0] != dims[-1]:
                raise Fault(f"{name} of {words(dims[0])} and {words(dims[-1])}; bring both to one unit")
            inner = dims[0]
            if name == "log2" and inner:
                raise Fault(f"log2 of {words(inner)}; divide by a unit first")
            put(")")
        program.append(name)
        return inner

    def joined(sign: str, left: Dimension, right: Dimension, node: ast.BinOp) -> Dimension:
        if sign in "+-":
            if left != right:
                raise Fault(f"{words(left)} {sign} {words(right)}: units do not agree; bring both to one unit")
            return left
        if sign == "**":
            if right:
                raise Fault(f"the exponent is {words(right)}; divide by a unit first")
            if not left:
                return ()
            if not isinstance(node.right, ast.Constant):
                raise Fault(f"{words(left)} to a power that is computed; divide by a unit first")
            return tuple((name, power * Fraction(str(node.right.value))) for name, power in left)
        powers = dict(left)
        for name, power in right:
            powers[name] = powers.get(name, Fraction(0)) + (power if sign == "*" else -power)
        return tuple(sorted((name, power) for name, power in powers.items() if power))

    dimension = walk(tree)
    return Formula(tuple(dict.fromkeys(used)), tuple(program), tuple(working), dimension)


# --- the stack program, as the page runs it too -------------------------------------------------


def run(program: tuple[str, ...], values: Mapping[str, Fraction]) -> Fraction:
    """The program's result, in base units. ZeroDivisionError where it divides by nothing."""
    stack: list[Fraction] = []
    for token in program:
        if token in BINDS or token in CALLS:
            right = stack.pop()
            stack.append(_step(token, stack.pop() if token in BINDS or CALLS[token] == 2 else right, right))
        else:
            stack.append(values[token] if token[0].isalpha() else Fraction(token))
    return stack[0]


def _step(sign: str, left: Fraction, right: Fraction) -> Fraction:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    if sign == "/":
        return left / right
    if sign == "**":
        return root(left) if right == Fraction(1, 2) else _power(left, right)
    if sign == "ceil":
        return Fraction(right.__ceil__())
    if sign == "log2":
        return log2(right)
    return min(left, right) if sign == "min" else max(left, right)


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    whole = (exponent + Fraction(1, 2)).__floor__()
    if whole < 0:
        base, whole = 1 / base, -whole
    if abs(base) >= 1:
        whole = min(whole, POWER)
    a, b, made = base.numerator, base.denominator, (1, 1)
    while whole:
        if whole & 1:
            made = cut(made[0] * a, made[1] * b)
        a, b = cut(a * a, b * b)
        whole >>= 1
    return Fraction(*made)


def cut(above: int, below: int) -> tuple[int, int]:
    """The first 256 binary digits of what has more than 512 above or below; of less than 2 to the -4,096th, nothing."""
    long, wide = abs(above).bit_length(), below.bit_length()
    if max(long, wide) <= 2 * KEPT:
        return above, below
    if wide - long > POWER:
        return 0, 1
    shift = KEPT + wide - long
    whole = (abs(above) << max(shift, 0)) // (below << max(-shift, 0)) << max(-shift, 0)
    return (whole if above > 0 else -whole), 1 << max(shift, 0)


def root(value: Fraction) -> Fraction:
    """The square root, down to thirty places; of less than nothing, nothing."""
    return Fraction(isqrt(value.numerator * FINE * FINE // value.denominator), FINE) if value > 0 else Fraction(0)


def log2(value: Fraction) -> Fraction:
    """The binary logarithm to 48 binary places, bit by bit in whole numbers; of nothing or less, nothing."""
    if value <= 0:
        return Fraction(0)
    one = 1 << 64
    whole, x = 0, value.numerator * one // value.denominator
    while x >= 2 * one:
        whole, x = whole + 1, x >> 1
    while 0 < x < one:
        whole, x = whole - 1, x << 1
    result = whole << BITS
    for place in range(BITS - 1, -1, -1):
        x = x * x >> 64
        if x >= 2 * one:
            x >>= 1
            result += 1 << place
    return Fraction(result, 1 << BITS)
