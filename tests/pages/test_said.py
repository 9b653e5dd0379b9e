"""A text of the data is printed as it is written, wherever it is printed: one hostile text in every field at once."""

import re
import shutil
from pathlib import Path

import pytest

from macros.facts import catalogue as facts
from macros.facts import yaml_file
from macros.facts.catalogue import KINDS, SINGLES, Catalogue
from macros.pages.template import CODE, plain, readable, said

GOOD = Path(__file__).resolve().parent.parent / "good"
HOSTILE = r""" Map<K,V> __a__ *b* **c** `d_e <f>` {{ g }} {: .h } [i](j) | & \k #l "m" 1. n"""
WORD = re.compile(r"^[a-z0-9]+([-/][a-z0-9]+)*$|^https:|^\d{4}-\d\d-\d\d$|^[A-Z][a-z]$|^test_")
COMPUTED = ("is", "unit", "when", "value", "low", "high")  # arithmetic of a problem, which holds no text
UNSEEN = re.compile(  # read by programs or printed on the pocket deck only
    r"^heard/|\.cards\[|\.problem$|\.sketch$|\.read_on$|^vocabulary\.(axes|levels)\[\d+\]\.meaning|\.published\.|\.evidence$|\.again$|\.tried\["
    r"|^(phases|playbooks|problems).*\.(searches|called)\[|^algorithms/.*\.name$|^products\.|^vocabulary\.relations|^problems-asked\.|\.complexity\[\d+\]\.|\.asked$|\.red_flags"
)


def leaves(value, loc=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "input":
                yield from leaves(inner, (*loc, key))
    elif isinstance(value, tuple):
        for i, inner in enumerate(value):
            yield from leaves(inner, (*loc, i))
    elif isinstance(value, str):
        yield loc, value


def changed(value, at):
    """The same value with some of its texts exchanged, by place."""
    if isinstance(value, dict):
        return {
            key: changed(inner, {loc[1:]: text for loc, text in at.items() if loc[0] == key})
            for key, inner in value.items()
        }
    if isinstance(value, tuple):
        return tuple(
            changed(inner, {loc[1:]: text for loc, text in at.items() if loc[0] == i}) for i, inner in enumerate(value)
        )
    return at.get((), value)


@pytest.fixture
def hostile(tmp_path, small) -> tuple[Catalogue, dict[str, str]]:
    """The small catalogue with a hostile text in each field that takes one, and these texts by field."""
    shutil.copytree(GOOD, tmp_path / "t")
    data, texts = tmp_path / "t" / "data", {}
    models = {kind.folder: kind.model for kind in KINDS} | SINGLES
    shelves = {kind.folder: {} for kind in KINDS}
    singles = {}
    for key, doc in small.documents.items():
        at = {}
        for loc, value in leaves(doc.value):
            if WORD.match(value) or loc[-1] in ("kind", "short", "figure", "letter", *COMPUTED) or loc[0] == "aliases":
                continue
            text = f"q{len(texts)}x{HOSTILE}"
            at[loc] = texts.setdefault(f"{key}.{yaml_file.dotted(loc)}", text)
        folder, _, slug = key.partition("/")
        made = models[folder].model_validate(({"slug": slug} if slug else {}) | changed(doc.value, at))
        if slug:
            shelves[folder][slug] = made
        else:
            singles[folder] = made
    filled = {f: facts.Shelf(f, rows, f) for f, rows in shelves.items()}
    c = Catalogue(data, filled, singles, small.documents)
    assert [*facts._quoted(c), *facts._computed(c), *facts._told(c)] == []
    return c, texts


def test_every_field_is_printed_as_it_is_written(hostile, printed):
    c, texts = hostile
    text, values = printed(c)
    text = re.sub(r"\s+", " ", text)
    wrong, shown = [], set()
    for where, given in texts.items():
        mark, bare = given.split(" ")[0], CODE.sub(r"\1", given)
        for found in re.finditer(rf"{mark} ", text):
            shown.add(where)
            there = text[found.start() :][: len(bare)].lower()  # some lists write a name small, and pictures shorten it
            if there != bare.lower() and not (0 < (cut := there.find("…")) and bare.lower().startswith(there[:cut])):
                wrong.append(f"{where}: {text[found.start() : found.start() + len(bare) + 20]!r}")
        for value in values:
            if (
                f"{mark} " in value
                and bare.lower() not in re.sub(r"\s+", " ", value).lower()
                and not value.startswith("http")
            ):
                wrong.append(f"{where}, in an attribute: {value!r}")
    assert not wrong, "\n".join(wrong)
    lost = [where for where in texts if where not in shown and not UNSEEN.search(where)]
    assert not lost, "shown nowhere; mend it, or name it in UNSEEN:\n" + "\n".join(lost)


@pytest.mark.parametrize(
    "text", ["# one", "- one", "1. one", "+ one", ": one", "!!! note", "=== one", "~~~", "> one", "    one"]
)
def test_no_beginning_is_markup(text):
    import markdown

    assert readable(markdown.markdown(str(said(text.strip())))).replace("&gt;", ">") == f"<p>{text.strip()}</p>"


def test_code_is_the_one_mark_of_a_text():
    assert said("`a_b` and **c**") == "<code>a&#95;b</code> and &#42;&#42;c&#42;&#42;"
    assert said("a ` alone") == "a &#96; alone"
    assert plain('`a` "b"') == "a &quot;b&quot;"
