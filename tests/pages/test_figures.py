"""A label that the renderer would drop ends the build, instead of a box with a bare letter; so does a lost sketch."""

import json

from macros import node
from macros.facts.finding import ROOT

DRAW = "import { drawAll } from './frontend/diagrams.mjs'; process.exit(drawAll(process.argv[1], process.argv[2]))"
SKETCH = DRAW.replace("drawAll", "sketchAll").replace("diagrams.mjs", "sketches.mjs")


def drawn(tmp_path, text, script=DRAW):
    (tmp_path / "one.mmd").write_text(text, "utf-8")
    done = node.run(
        "--input-type=module", "-e", script, str(tmp_path), str(tmp_path), cwd=ROOT, capture_output=True, text=True
    )
    return done.returncode, done.stderr.strip()


def test_a_label_after_the_first_mention_is_named(tmp_path):
    path = tmp_path / "one.mmd"
    code, said = drawn(
        tmp_path, '%% title: x\n%% description: y\nflowchart TD\n  A[New] --> B\n  B["Bucket 1"] --> C[Out]\n'
    )
    assert (code, said) == (1, f"{path}:5: the label of B would not be drawn; give it where B is named first")
    assert drawn(tmp_path, 'flowchart TD\n  A[New] -->|to B| B["Bucket 1 (B)"]\n  B --> C[Out]\n') == (0, "")


def test_what_cannot_be_drawn_is_named(tmp_path):
    code, said = drawn(tmp_path, "nonsense\n")
    assert code == 1 and said.startswith(f"{tmp_path / 'one.mmd'}:1: cannot be drawn: ") and "supported syntax" in said


def test_what_cannot_be_sketched_is_named(tmp_path):
    code, said = drawn(tmp_path, "%% title: x\nflowchart UPWARD\n  A --> B\n", SKETCH)
    assert code == 1 and said.startswith(f"{tmp_path / 'one.mmd'}:1: cannot be sketched for its pocket card: ")
    assert said.endswith("; simplify it, or mend sketch() in frontend/sketches.mjs")
    assert not (tmp_path / "one.json").exists()
    assert drawn(tmp_path, "sequenceDiagram\n  A->>B: hello\n", SKETCH) == (0, "")  # of a kind that no card shows
    assert set(json.loads((tmp_path / "one.json").read_text("utf-8"))) == {"stamp"}
