"""The empty board of each problem: a file that Excalidraw reads, with nothing of the solution on it."""

import json

import jsonschema
import pytest

from macros.machines import boards, offline

SITE = "https://example.org/guide/"
COMMON = {  # what Excalidraw's elements have: packages/element/src/types.ts of version 0.18
    "id": {"type": "string", "minLength": 1},
    "x": {"type": "number"},
    "y": {"type": "number"},
    "width": {"type": "number", "minimum": 0},
    "height": {"type": "number", "minimum": 0},
    "angle": {"type": "number"},
    "strokeColor": {"type": "string", "pattern": "^#[0-9a-f]{6}$"},
    "backgroundColor": {"type": "string"},
    "fillStyle": {"enum": ["hachure", "cross-hatch", "solid", "zigzag"]},
    "strokeWidth": {"type": "number"},
    "strokeStyle": {"enum": ["solid", "dashed", "dotted"]},
    "roughness": {"type": "number"},
    "roundness": {"type": ["object", "null"]},
    "opacity": {"type": "number", "minimum": 0, "maximum": 100},
    "seed": {"type": "integer", "minimum": 0},
    "version": {"type": "integer"},
    "versionNonce": {"type": "integer"},
    "index": {"type": "string", "pattern": "^(a[0-9A-Za-z]|b[0-9A-Za-z]{2})$"},
    "isDeleted": {"const": False},
    "groupIds": {"type": "array"},
    "frameId": {"type": "null"},
    "boundElements": {"type": "array"},
    "updated": {"type": "integer"},
    "link": {"type": "null"},
    "locked": {"type": "boolean"},
}
TEXT = {
    "text": {"type": "string", "minLength": 1},
    "originalText": {"type": "string"},
    "fontSize": {"type": "number"},
    "fontFamily": {"type": "integer"},
    "textAlign": {"enum": ["left", "center", "right"]},
    "verticalAlign": {"enum": ["top", "middle", "bottom"]},
    "containerId": {"type": ["string", "null"]},
    "autoResize": {"type": "boolean"},
    "lineHeight": {"type": "number"},
}
ARROW = {
    "points": {"type": "array", "minItems": 2},
    "lastCommittedPoint": {"type": "null"},
    "startBinding": {"type": "null"},
    "endBinding": {"type": "null"},
    "startArrowhead": {"type": "null"},
    "endArrowhead": {"enum": ["arrow"]},
    "elbowed": {"type": "boolean"},
}


def element(kind, own):
    fields = COMMON | own | {"type": {"const": kind}}
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


KINDS = [element("rectangle", {}), element("text", TEXT), element("arrow", ARROW)]
SCHEMA = {
    "type": "object",
    "required": ["type", "version", "source", "elements", "appState", "files"],
    "properties": {
        "type": {"const": "excalidraw"},
        "version": {"const": 2},
        "source": {"type": "string"},
        "elements": {"type": "array", "items": {"oneOf": KINDS}},
        "appState": {"type": "object"},
        "files": {"const": {}},
    },
}


@pytest.fixture(scope="module")
def made(catalogue):
    return {path.split("/")[1]: json.loads(text) for path, text in boards.files(catalogue, SITE).items()}


def words(board) -> str:
    return " ".join(one["text"] for one in board["elements"] if one["type"] == "text").replace("\n", " ")


def test_every_problem_has_one_that_is_valid(made, catalogue):
    assert list(made) == list(catalogue.problems)
    for slug, board in made.items():
        jsonschema.validate(board, SCHEMA)
        ids = [one["id"] for one in board["elements"]]
        order = [one["index"] for one in board["elements"]]
        assert len(ids) == len(set(ids)) and order == sorted(set(order)), slug


def test_words_in_a_box_and_the_box_know_each_other(made):
    for board in made.values():
        known = {one["id"]: one for one in board["elements"]}
        inside = [one for one in known.values() if one.get("containerId")]
        assert len(inside) >= 5 + 5
        for one in inside:
            box = known[one["containerId"]]
            assert {"id": one["id"], "type": "text"} in box["boundElements"]
            assert abs(one["x"] + one["width"] / 2 - box["x"] - box["width"] / 2) < 0.1


def test_it_has_the_prompt_the_clock_and_an_area_for_each_phase(made, catalogue):
    for slug, board in made.items():
        known, text = {one["id"]: one for one in board["elements"]}, words(board)
        assert catalogue.problems[slug].prompt in text
        slot = next(one for one in catalogue.interview.slots if one.minutes == catalogue.interview.default_slot)
        scale = {known[f"clock-{phase}"]["width"] / minutes for phase, minutes in slot.plan.items()}
        assert max(scale) - min(scale) < 0.01
        for phase, lines in catalogue.interview.board.lines.items():
            area, name, told = (known[f"{part}-{phase}"] for part in ("area", "name", "lines"))
            assert area["locked"] and told["text"].split("\n") == list(lines)
            for one in (name, told):  # stands in its area
                assert area["x"] < one["x"] and one["x"] + one["width"] < area["x"] + area["width"], one["text"]
                assert area["y"] < one["y"] and one["y"] + one["height"] < area["y"] + area["height"]


def test_nothing_of_the_solution_is_on_it(made, catalogue):
    for slug, board in made.items():
        p, text = catalogue.problems[slug], words(board)
        told = [p.crux, *(one.take for one in p.decide.values()), *(one.changes for one in p.curveballs), *p.functions]
        assert [str(one) for one in told if str(one) in text] == []


def test_equal_data_gives_equal_bytes(catalogue):
    assert boards.files(catalogue, SITE) == boards.files(catalogue, SITE)


def test_it_is_given_on_the_problem_s_page_and_kept_for_reading_without_a_network(site, catalogue):
    kept = offline.files(site)
    for slug in catalogue.problems:
        page = (site / "problems" / slug / "index.html").read_text("utf-8")
        assert f'<a href="board.excalidraw" download="{slug}.excalidraw">' in page
        assert f"problems/{slug}/board.excalidraw" in kept
        assert json.loads((site / f"problems/{slug}/board.excalidraw").read_text("utf-8"))["source"] == SITE
