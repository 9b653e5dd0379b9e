"""What the check draws, and what it leaves as the build has drawn it."""

from macros.check import diagrams
from macros.facts.finding import ROOT


def test_what_the_build_has_drawn_is_not_drawn_again(site, catalogue):
    """With what their quantities say, too: a page that is built meanwhile would else show the boards without them."""
    drawings = [ROOT / "build" / "diagrams" / f"{path.stem}.svg" for path in (ROOT / "data" / "diagrams").glob("*.mmd")]
    before = [path.stat().st_mtime_ns for path in drawings]
    assert list(diagrams.diagrams(catalogue)) == []
    assert len(before) > 100 and [path.stat().st_mtime_ns for path in drawings] == before


def test_the_check_draws_as_the_build_does(site, catalogue):
    board = ROOT / "build" / "diagrams" / "payment-board.svg"
    built = board.read_bytes()
    board.unlink()
    assert list(diagrams.diagrams(catalogue)) == []
    assert board.read_bytes() == built
