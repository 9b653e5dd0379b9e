"""Curves follow the modules that they were drawn from."""

from types import SimpleNamespace

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
    assert len(list((tmp_path / "plots").iterdir())) == 1
