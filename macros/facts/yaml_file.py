"""The only reader of YAML: a file to plain values, and to a model. Mistakes become findings, all reported at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from macros.facts import files
from macros.facts.finding import Finding, shown, suggestion
from macros.facts.model import Remedy

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
M = TypeVar("M", bound=BaseModel)
ALTERNATIVES = ("literal[", "constrained-", "tagged:", "[key]")  # what pydantic puts into a place and no file has
DEEPEST = 20  # nested lists and mappings; a scenario's input has five
DIGITS = 15  # of a number: what a program in any language still reads exactly

# --- YAML to plain values -------------------------------------------------------------------

_PLAIN = {
    re.compile(r"^(yes|no|on|off|y|n)$", re.I): "YAML 1.1 reads this word as true or false",
    re.compile(r"^\d{4}-\d{1,2}-\d{1,2}([Tt ].*)?$"): "YAML reads this as a date",
    re.compile(r"^[-+]?\d+(:[0-5]?\d)+(\.\d*)?$"): "YAML 1.1 reads this as a number in base 60",
    re.compile(r"^[-+]?\d+\.\d*0$"): "YAML reads this as a number and drops the last zero",
    re.compile(r"^[-+]?0\d+$"): "YAML 1.1 reads this as an octal number",
    re.compile(r"^[-+]?0[xXbo][0-9a-fA-F]+$"): "YAML reads this as a number",
    re.compile(
        r"^\+\d|^[-+]?\.\d+$|^[-+]?\d+\.$|^(?!-?\d{1,3}(_\d{3})+$)[-+]?\d[\d_]*_[\d_]*$"
    ): "YAML reads this as a number",
    re.compile(r"^[-+]?(\d+(\.\d*)?|\.\d+)[eE][-+]?\d+$"): "YAML reads this as a number",
    re.compile(r"^[-+]?\.(inf|Inf|INF|nan|NaN|NAN)$"): "YAML reads this as a number",
    re.compile(r"^(True|TRUE|False|FALSE|Null|NULL)$"): "YAML reads this word as true, false or nothing",
}


@dataclass
class Document:
    """A parsed file: its text, which checks read here, plain values, and the line of every place in them."""

    path: str
    value: Any
    lines: dict[tuple, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    text: str = ""  # empty where it cannot be read

    def line(self, loc: tuple) -> int:
        """Line of the nearest place that stands in the file."""
        while loc not in self.lines and loc:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def finding(self, loc: tuple, text: str, *, warning: bool = False) -> Finding:
        return Finding(self.path, self.line(loc), dotted(loc), text, warning)


def dotted(loc: tuple) -> str:
    """('numbers', 0, 'value') -> 'numbers[0].value'."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p[:60]}" for p in loc).removeprefix(".")


def parse(path: Path) -> Document:
    """Read one YAML file into plain values; bytes, syntax and surprises become findings."""
    doc = Document(shown(path), None)
    doc.text, doc.findings = files.read(path)
    if not doc.findings:
        parse_text(doc.text, doc)
    return doc


def parse_text(text: str, doc: Document) -> None:
    """The value of a text, with its places and what is wrong, into a document."""
    try:
        _Reader(text, doc).whole()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        why = error.problem or error.context or "cannot be read"
        _refuse(doc, line, f"not valid YAML: {why}; check quotes, colons and indentation near here")
    except yaml.YAMLError as error:
        _refuse(doc, 1, f"not valid YAML: {str(error).splitlines()[0]}; type the file again")


def _refuse(doc: Document, line: int, text: str) -> None:
    """The file as a whole cannot be used, and what else was found of it may not be so."""
    doc.value = None
    doc.findings.append(Finding(doc.path, line, "", text))


class _Reader:
    """Events to plain values: mappings, lists and scalars as they are written; nothing stands for something else."""

    def __init__(self, text: str, doc: Document):
        self.doc, self.loader = doc, Loader(text)

    def whole(self) -> None:
        doc, next_event = self.doc, self.loader.get_event
        next_event()  # the stream begins
        if isinstance(event := next_event(), yaml.StreamEndEvent):
            _refuse(doc, 1, "the file is empty; start it with `make new pattern=SLUG`")
            return
        value = self.value(next_event(), (), 0)
        next_event()  # the document ends
        if not isinstance(event := next_event(), yaml.StreamEndEvent):
            _refuse(doc, event.start_mark.line + 1, "a second document starts here; keep one in a file")
        elif value is None and not doc.findings:
            _refuse(doc, 1, "the file is empty; start it with `make new pattern=SLUG`")
        else:
            doc.value = value

    def value(self, event: yaml.Event, loc: tuple, depth: int) -> Any:
        self.doc.lines.setdefault(loc, event.start_mark.line + 1)
        if isinstance(event, yaml.AliasEvent):
            return self.wrong(event, loc, f"*{event.anchor} stands for another place; write out what is there")
        if event.anchor is not None:
            self.wrong(event, loc, f"&{event.anchor} is an anchor; remove it, and write out what it stood for")
        if event.tag is not None:
            self.wrong(event, loc, f"{event.tag} is a tag; remove it, the field says what its value is")
        if depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem=f"nested more than {DEEPEST} deep", problem_mark=event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event, loc, self.doc)
        if isinstance(event, yaml.SequenceStartEvent):
            out = []
            while not isinstance(inner := self.loader.get_event(), yaml.SequenceEndEvent):
                out.append(self.value(inner, (*loc, len(out)), depth + 1))
            return tuple(out)
        return self.mapping(loc, depth)

    def mapping(self, loc: tuple, depth: int) -> dict[str, Any]:
        out: dict[str, Any] = {}
        while not isinstance(key := self.loader.get_event(), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                self.wrong(key, loc, "a key has to be a word; check braces, brackets and hyphens near here")
                self.value(key, (*loc, "?"), depth + 1)
                self.value(self.loader.get_event(), (*loc, "?"), depth + 1)
                continue
            name, here = key.value, (*loc, key.value)
            self.doc.lines[here] = key.start_mark.line + 1
            if key.anchor is not None or key.tag is not None:
                self.wrong(key, here, "a key has no anchor and no tag; remove it")
            if name == "<<" and not key.style:
                self.wrong(key, loc, "`<<` merges another mapping; write its fields out")
            if name in out:
                self.wrong(key, here, "key stands twice; keep one of the two")
            out[name] = self.value(self.loader.get_event(), here, depth + 1)
        return out

    def wrong(self, event: yaml.Event, loc: tuple, text: str) -> None:
        self.doc.findings.append(Finding(self.doc.path, event.start_mark.line + 1, dotted(loc), text))


def _scalar(event: yaml.ScalarEvent, loc: tuple, doc: Document) -> Any:
    text = event.value

    def wrong(what: str) -> str:
        doc.findings.append(Finding(doc.path, event.start_mark.line + 1, dotted(loc), what))
        return text

    if unseen := files.UNSEEN.search(text) or ("\t" in text and re.search("\t", text)):
        return wrong(f"nobody would see {files.named(unseen[0])}; remove it")
    if event.style in ("'", '"', "|", ">"):  # quoted, or a block: a string as written
        return text.rstrip("\n") if event.style in "|>" else text
    for surprise, why in _PLAIN.items():
        if surprise.match(text):
            return wrong(f"{why}; write it in quotes: '{text}'")
    if re.fullmatch(r"-?[0-9]+(_[0-9]{3})*(\.[0-9]+)?", text):
        if len(text) > DIGITS:
            return wrong(
                f"is a number of {len(text)} signs, at most {DIGITS} are read; write it in quotes if it is a text"
            )
        return float(text) if "." in text else int(text)
    return {"true": True, "false": False, "null": None, "~": None, "": None}.get(text, text)


# --- plain values to models -----------------------------------------------------------------


def _remedy(error: dict, cls: type[BaseModel]) -> str:
    """What is wrong, and what to do, in the author's words."""
    kind, given, ctx = error["type"], error["input"], error.get("ctx", {})
    if isinstance(given, str) and len(given) > 60:
        given = given[:60] + "…"
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
        length = ctx.get("actual_length", len(error["input"]))
        return f"is {length} characters, at {word} {limit} are allowed; {verb} it"
    if kind == "string_pattern_mismatch":
        hung = next((m for m in _hints(cls, error["loc"]) if isinstance(m, Remedy)), None)
        return (
            hung.text.format(given=given)
            if hung
            else f"{given!r} does not match {ctx['pattern']}; see the field in {cls.__name__}"
        )
    if kind == "literal_error":
        return f"{given!r} is not allowed; use one of {ctx['expected'].replace(' or ', ', ')}"
    if kind in ("value_error", "date_type", "date_from_datetime_parsing", "date_from_datetime_inexact"):
        return f"{given!r} is not a date; write a quoted ISO date such as '2026-11-21'"
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"{given} is out of bounds; {error['msg'][0].lower()}{error['msg'][1:]}"
    wanted = {
        "string_type": "a text; put it in quotes",
        "int_type": "a whole number without quotes",
        "float_type": "a number without quotes",
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
    values = (
        {key: value for key, value in doc.value.items() if key != "slug"} if "slug" in cls.model_fields else doc.value
    )
    if len(values) < len(doc.value):
        doc.findings.append(doc.finding(("slug",), "the file's name is the slug; remove this line"))
    found = None
    surprised = {f.field for f in doc.findings}
    try:
        found = cls.model_validate({"slug": path.stem} | values if "slug" in cls.model_fields else values)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        for e in errors:
            if e["type"] == "too_short" and any(o["loc"][: len(e["loc"])] == e["loc"] for o in errors if o is not e):
                continue  # pydantic does not count the entries that are themselves wrong
            if e["loc"] == ("slug",):
                continue  # the file's name, of which files.faults() says what it has to be
            loc = tuple(p for p in e["loc"] if not (isinstance(p, str) and p.startswith(ALTERNATIVES)))
            if dotted(loc) not in surprised:
                doc.findings.append(doc.finding(loc, _remedy(e, cls)))
    return (None if doc.findings else found), doc
