"""python -m macros.check [FILE ...]: every problem in data/ and docs/, in one run.

Each is one line, `file:line: field: what is wrong; remedy`. With files named, only theirs are shown.
Exit status 1 where there is an error; warnings alone leave it 0.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from macros import load, model
from macros.load import Catalogue, Problem, suggestion

QUESTION_WORDS, ANSWER_WORDS = 30, 40
STALE = timedelta(days=365)
YES_NO = re.compile(r"^(is|are|was|were|do|does|did|can|could|should|will|would|has|have|must|may)\b", re.I)


def words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text)


def relations(c: Catalogue) -> Iterator[Problem]:
    """Slugs exist, kinds are known, and both sides say so."""
    for slug, pattern in c.patterns.items():
        doc = c.documents[f"patterns/{slug}"]
        seen: set[str] = set()
        for i, r in enumerate(pattern.related):
            here = ("related", i, "to")
            if r.to == slug:
                yield doc.problem(here, "a pattern cannot be related to itself; remove the entry")
            elif r.to in seen:
                yield doc.problem(here, f"'{r.to}' is related twice; keep one of the two")
            elif r.to not in c.patterns and f"patterns/{r.to}" not in c.documents:
                yield doc.problem(here, f"no pattern '{r.to}'{suggestion(r.to, c.patterns) or '; see data/patterns/'}")
            elif r.kind not in c.relations:
                yield doc.problem(
                    ("related", i, "kind"),
                    f"unknown relation '{r.kind}'{suggestion(r.kind, c.relations) or '; see data/vocabulary.yml'}",
                )
            elif r.to in c.patterns:
                inverse = c.relations[r.kind].inverse
                if not any(b.to == slug and b.kind == inverse for b in c.patterns[r.to].related):
                    yield doc.problem(
                        here,
                        f"one-sided relation; add {{to: {slug}, kind: {inverse}, why: …}} "
                        f"to related in data/patterns/{r.to}.yml",
                    )
            seen.add(r.to)


def references(c: Catalogue) -> Iterator[Problem]:
    """Every category, phase, axis and source that is named exists."""
    for slug, pattern in c.patterns.items():
        doc = c.documents[f"patterns/{slug}"]
        if pattern.category not in c.categories:
            yield doc.problem(
                ("category",),
                f"unknown category '{pattern.category}'"
                f"{suggestion(pattern.category, c.categories) or '; see data/vocabulary.yml'}",
            )
        for i, phase in enumerate(pattern.phases):
            if phase not in c.phases and f"phases/{phase}" not in c.documents:
                yield doc.problem(
                    ("phases", i), f"no phase '{phase}'{suggestion(phase, c.phases) or '; see data/phases/'}"
                )
        for i, t in enumerate(pattern.trade_offs):
            if t.axis not in c.axes:
                yield doc.problem(
                    ("trade_offs", i, "axis"),
                    f"unknown axis '{t.axis}'{suggestion(t.axis, c.axes) or '; see data/vocabulary.yml'}",
                )
        yield from cited(c, doc, "sources", pattern.sources)
        yield from cited(c, doc, "numbers", pattern.numbers)
        known = [s.source for s in pattern.sources if s.source in c.sources]
        if known and not any(c.sources[s].primary for s in known):
            yield doc.problem(
                ("sources",), "no primary source; add a standard, paper, documentation, book or code that was read"
            )
    for slug, phase in c.phases.items():
        doc = c.documents[f"phases/{slug}"]
        for i, key in enumerate(phase.key_patterns):
            if f"patterns/{key}" not in c.documents:
                yield doc.problem(
                    ("key_patterns", i), f"no pattern '{key}'{suggestion(key, c.patterns) or '; see data/patterns/'}"
                )
        yield from cited(c, doc, "sources", phase.sources)
        yield from cited(c, doc, "numbers", phase.numbers)
        ids = [item.id for item in phase.checklist]
        for i, one in enumerate(ids):
            if one in ids[:i]:
                yield doc.problem(("checklist", i, "id"), f"'{one}' stands twice; every box needs its own id")
    for i, term in enumerate(c.glossary.terms):
        doc = c.documents["glossary"]
        if term.see and f"patterns/{term.see}" not in c.documents:
            yield doc.problem(
                ("terms", i, "see"), f"no pattern '{term.see}'{suggestion(term.see, c.patterns) or '; see data/patterns/'}"
            )
        if any(term.term.lower() == t.term.lower() for t in c.glossary.terms[:i]):
            yield doc.problem(("terms", i, "term"), f"'{term.term}' is defined twice; keep one of the two")
    for i, scheme in enumerate(c.interview.schemes):
        if scheme.source not in c.sources:
            yield unknown_source(c, c.documents["interview"], ("schemes", i, "source"), scheme.source)


def unknown_source(c: Catalogue, doc: load.Document, loc: tuple, slug: str) -> Problem:
    return doc.problem(loc, f"unknown source '{slug}'{suggestion(slug, c.sources) or '; add it to data/sources.yml'}")


def cited(c: Catalogue, doc: load.Document, name: str, citations: tuple) -> Iterator[Problem]:
    for i, citation in enumerate(citations):
        if citation.source != "arithmetic" and citation.source not in c.sources:
            yield unknown_source(c, doc, (name, i, "source"), citation.source)


def minutes(c: Catalogue) -> Iterator[Problem]:
    """Plans sum to their slot, name every timed phase, and keep within what is published."""
    doc, interview = c.documents["interview"], c.interview
    timed = {slug for slug, phase in c.phases.items() if phase.timed}
    unread = {k.split("/")[1] for k in c.documents if k.startswith("phases/")} - set(c.phases)
    if interview.default_slot not in {s.minutes for s in interview.slots}:
        yield doc.problem(("default_slot",), f"no slot of {interview.default_slot} minutes; use one that is listed")
    for i, slot in enumerate(interview.slots):
        total = sum(slot.plan.values()) + slot.reserve
        if total != slot.minutes:
            yield doc.problem(
                ("slots", i, "plan"),
                f"minutes sum to {total}, not {slot.minutes}; change a phase or the reserve by {slot.minutes - total:+d}",
            )
        for phase in slot.plan:
            if phase not in timed | unread:
                yield doc.problem(
                    ("slots", i, "plan", phase), f"no timed phase '{phase}'{suggestion(phase, timed) or '; remove it'}"
                )
        for phase in sorted(timed - set(slot.plan)):
            yield doc.problem(("slots", i, "plan"), f"no minutes for '{phase}'; add them")
        if slot.minutes == interview.published.slot:
            for phase, r in interview.published.ranges.items():
                given = slot.plan.get(phase, r.least)
                if not r.least <= given <= r.most:
                    yield doc.problem(
                        ("slots", i, "plan", phase),
                        f"{given} minutes lie outside the published {r.least} to {r.most}; move them into the range",
                    )


def aliases(c: Catalogue) -> Iterator[Problem]:
    """A name leads to one place."""
    owner: dict[str, str] = {p.name.lower(): slug for slug, p in c.patterns.items()}
    for slug, pattern in c.patterns.items():
        doc = c.documents[f"patterns/{slug}"]
        for i, alias in enumerate(pattern.aliases):
            other = owner.setdefault(alias.lower(), slug)
            if other != slug or alias.lower() in [a.lower() for a in pattern.aliases[:i]]:
                yield doc.problem(
                    ("aliases", i), f"alias '{alias}' already belongs to '{other}'; keep it in one of the two"
                )


def cards(c: Catalogue) -> Iterator[Problem]:
    """The rules for recall cards."""
    owner: dict[str, str] = {}
    for slug, pattern in c.patterns.items():
        doc = c.documents[f"patterns/{slug}"]
        for i, card in enumerate(pattern.cards):
            here = ("cards", i, "question")
            other = owner.setdefault(card.id, slug)
            if other != slug or card.id in [k.id for k in pattern.cards[:i]]:
                yield doc.problem(("cards", i, "id"), f"card id '{card.id}' is taken in '{other}'; choose another")
            if not card.id.startswith(slug):
                yield doc.problem(("cards", i, "id"), f"card id '{card.id}' has to start with '{slug}'; rename it")
            if len(words(card.question)) > QUESTION_WORDS:
                yield doc.problem(
                    here, f"question has {len(words(card.question))} words, at most {QUESTION_WORDS} are allowed; cut it"
                )
            if len(words(card.answer)) > ANSWER_WORDS:
                yield doc.problem(
                    ("cards", i, "answer"),
                    f"answer has {len(words(card.answer))} words, at most {ANSWER_WORDS} are allowed; cut it",
                )
            if YES_NO.match(card.question):
                yield doc.problem(here, "can be answered yes or no; ask why, how, what or when")
            if re.search(r"\blist (all|every|the)\b|\bname all\b", card.question, re.I):
                yield doc.problem(here, "asks for a list; ask for one idea")
            if re.match(r"^which\b.*\bor\b.*\?$", card.question, re.I):
                yield doc.problem(here, "offers the answer as a choice; ask openly")
            answer = card.answer.rstrip(".").lower()
            if len(words(answer)) <= 4 and answer in card.question.lower():
                yield doc.problem(here, f"gives its answer '{answer}' away; rephrase the question")
        for kind in ("why", "when-not"):
            if not any(card.kind == kind for card in pattern.cards):
                yield doc.problem(("cards",), f"no '{kind}' card; add one")


def pages(c: Catalogue, docs: Path) -> Iterator[Problem]:
    """Data and page come in pairs."""
    for folder in load.FOLDERS:
        written = {p.stem for p in (docs / folder).glob("*.md")} - {"index", "disagreements", "a-z", "compare"}
        stored = {k.split("/")[1] for k in c.documents if k.startswith(f"{folder}/")}
        for slug in sorted(stored - written):
            yield c.documents[f"{folder}/{slug}"].problem((), f"no page for this data; write docs/{folder}/{slug}.md")
        for slug in sorted(written - stored):
            path = load.shown(docs / folder / f"{slug}.md")
            yield Problem(path, 1, "", f"no data for this page; write data/{folder}/{slug}.yml")


CALL = re.compile(r"""\{\{\s*(\w+)\(\s*["']([^"']+)["']""")
PATTERN_MACROS = {
    "pattern_head", "pattern_card", "numbers", "trade_offs", "failure_modes", "follow_ups", "depth", "related", "sources",
}  # fmt: skip
PHASE_MACROS = {
    "phase_head", "enter_when", "steps", "whiteboard", "questions", "mistakes", "dos_and_donts", "checklist", "leave_when",
    "phase_sources", "phase_numbers",
}  # fmt: skip


def calls(c: Catalogue, docs: Path) -> Iterator[Problem]:
    """Slugs in macro calls exist; a seconds-long check instead of a build."""
    figures = {p.stem for p in (c.root / "diagrams").glob("*.mmd")}
    for path in sorted(docs.rglob("*.md")):
        fenced = False
        for n, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            fenced ^= line.lstrip().startswith("```")
            if fenced or "{% raw %}" in line:
                continue
            for name, slug in CALL.findall(line):
                known, kind = (
                    (c.documents.keys(), "pattern") if name in PATTERN_MACROS
                    else (c.documents.keys(), "phase") if name in PHASE_MACROS
                    else (figures, "figure") if name == "figure" else (None, "")
                )  # fmt: skip
                names = figures if kind == "figure" else {k.split("/")[1] for k in known or () if k.startswith(f"{kind}s/")}
                if known is not None and slug not in names:
                    where = "data/diagrams/" if kind == "figure" else f"data/{kind}s/"
                    yield Problem(
                        load.shown(path), n, name, f"no {kind} '{slug}'{suggestion(slug, names) or f'; see {where}'}"
                    )


def schema_lines(c: Catalogue) -> Iterator[Problem]:
    """Every data file's first line points the editor at its schema."""
    kinds = {"patterns": "../schema/pattern", "phases": "../schema/phase"}
    for key, doc in c.documents.items():
        schema = kinds.get(key.split("/")[0], f"schema/{key}") if "/" in key else f"schema/{key}"
        wanted = f"# yaml-language-server: $schema={schema}.schema.json"
        first = (c.root / f"{key}.yml").read_text("utf-8").split("\n", 1)[0]
        if first != wanted:
            yield Problem(doc.path, 1, "", f"the first line has to be `{wanted}`, for the editor; add it")


def stale(c: Catalogue, today: date) -> Iterator[Problem]:
    """A warning for what nobody has reviewed for a year."""
    for slug, pattern in c.patterns.items():
        if today - pattern.reviewed_on > STALE:
            yield c.documents[f"patterns/{slug}"].problem(
                ("reviewed_on",), f"last reviewed on {pattern.reviewed_on}; read it again and set today's date", warning=True
            )


def everything(root: Path = load.ROOT, today: date | None = None) -> list[Problem]:
    """All problems below a root that holds data/ and docs/, sorted by place."""
    catalogue, problems = load.catalogue(root / "data")
    if catalogue is not None:
        docs = root / "docs"
        for check in (relations, references, minutes, aliases, cards, schema_lines):
            problems += check(catalogue)
        problems += pages(catalogue, docs)
        problems += calls(catalogue, docs)
        problems += stale(catalogue, today or date.today())
    return sorted(problems, key=lambda p: (p.path, p.line, p.field))


def main(argv: list[str]) -> int:
    problems = everything()
    if argv:
        wanted = {load.shown(Path(a).resolve()) for a in argv}
        problems = [p for p in problems if p.path in wanted]
    for p in problems:
        print(f"{p} (warning)" if p.warning else p)
    errors = sum(not p.warning for p in problems)
    print(f"{errors} errors, {len(problems) - errors} warnings", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
