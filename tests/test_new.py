"""`make new`: the files of any kind, which say what is missing, and never over somebody's work."""

import pytest

from macros import new
from macros.facts import finding, yaml_file
from macros.facts.catalogue import KINDS
from macros.pages import outline


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(finding, "ROOT", tmp_path)
    monkeypatch.setattr(new, "ROOT", tmp_path)
    return tmp_path


def test_writes_data_page_and_diagram(root, capsys):
    assert new.main(["pattern=shuffle-sharding"]) == 0
    assert "wrote data/patterns/shuffle-sharding.yml" in capsys.readouterr().out
    sketch = next(line for line in (root / "data/patterns/shuffle-sharding.yml").open() if line.startswith("sketch:"))
    assert '"TODO"' in sketch and "(Client) > Cache" in sketch  # what the printed card draws, with how it is written
    assert '{{ figure("shuffle-sharding") }}' in (root / "docs/patterns/shuffle-sharding.md").read_text("utf-8")
    assert "%% title: Shuffle sharding" in (root / "data/diagrams/shuffle-sharding.mmd").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.one)
def test_each_kind_gets_a_file_with_every_field_and_a_page_that_fits_its_outline(kind, root):
    assert new.main([f"{kind.one}=some-thing"]) == 0
    record, doc = yaml_file.read(root / f"data/{kind.folder}/some-thing.yml", kind.model)
    assert not any("unknown field" in f.text or "not valid YAML" in f.text for f in doc.findings)
    assert set(doc.value) == set(kind.model.model_fields) - {"slug"}
    if kind.paged:
        assert list(outline.faults(kind.folder, (root / f"docs/{kind.folder}/some-thing.md").read_text("utf-8"))) == []


def test_refuses_to_overwrite(root, capsys):
    new.main(["pattern=bulkhead"])
    (root / "docs/patterns/bulkhead.md").write_text("my work", "utf-8")
    assert new.main(["pattern=bulkhead"]) == 1
    assert "data/patterns/bulkhead.yml exists already; edit it, or choose another slug" in capsys.readouterr().err
    assert (root / "docs/patterns/bulkhead.md").read_text("utf-8") == "my work"


@pytest.mark.parametrize("slug", ["", "Bulk Head", "../x", "a--b"])
def test_refuses_what_is_no_slug(root, slug, capsys):
    assert new.main([f"pattern={slug}"]) == 2
    assert "usage: make new pattern=SLUG, in lower case with hyphens" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "says"),
    [([], "kinds: "), (["patern=x"], "did you mean 'pattern'?"), (["PYTHON=python3"], "usage: make new KIND=SLUG")],
)
def test_names_the_kinds(root, given, says, capsys):
    assert new.main(given) == 2
    assert says in capsys.readouterr().err
