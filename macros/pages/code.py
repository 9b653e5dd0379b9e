"""A reference algorithm on its pattern's page: replay, complexity, proof, and the very file that is tested."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple, Protocol

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from macros.facts import files, model
from macros.facts.catalogue import Catalogue
from macros.facts.finding import GuideError, unknown
from macros.pages.template import fill
from macros.runs import frames, traces

SECTION = re.compile(r"^ *# --- (.+) ---\n", re.M)
SHORT = 20  # lines below which a section only prepares what follows
EDGES = re.compile(r"((?: *# --- .+ ---\n)?\n*)(.*?\n)(\n*)", re.S)
FORMAT = HtmlFormatter(cssclass="highlight", wrapcode=True)


class Section(NamedTuple):
    """A part of the module under a title of its own."""

    title: str
    code: str  # as HTML
    lines: int  # to be seen
    open: bool  # at first: the one where the algorithm is, see sections()
    replay: bool  # it makes the frames, which stand on the page; paper leaves it out


class Shown(Protocol):
    """What the page needs of a build: the data, and the names of the files that run Python in the browser."""

    catalogue: Catalogue
    assets: dict[str, str]


def code(build: Shown, slug: str) -> str:
    """Everything that runs for one pattern; empty where nothing does."""
    c, assets = build.catalogue, build.assets
    pattern = c.patterns[slug]
    parts = [part(c, a, pattern.slug) for a in c.of_pattern(pattern.slug)]
    return fill(
        "code",
        several=len(parts) > 1,
        level=3 + (len(parts) > 1),
        parts=parts,
        worker=assets.get("worker", ""),
        styles=_styles(build),
        size=assets.get("python", ""),
    )


def replay(build: Shown, slug: str, scenario: str) -> str:
    """One scenario of an algorithm by itself; it begins to run when it is seen. GuideError for an unknown name."""
    c = build.catalogue
    a = c.algorithms[slug]
    known = [s.id for s in a.scenarios]
    if scenario not in known:
        raise GuideError(unknown("scenario", scenario, known, f"data/algorithms/{slug}.yml"))
    whole = part(c, a, a.patterns[0])
    alone = whole | {"scenarios": [(s, frames) for s, frames in whole["scenarios"] if s.id == scenario]}
    return fill("replay", part=alone, level=2, styles=_styles(build))


def _styles(build: Shown) -> dict[str, str]:
    return {sheet["name"]: sheet["file"] for sheet in build.assets.get("sheets", ())}


def part(c: Catalogue, a: model.Algorithm, slug: str) -> dict:
    """What the template needs of one algorithm."""
    module = traces.module(a.slug)
    text = files.text(traces.source(c, a.slug))
    done = traces.runs(c, a.slug)
    shown = [s for s in a.scenarios if not s.patterns or slug in s.patterns]
    return {
        "name": a.slug,
        "module": module,
        "algorithm": a,
        "lines": len(text.splitlines()),
        "sections": sections(text),
        "scenarios": [(s, stills(done[s.id])) for s in shown],
    }


WIDE = {"nodes", "messages", "timeline"}  # views that take half of a sheet of paper, and not a third


def stills(run: list[dict]) -> list[tuple[int, str, str, bool, bool]]:
    """(number, caption, drawing, whether on paper, whether wide) of each frame; paper shows ends and key frames."""
    ends = (0, len(run) - 1)
    return [
        (
            n,
            f["say"],
            Markup(frames.frame(f)),
            n in ends or f.get("key", False),
            any(v["kind"] in WIDE for v in f["show"]),
        )
        for n, f in enumerate(run)
    ]


def sections(text: str) -> list[Section]:
    """The sections of a module; the code of all, joined, is the file.

    A section's marker line belongs to it. The docstring and the imports come first, without a marker. The first of
    the others that is no short preparation stands open; what makes the replay does not.
    """
    starts = [0, *(m.start() for m in SECTION.finditer(text)), len(text)]
    titles = ["Vocabulary and cost", *(m[1] for m in SECTION.finditer(text))]
    out = []
    for title, (start, end) in zip(titles, pairwise(starts), strict=True):
        head, body, tail = EDGES.fullmatch(text, start, end).groups()
        lines, replay = len(body.splitlines()), title == "Trace"
        code = Markup(_colored(head, body, tail))
        out.append(Section(title, code, lines, False, replay))
    own = [n for n, one in enumerate(out) if n and not one.replay]
    begins = next((n for n in own if out[n].lines >= SHORT), own[0] if own else -1)
    return [one._replace(open=n == begins) for n, one in enumerate(out)]


# Marks that look like plain code; a third of the bytes.
# Marks that look like plain code, and marks that look alike: what is not told apart is not sent.
PLAIN = re.compile(r'<span class="(?:n|nn|p|w|o|bp|si|fm|nc|kc)">([^<]*)</span>')
ALIKE = {"k": "k[ndprt]|n[def]", "s": "s[12ac]", "m": "m[bfhi]|n[bo]", "c": "c[1h]|sd"}


def _colored(head: str, body: str, tail: str) -> str:
    """The code as HTML. Head and tail, the title's marker and blank lines, are there and copied, but not seen."""
    html = PLAIN.sub(r"\1", highlight(body, PythonLexer(stripnl=False, ensurenl=False), FORMAT)).strip("\n")
    for mark, others in ALIKE.items():
        html = re.sub(rf'<span class="(?:{others})">', f'<span class="{mark}">', html)
        html = re.sub(rf'(<span class="{mark}">[^<]*)</span>(\s*)<span class="{mark}">', r"\1\2", html)
    for edge, place in ((head, "<code>{}"), (tail, "{}</code>")):
        if edge:
            html = html.replace(place.format(""), place.format(f'<span class="wh-code__edge">{edge}</span>'), 1)
    return html
