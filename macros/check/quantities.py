"""Numbers that live: each is quoted by its id, somebody quotes it, and what a problem names of its own is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from macros.check import prose
from macros.check.places import quoted_on
from macros.facts import files, formula
from macros.facts.catalogue import KINDS, Catalogue
from macros.facts.finding import Finding, shown, unknown
from macros.facts.quantities import QUOTE, Quantities, Quantity, quoted

LONG = 4  # characters from which on a number is known by itself: 3,500; shorter ones only with their unit
PLAN = 45  # minutes that a problem's plan fills; other slots are scaled from it
CODE = re.compile(r"`[^`]*`|\{\{.*?\}\}|\{%.*?%\}|\]\([^)]*\)")  # no prose: code, macros, and where links lead


def quantities(c: Catalogue) -> Iterator[Finding]:
    """Every quantity is quoted, no text repeats by hand what is computed, and what a problem names is there."""
    used = _used(c)
    for slug, known in c.quantities.items():
        p, doc = c.problems[slug], c.documents[f"problems/{slug}"]
        for id in known.all:
            if (slug, id) not in used:
                block = "assume" if id in p.assume else "compute"
                yield doc.finding(
                    (block, id),
                    "a step nobody quotes: no decision, later step or text needs it; quote it, or remove it",
                )
        yield from _named(c, slug, known)
        yield from _typed(c, slug, known)


def _used(c: Catalogue) -> set[tuple[str, str]]:
    """(problem, quantity) that a formula, a decision, a text, a page or a drawing needs."""
    used: set[tuple[str, str]] = set()
    for slug in c.quantities:
        p = c.problems[slug]
        said = [*(one.formula for one in p.compute.values()), *(one.when for one in p.decide.values())]
        used |= {(slug, name) for text in said for name in formula.names(text)}  # also of those that have a fault
        used |= {(slug, id) for id in (*p.first, *(one.holds for one in p.errata))}
        for path in [one for one in files.listed(c.data / "diagrams", ".mmd") if one.stem.startswith(slug)]:
            used |= {(slug, id) for id in re.findall(r"‹([a-z][a-z0-9_]*)›", files.read(path)[0])}
    for kind in KINDS:
        for slug in c.written(kind.folder):
            used |= set(quoted(c.documents[f"{kind.folder}/{slug}"].text, slug if kind.folder == "problems" else ""))
    for path, text in prose.pages(c):
        own = path.stem if path.parent.name == "problems" else ""
        for _, name in quoted_on(text):
            of, _, id = name.rpartition(".")
            used.add((of or own, id))
    return used


def _named(c: Catalogue, slug: str, known: Quantities) -> Iterator[Finding]:
    """What a problem names of its own and of other files exists."""
    p, doc = c.problems[slug], c.documents[f"problems/{slug}"]
    for i, one in enumerate(p.exercises):
        if c.document("patterns", one.pattern) is None:
            yield doc.finding(
                ("exercises", i, "pattern"), unknown("pattern", one.pattern, c.patterns, "data/patterns/")
            )
    for i, id in enumerate(p.first):
        if id not in (*p.assume, *p.compute):
            yield doc.finding(("first", i), unknown("quantity", id, known.all, f"data/problems/{slug}.yml"))
    for i, one in enumerate(p.errata):
        if one.holds not in (*p.assume, *p.compute):
            yield doc.finding(
                ("errata", i, "holds"), unknown("quantity", one.holds, known.all, f"data/problems/{slug}.yml")
            )
    if p.hard.decision not in p.decide:
        yield doc.finding(("hard", "decision"), unknown("decision", p.hard.decision, p.decide, "decide"))
    for i, option in enumerate(p.hard.options):
        if option.pattern and c.document("patterns", option.pattern) is None:
            yield doc.finding(
                ("hard", "options", i, "pattern"), unknown("pattern", option.pattern, c.patterns, "data/patterns/")
            )
    for i, ball in enumerate(p.curveballs):
        if ball.attacks not in p.decide:
            yield doc.finding(("curveballs", i, "attacks"), unknown("decision", ball.attacks, p.decide, "decide"))
        if c.document("patterns", ball.pattern) is None:
            yield doc.finding(
                ("curveballs", i, "pattern"), unknown("pattern", ball.pattern, c.patterns, "data/patterns/")
            )
    total = sum(one.minutes for one in p.plan)
    if total != PLAN:
        yield doc.finding(("plan",), f"minutes sum to {total}, not {PLAN}; change a line by {PLAN - total:+d}")
    slots = [slot.minutes for slot in c.interview.slots]
    for i, slot in enumerate(p.slots):
        if slot not in slots:
            yield doc.finding(
                ("slots", i), f"no slot of {slot} minutes; data/interview.yml has {', '.join(map(str, slots))}"
            )
    if not (c.data / "diagrams" / f"{p.board}.mmd").exists():
        near = [path.stem for path in files.listed(c.data / "diagrams", ".mmd")]
        yield doc.finding(("board",), unknown("figure", p.board, near, "data/diagrams/"))


def _typed(c: Catalogue, slug: str, known: Quantities) -> Iterator[Finding]:
    """Computed numbers that somebody typed: into the problem's own page and data."""
    page = c.root / "docs" / "problems" / f"{slug}.md"
    text = c.documents[f"problems/{slug}"].text
    if page.exists():
        yield from typed(page, files.read(page)[0], known)  # what cannot be read is said elsewhere
    lines = text.splitlines()
    ends = next((n for n, line in enumerate(lines) if line.startswith("decide:")), len(lines))
    begins = next((n for n, line in enumerate(lines) if line.startswith("assume:")), ends)
    yield from typed(c.data / "problems" / f"{slug}.yml", text, known, skip=range(begins, ends))


def typed(path: Path, text: str, known: Quantities, skip: range = range(0)) -> Iterator[Finding]:
    """A finding for each line of a file that has a computed number by hand."""
    fenced = False
    hunted = [(one, _hunt(one)) for one in known.all.values() if one.formula]
    for n, line in enumerate(text.splitlines()):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        if fenced or n in skip:
            continue
        bare = QUOTE.sub(" ", CODE.sub(" ", line))
        for one, pattern in hunted:
            if one.number in bare and (found := pattern.search(bare)):
                how = f"{{{one.id}}}" if path.suffix == ".yml" else f'{{{{ q("{one.id}") }}}}'
                yield Finding(
                    shown(path), n + 1, "", f"'{found[0]}' is computed as {one.id}, and typed here; quote it: {how}"
                )
                break


def _hunt(one: Quantity) -> re.Pattern:
    """The number by itself where its digits tell it, 3,500 say; else, as 21 and 10,000, with the word after it."""
    number, word = re.escape(one.number), re.split(r"[ /]", one.text[len(one.number) :].strip(), maxsplit=1)[0]
    digits = re.sub(r"\D", "", one.number)
    if len(one.number) >= LONG and len(digits.strip("0")) > 1:
        return re.compile(rf"(?<![\w.,]){number}(?![\w%]|[.,]\d)")
    if word in ("", "%"):
        return re.compile(r"(?!)")  # 90% and 10 may be anybody's
    stem = f"{re.escape(word.removesuffix('s'))}s?" if len(word) > 2 else re.escape(word)
    return re.compile(rf"(?<![\w.,]){number}\s?{stem}\b")
