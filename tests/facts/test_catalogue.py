"""The catalogue: kinds in one table, records that know their slug, relations that read from both sides."""

import pytest

from macros.facts import catalogue as facts
from macros.facts import model
from macros.facts.catalogue import KINDS, Kind, Link
from macros.facts.finding import GuideError


def test_a_record_knows_its_slug(catalogue):
    for kind in KINDS:
        for slug, record in catalogue.shelves[kind.folder].items():
            assert record.slug == slug


def test_records_stand_in_their_kinds_order(catalogue):
    assert [p.order for p in catalogue.phases.values()] == sorted(p.order for p in catalogue.phases.values())
    names = [p.name.lower() for p in catalogue.patterns.values()]
    assert names == sorted(names)


def test_a_relation_stands_once_and_is_seen_from_both_sides(small):
    assert Link("protects", "retry", "Both keep a failure small.") in small.links("breaker")
    assert Link("protected-by", "breaker", "Both keep a failure small.") in small.links("retry")


def test_no_two_kinds_share_a_folder_or_a_name():
    assert len({kind.folder for kind in KINDS}) == len({kind.one for kind in KINDS}) == len(KINDS)


def test_an_unknown_slug_names_the_nearest(small):
    with pytest.raises(GuideError, match="no pattern 'rety'; did you mean 'retry'?"):
        small.patterns["rety"]
    with pytest.raises(GuideError, match="no playbook 'xyz'; see data/playbooks/"):
        small.playbooks["xyz"]


def test_a_kind_whose_pages_would_lack_what_every_page_has_is_told_so_once(monkeypatch):
    monkeypatch.setattr(facts, "KINDS", (*KINDS, Kind("drills", model.Algorithm, "Drill")))
    nothing, (finding,) = facts.catalogue()
    assert nothing is None and finding.path == "macros/facts/model.py"
    assert "records of 'drills' have pages, and no summary, searches, sources, reviewed_on" in finding.text
    assert "add it to Algorithm, or set paged=False in KINDS" in finding.text
