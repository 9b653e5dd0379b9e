"""Files: data and page come in pairs, a page fits its outline, macro calls name what exists, and reviews are recent."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from macros.check import prose
from macros.facts import files
from macros.facts.catalogue import KINDS, PAGED, SINGLES, Catalogue
from macros.facts.finding import Finding, GuideError, shown, unknown
from macros.pages import counts, outline
from macros.pages.calls import CALLS
from macros.runs import drawings, plots

STALE = timedelta(days=365)
OTHER = {
    "patterns": {"index", "a-z", "compare", "map", "symptoms"},
    "phases": {"index", "disagreements"},
}  # pages of no record
QUOTED = re.compile(r"""\{\{\s*q\(\s*["']([^"']+)["']""")
CALL = re.compile(r"""\{\{\s*(\w+)\(\s*(?:["']([^"']+)["'])?""")


def pages(c: Catalogue) -> Iterator[Finding]:
    """Data and page come in pairs."""
    for kind in PAGED:
        folder = c.root / "docs" / kind.folder
        named = {p.stem for p in files.listed(folder, ".md") if files.SLUG.fullmatch(p.stem)}
        written = named - OTHER.get(kind.folder, {"index"})
        stored = set(c.written(kind.folder))
        beside = [p for p in (folder, c.data / kind.folder) if p.is_dir() for p in p.iterdir()]
        beside = [p for p in beside if not files.leftover(p.name)]  # what an editor left is nobody's page
        misnamed = {files.meant(p, end) for p in beside for end in (".md", ".yml") if not files.SLUG.fullmatch(p.stem)}
        misnamed |= {files.meant(p, ".yml") for p in beside if p.suffix not in (".yml", ".md")}
        for slug in sorted(stored - written - misnamed):
            yield c.documents[f"{kind.folder}/{slug}"].finding(
                (), f"no page for this data; write docs/{kind.folder}/{slug}.md"
            )
        for slug in sorted(written - stored - misnamed):
            yield Finding(
                shown(folder / f"{slug}.md"), 1, "", f"no data for this page; write data/{kind.folder}/{slug}.yml"
            )


def sheets(c: Catalogue) -> Iterator[Finding]:
    """Each record of a kind that is printed on a sheet of its own has the sheet's page, which holds nothing else."""
    for kind in (kind for kind in PAGED if kind.sheets):
        folder = c.root / "docs" / kind.sheets
        there = {p.stem for p in files.listed(folder, ".md")}
        for slug in c.shelves[kind.folder]:
            page, wanted = folder / f"{slug}.md", f'{{{{ {kind.one}_sheet("{slug}") }}}}'
            if slug not in there:
                text = f"no page for its printed sheet; write docs/{kind.sheets}/{slug}.md with {wanted}"
                yield c.documents[f"{kind.folder}/{slug}"].finding((), text)
            elif wanted not in files.read(page)[0]:
                text = f"is the sheet of {kind.one} '{slug}', and shows none; write {wanted}"
                yield Finding(shown(page), 1, "", text)
        for slug in sorted(there - set(c.written(kind.folder))):
            text = f"a sheet of no {kind.one}; remove it, or write data/{kind.folder}/{slug}.yml"
            yield Finding(shown(folder / f"{slug}.md"), 1, "", text)


def outlines(c: Catalogue) -> Iterator[Finding]:
    """A page of a kind has the prose that its outline asks for, and calls no macro that the outline places."""
    for kind in PAGED:
        for slug in c.shelves[kind.folder]:
            path = c.root / "docs" / kind.folder / f"{slug}.md"
            text, unread = files.read(path) if path.exists() else ("", [True])
            if not unread:
                for line, heading, what in outline.faults(kind.folder, prose.after_front_matter(text)):
                    yield Finding(shown(path), line, heading, what)
                for line, name, _ in called(text):
                    if name in outline.PLACED[kind.folder]:
                        yield Finding(shown(path), line, name, "stands on the page by its outline; remove the call")


def calls(c: Catalogue) -> Iterator[Finding]:
    """What the macros on pages are called with exists; a seconds-long check instead of a build."""
    known = _names(c)
    names = {call.name: call.names for call in CALLS}
    for path, text in prose.pages(c):
        for line, name, slug in called(text):
            if name == "q" and slug:
                own = path.stem if path.parent.name == "problems" else ""
                try:
                    c.quantity(slug, own)
                except GuideError as error:
                    if (slug.rpartition(".")[0] or own) not in _broken(c):
                        yield Finding(shown(path), line, name, str(error))
            elif slug and names.get(name):
                one, there, where = known[names[name]]
                if slug not in there:
                    yield Finding(shown(path), line, name, unknown(one, slug, there, where))


def quoted_on(text: str) -> Iterator[tuple[int, str]]:
    """(line, name) of each quantity that a page quotes outside code."""
    fenced = False
    for n, line in enumerate(text.splitlines(), 1):
        fenced ^= line.lstrip().startswith("```")
        if not fenced and "{% raw %}" not in line:
            for name in QUOTED.findall(line):
                yield n, name


def _broken(c: Catalogue) -> set[str]:
    """Problems whose own mistakes are reported already."""
    return (set(c.written("problems")) - set(c.problems)) | {slug for slug, one in c.quantities.items() if one.faults}


def _names(c: Catalogue) -> dict[str, tuple[str, Collection[str], str]]:
    """What a macro's argument may name: the word for one, those that there are, and where they stand."""
    out = {kind.folder: (kind.one, c.written(kind.folder), f"data/{kind.folder}/") for kind in KINDS}
    out["figures"] = ("figure", [p.stem for p in files.listed(c.data / "diagrams", ".mmd")], "data/diagrams/")
    out["products"] = ("figure", list(c.products), "data/products.yml")
    out["drawings"] = ("drawing", list(drawings.DRAWINGS), "macros/runs/drawings.py")
    out["plots"] = ("plot", list(plots.PLOTS), "macros/runs/plots.py")
    out["counts"] = ("count", counts.WHAT, "macros/pages/counts.py")
    out["sheets"] = ("cheat sheet", ["interview", *c.written("phases")], "data/phases/")
    return out


def called(text: str) -> Iterator[tuple[int, str, str]]:
    """(line, macro, its first argument where that is a text) of each call outside code."""
    fenced = False
    for n, line in enumerate(text.splitlines(), 1):
        fenced ^= line.lstrip().startswith("```")
        if not fenced and "{% raw %}" not in line:
            for name, argument in CALL.findall(line):
                yield n, name, argument


def schema_lines(c: Catalogue) -> Iterator[Finding]:
    """Every data file's first line points the editor at its schema."""
    schemas = {kind.folder: f"../schema/{kind.one}" for kind in KINDS} | {name: f"schema/{name}" for name in SINGLES}
    for key, doc in c.documents.items():
        wanted = f"# yaml-language-server: $schema={schemas[key.partition('/')[0]]}.schema.json"
        if doc.text and doc.text.split("\n", 1)[0] != wanted:
            yield Finding(doc.path, 1, "", f"the first line has to be `{wanted}`, for the editor; add it")


def boxes(c: Catalogue) -> Iterator[Finding]:
    """What readers may have met in a wrong form is data: so the list of disagreements and the API have it as well."""
    for path, text in prose.pages(c):
        for n, line in enumerate(text.splitlines(), 1):
            if re.search(r'"You may (?:also )?read', line):
                yield Finding(
                    shown(path),
                    n,
                    "",
                    "a misreading is typed into the page; move it to `misreadings` in the page's data file",
                )


def unfinished(c: Catalogue) -> Iterator[Finding]:
    """What `make new` left to be written."""
    for doc in c.documents.values():
        for n, line in enumerate(doc.text.splitlines(), 1):
            if '"TODO"' in line.partition("  #")[0]:
                yield Finding(doc.path, n, line.partition(":")[0].strip(), "says TODO; write it, or remove the line")


def stale(c: Catalogue, today: date) -> Iterator[Finding]:
    """A warning for what nobody has reviewed for a year."""
    for kind, record in c.paged():
        if today - record.reviewed_on > STALE:
            yield c.documents[f"{kind.folder}/{record.slug}"].finding(
                ("reviewed_on",),
                f"last reviewed on {record.reviewed_on}; read it again and set today's date",
                warning=True,
            )
