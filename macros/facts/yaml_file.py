"""The only reader of YAML: a file to plain values, and to a model. Mistakes become findings, all reported at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from macros.facts.finding import Finding, shown, suggestion
from macros.facts.model import Remedy

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
M = TypeVar("M", bound=BaseModel)

# --- YAML to plain values -------------------------------------------------------------------

_PLAIN = {
    re.compile(r"^(yes|no|on|off|y|n)$", re.I): "YAML 1.1 reads this word as true or false",
    re.compile(r"^\d{4}-\d{1,2}-\d{1,2}([Tt ].*)?$"): "YAML reads this as a date",
    re.compile(r"^[-+]?\d+(:[0-5]?\d)+(\.\d*)?$"): "YAML 1.1 reads this as a number in base 60",
    re.compile(r"^[-+]?\d+\.\d*0$"): "YAML reads this as a number and drops the last zero",
    re.compile(r"^0\d+$"): "YAML 1.1 reads this as an octal number",
}


@dataclass
class Document:
    """A parsed file: plain values, and the line of every place in them."""

    path: str
    value: Any
    lines: dict[tuple, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def line(self, loc: tuple) -> int:
        """Line of the nearest place that stands in the file."""
        while loc not in self.lines and loc:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def finding(self, loc: tuple, text: str, *, warning: bool = False) -> Finding:
        return Finding(self.path, self.line(loc), dotted(loc), text, warning)


def dotted(loc: tuple) -> str:
    """('numbers', 0, 'value') -> 'numbers[0].value'."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in loc).lstrip(".")


def parse(path: Path) -> Document:
    """Read one YAML file into plain values; syntax and surprises become findings."""
    doc = Document(shown(path), None)
    try:
        node = yaml.compose(path.read_text("utf-8"), Loader=Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        why = error.problem or error.context or "cannot be read"
        doc.findings.append(
            Finding(doc.path, line, "", f"not valid YAML: {why}; check quotes, colons and indentation near here")
        )
        return doc
    if node is None:
        doc.findings.append(Finding(doc.path, 1, "", "the file is empty; start it with `make new pattern=SLUG`"))
        return doc
    doc.value = _value(node, (), doc)
    return doc


def _value(node: yaml.Node, loc: tuple, doc: Document) -> Any:
    doc.lines.setdefault(loc, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        out: dict[str, Any] = {}
        for key, value in node.value:
            name = key.value
            here = (*loc, name)
            doc.lines[here] = key.start_mark.line + 1
            if name in out:
                doc.findings.append(
                    Finding(doc.path, key.start_mark.line + 1, dotted(here), "key stands twice; keep one of the two")
                )
            out[name] = _value(value, here, doc)
        return out
    if isinstance(node, yaml.SequenceNode):
        return tuple(_value(child, (*loc, i), doc) for i, child in enumerate(node.value))
    return _scalar(node, loc, doc)


def _scalar(node: yaml.Node, loc: tuple, doc: Document) -> Any:
    text = node.value
    if node.style in ("'", '"', "|", ">"):  # quoted, or a block: a string as written
        return text.rstrip("\n") if node.style in "|>" else text
    for surprise, why in _PLAIN.items():
        if surprise.match(text):
            doc.findings.append(
                Finding(doc.path, node.start_mark.line + 1, dotted(loc), f"{why}; write it in quotes: '{text}'")
            )
            return text
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return float(text)
    return {"true": True, "false": False, "null": None, "~": None, "": None}.get(text, text)


PYDANTIC = ("literal[", "constrained-", "tagged:")  # parts of a place that are not in the file


# --- plain values to models -----------------------------------------------------------------


def _remedy(error: dict, cls: type[BaseModel]) -> str:
    """What is wrong, and what to do, in the author's words."""
    kind, given, ctx = error["type"], error["input"], error.get("ctx", {})
    if kind == "missing":
        return "is missing; add it"
    if kind == "extra_forbidden":
        *place, name = error["loc"]
        known = [field for model in _models(cls, tuple(place)) for field in model.model_fields if field != "slug"]
        return f"unknown field{suggestion(str(name), known) or '; remove it'}"
    if kind == "too_short":
        need, have = ctx["min_length"], ctx["actual_length"]
        return f"needs at least {need} {'entry' if need == 1 else 'entries'}, has {have}; add {need - have}"
    if kind in ("string_too_long", "string_too_short"):
        limit = ctx.get("max_length", ctx.get("min_length"))
        word, verb = ("most", "shorten") if kind == "string_too_long" else ("least", "lengthen")
        return f"is {len(given)} characters, at {word} {limit} are allowed; {verb} it"
    if kind == "string_pattern_mismatch":
        hung = next((m for m in _hints(cls, error["loc"]) if isinstance(m, Remedy)), None)
        return (
            hung.text.format(given=given)
            if hung
            else f"{given!r} does not match {ctx['pattern']}; see the field in {cls.__name__}"
        )
    if kind == "literal_error":
        return f"{given!r} is not allowed; use one of {ctx['expected'].replace(' or ', ', ')}"
    if kind in ("value_error", "date_type", "date_from_datetime_parsing"):
        return f"{given!r} is not a date; write a quoted ISO date such as '2026-11-21'"
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"{given} is out of bounds; {error['msg'][0].lower()}{error['msg'][1:]}"
    wanted = {
        "string_type": "a text; put it in quotes",
        "int_type": "a whole number without quotes",
        "bool_type": "true or false",
        "tuple_type": "a list; write each entry after a hyphen, or in [brackets]",
        "dict_type": "a mapping of keys to values",
        "model_type": "a mapping of keys to values",
        "model_attributes_type": "a mapping of keys to values",
    }.get(kind)
    return f"wrong type; has to be {wanted}" if wanted else f"{error['msg']}; see the field in {cls.__name__}"


def _hints(cls: type[BaseModel], loc: tuple) -> list[Any]:
    """The type at a place, taken apart: models, constraints and remedies, through lists, mappings and alternatives."""
    found: list[Any] = [cls]
    for part in loc:
        models = [one for one in found if isinstance(one, type) and issubclass(one, BaseModel)]
        if isinstance(part, str) and any(part in model.model_fields for model in models):
            found = [one for model in models if part in model.model_fields for one in _apart(_whole(model, part))]
        elif isinstance(part, int) or any(get_origin(one) is dict for one in found):
            found = [one for inner in found for argument in get_args(inner)[-2:] for one in _apart(argument)]
    return found


def _whole(model: type[BaseModel], name: str) -> Any:
    """A field's type with what hangs on it."""
    field = model.model_fields[name]
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def _apart(annotation: Any) -> list[Any]:
    """The type itself, and what is annotated to it or to one of its alternatives."""
    out = [annotation]
    if get_origin(annotation) is Annotated:
        inner, *hung = get_args(annotation)
        out += [*hung, *_apart(inner)]
    elif get_origin(annotation) not in (tuple, list, dict):
        out += [one for argument in get_args(annotation) for one in _apart(argument)]
    return out


def _models(cls: type[BaseModel], loc: tuple) -> list[type[BaseModel]]:
    return [one for one in _hints(cls, loc) if isinstance(one, type) and issubclass(one, BaseModel)]


def read(path: Path, cls: type[M]) -> tuple[M | None, Document]:
    """One file as a model, a record with the file's name as its slug; None where the document lists mistakes."""
    doc = parse(path)
    if doc.value is None or not isinstance(doc.value, dict):
        if not doc.findings:
            doc.findings.append(Finding(doc.path, 1, "", "has to be a mapping of fields to values; see its schema"))
        return None, doc
    if "slug" in doc.value and "slug" in cls.model_fields:
        doc.findings.append(doc.finding(("slug",), "the file's name is the slug; remove this line"))
    found = None
    surprised = {f.field for f in doc.findings}
    try:
        found = cls.model_validate({"slug": path.stem} | doc.value if "slug" in cls.model_fields else doc.value)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        for e in errors:
            if e["type"] == "too_short" and any(o["loc"][: len(e["loc"])] == e["loc"] for o in errors if o is not e):
                continue  # pydantic does not count the entries that are themselves wrong
            loc = tuple(p for p in e["loc"] if not (isinstance(p, str) and p.startswith(PYDANTIC)))
            if dotted(loc) not in surprised:
                doc.findings.append(doc.finding(loc, _remedy(e, cls)))
    return (None if doc.findings else found), doc
