"""Curves follow the modules that they were drawn from."""

from types import SimpleNamespace

import pytest

from macros.facts.finding import GuideError
from macros.runs import plots


def test_an_edited_module_is_drawn_anew_in_the_same_process(tmp_path, monkeypatch):
    module = tmp_path / "reference" / "doubling.py"
    module.parent.mkdir()
    monkeypatch.setattr(plots, "DRAWN", tmp_path / "plots")
    monkeypatch.setitem(
        plots.PLOTS,
        "doubling",
        (
            lambda m: plots.Chart("Waits", f"Ends at {m.END} s.", "tries", "s", (("wait", (1, 2), (1, m.END)),)),
            ("doubling",),
        ),
    )
    for end in (2, 4):
        module.write_text(f"END = {end}\n", "utf-8")
        assert f"Waits. Ends at {end} s." in plots.plot(SimpleNamespace(root=tmp_path), "doubling")
    assert len(list((tmp_path / "plots").iterdir())) == 2  # the drawing and its points


@pytest.mark.parametrize(
    ("page", "says", "plot", "curve", "x"),
    [
        ("consistent-hashing", "about three times its share (3.5 in the plot)", "ring-balance", "ring", 1),
        ("consistent-hashing", "the busiest of ten then has about 1.2 times the mean", "ring-balance", "ring", 100),
    ],
)
def test_what_the_data_says_of_a_plot_is_what_it_shows(catalogue, page, says, plot, curve, x):
    assert says in (catalogue.data / "patterns" / f"{page}.yml").read_text("utf-8")
    assert f"{plots.value(catalogue, plot, curve, x):.1f}" in says


def test_a_sentence_cannot_quote_what_is_not_plotted(catalogue):
    with pytest.raises(GuideError, match="no curve 'rings'; did you mean 'ring'?"):
        plots.value(catalogue, "ring-balance", "rings", 1)
    with pytest.raises(GuideError, match="'ring' of plot 'ring-balance' has no point at 3; it has 1, 2, 5"):
        plots.value(catalogue, "ring-balance", "ring", 3)
