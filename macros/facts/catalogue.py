"""The catalogue: everything in data/, read once a build, and the one table of its kinds."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel

from macros.facts import files, model
from macros.facts import quantities as facts_of_numbers
from macros.facts.finding import ROOT, Finding, GuideError, shown, unknown
from macros.facts.model import Record
from macros.facts.plans import Plans
from macros.facts.problem import Problem
from macros.facts.quantities import Quantities
from macros.facts.rubric import Calibration, Conduct, Rubric
from macros.facts.units import Units, units
from macros.facts.yaml_file import Document, read

R = TypeVar("R")


# --- the table of kinds -----------------------------------------------------------------------


def _by_name(record: Any) -> Any:
    return record.name.lower()


def _by_order(record: Any) -> Any:
    return record.order


def _by_slug(record: Any) -> Any:
    return record.slug


@dataclass(frozen=True)
class Kind:
    """What a folder of data/ holds. To add a kind, add a row to KINDS; CONTRIBUTING has the steps."""

    folder: str  # data/<folder>/; where it has pages, docs/<folder>/ and the address <folder>/<slug>/ too
    model: type[Record]
    label: str  # one of them, as search results, the index from A to Z and error messages name it
    paged: bool = True  # whether each record has a page
    order: Callable[[Any], Any] = _by_name  # in which order they stand wherever they are listed
    title: str = ""  # all of them: heading in llms.txt, in the book and from A to Z
    purpose: str = ""  # a sentence below that heading in the book
    front: str = ""  # summary of their first page, <folder>/index.md, in the book; none: not in the book by kind
    sheets: str = ""  # folder of docs/ with a page for the printed sheet of each record, where it has one to itself
    api: bool = True  # whether api/<folder>.json has them
    worth: float = (
        0.8  # of a search result's score, against a pattern's; tuned like the numbers in frontend/search/tuned.ts
    )
    named: float | None = None  # the same where it is called by its name; none: no other than `worth`

    @property
    def one(self) -> str:
        """The singular of the folder, as messages, schemas and `make new` have it."""
        return self.label.lower()


KINDS: tuple[Kind, ...] = (
    Kind(
        "phases",
        model.Phase,
        "Phase",
        order=_by_order,
        title="Phases",
        worth=0.9,
        purpose="What to do, minute by minute, from the first question to the launch.",
        front="The hour at a glance: minutes, levels, and what each phase must leave behind.",
    ),
    Kind(
        "playbooks",
        model.Playbook,
        "Playbook",
        order=_by_order,
        title="Playbooks",
        worth=1,
        purpose="Questions that come back in every interview, decided by a number.",
        front="How to use the tables from symptom to pattern.",
    ),
    Kind(
        "problems",
        Problem,
        "Problem",
        order=_by_order,
        title="Problems",
        worth=0.7,
        named=1,
        purpose="What is asked, worked out to the last number.",
        front="The problems by their hard decision, by what they exercise, and by the minutes they fill.",
        sheets="cheat-sheets/problems",
    ),
    Kind("patterns", model.Pattern, "Pattern", title="Patterns", worth=1),
    Kind("algorithms", model.Algorithm, "Algorithm", paged=False, order=_by_slug, api=False),
    Kind("corrections", model.Corrections, "Correction", paged=False, order=_by_slug, title="Corrections"),
    Kind("heard", model.Heard, "Phrasings", paged=False, order=_by_slug, api=False),
)
PAGED = tuple(kind for kind in KINDS if kind.paged)
EVERY_PAGE = ("name", "summary", "searches", "sources", "reviewed_on")  # what lists, search, checks and book read
SINGLES = {
    "interview": model.Interview,
    "rubric": Rubric,
    "conduct": Conduct,
    "calibration": Calibration,
    "plans": Plans,
    "deck": model.Deck,
    "products": model.Products,
    "vocabulary": model.Vocabulary,
    "relations": model.Relations,
    "glossary": model.Glossary,
    "problems-asked": model.ProblemsAsked,
    "sources": model.Sources,
}


# --- the catalogue ------------------------------------------------------------------------------


class Shelf(Mapping[str, R], Generic[R]):
    """Records by slug, in their kind's order; an unknown slug gets an error with the nearest known one."""

    def __init__(self, one: str, records: dict[str, R], where: str):
        self.one, self._records, self._where = one, records, where

    def __getitem__(self, slug: str) -> R:
        """The record; GuideError where there is none."""
        if slug not in self._records:
            raise GuideError(unknown(self.one, slug, self._records, self._where))
        return self._records[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, slug: object) -> bool:
        return slug in self._records


class Link(NamedTuple):
    """A relation as one of its two patterns sees it."""

    kind: str
    to: str
    why: str


@dataclass
class Catalogue:
    """Everything in data/. `data` is its folder; docs/, reference/ and tests/ stand beside it."""

    data: Path
    shelves: dict[str, Shelf[Any]]
    singles: dict[str, Any]
    documents: dict[str, Document]  # 'patterns/lru' or 'glossary' to its file, also where it could not be used
    quantities: dict[str, Quantities] = field(default_factory=dict)  # of each problem, by its slug

    @property
    def root(self) -> Path:
        return self.data.parent

    @property
    def patterns(self) -> Shelf[model.Pattern]:
        return self.shelves["patterns"]

    @property
    def phases(self) -> Shelf[model.Phase]:
        return self.shelves["phases"]

    @property
    def playbooks(self) -> Shelf[model.Playbook]:
        return self.shelves["playbooks"]

    @property
    def problems(self) -> Shelf[Problem]:
        return self.shelves["problems"]

    @property
    def algorithms(self) -> Shelf[model.Algorithm]:
        return self.shelves["algorithms"]

    @property
    def corrections(self) -> Shelf[model.Corrections]:
        return self.shelves["corrections"]

    @property
    def heard(self) -> Shelf[model.Heard]:
        return self.shelves["heard"]

    @property
    def interview(self) -> model.Interview:
        return self.singles["interview"]

    @property
    def rubric(self) -> Rubric:
        return self.singles["rubric"]

    @property
    def conduct(self) -> Conduct:
        return self.singles["conduct"]

    @property
    def calibration(self) -> Calibration:
        return self.singles["calibration"]

    @property
    def plans(self) -> Plans:
        return self.singles["plans"]

    @property
    def deck(self) -> model.Deck:
        return self.singles["deck"]

    @property
    def vocabulary(self) -> model.Vocabulary:
        return self.singles["vocabulary"]

    @property
    def glossary(self) -> model.Glossary:
        return self.singles["glossary"]

    @property
    def asked(self) -> tuple[model.Asked, ...]:
        return self.singles["problems-asked"].problems

    def named(self, slug: str) -> tuple[Kind, Record] | None:
        """The pattern, playbook or problem of this slug."""
        for kind in PAGED:
            if kind.folder != "phases" and slug in self.shelves[kind.folder]:
                return kind, self.shelves[kind.folder][slug]
        return None

    @cached_property
    def products(self) -> Shelf[model.ProductFigure]:
        return Shelf("figure", dict(self.singles["products"].figures), "data/products.yml")

    @cached_property
    def sources(self) -> Shelf[model.Source]:
        return Shelf("source", dict(self.singles["sources"].sources), "data/sources.yml")

    @cached_property
    def categories(self) -> Shelf[model.Category]:
        return Shelf("category", {one.slug: one for one in self.vocabulary.categories}, "data/vocabulary.yml")

    @cached_property
    def axes(self) -> Shelf[model.Axis]:
        return Shelf("axis", {one.slug: one for one in self.vocabulary.axes}, "data/vocabulary.yml")

    @cached_property
    def relations(self) -> Shelf[model.RelationKind]:
        """Kinds of relation; the relations themselves are links()."""
        return Shelf("relation", {one.slug: one for one in self.vocabulary.relations}, "data/vocabulary.yml")

    @cached_property
    def units(self) -> Units:
        return units(tuple((one.slug, one.many or f"{one.slug}s") for one in self.vocabulary.units))

    @cached_property
    def _links(self) -> dict[str, list[Link]]:
        out: dict[str, list[Link]] = {}
        for r in self.singles["relations"].relations:
            if r.kind in self.relations:
                out.setdefault(r.source, []).append(Link(r.kind, r.to, r.why))
                out.setdefault(r.to, []).append(Link(self.relations[r.kind].inverse, r.source, r.why))
        kinds = list(self.relations)
        for links in out.values():
            links.sort(key=lambda link: (kinds.index(link.kind), link.to))
        return out

    def links(self, slug: str) -> list[Link]:
        """A pattern's relations, as seen from it, by kind and then by slug."""
        return self._links.get(slug, [])

    def document(self, folder: str, slug: str) -> Document | None:
        """The file of a record, also where it has mistakes; None where there is no such file."""
        return self.documents.get(f"{folder}/{slug}")

    def written(self, folder: str) -> list[str]:
        """Slugs of all files of a folder, also of those that could not be used."""
        return [key.partition("/")[2] for key in self.documents if key.startswith(f"{folder}/")]

    def paged(self) -> Iterator[tuple[Kind, Record]]:
        """Every record that has a page, kind by kind, in order."""
        for kind in PAGED:
            for record in self.shelves[kind.folder].values():
                yield kind, record

    def record(self, folder: str, slug: str) -> Record | None:
        """The record behind the page docs/<folder>/<slug>.md; None where the page has none."""
        shelf = self.shelves[folder] if any(kind.folder == folder for kind in PAGED) else {}
        return shelf[slug] if slug in shelf else None

    def in_category(self, slug: str) -> list[model.Pattern]:
        """Patterns of one category, by name."""
        return list(self._by_category.get(slug, ()))

    @cached_property
    def _by_category(self) -> dict[str, list[model.Pattern]]:
        out: dict[str, list[model.Pattern]] = {}
        for p in self.patterns.values():
            out.setdefault(p.category, []).append(p)
        return out

    def in_phase(self, slug: str) -> list[model.Pattern]:
        """Patterns that come up in one phase: its key patterns first, the rest by name."""
        first = [self.patterns[key] for key in self.phases[slug].key_patterns]
        return first + [p for p in self.patterns.values() if slug in p.phases and p not in first]

    def needing(self, slug: str) -> list[tuple[Problem, str]]:
        """Problems that exercise a pattern, and why, in their order."""
        return [(p, one.why) for p in self.problems.values() for one in p.exercises if one.pattern == slug]

    def walked(self, slug: str) -> list[tuple[model.Playbook, list[model.Fork]]]:
        """Playbooks whose forks a problem walks, with these forks; also where it works the whole case."""
        found = []
        for playbook in self.playbooks.values():
            takes = {one.take for one in playbook.worked if one.problem == slug}
            forks = [fork for fork in playbook.forks if fork.take in takes]
            if forks or playbook.walk.problem == slug:
                found.append((playbook, forks))
        return found

    def quantity(self, name: str, own: str = "") -> facts_of_numbers.Quantity:
        """'peak_requests' of the problem `own`, or 'news-feed.peak_requests' of any. GuideError where there is none."""
        of, _, id = name.rpartition(".")
        slug = of or own
        if not slug:
            raise GuideError(
                f"no problem is named in '{name}'; write it with its problem, as in 'news-feed.peak_requests'"
            )
        if slug not in self.quantities:
            raise GuideError(unknown("problem", slug, self.problems, "data/problems/"))
        if id not in self.quantities[slug].all:
            raise GuideError(unknown("quantity", id, self.quantities[slug].all, f"data/problems/{slug}.yml"))
        return self.quantities[slug].all[id]

    def of_pattern(self, slug: str) -> list[model.Algorithm]:
        """Algorithms that a pattern's page shows, by slug."""
        return [a for a in self.algorithms.values() if slug in a.patterns]


def catalogue(data: Path = ROOT / "data") -> tuple[Catalogue | None, list[Finding]]:
    """Read all of data/. The catalogue is None where a file that others need cannot be read."""
    findings: list[Finding] = list(_unfit())
    if findings:
        return None, findings
    documents: dict[str, Document] = {}
    singles: dict[str, Any] = {}
    for name, cls in SINGLES.items():
        path = data / f"{name}.yml"
        if not path.exists() and not path.is_symlink():
            findings.append(Finding(shown(path), 1, "", "the file is missing; restore it from version control"))
            continue
        singles[name], documents[name] = read(path, cls)
        findings += documents[name].findings
    shelves: dict[str, Shelf[Any]] = {}
    findings += files.faults(data, ".yml", folders=frozenset({kind.folder for kind in KINDS} | {"diagrams", "schema"}))
    findings += [
        Finding(
            shown(path), 1, "", f"nothing reads this file; the files here are {', '.join(f'{n}.yml' for n in SINGLES)}"
        )
        for path in files.listed(data, ".yml")
        if path.stem not in SINGLES and files.SLUG.fullmatch(path.stem) and path.is_file()
    ]
    findings += files.faults(data / "diagrams", ".mmd")
    for kind in KINDS:
        records, folder = [], data / kind.folder
        findings += files.faults(folder, ".yml")
        for path in files.listed(folder, ".yml"):
            if not path.is_file() or not files.SLUG.fullmatch(path.stem):
                continue
            record, doc = read(path, kind.model)
            documents[f"{kind.folder}/{path.stem}"] = doc
            findings += doc.findings
            if record is not None:
                records.append(record)
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if not files.leftover(path.name) and (slug := files.meant(path, ".yml")):  # so that others may name it
                documents.setdefault(f"{kind.folder}/{slug}", Document(shown(path), None))
        shelves[kind.folder] = Shelf(
            kind.one, {r.slug: r for r in sorted(records, key=kind.order)}, f"data/{kind.folder}/"
        )
    if len(singles) < len(SINGLES) or None in singles.values():
        return None, findings
    found = Catalogue(data, shelves, singles, documents)
    return found, [*findings, *_quoted(found), *_computed(found), *_told(found)]


def _unfit() -> Iterator[Finding]:
    """A kind with pages whose model lacks what every page needs: told once, not by whatever reads it first."""
    for kind in KINDS:
        lacks = [name for name in EVERY_PAGE if name not in kind.model.model_fields]
        if kind.paged and lacks:
            where = shown(Path(inspect.getsourcefile(kind.model) or ""))
            line = inspect.getsourcelines(kind.model)[1]
            text = f"records of '{kind.folder}' have pages, and no {', '.join(lacks)}; add it to {kind.model.__name__}"
            yield Finding(where, line, "", f"{text}, or set paged=False in KINDS")


def _quoted(c: Catalogue) -> Iterator[Finding]:
    """Put the figures of products where records quote them; a finding for each that there is not."""
    for kind in KINDS:
        records = dict(c.shelves[kind.folder])
        for slug, record in records.items():
            numbers = []
            for i, one in enumerate(getattr(record, "numbers", ())):
                if isinstance(one, model.Number):
                    numbers.append(one)
                elif one.figure in c.products:
                    figure = c.products[one.figure]
                    numbers.append(
                        model.Number(
                            value=figure.value,
                            meaning=one.meaning or figure.meaning,
                            source=figure.source,
                            at=figure.at,
                            sheet=one.sheet,
                        )
                    )
                else:
                    text = unknown("figure", one.figure, c.products, "data/products.yml")
                    yield c.documents[f"{kind.folder}/{slug}"].finding(("numbers", i, "figure"), text)
            if any(isinstance(one, model.Quote) for one in getattr(record, "numbers", ())):
                records[slug] = record.model_copy(update={"numbers": tuple(numbers)})
        c.shelves[kind.folder] = Shelf(kind.one, records, f"data/{kind.folder}/")


def _computed(c: Catalogue) -> Iterator[Finding]:
    """Work out the quantities of each problem; a finding for each fault."""
    for slug, p in c.problems.items():
        made = facts_of_numbers.quantities(slug, p.assume, p.compute, p.decide, c.units)
        c.quantities[slug] = made
        for loc, text in made.faults:
            yield c.documents[f"problems/{slug}"].finding(loc, text)


def _told(c: Catalogue) -> Iterator[Finding]:
    """Put the said numbers where texts quote them; a finding for each that there is not."""
    for kind in KINDS:
        records = dict(c.shelves[kind.folder])
        for slug, record in records.items():
            own, doc = slug if kind.folder == "problems" else "", c.documents[f"{kind.folder}/{slug}"]
            wrong: list[Finding] = []

            def say(text: str, loc: tuple, own: str = own, doc: Document = doc, wrong: list = wrong) -> str:
                for of, id in facts_of_numbers.quoted(text, own):
                    if of not in c.quantities:
                        if of not in c.written("problems"):
                            wrong.append(doc.finding(loc, unknown("problem", of, c.problems, "data/problems/")))
                        return text
                    if id not in c.quantities[of].all:
                        if id not in (
                            *c.problems[of].assume,
                            *c.problems[of].compute,
                        ):  # else it has a fault of its own
                            wrong.append(
                                doc.finding(
                                    loc, unknown("quantity", id, c.quantities[of].all, f"data/problems/{of}.yml")
                                )
                            )
                        return text
                return facts_of_numbers.told(text, own, c.quantities)

            records[slug] = _each_text(record, (), say)
            yield from wrong
        c.shelves[kind.folder] = Shelf(kind.one, records, f"data/{kind.folder}/")


def _each_text(value: Any, loc: tuple, change: Callable[[str, tuple], str]) -> Any:
    """The same value with each text changed, and as it is where none is."""
    if isinstance(value, str):
        return change(value, loc) if "{" in value else value
    if isinstance(value, BaseModel):
        new = {}
        for name, info in type(value).model_fields.items():
            old = getattr(value, name)
            made = _each_text(old, (*loc, info.alias or name), change)
            if made is not old:
                new[name] = made
        return value.model_copy(update=new) if new else value
    if isinstance(value, tuple):
        made = tuple(_each_text(one, (*loc, i), change) for i, one in enumerate(value))
        return made if any(a is not b for a, b in zip(made, value, strict=True)) else value
    if isinstance(value, dict):
        made = {key: _each_text(one, (*loc, key), change) for key, one in value.items()}
        return made if any(made[key] is not value[key] for key in value) else value
    return value
