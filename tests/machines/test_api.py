"""The JSON that others build on: valid by its own schema, complete, and the same bytes for the same data."""

import json

import jsonschema
import pytest

from macros.facts import catalogue as facts
from macros.machines import api


@pytest.fixture(scope="module")
def schemas(site):
    return {name: json.loads((site / f"api/schema/{name}.schema.json").read_text("utf-8")) for name in api.SCHEMAS}


def test_each_file_is_valid_by_its_schema(site, schemas):
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    for name, schema in ((name, schemas[name]) for name in api.LISTS):
        jsonschema.validate(json.loads((site / f"api/{name}.json").read_text("utf-8")), schema)
    for path in (site / "api" / "patterns").glob("*.json"):
        jsonschema.validate(json.loads(path.read_text("utf-8")), schemas["pattern"])


def test_a_wrong_file_is_not_valid(site, schemas):
    record = json.loads((site / "api/patterns/circuit-breaker.json").read_text("utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record | {"surprise": 1}, schemas["pattern"])


def test_every_pattern_is_listed_and_its_addresses_lead_to_pages(site, catalogue):
    listed = json.loads((site / "api/patterns.json").read_text("utf-8"))
    assert [p["slug"] for p in listed["patterns"]] == list(catalogue.patterns)
    for p in listed["patterns"]:
        for address in (p["url"] + "index.html", p["details"]):
            assert (site / address.removeprefix("https://example.org/guide/")).exists()


def test_a_problem_comes_with_its_numbers_worked_out(site, catalogue):
    listed = json.loads((site / "api/problems.json").read_text("utf-8"))["problems"]
    assert [p["slug"] for p in listed] == list(catalogue.problems)
    feed = listed[0]["quantities"]
    assert feed["peak_requests"]["value"] == 3500 and feed["peak_requests"]["said"] == "3,500 requests/s"
    for p in listed:
        assert set(p["quantities"]) == set(p["assume"]) | set(p["compute"])
        assert all(one["holds"] in p["quantities"] for one in p["errata"])
        assert (site / f"problems/{p['slug']}/index.html").exists()


def test_the_rubric_is_whole(site, catalogue):
    found = json.loads((site / "api/rubric.json").read_text("utf-8"))
    assert [one["slug"] for one in found["levels"]] == ["mid", "senior", "staff"]
    assert [one["slug"] for one in found["dimensions"]] == [one.slug for one in catalogue.rubric.dimensions]
    for one in found["dimensions"]:
        assert all({"see", "counts", "not"} == set(one[level["slug"]]) for level in found["levels"])
        assert one["red_flags"]
    page, _, anchor = found["url"].removeprefix("https://example.org/guide/").partition("#")
    assert f'id="{anchor}"' in (site / page / "index.html").read_text("utf-8")


def test_llms_txt_names_every_page_of_the_catalogue(site, catalogue):
    text = (site / "llms.txt").read_text("utf-8")
    assert text.startswith("# Whiteboard Hour\n")
    assert all(f"/{kind.folder}/{record.slug}/)" in text for kind, record in catalogue.paged())


def test_equal_data_gives_equal_bytes():
    found, _ = facts.catalogue()
    again, _ = facts.catalogue()
    assert api.files(found, "https://example.org/") == api.files(again, "https://example.org/")
