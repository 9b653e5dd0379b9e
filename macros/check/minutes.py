"""Plans sum to their slot and keep within what is published."""

from __future__ import annotations

from collections.abc import Iterator

from macros.facts import files
from macros.facts.catalogue import Catalogue
from macros.facts.finding import Finding, unknown


def minutes(c: Catalogue) -> Iterator[Finding]:
    """Plans sum to their slot, name every timed phase, and keep within what is published."""
    doc, interview = c.documents["interview"], c.interview
    timed = {slug for slug, phase in c.phases.items() if phase.timed}
    unread = set(c.written("phases")) - set(c.phases)
    if interview.default_slot not in {s.minutes for s in interview.slots}:
        yield doc.finding(("default_slot",), f"no slot of {interview.default_slot} minutes; use one that is listed")
    for phase in sorted(set(interview.board.lines) ^ timed - unread):
        if phase in timed:
            yield doc.finding(("board", "lines"), f"nothing of '{phase}'; add what it leaves on the board")
        elif phase not in unread:
            yield doc.finding(("board", "lines", phase), unknown("timed phase", phase, timed, mend="remove it"))
    if interview.board.phase not in timed | unread:
        yield doc.finding(("board", "phase"), unknown("timed phase", interview.board.phase, timed, "data/phases/"))
    if not (c.data / "diagrams" / f"{interview.board.drawing}.mmd").exists():
        known = [path.stem for path in files.listed(c.data / "diagrams", ".mmd")]
        yield doc.finding(("board", "drawing"), unknown("figure", interview.board.drawing, known, "data/diagrams/"))
    for i, slot in enumerate(interview.slots):
        total = sum(slot.plan.values()) + slot.reserve
        if total != slot.minutes:
            off = f"minutes sum to {total}, not {slot.minutes}"
            text = f"{off}; change a phase or the reserve by {slot.minutes - total:+d}"
            yield doc.finding(("slots", i, "plan"), text)
        if slot.minutes in [one.minutes for one in interview.slots[:i]]:
            yield doc.finding(
                ("slots", i, "minutes"), f"a slot of {slot.minutes} minutes stands twice; keep one of the two"
            )
        for phase in slot.plan:
            if phase not in timed | unread:
                yield doc.finding(("slots", i, "plan", phase), unknown("timed phase", phase, timed, mend="remove it"))
        for phase in sorted(timed - set(slot.plan)):
            yield doc.finding(("slots", i, "plan"), f"no minutes for '{phase}'; add them")
        if slot.minutes == interview.published.slot:
            for phase, r in interview.published.ranges.items():
                given = slot.plan.get(phase, r.least)
                if not r.least <= given <= r.most:
                    yield doc.finding(
                        ("slots", i, "plan", phase),
                        f"{given} minutes lie outside the published {r.least} to {r.most}; move them into the range",
                    )
