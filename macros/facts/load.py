"""The only reader of YAML. Every problem names file, line, field and remedy; all are reported at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from macros.facts import model

ROOT = Path(__file__).resolve().parent.parent.parent
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
M = TypeVar("M", bound=BaseModel)


class Problem(NamedTuple):
    """One thing wrong, and the way out."""

    path: str
    line: int
    field: str
    text: str
    warning: bool = False

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}: "
        return where + (f"{self.field}: " if self.field else "") + self.text


class GuideError(Exception):
    """An error whose message is written for the author of a page or a data file."""


class BadData(GuideError):
    """Data that cannot be used; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(problems, key=lambda p: (p.path, p.line, p.field))
        super().__init__("\n".join(map(str, self.problems)))


def suggestion(word: str, known: Iterable[str]) -> str:
    """'; did you mean 'x'?' where something known is near, else ''."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""


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
    problems: list[Problem] = field(default_factory=list)

    def line(self, loc: tuple) -> int:
        """Line of the nearest place that stands in the file."""
        while loc not in self.lines and loc:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def problem(self, loc: tuple, text: str, *, warning: bool = False) -> Problem:
        return Problem(self.path, self.line(loc), dotted(loc), text, warning)


def dotted(loc: tuple) -> str:
    """('numbers', 0, 'value') -> 'numbers[0].value'."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in loc).lstrip(".")


def shown(path: Path) -> str:
    """The path as the author knows it, from the repository's root where it lies there."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def parse(path: Path) -> Document:
    """Read one YAML file into plain values; syntax and surprises become problems."""
    doc = Document(shown(path), None)
    try:
        node = yaml.compose(path.read_text("utf-8"), Loader=Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        why = error.problem or error.context or "cannot be read"
        doc.problems.append(
            Problem(doc.path, line, "", f"not valid YAML: {why}; check quotes, colons and indentation near here")
        )
        return doc
    if node is None:
        doc.problems.append(Problem(doc.path, 1, "", "the file is empty; start it with `make new pattern=SLUG`"))
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
                doc.problems.append(
                    Problem(doc.path, key.start_mark.line + 1, dotted(here), "key stands twice; keep one of the two")
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
            doc.problems.append(
                Problem(doc.path, node.start_mark.line + 1, dotted(loc), f"{why}; write it in quotes: '{text}'")
            )
            return text
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return float(text)
    return {"true": True, "false": False, "null": None, "~": None, "": None}.get(text, text)


# --- plain values to models -----------------------------------------------------------------


def _remedy(error: dict, cls: type[BaseModel]) -> str:
    """What is wrong, and what to do, in the author's words."""
    kind, given, ctx = error["type"], error["input"], error.get("ctx", {})
    if kind == "missing":
        return "is missing; add it"
    if kind == "extra_forbidden":
        return f"unknown field{suggestion(str(error['loc'][-1]), _fields(cls, error['loc'][:-1])) or '; remove it'}"
    if kind == "too_short":
        need, have = ctx["min_length"], ctx["actual_length"]
        return f"needs at least {need} {'entry' if need == 1 else 'entries'}, has {have}; add {need - have}"
    if kind in ("string_too_long", "string_too_short"):
        limit = ctx.get("max_length", ctx.get("min_length"))
        word, verb = ("most", "shorten") if kind == "string_too_long" else ("least", "lengthen")
        return f"is {len(given)} characters, at {word} {limit} are allowed; {verb} it"
    if kind == "string_pattern_mismatch":
        if "a-z0-9" in ctx["pattern"]:
            return f"{given!r} is not a slug; use lower-case letters, digits and single hyphens"
        if "https" in ctx["pattern"]:
            return f"{given!r} is not a web address; write the full address, starting with https://"
        return "has to be one line without spaces at its ends; a longer text belongs on the page in docs/"
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


def _fields(cls: type[BaseModel], loc: tuple) -> list[str]:
    """Names allowed at a place, following lists and nested records."""
    for part in loc:
        if isinstance(part, int) or part not in cls.model_fields:
            continue
        for inner in _inner(cls.model_fields[part].annotation):
            cls = inner
            break
    return list(cls.model_fields)


def _inner(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for arg in getattr(annotation, "__args__", ()):
        yield from _inner(arg)


def read(path: Path, cls: type[M]) -> tuple[M | None, Document]:
    """One file as a model; None where it has problems, which the document then lists."""
    doc = parse(path)
    if doc.value is None or not isinstance(doc.value, dict):
        if not doc.problems:
            doc.problems.append(Problem(doc.path, 1, "", "has to be a mapping of fields to values; see its schema"))
        return None, doc
    found = None
    surprised = {p.field for p in doc.problems}
    try:
        found = cls.model_validate(doc.value)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        for e in errors:
            if e["type"] == "too_short" and any(o["loc"][: len(e["loc"])] == e["loc"] for o in errors if o is not e):
                continue  # pydantic does not count the entries that are themselves wrong
            loc = tuple(p for p in e["loc"] if not (isinstance(p, str) and p.startswith(("literal[", "constrained-"))))
            if dotted(loc) not in surprised:
                doc.problems.append(doc.problem(loc, _remedy(e, cls)))
    return (None if doc.problems else found), doc


# --- the whole catalogue ----------------------------------------------------------------------


class Shelf(Mapping[str, M]):
    """Records by slug; an unknown slug gets an error with the nearest known one."""

    def __init__(self, kind: str, records: dict[str, M]):
        self.kind, self._records = kind, records

    def __getitem__(self, slug: str) -> M:
        return self.find(slug)

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, slug: object) -> bool:
        return slug in self._records

    def find(self, slug: str) -> M:
        """The record; GuideError where there is none."""
        if slug not in self._records:
            raise GuideError(
                f"no {self.kind} '{slug}'{suggestion(slug, self._records) or f'; see data/{self.kind}s/'}"
            )
        return self._records[slug]


@dataclass
class Catalogue:
    """Everything in data/, read once."""

    root: Path
    patterns: Shelf[model.Pattern]
    phases: Shelf[model.Phase]
    playbooks: Shelf[model.Playbook]
    algorithms: Shelf[model.Algorithm]
    corrections: Shelf[model.Corrections]
    interview: model.Interview
    vocabulary: model.Vocabulary
    glossary: model.Glossary
    sources: Shelf[model.Source]
    documents: dict[str, Document]

    @cached_property
    def categories(self) -> dict[str, model.Category]:
        return {c.slug: c for c in self.vocabulary.categories}

    @cached_property
    def axes(self) -> dict[str, model.Axis]:
        return {a.slug: a for a in self.vocabulary.axes}

    @cached_property
    def relations(self) -> dict[str, model.RelationKind]:
        return {r.slug: r for r in self.vocabulary.relations}

    def in_category(self, slug: str) -> list[tuple[str, model.Pattern]]:
        """Patterns of one category, by name."""
        return sorted(((s, p) for s, p in self.patterns.items() if p.category == slug), key=lambda sp: sp[1].name.lower())

    def in_phase(self, slug: str) -> list[tuple[str, model.Pattern]]:
        """Patterns that come up in one phase: its key patterns first, the rest by name."""
        first = list(self.phases.find(slug).key_patterns) if slug in self.phases else []
        listed = [(s, p) for s, p in self.patterns.items() if slug in p.phases or s in first]
        return sorted(listed, key=lambda sp: (first.index(sp[0]) if sp[0] in first else len(first), sp[1].name.lower()))

    def of_pattern(self, slug: str) -> list[tuple[str, model.Algorithm]]:
        """Algorithms that a pattern's page shows, by file name."""
        return [(name, a) for name, a in sorted(self.algorithms.items()) if slug in a.patterns]

    def ordered_phases(self) -> list[tuple[str, model.Phase]]:
        return sorted(self.phases.items(), key=lambda sp: sp[1].order)

    def ordered_playbooks(self) -> list[tuple[str, model.Playbook]]:
        return sorted(self.playbooks.items(), key=lambda sp: sp[1].order)


SINGLES = {
    "interview": model.Interview,
    "vocabulary": model.Vocabulary,
    "glossary": model.Glossary,
    "sources": model.Sources,
}
FOLDERS = {"patterns": model.Pattern, "phases": model.Phase, "playbooks": model.Playbook, "algorithms": model.Algorithm, "corrections": model.Corrections}
PAGED = ("patterns", "phases", "playbooks")  # folders whose records have a page each


def catalogue(data: Path = ROOT / "data") -> tuple[Catalogue | None, list[Problem]]:
    """Read all of data/. The catalogue is None where a file that others need cannot be read."""
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    singles: dict[str, Any] = {}
    for name, cls in SINGLES.items():
        path = data / f"{name}.yml"
        if not path.exists():
            problems.append(Problem(shown(path), 1, "", "the file is missing; restore it from version control"))
            continue
        singles[name], doc = read(path, cls)
        documents[name] = doc
        problems += doc.problems
    shelves: dict[str, dict[str, Any]] = {}
    for folder, cls in FOLDERS.items():
        shelves[folder] = {}
        for path in sorted((data / folder).glob("*.yml")):
            record, doc = read(path, cls)
            documents[f"{folder}/{path.stem}"] = doc
            problems += doc.problems
            if record is not None:
                shelves[folder][path.stem] = record
    if len(singles) < len(SINGLES) or None in singles.values():
        return None, problems
    return (
        Catalogue(
            root=data,
            patterns=Shelf("pattern", shelves["patterns"]),
            phases=Shelf("phase", shelves["phases"]),
            playbooks=Shelf("playbook", shelves["playbooks"]),
            algorithms=Shelf("algorithm", shelves["algorithms"]),
            corrections=Shelf("correction", shelves["corrections"]),
            interview=singles["interview"],
            vocabulary=singles["vocabulary"],
            glossary=singles["glossary"],
            sources=Shelf("source", singles["sources"].sources),
            documents=documents,
        ),
        problems,
    )
