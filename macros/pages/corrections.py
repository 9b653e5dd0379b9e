"""What the guide had wrong, what published solutions miscalculate, and what readers may have met in a wrong form."""

from __future__ import annotations

from collections import Counter

from macros.facts.catalogue import Catalogue
from macros.facts.finding import GuideError, unknown
from macros.facts.model import Correction, Corrections
from macros.pages import problems
from macros.pages.template import fill

NEWEST = 30  # corrections on their first page
LATEST = 5  # of our own corrections beside the errata of others, each of another page

FAULTS = {"wrong": "wrong", "misleading": "misleading", "unsourced": "without a source"}
QUESTIONS = {  # of the reading by which a page is tried
    "always": "Is it always so?",
    "slow-gone-or-lying": "What if it is slow, gone or lying?",
    "which-repeat": "Which repeat is meant?",
    "harm": "Who is harmed by acting on it?",
    "like-for-like": "Is it like for like?",
    "source": "Does the source say that?",
    "itself": "Does the page obey itself?",
    "other-pages": "Do other pages agree?",
    "card": "Is the card fair?",
}


#: the pages of docs/corrections/ that list them: what the slug of a record's page lies between, and its folder
SHARES = {
    "patterns-a-to-c": ("patterns", "a", "c"),
    "patterns-d-to-h": ("patterns", "d", "h"),
    "patterns-i-to-o": ("patterns", "i", "o"),
    "patterns-p-to-r": ("patterns", "p", "r"),
    "patterns-s-to-z": ("patterns", "s", "z"),
    "other-pages": ("", "a", "z"),
}


def share(record: Corrections) -> str:
    """Which page of docs/corrections/ lists a record."""
    folder, _, slug = record.page.rpartition("/")
    inside = folder if folder == "patterns" else ""
    return next(name for name, (of, first, last) in SHARES.items() if of == inside and first <= slug[0] <= last)


def corrections(c: Catalogue) -> str:
    """Counts by fault and by the question that found it; the newest; then where those of each page stand."""
    found = [one for record in c.corrections.values() for one in record.corrections]
    faults = [(FAULTS[fault], f"{count:,}") for fault, count in Counter(one.fault for one in found).most_common()]
    asked = [(QUESTIONS[question], count) for question, count in Counter(one.asked for one in found).most_common()]
    records = sorted(
        (record for record in c.corrections.values() if record.corrections), key=lambda record: title(c, record).lower()
    )
    newest = [(one, title(c, record), source(c, record)) for one, _, record in latest(c)[:NEWEST]]
    return fill(
        "corrections",
        total=f"{len(found):,}",
        again=f"{sum(bool(one.again) for one in found):,}",
        faults=faults,
        asked=asked,
        newest=newest,
        rows=[(title(c, record), share(record), record) for record in records],
        words=FAULTS,
    )


def corrected(c: Catalogue, name: str) -> str:
    """Every correction of a share of the pages: "patterns-a-to-c"."""
    if name not in SHARES:
        raise GuideError(unknown("share of the corrections", name, SHARES, "macros/pages/corrections.py"))
    records = [record for record in c.corrections.values() if record.corrections and share(record) == name]
    rows = [(title(c, one), source(c, one), one) for one in sorted(records, key=lambda one: title(c, one).lower())]
    return fill("corrected", rows=rows, words=FAULTS)


def latest(c: Catalogue) -> list[tuple[Correction, int, Corrections]]:
    """Every correction with its place in its file, the newest first; of one day, what was wrong before the rest."""
    rows = [(one, n, record) for record in c.corrections.values() for n, one in enumerate(record.corrections)]
    return sorted(rows, key=lambda row: (row[0].on, row[0].fault == "wrong"), reverse=True)


def errata(c: Catalogue) -> str:
    """Our own latest corrections, then what published solutions miscalculate, each with the number that holds."""
    by_page = {record.slug: (one, record) for one, _, record in reversed(latest(c))}  # the newest of each page
    own = sorted(by_page.values(), key=lambda row: (row[0].on, row[0].fault == "wrong"), reverse=True)[:LATEST]
    return fill(
        "errata",
        own=[(one, title(c, record), source(c, record), record) for one, record in own],
        total=sum(len(record.corrections) for record in c.corrections.values()),
        rows=[(p, one, problems.holding(c, p.slug, one)) for p in c.problems.values() for one in p.errata],
        statuses=problems.STATUSES,
    )


def title(c: Catalogue, record: Corrections) -> str:
    """The name of the page that a record is about."""
    folder, _, slug = record.page.rpartition("/")
    found = c.record(folder, slug) if folder in c.shelves else None
    return found.name if found else (slug or record.page).replace("-", " ").capitalize()


def source(c: Catalogue, record: Corrections) -> str:
    """The page's file below docs/, as a link wants it."""
    single = c.root / "docs" / f"{record.page}.md"
    return f"/{record.page}.md" if single.exists() else f"/{record.page}/index.md"


def misreading_table(c: Catalogue) -> str:
    """Every misreading: of the interview by phase, then of the technology by category, with the page that treats it."""
    groups = [(phase.name, [("phases", phase, m) for m in phase.misreadings]) for phase in c.phases.values()]
    groups += [("Problems", [("problems", one, m) for one in c.problems.values() for m in one.misreadings])]
    groups += [("Playbooks", [("playbooks", one, m) for one in c.playbooks.values() for m in one.misreadings])]
    groups += [
        (category.name, [("patterns", p, m) for p in c.in_category(category.slug) for m in p.misreadings])
        for category in c.categories.values()
    ]
    return fill("misreading_table", groups=[(name, rows) for name, rows in groups if rows])
