"""The same bytes again: from ProperDocs in place of MkDocs, with other hashes, in another time zone or folder."""

import os
import subprocess
import sys
from pathlib import Path

from macros.facts.finding import ROOT
from macros.pages import minutes
from macros.paper import sheet_pdf, sheets, typeset
from tests.conftest import BASE, EPOCH


def test_properdocs_builds_the_same_bytes_without_help(site, tmp_path):
    """By its own command, which puts nothing on the path, and from a folder that is not the repository."""
    env = os.environ | {
        "SITE_URL": f"https://example.org{BASE}",
        "SOURCE_DATE_EPOCH": EPOCH,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "PYTHONPATH": "",
    }
    command = Path(sys.executable).with_name("properdocs")
    done = subprocess.run(
        [command, "build", "--strict", "--config-file", ROOT / "mkdocs.yml", "--site-dir", tmp_path / "again"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    first, again = (
        {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}
        for root in (site, tmp_path / "again")
    )
    assert sorted(first) == sorted(again)
    assert {name: apart(first[name], again[name]) for name in first if first[name] != again[name]} == {}


def apart(one: bytes, other: bytes) -> tuple[bytes, bytes]:
    """Both from a little before the first byte that differs."""
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[max(0, at - 60) : at + 60], other[max(0, at - 60) : at + 60]


def test_a_sheet_is_typeset_to_the_same_bytes(catalogue, tmp_path, monkeypatch):
    """Not from what is kept, but again, with fonts cut again."""
    sheet = sheets.sheet(catalogue, "interview")
    data = sheet_pdf.content(sheet, minutes.hour(catalogue), "a4", "x", "https://example.org/")
    first = typeset.compile("sheet", data, sheet_pdf.drawn(sheet)).read_bytes()
    monkeypatch.setattr(typeset, "BUILD", tmp_path)
    assert typeset.compile("sheet", data, sheet_pdf.drawn(sheet)).read_bytes() == first
