"""Text diagrams: what cannot be drawn ends the build; kinds of boxes; and the drawings for phones."""

import json
import re

from macros import node
from macros.facts.finding import ROOT
from macros.pages import figures

DRAW = "import { drawAll } from './frontend/diagrams.mjs'; process.exit(drawAll(process.argv[1], process.argv[2]))"
SKETCH = DRAW.replace("drawAll", "sketchAll").replace("diagrams.mjs", "sketches.mjs")


def drawn(tmp_path, text, script=DRAW, name="one"):
    (tmp_path / f"{name}.mmd").write_text(text, "utf-8")
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
    assert code == 1 and said.startswith(f"{tmp_path / 'one.mmd'}:1: cannot be sketched: ")
    assert said.endswith("; simplify it, or mend sketch() in frontend/sketches.mjs")
    assert not (tmp_path / "one.json").exists()
    long = "flowchart LR\n  A[More than ten letters] --> B\n"
    for text in ("sequenceDiagram\n  A->>B: hello\n", long):  # of a kind that no sheet shows, and too long for one
        assert drawn(tmp_path, text, SKETCH) == (0, "")
        assert set(json.loads((tmp_path / "one.json").read_text("utf-8"))) == {"stamp"}
    assert drawn(tmp_path, "flowchart LR\n  A[Ten] --> B\n", SKETCH) == (0, "")
    assert ">Ten</text>" in json.loads((tmp_path / "one.json").read_text("utf-8"))["svg"]


KINDS = (
    "import { kindOf } from './frontend/diagrams.mjs'; console.log(JSON.stringify(process.argv.slice(1).map(kindOf)))"
)


def test_a_box_is_drawn_as_what_its_words_begin_with():
    words = {
        "Database of listings": "store",
        "Message store: ‹shards›": "store",
        "Ask database": "",
        "Search<br>index": "store",
        "Retry queue": "queue",
        "Dead-letter queue": "queue",
        "Edge cache": "cache",
        "Cache deletes": "",
        "Warm cache": "",
        "Commit log": "log",
        "Client, with key": "client",
        "Limit by user": "",
        "Create service, home region": "",
    }
    done = node.run("--input-type=module", "-e", KINDS, *words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert dict(zip(words, json.loads(done.stdout), strict=True)) == words


def test_a_plain_box_gets_the_shape_of_its_kind(tmp_path):
    text = 'flowchart TD\n  A[Client] --> B["Write, fsync"]\n  B --> C[Old database]\n'
    text += "  B --> D[Retry queue]\n  B --> E([Mine])\n"
    assert drawn(tmp_path, text) == (0, "")
    svg = (tmp_path / "one.svg").read_text("utf-8")
    assert [svg.count(f'class="node {kind}"') for kind in ("client", "", "store", "queue", "cache")] == [1, 1, 1, 1, 1]
    assert svg.count("<ellipse") == 2


def test_a_sequence_has_a_drawing_for_phones_with_all_its_participants(tmp_path):
    text = (
        "sequenceDiagram\n  participant C as Client\n  participant D as Database\n  C->>D: write\n  D--xC: done, lost\n"
    )
    assert drawn(tmp_path, text + "  Note over C: waits\n  D->>D: fsync\n") == (0, "")
    narrow = (tmp_path / "one.narrow.svg").read_text("utf-8")
    assert 'viewBox="0 0 336 ' in narrow and all(
        f">{word}</text>" in narrow for word in ("Client", "Database", "waits")
    )
    wide = (tmp_path / "one.svg").read_text("utf-8")
    for svg in (narrow, wide):
        assert (
            svg.count('class="actor store"') == 1 and svg.count("l10 10m0 -10l-10 10") == 1
        )  # the cross of what is lost
    assert drawn(tmp_path, text + "  alt known\n  C->>D: again\n  end\n") == (0, "")
    case = (tmp_path / "one.narrow.svg").read_text("utf-8")
    assert ">If known:</text>" in case and case.count('stroke-dasharray="1.5 3"') == 1
    assert drawn(tmp_path, text + "  par one\n  C->>D: again\n  and two\n  D->>C: there\n  end\n") == (0, "")
    assert not (tmp_path / "one.narrow.svg").exists()  # two at once would be lost in it


def test_a_flowchart_too_wide_for_a_phone_is_folded(tmp_path):
    wide = 'flowchart LR\n  A["Nine words of a step, and more of them"] --> B["A second box of many words too"]\n'
    assert drawn(tmp_path, wide) == (0, "")
    narrow = (tmp_path / "one.narrow.svg").read_text("utf-8")
    assert int(re.search(r'width="(\d+)"', narrow)[1]) <= 340 and 'id="one-n-arrowhead"' in narrow
    ids = re.findall(r' id="([^"]+)"', narrow + (tmp_path / "one.svg").read_text("utf-8"))
    assert len(ids) == len(set(ids))
    assert drawn(tmp_path, "flowchart LR\n  A --> B\n") == (0, "") and not (tmp_path / "one.narrow.svg").exists()


BOARD = """flowchart TD
  C["Client"] --> E["Entry: TLS, limits, token check"]
  C -->|sign in| I["Bought login"]
  C -->|signed upload| O["Object storage and CDN"]
  E -->|"post, follow, block, profile"| P["Post service"]
  E -->|feed| F["Feed service"]
  P --> D["Post store: posts, follows"]
  F <--> D
  D -.->|late| E
"""


def test_what_cannot_be_folded_stands_as_a_ladder_with_all_its_boxes_and_ways(tmp_path):
    assert drawn(tmp_path, BOARD) == (0, "")
    narrow = (tmp_path / "one.narrow.svg").read_text("utf-8")
    assert 'viewBox="0 0 336 ' in narrow and narrow.count('class="edge"') == 8
    assert narrow.count('fill="var(--_arrow)"') == 9  # an end each, and one way has two
    assert narrow.count('class="edge" fill="none" stroke="var(--_line)" stroke-width="1.5" stroke-dasharray') == 1
    said = " ".join(re.findall(r">([^<]+)</text>", narrow))
    for words in ("Client", "Entry: TLS, limits, token check", "Bought login", "signed upload", "late", "Feed service"):
        assert words in said
    assert [narrow.count(f'class="node {kind}"') for kind in ("client", "store")] == [1, 2]
    places = [float(y) for y in re.findall(r'y="([\d.]+)"', narrow)]
    assert max(places) < float(re.search(r'viewBox="0 0 336 (\d+)"', narrow)[1])


def test_states_stand_as_a_ladder_and_what_is_taller_than_a_screen_too(tmp_path):
    states = "stateDiagram-v2\n  [*] --> Free\n  Free --> Held: a rather long reason to be held\n"
    states += "  Held --> Free: another one of those reasons\n  Held --> Held: again\n  Held --> [*]\n"
    chain = "flowchart TD\n  " + " --> ".join(f"N{n}[Step {n}]" for n in range(11)) + "\n"
    called = 'stateDiagram-v2\n  state "Half-open: a few trials" as H\n  Closed --> H: wait ends\n'
    called += "  H --> Closed: trials succeed\n"
    assert drawn(tmp_path, called) == (0, "") and ">Half-open: a few" in (tmp_path / "one.svg").read_text("utf-8")
    for text, boxes in ((states, 2), (chain, 11)):
        assert drawn(tmp_path, text) == (0, "")
        svg = (tmp_path / "one.svg").read_text("utf-8")
        assert svg.count('class="node ') == boxes and not (tmp_path / "one.narrow.svg").exists()
        assert float(re.search(r'viewBox="0 0 [\d.]+ (\d+)"', svg)[1]) <= 600


def test_what_is_more_than_boxes_and_ways_keeps_its_width(tmp_path):
    wide = BOARD + "  subgraph zone one\n  X[A box of many words, one] --> Y[Another box of many words]\n  end\n"
    assert drawn(tmp_path, wide) == (0, "") and not (tmp_path / "one.narrow.svg").exists()


def test_the_first_box_of_a_board_stands_at_its_top_and_clients_beside_it(tmp_path):
    text = (
        'flowchart TD\n  C["Client"] --> S["Service"]\n  S -->|tells| C\n  B["Bank"] --> S\n  R["Rider"] -->|asks| S\n'
    )
    assert drawn(tmp_path, text, name="one-board") == (0, "")
    svg = (tmp_path / "one-board.svg").read_text("utf-8")
    tops = {words: float(y) for y, words in re.findall(r'<text x="[\d.]+" y="([\d.]+)"[^>]*>([^<]+)<', svg)}
    assert tops["Client"] == tops["Rider"] < tops["Service"] < tops["Bank"]


BOXES = re.compile(r'<g class="node[^"]*"(?: id="[^"]*")?>(.*?)</g>')
NUMBERS = re.compile(r"-?[\d.]+")


def test_no_way_of_a_figure_runs_through_a_box(site):
    wrong, seen = [], 0
    for path in sorted(figures.DRAWN.glob("*.svg")):
        svg, boxes = path.read_text("utf-8"), []
        for box in BOXES.findall(svg):
            if found := re.search(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', box):
                x, y, w, h = map(float, found.groups())
                boxes.append((x + 3, y + 3, x + w - 3, y + h - 3))
            elif found := re.search(r'<path d="M[^aA]*?z"', box):
                points = [float(one) for one in NUMBERS.findall(found[0])]
                xs, ys = points[::2], points[1::2]
                boxes.append((min(xs) + 3, min(ys) + 3, max(xs) - 3, max(ys) - 3))
        ways = re.findall(r'<polyline class="edge"[^>]*? points="([^"]+)"', svg)
        ways += re.findall(r'<path class="edge"[^>]*? d="(M[^"HVq]+)"', svg)
        for way in ways:
            seen += 1
            for stroke in way.split("M"):
                points = [float(one) for one in NUMBERS.findall(stroke)]
                places = list(zip(points[::2], points[1::2], strict=True))
                for (ax, ay), (bx, by) in zip(places, places[1:], strict=False):
                    left, right, top, low = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
                    if any(left < r and x < right and top < b and y < low for x, y, r, b in boxes):
                        wrong.append(f"{path.name}: {stroke}")
    assert wrong == [] and seen > 500
