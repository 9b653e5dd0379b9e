"""Cheat sheets: what stands on one, chosen by the priorities in data/phases/, and its page for the browser.

One view model feeds both ways to paper: the page (pages/templates/cheat_sheet.j2, printed by the browser) and the PDF
(sheet.typ, through sheet_pdf.py).
"""

from __future__ import annotations

from markupsafe import Markup

from macros.facts.catalogue import Catalogue
from macros.facts.finding import GuideError, unknown
from macros.facts.model import Phase
from macros.pages import figures, minutes
from macros.pages.minutes import Hour
from macros.pages.template import fill
from macros.paper.boxes import Box, CheatSheet, Entry, balanced, sentence
from macros.paper.sizes import SIZES

HOUR = "interview"  # the sheet of the whole interview, beside the phases' slugs


def slugs(c: Catalogue) -> list[str]:
    """Every sheet, the whole interview first."""
    return [HOUR, *c.phases]


def sheet(c: Catalogue, slug: str) -> CheatSheet:
    """The sheet of a phase, or of the whole interview. GuideError for an unknown one."""
    if slug not in slugs(c):
        raise GuideError(unknown("cheat sheet", slug, slugs(c), "data/phases/"))
    return _hour(c) if slug == HOUR else _phase(c, c.phases[slug])


def page(c: Catalogue, slug: str) -> str:
    """The sheet as a page, one side of paper when printed."""
    one = sheet(c, slug)
    bars = [
        (hour, Markup(minutes.phase_bar(c, slug if hour.start is not None else None, hour.slot)))
        for hour in one.timings
    ]
    pdfs = [
        (paper.name, [(hour.slot, address(c, slug, key, hour.slot)) for hour in one.timings])
        for key, paper in SIZES.items()
    ]
    full = f"/phases/{slug}.md" if slug in c.phases else None
    return fill(
        "cheat_sheet",
        sheet=one,
        bars=bars,
        default=c.interview.default_slot,
        pdfs=pdfs,
        full=full,
        home="index.md",
        board=Markup(figures.figure(c, one.board)) if one.large else "",
    )


def pdfs(c: Catalogue, one: CheatSheet) -> list[tuple[int, list[tuple[str, str]]]]:
    """The sheet's PDFs in cheat-sheets/: for each slot its minutes, and name of the paper and address of each."""
    return [
        (hour.slot, [(paper.name, address(c, one.slug, key, hour.slot)) for key, paper in SIZES.items()])
        for hour in one.timings
    ]


def address(c: Catalogue, slug: str, paper: str, slot: int) -> str:
    """Name of the PDF in cheat-sheets/; the default slot has the short one."""
    return f"{slug}-{paper}.pdf" if slot == c.interview.default_slot else f"{slug}-{slot}-{paper}.pdf"


# --- choosing -------------------------------------------------------------------------------


def chosen(entries) -> list:
    """Those with a place on the sheet, in its order."""
    return sorted((e for e in entries if e.sheet is not None), key=lambda e: e.sheet)


def foremost(entries) -> list:
    """Those that also go on the sheet of the whole interview."""
    return [e for e in chosen(entries) if e.sheet == 1]


def _lines(lines) -> tuple[Entry, ...]:
    return tuple(Entry("", line) for line in lines)


def _questions(questions) -> tuple[Entry, ...]:
    return tuple(Entry(q.question, q.brief or sentence(q.answer)) for q in questions)


def _mistakes(mistakes) -> tuple[Entry, ...]:
    return tuple(Entry(m.mistake, m.instead) for m in mistakes)


def _patterns(c: Catalogue, found) -> tuple[Entry, ...]:
    return tuple(Entry(c.patterns[slug].name, c.patterns[slug].summary) for slug in found)


def _timings(c: Catalogue, slug: str) -> tuple[Hour, ...]:
    """The hour in every slot; in the default one only, for a phase that has no minutes."""
    phase = c.phases[slug] if slug in c.phases else None
    if phase is not None and not phase.timed:
        return (minutes.hour(c),)
    return tuple(minutes.hour(c, slot.minutes, phase and slug) for slot in c.interview.slots)


# --- sheets ---------------------------------------------------------------------------------


def _phase(c: Catalogue, phase: Phase) -> CheatSheet:
    slug = phase.slug

    def box(key, title, kind, marker, entries, field=None, drawn=0):
        return Box(key, title, kind, marker, tuple(entries), f"data/phases/{slug}.yml: {field or key}", drawn)

    cut = phase.sheet
    written = _lines(phase.whiteboard[: cut.whiteboard])
    first, rest = phase.key_patterns[: cut.patterns], phase.key_patterns[cut.patterns :]
    more = (Entry("Also", ", ".join(c.patterns[s].name for s in rest) + "."),) if rest else ()
    patterns = (*_patterns(c, first), *more)
    mistakes = _mistakes(chosen(phase.mistakes))
    numbers = (Entry(n.value, n.meaning) for n in chosen(phase.numbers))
    left, right = balanced(
        [
            box("steps", "Moves", "steps", "blue", (Entry(s.do, sentence(s.how)) for s in phase.steps[: cut.steps])),
            box("whiteboard", "On the whiteboard", "lines", "ink", written, drawn=7 if phase.board else 0),
            box("ask", "Ask", "answers", "blue", _questions(chosen(phase.ask)), "ask, entries with `sheet`"),
        ],
        [
            box("expect", "Expect", "answers", "ink", _questions(chosen(phase.expect)), "expect, entries with `sheet`"),
            box("mistakes", "Mistakes", "crosses", "red", mistakes, "mistakes, entries with `sheet`"),
            box("key_patterns", "Patterns that come up", "terms", "blue", patterns, "key_patterns and `sheet`"),
        ],
        box("numbers", "Numbers", "terms", "green", numbers, "numbers, entries with `sheet`"),
    )
    return CheatSheet(
        slug=slug,
        title=phase.name,
        subtitle="cheat sheet",
        goal=phase.goal,
        timings=_timings(c, slug),
        page=f"cheat-sheets/{slug}/",
        small=str(phase.board.small) if phase.board else "",
        strip=(
            box("enter_when", "Enter when", "lines", "green", _lines(phase.enter_when[: cut.enter_when])),
            box("leave_when", "Leave when", "lines", "red", _lines(phase.leave_when)),
        ),
        left=left,
        right=right,
        foot=box("checklist", "Before you leave", "ticks", "green", _lines(i.text for i in phase.checklist)),
    )


def _hour(c: Catalogue) -> CheatSheet:
    """Read at arm's length, so it has few words: the moves of each phase, and the board that they leave."""
    phases = minutes.timed(c)

    def walk(phase: Phase) -> Box:
        moves = "; ".join([phase.steps[0].do, *(step.do[0].lower() + step.do[1:] for step in phase.steps[1:])])
        entries = (Entry("", moves + "."), Entry("Leave", phase.leave_when[0]))
        field = f"data/phases/{phase.slug}.yml: steps, leave_when"
        return Box(f"phase-{phase.order}", phase.name, "terms", "blue", entries, field)

    def area(phase: Phase) -> Box:
        field = f"data/interview.yml: board, lines, {phase.slug}"
        return Box(
            f"board-{phase.order}", phase.short, "lines", "ink", _lines(c.interview.board.lines[phase.slug]), field
        )

    checks = (Entry(p.short, item.text) for p in phases for item in foremost(p.checklist))
    walks, half = [walk(phase) for phase in phases], -(-len(phases) // 2)
    return CheatSheet(
        slug=HOUR,
        title="The whole interview",
        subtitle="on a page",
        page=f"cheat-sheets/{HOUR}/",
        timings=_timings(c, HOUR),
        goal=c.interview.goal,
        strip=(),
        left=tuple(walks[:half]),
        right=tuple(walks[half:]),
        foot=Box(
            "checklist",
            "Before you leave each phase",
            "ticks",
            "green",
            tuple(checks),
            "data/phases/*.yml: checklist, entries with `sheet: 1`",
        ),
        board=c.interview.board.drawing,
        beside=next(area(phase) for phase in phases if phase.slug == c.interview.board.phase),
        below=tuple(area(phase) for phase in phases if phase.slug != c.interview.board.phase),
    )
