"""The only reader of text files, and of what lies in a folder of sources: what is read, passed over, or wrong.

What editors and systems leave beside a file (locks, copies, resource forks) is never read and never published. A file
that an author would think is read, and is not, is a finding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from macros.facts.finding import Finding, GuideError, shown

LEFTOVER = re.compile(
    r"\..*|#.*#|.*~|.*\.(sw[a-z]|un~|bak|backup|orig|old|rej|tmp|temp|part|crdownload|pyc)|Thumbs\.db|ehthumbs\.db"
    r"|desktop\.ini|Icon\r|4913|__MACOSX|__pycache__|\$RECYCLE\.BIN|.*\.sb-[\w-]+",
    re.I | re.S,
)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
COPY = re.compile(r"[ _-]*(\(\d+\)|copy( ?\d+)?|kopie|\d+)\s*$", re.I)
UNSEEN = re.compile(  # controls, marks of direction, letters without width or meaning; a tab and line ends are no such
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\uffff\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\U000e0000-\U0010ffff]"
)
GARBLED = re.compile("[\u00c2\u00c3][\u0080-\u00bf\u2018-\u201e]|\u00e2\u20ac")  # UTF-8 that was once read as Latin-1
MOST = 4_000_000  # bytes: no page and no list of sources is longer


def leftover(name: str) -> bool:
    """Whether an editor or a system left this file there."""
    return LEFTOVER.fullmatch(name) is not None


def listed(folder: Path, ending: str) -> list[Path]:
    """The files of a folder that are read: with this ending, by name; what faults() complains of may be among them."""
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.name.endswith(ending) and not leftover(p.name) and p.name != ending)


def tree(folder: Path, ending: str) -> list[Path]:
    """The same below a folder and its folders, a link to a folder not followed."""
    found = listed(folder, ending)
    for below in sorted(folder.iterdir()) if folder.is_dir() else ():
        if below.is_dir() and not below.is_symlink() and not leftover(below.name) and not below.name.endswith(ending):
            found += tree(below, ending)
    return sorted(found)


def faults(folder: Path, ending: str, *, folders: frozenset[str] | None = frozenset()) -> Iterator[Finding]:
    """What lies in a folder of sources and is not read, or not by that name; `folders` may lie there, all if None."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        name = path.name
        if leftover(name):
            continue
        if path.is_symlink() and not path.exists():
            yield Finding(shown(path), 1, "", "is a link that leads nowhere; remove it, or put the file in its place")
        elif path.is_dir():
            if name.endswith(ending):
                yield Finding(shown(path), 1, "", "is a folder, and the name is a file's; rename or remove it")
            elif folders is not None and name not in folders:
                yield Finding(shown(path), 1, "", "nothing reads this folder; move its files, or remove it")
        elif not path.is_file():
            yield Finding(shown(path), 1, "", "is no ordinary file; remove it, or put a file in its place")
        elif text := _misnamed(path, ending):
            yield Finding(shown(path), 1, "", text)


KIN = {".yml": {".yaml", ".yml", ".json"}, ".md": {".markdown", ".mdown", ".mdx", ".md"}, ".mmd": {".mermaid", ".mmd"}}


def meant(path: Path, ending: str) -> str | None:
    """The slug that a misnamed file was meant to have; None for one that has nothing to do with these."""
    if path.suffix.lower() not in KIN[ending] and not path.name.lower().endswith(ending):
        return None
    stem = path.name[: -len(ending)] if path.name.lower().endswith(ending) else path.stem
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _misnamed(path: Path, ending: str) -> str:
    """What is wrong with a file's name; nothing where it is right."""
    slug = meant(path, ending)
    if slug is None:
        return f"nothing reads this file; a file here ends in {ending}: rename it, or move it elsewhere"
    if path.name == slug + ending and slug:
        return ""
    original = COPY.sub("", path.stem)
    if original != path.stem and path.with_name(original + ending).exists():
        return f"looks like a copy of {original}{ending}; remove it, or rename it, in lower case with hyphens"
    return f"would not be read by this name; rename it to {slug or 'a-slug'}{ending}"


def read(path: Path) -> tuple[str, list[Finding]]:
    """A file's text with line feeds, and what is wrong with its bytes; the text is empty where it cannot be read."""

    def wrong(line: int, text: str) -> Finding:
        return Finding(shown(path), line, "", text)

    try:
        if not path.is_file():
            return "", [wrong(1, "is no ordinary file; remove it, or put a file in its place")]
        content = path.read_bytes()
    except OSError as error:
        return "", [wrong(1, f"cannot be read: {error.strerror or error}; mend its rights, or remove it")]
    if len(content) > MOST:
        return "", [wrong(1, f"is {len(content)} bytes long, at most {MOST} are read; split it")]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", [wrong(1, "is UTF-16; save it as UTF-8")]
    if content.startswith(b"\xef\xbb\xbf"):
        return "", [wrong(1, "starts with a byte order mark; save it as UTF-8 without one")]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return "", [wrong(line, f"byte {content[error.start]:#04x} is not UTF-8; save the file as UTF-8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = []
    for pattern, say in (
        (UNSEEN, "nobody would see {}; remove it"),
        (GARBLED, "{} was saved in another encoding; type it again"),
    ):
        if first := pattern.search(text):
            found.append(wrong(text.count("\n", 0, first.start()) + 1, say.format(named(first[0]))))
    return text, found


def text(path: Path) -> str:
    """The same for one who cannot go on without it: GuideError with what is wrong."""
    content, found = read(path)
    if found:
        raise GuideError(*found)
    return content


def named(signs: str) -> str:
    """Signs as a message can show them: those that would not be seen by their number."""
    return "".join(f"U+{ord(sign):04X}" if UNSEEN.match(sign) or not sign.isprintable() else sign for sign in signs)
