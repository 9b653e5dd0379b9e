"""The made-up catalogues that the bench builds are good data: a change of the real one must not stop `make bench`."""

from macros import check
from tests.bench.__main__ import synthetic


def test_a_made_up_catalogue_has_no_errors(tmp_path):
    synthetic(tmp_path / "copy", 130)  # enough that each pattern which problems name has one in its place
    assert [str(p) for p in check.everything(tmp_path / "copy") if not p.warning] == []
