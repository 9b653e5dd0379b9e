"""Files that are not what they seem: each kind once, with the one line that is said of it."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from macros import check
from macros.facts import files, finding

RETRY, PAGE = "data/patterns/retry.yml", "docs/patterns/retry.md"


@pytest.fixture
def root(tmp_path, monkeypatch, whole):
    shutil.copytree(whole, tmp_path / "t")
    monkeypatch.setattr(finding, "ROOT", tmp_path / "t")
    return tmp_path / "t"


def said(root: Path) -> list[str]:
    return [str(one) for one in check.everything(root, date(2026, 6, 1))]


def put(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def second(path: Path, line: bytes) -> None:
    """Puts a line after the first."""
    put(path, path.read_bytes().replace(b"\n", b"\n" + line + b"\n", 1))


MARK = ":1: starts with a byte order mark; save it as UTF-8 without one"
UNREAD = "nothing reads this file; a file here ends in .yml: rename it, or move it elsewhere"
NOWHERE = ":1: is a link that leads nowhere; remove it, or put the file in its place"
COPY = "looks like a copy of retry.yml; remove it, or rename it, in lower case with hyphens"


READ = [RETRY, PAGE, "data/diagrams/retry.mmd", "data/problems/counter.yml", "docs/problems/counter.md"]


@pytest.mark.parametrize("at", READ)
@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda p: put(p, p.read_text("utf-8").encode("utf-16")), ":1: is UTF-16; save it as UTF-8"),
        (
            lambda p: put(p, b"\xef\xbb\xbf" + p.read_bytes()),
            MARK,
        ),
        (lambda p: second(p, b"#\xe9"), ":2: byte 0xe9 is not UTF-8; save the file as UTF-8"),
        (lambda p: second(p, b"#\x00"), ":2: nobody would see U+0000; remove it"),
        (lambda p: (p.unlink(), p.symlink_to(p.name)), NOWHERE),
        (lambda p: (p.unlink(), p.symlink_to("nowhere")), NOWHERE),
        (lambda p: (p.unlink(), p.mkdir()), ":1: is a folder, and the name is a file's; rename or remove it"),
    ],
    ids=["utf-16", "mark", "latin-1", "control", "circular", "dangling", "folder"],
)
def test_what_is_no_text_is_named_with_its_line(at, damage, says, root):
    damage(root / at)
    assert at + says in said(root)


def test_a_drawing_of_a_problem_that_is_no_text_is_named(root):
    put(
        root / "data/diagrams/counter-first.mmd", (root / "data/diagrams/retry.mmd").read_text("utf-8").encode("utf-16")
    )
    assert "data/diagrams/counter-first.mmd:1: is UTF-16; save it as UTF-8" in said(root)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_are_read_alike(end, root):
    for path in [p for p in root.rglob("*") if p.suffix in {".yml", ".md", ".mmd"} and p.is_file()]:
        path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
    assert said(root) == []


@pytest.mark.parametrize(
    ("folder", "name", "says"),
    [
        ("data/patterns", "Retry2.yml", "would not be read by this name; rename it to retry2.yml"),
        ("data/patterns", "half open.yaml", "would not be read by this name; rename it to half-open.yml"),
        ("data/patterns", "retry copy.yml", COPY),
        ("data/patterns", "retry (1).yml", COPY),
        ("data/patterns", "notes.txt", UNREAD),
        ("data/diagrams", "Retry.MMD", "would not be read by this name; rename it to retry.mmd"),
        ("docs/patterns", "Rückzug.md", "would not be read by this name; rename it to ruckzug.md"),
        ("data/patterns", "more/", "nothing reads this folder; move its files, or remove it"),
    ],
)
def test_a_name_that_is_off_is_named_and_nothing_else_is(folder, name, says, root):
    path = root / folder / name
    if name.endswith("/"):
        path.mkdir()
    else:
        shutil.copy(next((root / folder).glob("retry.*")), path)
    lines = [line for line in said(root) if line.startswith(f"{folder}/{name.rstrip('/')}:")]
    assert lines == [f"{folder}/{name.rstrip('/')}:1: {says}"]


def test_a_renamed_record_is_one_mistake_and_not_one_for_each_who_names_it(root):
    (root / RETRY).rename(root / "data/patterns/Retry.yml")
    assert said(root) == ["data/patterns/Retry.yml:1: would not be read by this name; rename it to retry.yml"]


LEFT = ["retry.yml~", ".retry.yml.swp", "#retry.yml#", ".#retry.yml", "._retry.yml", "retry.yml.orig", "retry.yml.bak"]
LEFT += ["4913", ".DS_Store", "Thumbs.db", "desktop.ini", "Icon\r", "retry.yml.sb-1a2b-x", "retry.yml.tmp"]


def test_what_editors_and_systems_leave_is_passed_over(root):
    for folder in ("data", "data/patterns", "data/diagrams", "docs", "docs/patterns", "reference"):
        for name in LEFT:
            (root / folder / name).write_bytes(b"\xff\x00")
        (root / folder / ".#locked.yml").symlink_to("someone@somewhere.1234:5678")
    assert said(root) == []
    assert all(map(files.leftover, LEFT)) and not any(
        map(files.leftover, ("retry.yml", "a-z.md", "lru.mmd", "raft.py"))
    )


def test_a_file_that_may_not_be_read_is_named(root, monkeypatch):
    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert files.read(root / RETRY)[1][0].text == "cannot be read: Permission denied; mend its rights, or remove it"
