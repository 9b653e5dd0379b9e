"""`make new`: three files that say what is missing, and never over somebody's work."""

import pytest

from macros import new
from macros.facts import load


@pytest.fixture
def root(tmp_path, monkeypatch):
    for folder in ("data/patterns", "data/diagrams", "docs/patterns"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(load, "ROOT", tmp_path)
    return tmp_path


def test_writes_data_page_and_diagram(root, capsys):
    assert new.main(["shuffle-sharding"]) == 0
    assert "wrote data/patterns/shuffle-sharding.yml" in capsys.readouterr().out
    assert '{{ figure("shuffle-sharding") }}' in (root / "docs/patterns/shuffle-sharding.md").read_text("utf-8")
    record, doc = load.read(root / "data/patterns/shuffle-sharding.yml", load.model.Pattern)
    assert record is None and {p.field for p in doc.problems} == {
        "category", "searches", "use_when", "avoid_when", "trade_offs", "failure_modes", "follow_ups", "related", "cards",
        "sources",
    }  # fmt: skip


def test_refuses_to_overwrite(root, capsys):
    new.main(["bulkhead"])
    (root / "docs/patterns/bulkhead.md").write_text("my work", "utf-8")
    assert new.main(["bulkhead"]) == 1
    assert "data/patterns/bulkhead.yml exists already; edit it, or choose another slug" in capsys.readouterr().err
    assert (root / "docs/patterns/bulkhead.md").read_text("utf-8") == "my work"


@pytest.mark.parametrize("slug", ["", "Bulk Head", "../x", "a--b"])
def test_refuses_what_is_no_slug(root, slug, capsys):
    assert new.main([slug] if slug else []) == 2
    assert "usage: make new pattern=SLUG" in capsys.readouterr().err


