"""The outline of each kind of page, once: which sections it has, in which order, and which of them a person writes.

A file in docs/patterns/ holds prose only, each part below its heading. The build puts the sections that come from data
around it. To move a section on every page of a kind, move its line here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from macros.facts.finding import suggestion


class Section(NamedTuple):
    """One section of a page: a heading, what a macro puts there from the data, and what a person writes."""

    heading: str = ""  # none: the macro writes its own
    call: str = ""  # of a macro, with SLUG for the page's own
    prose: Literal["none", "needed", "before", "after"] = (
        "none"  # needed, or allowed before or after what the macro puts there
    )
    hint: str = ""  # what a new page says there until somebody writes it; SLUG is the page's own
    box: str = ""  # class of the box in which the section stands, if it stands in one


HOW = 'The mechanism step by step, the states or messages named.\n\n{{ figure("SLUG") }}'
SAID = '"About 75 words that a strong candidate says at the board."'

STAGES = """### The simplest that works

Who calls what.

{{ figure("SLUG-first") }}

### What breaks first

At which number.

{{ figure("SLUG-breaks") }}

### The one you defend

{{ figure("SLUG-board") }}"""

OUTLINES: dict[str, tuple[Section, ...]] = {
    "patterns": (
        Section(call="pattern_head(SLUG)"),
        Section("Say it in thirty seconds", prose="needed", hint=SAID, box="wh-said"),
        Section(call="use_when(SLUG)"),
        Section("The problem", prose="needed", hint="A concrete moment when it hurts, with a number in it."),
        Section("How it works", prose="needed", hint=HOW),
        Section(call="misreadings(SLUG)"),
        Section(call="numbers(SLUG)"),
        Section(call="trade_offs(SLUG)"),
        Section(call="failure_modes(SLUG)"),
        Section(call="follow_ups(SLUG)"),
        Section(call="recall_cards(SLUG)"),
        Section(call="depth(SLUG)"),
        Section(call="code(SLUG)"),
        Section(call="related(SLUG)"),
        Section(call="sources(SLUG)"),
        Section(call="next_step(SLUG)"),
    ),
    "phases": (
        Section(call="phase_head(SLUG)"),
        Section("Checklist", "checklist(SLUG)", "before"),
        Section("When to leave", "leave_when(SLUG)", "after"),
        Section("When to enter", "enter_when(SLUG)", "after"),
        Section("What to do, step by step", "steps(SLUG)", "after"),
        Section(call="misreadings(SLUG, 'phases')"),
        Section(call="phase_numbers(SLUG)"),
        Section("What to leave on the whiteboard", "whiteboard(SLUG)", "after"),
        Section("Questions to ask", "questions(SLUG, 'ask')", "before"),
        Section("Questions to expect", "questions(SLUG, 'expect')", "before"),
        Section("Patterns that come up", "pattern_cards(phase=SLUG)", "before"),
        Section("Mistakes and red flags", "mistakes(SLUG)", "after"),
        Section("Do and don't", "dos_and_donts(SLUG)", "after"),
        Section("Sources", "phase_sources(SLUG)"),
        Section(call="reading(SLUG, 'phases')"),
    ),
    "problems": (
        Section(call="problem_head(SLUG)"),
        Section("Scope", "problem_scope(SLUG)", "after"),
        Section("Numbers", "problem_numbers(SLUG)", "after"),
        Section("The board in three stages", prose="needed", hint=STAGES),
        Section(
            "Calls and data",
            prose="needed",
            hint="The calls that matter, to the last parameter; each table with the index its reads need.",
        ),
        Section("The crux", "problem_options(SLUG)", "before"),
        Section(
            "Two dives", prose="needed", hint="### A second hard part\n\nTo decision level.\n\n### A third\n\nLikewise."
        ),
        Section("It breaks", "problem_failures(SLUG)", "after"),
        Section("Curveballs", "problem_curveballs(SLUG)", "before"),
        Section(
            "The next tenfold",
            prose="needed",
            hint="What breaks first, in which order; what you would leave out on day one.",
        ),
        Section("What good looks like", "problem_expected(SLUG)", "after"),
        Section("Minute by minute", "problem_plan(SLUG)", "after"),
        Section("Follow-ups", "problem_follow_ups(SLUG)", "before"),
        Section(call="recall_cards(SLUG, 'problems')"),
        Section("Published elsewhere", "problem_errata(SLUG)", "before"),
        Section("Patterns it exercises", "problem_exercises(SLUG)", "before"),
        Section("Sources", "problem_sources(SLUG)"),
        Section(call="reading(SLUG, 'problems')"),
        Section(call="problem_next(SLUG)"),
    ),
    "playbooks": (
        Section(call="playbook_head(SLUG)"),
        Section("Decide", "forks(SLUG)", "after"),
        Section(
            "A walk through",
            "playbook_walk(SLUG)",
            prose="needed",
            hint="One system with its numbers, and the row of the table that each of them chooses.",
        ),
        Section(
            "What goes wrong", prose="needed", hint="- **A mistake by name.** What it costs, and what to do instead."
        ),
        Section(call="misreadings(SLUG, 'playbooks')"),
        Section("Say it in thirty seconds", prose="needed", hint=SAID),
        Section(call="playbook_worked(SLUG)"),
        Section("Patterns", "pattern_cards(playbook=SLUG)", "before"),
        Section("Sources", "playbook_sources(SLUG)"),
        Section(call="reading(SLUG, 'playbooks')"),
    ),
}

PLACED = {
    folder: {s.call.partition("(")[0] for s in outline if "(SLUG" in s.call} for folder, outline in OUTLINES.items()
}


OWN = re.compile(r"""(\bq\(\s*["'])([a-z][a-z0-9_]*["'])""")  # a quantity of the page's own problem


class Part(NamedTuple):
    """What a page's file has below one heading of the second level; `line` is the heading's, from 1."""

    heading: str
    line: int
    body: tuple[str, ...]


def parts(markdown: str) -> list[Part]:
    """The file's sections in its own order; text before the first heading is a part without one."""
    found, fenced = [Part("", 1, ())], False
    for n, line in enumerate(markdown.splitlines(), 1):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        if line.startswith("## ") and not fenced:
            found.append(Part(line[3:].strip(), n, ()))
        else:
            found[-1] = found[-1]._replace(body=(*found[-1].body, line))
    return found


def whole(folder: str, slug: str, markdown: str) -> tuple[str, list[int]]:
    """The page as MkDocs gets it, and for each of its lines the line of the file it comes from.

    What a macro puts there has the line of its heading, or of the heading before it.
    """
    written = {
        part.heading: part
        for part in parts(OWN.sub(rf"\g<1>{slug}.\2", markdown) if folder == "problems" else markdown)
    }
    out: list[str] = []
    lines: list[int] = []

    def add(texts, first: int, step: int) -> None:
        for i, text in enumerate((*texts, "")):
            out.append(text)
            lines.append(first + i * step)

    here = 1
    for section in OUTLINES[folder]:
        part = written.get(section.heading) if section.heading else None
        here = part.line if part else here
        if section.box:
            add([f'<div class="{section.box}" markdown>'], here, 0)
        if section.heading:
            add([f"## {section.heading}"], here, 0)
        prose = () if part is None or section.prose == "none" else part.body
        call = "{{ " + section.call.replace("SLUG", f'"{slug}"') + " }}" if section.call else ""
        if call and section.prose != "before":
            add([call], here, 0)
        if prose:
            add(prose, here + 1, 1)
        if call and section.prose == "before":
            add([call], here, 0)
        if section.box:
            add(["</div>"], here, 0)
    return "\n".join(out), lines


def faults(folder: str, markdown: str) -> Iterator[tuple[int, str, str]]:
    """(line, heading, what is wrong and what to do) for a file that does not fit its kind's outline."""
    allowed = {s.heading: s for s in OUTLINES[folder] if s.heading}
    own = [heading for heading, s in allowed.items() if s.prose != "none"]
    seen: set[str] = set()
    for part in parts(markdown):
        if not part.heading:
            for i, text in enumerate(part.body):
                if text.strip():
                    yield i + 1, "", f"text before the first section would not be shown; begin with '## {own[0]}'"
                    break
        elif part.heading not in allowed:
            yield (
                part.line,
                part.heading,
                f"no such section{suggestion(part.heading, own) or '; a page of this kind has ' + ', '.join(own)}",
            )
        elif part.heading in seen:
            yield part.line, part.heading, "section stands twice; join the two"
        elif not any(text.strip() for text in part.body):
            yield part.line, part.heading, "section is empty; write it, or remove the heading"
        elif allowed[part.heading].prose == "none":
            yield part.line, part.heading, "comes from the data; remove the section here"
        seen.add(part.heading)
    for heading, section in allowed.items():
        if section.prose == "needed" and heading not in seen:
            yield 1, heading, f"section is missing; write it below '## {heading}'"
