"""The feed of corrections, as a reader's program takes it."""

from xml.etree import ElementTree as xml

from macros.machines import feed

ATOM = {"a": feed.ATOM}


def test_the_feed_tells_of_each_correction_once_the_newest_first(site, catalogue):
    root = xml.parse(site / "corrections.xml").getroot()
    home = "https://example.org/guide/"
    assert root.find("a:link[@rel='self']", ATOM).get("href") == f"{home}corrections.xml"
    entries = root.findall("a:entry", ATOM)
    assert len(entries) == min(feed.MOST, sum(len(one.corrections) for one in catalogue.corrections.values())) > 10
    ids = [one.findtext("a:id", namespaces=ATOM) for one in entries]
    assert len(set(ids)) == len(ids)
    days = [one.findtext("a:updated", namespaces=ATOM) for one in entries]
    assert days == sorted(days, reverse=True) and root.findtext("a:updated", namespaces=ATOM) == days[0]
    for one in entries:
        place = one.find("a:link", ATOM).get("href").removeprefix(home)
        assert (site / place / "index.html").exists(), place


def test_every_page_leads_to_the_feed(pages):
    for path in pages:
        assert 'rel="alternate" type="application/atom+xml"' in path.read_text("utf-8"), path
