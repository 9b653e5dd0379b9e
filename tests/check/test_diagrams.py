"""What the check draws, and what it leaves as the build has drawn it."""

from macros.check import diagrams
from macros.facts.finding import ROOT


def test_what_the_build_has_drawn_is_not_drawn_again(site, catalogue):
    plain = [path for path in (ROOT / "data" / "diagrams").glob("*.mmd") if "‹" not in path.read_text("utf-8")]
    drawings = [ROOT / "build" / "diagrams" / f"{path.stem}.svg" for path in plain]
    before = [path.stat().st_mtime_ns for path in drawings]
    assert list(diagrams.diagrams(catalogue)) == []
    assert len(before) > 100 and [path.stat().st_mtime_ns for path in drawings] == before
