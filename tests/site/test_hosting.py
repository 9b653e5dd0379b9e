"""What contributing/hosting.md says in numbers is so of the built site."""

import gzip
import re
import statistics

from macros import pack
from macros.facts.finding import ROOT
from macros.machines import offline

PAGE = (ROOT / "docs" / "contributing" / "hosting.md").read_text("utf-8")
NEAR = 0.2  # of the number: they are of a kind, and move with every release


def size(path) -> float:
    """Kilobytes on the line."""
    data = path.read_bytes()
    return (len(data) if path.suffix == ".woff2" else len(gzip.compress(data, 9))) / 1000


def said(row: str) -> float:
    return float(re.search(row, PAGE)[1])


def near(given: float, found: float) -> bool:
    return abs(given - found) <= NEAR * found


def test_what_a_visit_costs(site, pages):
    first = site / "patterns" / "lru" / "index.html"
    names = set(re.findall(r'(?:href|src)="[./]*(assets/[^"]+\.(?:css|js|woff2))"', first.read_text("utf-8")))
    held = sum(size(site / name) for name in names)
    four = size(first) + 3 * statistics.median(map(size, pages))
    assert near(said(r"Styles, script and the fonts of a first visit \| (\d+)"), held), held
    assert near(said(r"13 for the first \| (\d+)"), four), four
    assert near(said(r"half of 60 \| (\d+)"), four + held / 2), four + held / 2
    assert near(said(r"another ([\d.]+) MB for each"), offline.megabytes(site)), offline.megabytes(site)


def test_sums_follow_from_their_parts():
    visit = said(r"half of 60 \| (\d+)")
    a_second = visit * 1e3 * 1e6 / 86400 / 1e6  # MB
    assert near(said(r"A million visits are (\d+) GB"), visit) and near(said(r"on average ([\d.]+) MB/s"), a_second)
    assert near(said(r"\(([\d.]+) Mbit/s\)"), 8 * a_second) and near(said(r"that is (\d+) Mbit/s"), 40 * a_second)
    assert near(said(r"pages are (\d+) requests a second"), 4e6 / 86400)


def test_packed_files_are_the_same_bytes_again(site, tmp_path):
    page = tmp_path / "index.html"
    page.write_bytes((site / "index.html").read_bytes())
    assert pack.main([str(tmp_path)]) == 0
    packed = (tmp_path / "index.html.gz").read_bytes()
    assert gzip.decompress(packed) == page.read_bytes()
    (tmp_path / "index.html.gz").unlink()
    pack.main([str(tmp_path)])
    assert (tmp_path / "index.html.gz").read_bytes() == packed
