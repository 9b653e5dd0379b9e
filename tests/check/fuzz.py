"""python -m pytest tests/check/test_fuzz.py: damages to data and pages, made up and seeded; `make fuzz` makes 500.

A damage is one edit to one file of the small catalogue, as an author, an editor, a system or a bad merge makes it. What
the checker does not refuse has to come out on the page as it is written.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

GOOD = Path(__file__).resolve().parent.parent / "good"
MARKUP = (
    "Map<K,V>", "__init__", "*", "**bold**", "_x_", "`code`", "`", "[a](b)", "[a]", "![a](b.png)", "<b>", "</div>",
    "<!-- x", "&amp;", "&", "&#42;", "|", "a | b", "\\", "\\_", "~~~", "```", "{{ x }}", "{% x %}", "{# x #}",
    "{: .x }", "{ #x }", "$x$", "^x^", "--8<--", "*[a]: b", "[^1]", "# x", "1. x", "- x", "> x", "http://x.y",
    "<http://x.y>", "a@b.c", "'", '"', "%s", "{0}", "\u00a0", "…", "100 %",
)  # fmt: skip
VALUES = (
    "null", "~", "true", "no", "3", "-3", "3.5", "1e3", "0x10", "012", "1:20", "2026-01-02", "[]", "{}", "[a, b]",
    "{a: b}", "[[[[]]]]", '""', "' '", '"\\n"', '"\\x00"', '"\\u202e"', '"\\ud800"', "!!str x",
    "!!python/object:os.system x", "!x y", "&a b", "*a", "|\n  x", ">\n  x", "99999999999999999999", "-0", ".inf",
    ".nan", "? a", "- a", "@a", "`a`", "%a", "{{ x }}", "<<", "=", "'2026-02-30'", "'2126-01-01'", "'2026-1-1'",
    "'20260101'", "<b>", "x: y", "x #y", "é", "日本", "🔥", "ﬁ", "e\u0301", "a\u200bb", "\ufeff", "Å", "≤ 3",
)  # fmt: skip
NAMES = (
    "{stem} copy{end}", "{stem} (1){end}", "{stem}{end}~", ".{stem}{end}.swp", "#{stem}{end}#", ".#{stem}{end}",
    "._{stem}{end}", "{stem}{end}.orig", "{stem}{END}", "{STEM}{end}", "{stem}.yaml", "{stem}.txt", "{stem}-2{end}",
    "{stem} {end}", "{stem}_x{end}", "é{stem}{end}", "con{end}", "{stem}{end}{end}", "Thumbs.db", "index{end}",
    "{end}",
)  # fmt: skip
BYTES = (
    b"\x00",
    b"\xff",
    b"\xc3",
    b"\xe2\x80",
    b"\xed\xa0\x80",
    b"\x1b[31m",
    b"\x85",
    b"\xe2\x80\xa8",
    b"\r",
    b"\t",
    b"\x7f",
    b"\xef\xbb\xbf",
    b"\xc2\xad",
)


def sources() -> list[str]:
    """The files of the small catalogue that are damaged: data, pages and diagrams."""
    found = [p.relative_to(GOOD).as_posix() for p in GOOD.rglob("*.*") if p.suffix in (".yml", ".md", ".mmd")]
    return sorted(one for one in found if one != "README.md")


@dataclass
class Damage:
    kind: str
    at: str
    what: str


def lines(draw, text: str) -> tuple[list[str], int]:
    all_ = text.split("\n")
    return all_, draw(st.integers(0, len(all_) - 1))


def delete(draw, path: Path) -> str:
    all_, n = lines(draw, path.read_text("utf-8"))
    upto = n + draw(st.integers(1, 4))
    path.write_text("\n".join(all_[:n] + all_[upto:]), "utf-8")
    return f"lines {n + 1} to {upto}"


def duplicate(draw, path: Path) -> str:
    all_, n = lines(draw, path.read_text("utf-8"))
    path.write_text("\n".join(all_[: n + 1] + all_[n:]), "utf-8")
    return f"line {n + 1}"


def reorder(draw, path: Path) -> str:
    all_, n = lines(draw, path.read_text("utf-8"))
    m = draw(st.integers(0, len(all_) - 1))
    all_[n], all_[m] = all_[m], all_[n]
    path.write_text("\n".join(all_), "utf-8")
    return f"lines {n + 1} and {m + 1}"


def indent(draw, path: Path) -> str:
    all_, n = lines(draw, path.read_text("utf-8"))
    all_[n] = draw(st.sampled_from(("  ", " ", "\t", "    "))) + all_[n] if draw(st.booleans()) else all_[n].lstrip()
    path.write_text("\n".join(all_), "utf-8")
    return f"line {n + 1}"


def retype(draw, path: Path) -> str:
    """A value of a data file, or a word of a page, becomes something else."""
    text, value = path.read_text("utf-8"), draw(st.sampled_from(VALUES))
    marks = [i for i, sign in enumerate(text) if text[i : i + 2] in (": ", "[", ", ") or sign == " "]
    if not marks:
        return "nothing"
    start = draw(st.sampled_from(marks)) + 1
    ends = [i for i in range(start, len(text)) if text[i] in ",}]\n"] or [len(text)]
    path.write_text(text[:start] + " " + value + text[ends[0] :], "utf-8", errors="surrogatepass")
    return f"{value!r} at {start}"


def truncate(draw, path: Path) -> str:
    content = path.read_bytes()
    end = draw(st.integers(0, len(content)))
    path.write_bytes(content[:end])
    return f"after {end} bytes"


def bytes_(draw, path: Path) -> str:
    content, put = path.read_bytes(), draw(st.sampled_from(BYTES))
    at = draw(st.integers(0, len(content)))
    path.write_bytes(content[:at] + put + content[at:])
    return f"{put!r} at {at}"


def encode(draw, path: Path) -> str:
    coding = draw(st.sampled_from(("utf-16", "utf-8-sig", "latin-1", "utf-32", "cp1252-read", "crlf", "cr")))
    text = path.read_text("utf-8") + ("\n# é “x”\n" if path.suffix == ".yml" else "\n\né “x”\n")
    if coding == "crlf":
        path.write_bytes(text.replace("\n", "\r\n").encode())
    elif coding == "cr":
        path.write_bytes(text.replace("\n", "\r").encode())
    elif coding == "cp1252-read":
        path.write_text(text.encode().decode("cp1252", "replace"), "utf-8")
    else:
        path.write_bytes(text.encode(coding, "replace"))
    return coding


def markup(draw, path: Path) -> str:
    """Signs that mean something elsewhere, inside a text."""
    text, put = path.read_text("utf-8"), draw(st.sampled_from(MARKUP))
    inside = [i for i in range(1, len(text) - 1) if text[i] == " " and text[i - 1].isalpha() and text[i + 1].isalpha()]
    if not inside:
        return "nothing"
    at = draw(st.sampled_from(inside))
    quoted = put.replace("\\", "\\\\").replace('"', '\\"') if path.suffix == ".yml" else put
    path.write_text(f"{text[:at]} {quoted}{text[at:]}", "utf-8")
    return f"{put!r} at {at}"


def write(draw, path: Path) -> str:
    """A quoted text becomes any other."""
    text = path.read_text("utf-8")
    quotes = [i for i, sign in enumerate(text) if sign == '"']
    if len(quotes) < 2:
        return markup(draw, path)
    n = 2 * draw(st.integers(0, len(quotes) // 2 - 1))
    alphabet = st.one_of(
        st.characters(max_codepoint=0x17F, exclude_categories=["Cs"]), st.sampled_from("<>*_`{}[]()|\\&#~^$!-+:= ")
    )
    put = draw(
        st.one_of(
            st.text(alphabet, min_size=3, max_size=60), st.sampled_from(MARKUP).map(lambda m: f"One {m} and {m} two")
        )
    )
    quoted = put.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    path.write_text(text[: quotes[n] + 1] + quoted + text[quotes[n + 1] :], "utf-8")
    return f"{put!r} at {quotes[n]}"


def nest(draw, path: Path) -> str:
    text, deep = path.read_text("utf-8"), draw(st.sampled_from((5, 30, 300, 20_000)))
    opened, closed = draw(
        st.sampled_from((("[", "]"), ("{a: ", "}"), ("- ", ""), ("> ", ""), ("<div markdown>", "</div>")))
    )
    if path.suffix == ".md" and deep > 300:
        deep = 300
    at = text.find(": ") + 2
    path.write_text(text[:at] + opened * deep + "x" + closed * deep + text[at:], "utf-8")
    return f"{opened!r} {deep} deep"


def rename(draw, path: Path) -> str:
    name = draw(st.sampled_from(NAMES))
    new = name.format(stem=path.stem, STEM=path.stem.upper(), end=path.suffix, END=path.suffix.upper())
    path.rename(path.with_name(new))
    return new


def beside(draw, path: Path) -> str:
    name = draw(st.sampled_from(NAMES))
    new = path.with_name(name.format(stem=path.stem, STEM=path.stem.upper(), end=path.suffix, END=path.suffix.upper()))
    if not new.exists():
        shutil.copy(path, new)
    return new.name


def replace(draw, path: Path) -> str:
    """Something else stands where the file stood."""
    what = draw(
        st.sampled_from(("nothing", "folder", "dangling link", "circular link", "pipe", "empty", "spaces", "line ends"))
    )
    path.unlink()
    if what == "folder":
        path.mkdir()
    elif what == "dangling link":
        path.symlink_to("nowhere")
    elif what == "circular link":
        path.symlink_to(path.name)
    elif what == "pipe":
        os.mkfifo(path)
    elif what != "nothing":
        path.write_text({"empty": "", "spaces": "   ", "line ends": "\n\n\n"}[what], "utf-8")
    return what


def number(draw, path: Path) -> str:
    text = path.read_text("utf-8")
    digits = [i for i, sign in enumerate(text) if sign.isdigit()]
    if not digits:
        return "nothing"
    at, put = (
        draw(st.sampled_from(digits)),
        draw(st.sampled_from(("0", "-1", "99", "1000000000", "2.5", "", "x", "9" * 5000))),
    )
    path.write_text(text[:at] + put + text[at + 1 :], "utf-8")
    return f"{put[:12]!r} at {at}"


KINDS: dict[str, Callable] = {
    "delete lines": delete, "duplicate a line": duplicate, "reorder": reorder, "indent": indent,
    "retype a value": retype, "truncate": truncate, "insert bytes": bytes_, "encode otherwise": encode,
    "insert markup": markup, "write another text": write, "nest deeply": nest, "rename": rename,
    "copy beside": beside, "put else in its place": replace, "change a number": number,
}  # fmt: skip


TEXTS = ("insert markup", "write another text")  # most of what these do is allowed, and has to come out right


@st.composite
def damaged(draw, whole: Path, root: Path) -> Damage:
    """The tree of `whole` below `root`, made anew, with one damage."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(whole, root)
    kind = draw(st.sampled_from((*sorted(KINDS), *(TEXTS * 3))))
    at = draw(st.sampled_from([one for one in sources() if one.endswith(".yml") or kind not in TEXTS]))
    return Damage(kind, at, KINDS[kind](draw, root / at))
