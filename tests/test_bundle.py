"""The front end is bundled where something changed, and only there: `make serve` waits for it at each edit."""

from types import SimpleNamespace

import pytest
from mkdocs.exceptions import Abort

from macros import bundle

INPUTS = {
    "package-lock.json": "{}",
    "requirements.txt": "mkdocs==1.6.1",
    "build/minutes.css": "p {}",
    "build/said.json": "{}",
    "frontend/main.ts": "let a;",
    "frontend/styles/base.css": "a {}",
    "data/diagrams/lru.mmd": "a --> b",
    "build/fonts/text.woff2": "font",
    "theme/assets/stylesheets/main.1.css": "b {}",
}


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A folder with all that is read; `runs` counts how often the bundler ran, `code` is how it ends."""
    for name, text in INPUTS.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    state = SimpleNamespace(root=tmp_path, runs=0, code=0)

    def run(*command, cwd):
        state.runs += 1
        (cwd / "build/assets").mkdir(exist_ok=True)
        (cwd / "build/assets/manifest.json").write_text('{"script": "main.js"}', "utf-8")
        (cwd / "build/assets/main.js").write_text("a", "utf-8")
        return SimpleNamespace(returncode=state.code)

    monkeypatch.setattr(bundle.node, "run", run)
    state.made = lambda: bundle.made(tmp_path / "theme", tmp_path)
    return state


def test_what_is_as_it_was_is_not_bundled_again(built):
    assert built.made() == built.made() == {"script": "main.js"}
    assert built.runs == 1


@pytest.mark.parametrize("name", INPUTS)
def test_each_file_that_is_read_counts(built, name):
    built.made()
    (built.root / name).write_text("changed", "utf-8")
    built.made()
    (built.root / name).unlink()
    built.made()
    assert built.runs == 3


@pytest.mark.parametrize("damage", ["altered", "gone"])
def test_a_bundle_that_was_damaged_is_made_again(built, damage):
    built.made()
    made = built.root / "build/assets/main.js"
    made.unlink() if damage == "gone" else made.write_text("b", "utf-8")
    built.made()
    assert built.runs == 2 and made.read_text("utf-8") == "a"


def test_what_failed_is_tried_again_though_nothing_changed(built):
    built.code = 1
    for _ in range(2):
        with pytest.raises(Abort, match="the front end was not built"):
            built.made()
    assert built.runs == 2
