"""The deck for Anki, imported by the real Anki: fresh, again, after edits, beside a reader's own, from the starter."""

import html
import json
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlparse

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest, ImportCsvRequest

from macros import node
from macros.facts.catalogue import Catalogue, Shelf
from macros.facts.model import Printed, RetiredCard
from macros.machines import anki, recall

URL = "https://example.org/guide/"
STATES = Path(__file__).resolve().parents[1] / "practice" / "states.mjs"


@pytest.fixture
def collection(tmp_path):
    col = Collection(str(tmp_path / "mine.anki2"))
    yield col
    col.close()


@pytest.fixture
def take(collection, tmp_path):
    """take(cards): imports a package of them; how many notes came new, were updated, were there already."""

    def go(cards: list[anki.Card], name="deck.apkg"):
        path = tmp_path / name
        path.write_bytes(anki.package(cards, "About."))
        request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
        log = collection.import_anki_package(request).log
        assert not log.conflicting and not log.missing_notetype and not log.missing_deck and not log.empty_first_field
        return len(log.new), len(log.updated), len(log.duplicate)

    return go


def edited(c: Catalogue, slug: str, on: date | None = None, **changes) -> Catalogue:
    """The catalogue with the first card of a pattern changed, or gone (question=None)."""
    record = c.patterns[slug]
    first, *rest = record.cards
    cards = tuple(rest) if changes.get("question", "") is None else (first.model_copy(update=changes), *rest)
    shelf = Shelf("pattern", dict(c.patterns) | {slug: record.model_copy(update={"cards": cards})}, "")
    made = replace(c, shelves=c.shelves | {"patterns": shelf})
    if on:
        return locked(made, on)
    return made


def locked(c: Catalogue, on: date, retired: tuple[RetiredCard, ...] = ()) -> Catalogue:
    """The catalogue after `make cards` on a day."""
    deck = c.deck.model_copy(update={"retired": retired or c.deck.retired})
    c = replace(c, singles=c.singles | {"deck": deck})
    deck = deck.model_copy(update={"made": on, "cards": anki.printed(c, on)})
    return replace(c, singles=c.singles | {"deck": deck})


def field(col: Collection, guid: str, name: str) -> str:
    note = col.get_note(col.db.scalar("select id from notes where guid = ?", guid))
    return note[name]


def test_a_fresh_import_has_every_card_once_in_one_deck_under_one_note_type(collection, take, catalogue):
    cards = anki.cards(catalogue, URL)
    assert take(cards) == (len(cards), 0, 0)
    assert collection.note_count() == collection.card_count() == len(cards) == len({c.guid for c in cards})
    decks = {collection.decks.name(d) for (d,) in collection.db.execute("select distinct did from cards")}
    assert decks == {"Whiteboard Hour"}
    note_type = collection.models.by_name("Whiteboard Hour")
    assert [f["name"] for f in note_type["flds"]] == list(anki.FIELDS)
    said, fine = collection.fix_integrity()
    assert fine, said


def test_importing_again_changes_nothing(collection, take, catalogue):
    cards = anki.cards(catalogue, URL)
    take(cards)
    before = collection.db.all("select guid, mod, flds, tags from notes order by guid")
    new, updated, _ = take(cards)
    assert (new, updated) == (0, 0)
    assert collection.db.all("select guid, mod, flds, tags from notes order by guid") == before


def test_one_edit_updates_one_note_and_keeps_its_reviews_and_a_readers_own_edit_elsewhere(collection, take, catalogue):
    before = locked(catalogue, date(2026, 11, 27))
    take(anki.cards(before, URL))
    id_ = before.patterns["saga"].cards[0].id
    own = collection.get_note(collection.db.scalar("select id from notes where guid = 'wh-jwt-why'"))
    own["Answer"] = "In my own words."
    collection.update_note(own)
    collection.db.execute(
        "update cards set ivl = 20, reps = 3, type = 2, queue = 2, due = 9 "
        "where nid in (select id from notes where guid = ?)",
        f"wh-{id_}",
    )
    after = edited(before, "saga", date(2026, 12, 24), question="Asked otherwise?")
    assert take(anki.cards(after, URL))[:2] == (0, 1)
    assert field(collection, f"wh-{id_}", "Question") == "Asked otherwise?"
    assert field(collection, "wh-jwt-why", "Answer") == "In my own words."
    kept = collection.db.first(
        "select ivl, reps from cards where nid in (select id from notes where guid = ?)", f"wh-{id_}"
    )
    assert kept == [20, 3]


def test_an_edit_that_is_not_written_down_yet_is_newer_than_what_is(collection, take, catalogue):
    take(anki.cards(catalogue, URL))
    assert take(anki.cards(edited(catalogue, "saga", answer="Said otherwise."), URL))[:2] == (0, 1)


def test_a_card_that_is_asked_no_more_stays_and_is_tagged(collection, take, catalogue):
    take(anki.cards(catalogue, URL))
    gone = catalogue.patterns["saga"].cards[0]
    after = edited(catalogue, "saga", question=None)
    assert take(anki.cards(after, URL))[:2] == (0, 0)  # without a word nothing is lost, and nothing said
    retired = RetiredCard(id=gone.id, of="patterns/saga", question=gone.question, answer=gone.answer)
    before = catalogue.deck.retired
    later = locked(after, date(2026, 12, 24), (*before, retired))
    cards = anki.cards(later, URL)
    assert take(cards)[:2] == (0, 1)
    assert take(anki.cards(locked(later, date(2027, 1, 9)), URL))[:2] == (0, 0)  # it is said once
    assert len(collection.find_notes("tag:whiteboard-hour::retired")) == len(before) + 1
    assert collection.note_count() == len(cards)


def test_the_starter_goes_over_into_the_whole_without_a_double(collection, take, catalogue):
    cards = anki.cards(catalogue, URL)
    first = anki.starter(catalogue, cards)
    assert len(first) == 100
    assert take(first) == (100, 0, 0)
    assert take(cards, "whole.apkg")[:2] == (len(cards) - 100, 0)
    assert collection.card_count() == len(cards)
    assert {collection.decks.name(d) for (d,) in collection.db.execute("select distinct did from cards")} == {
        "Whiteboard Hour"
    }


def test_the_text_is_the_deck_and_doubles_nothing(collection, take, catalogue, tmp_path):
    cards = anki.cards(catalogue, URL)
    take(cards)
    before = collection.db.all("select guid, flds, tags from notes order by guid")
    path = tmp_path / "deck.txt"
    path.write_text(anki.text(cards), "utf-8")
    metadata = collection.get_csv_metadata(str(path), None)
    assert metadata.guid_column == 1 and metadata.tags_column == len(anki.FIELDS) + 2 and metadata.is_html
    log = collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log
    assert len(log.new) == 0 and collection.note_count() == len(cards)
    assert collection.db.all("select guid, flds, tags from notes order by guid") == before


def test_the_page_writes_the_same_text(catalogue):
    deck = json.loads(recall.files(catalogue)["practice/cards.json"])
    given = json.dumps({"ask": "text", "deck": deck, "root": URL})
    done = node.run(str(STATES), input=given, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    asked = [c for c in anki.cards(catalogue, URL) if "whiteboard-hour::retired" not in c.tags]
    assert json.loads(done.stdout) == anki.text(asked)


@pytest.mark.parametrize(
    "given", ["a < b && c > d", '"quoted", it\'s', "`Map<K, V>` & `x`", "&amp; &lt;", "{{Answer}}"]
)
def test_every_sign_survives(collection, take, catalogue, given):
    after = edited(catalogue, "saga", question=given, answer=given)
    take(anki.cards(after, URL))
    guid = f"wh-{catalogue.patterns['saga'].cards[0].id}"
    for name in ("Question", "Answer"):
        shown = re.sub(r"</?code>", "`", field(collection, guid, name))
        assert html.unescape(shown) == given and "<" not in shown
    card = collection.get_note(collection.db.scalar("select id from notes where guid = ?", guid)).cards()[0]
    assert html.unescape(re.sub(r"</?code>", "`", re.sub(r"</?div[^>]*>", "", card.question()))).count(given) == 1


def test_every_link_leads_to_its_card_and_that_of_a_retired_one_to_its_page(site, catalogue):
    retired = {one.id for one in catalogue.deck.retired}
    anchors: dict[str, str] = {}
    for card in anki.cards(catalogue, URL):
        link = urlparse(html.unescape(card.fields[anki.FIELDS.index("Link")]))
        path = link.path.removeprefix("/guide/")
        page = anchors.setdefault(path, (site / path / "index.html").read_text("utf-8"))
        assert link.fragment == f"card-{card.id}"
        assert (f'id="{link.fragment}"' in page) == (card.id not in retired)


def test_equal_cards_give_equal_bytes_and_the_site_has_them(site, catalogue):
    made = anki.files(catalogue, URL)
    assert made == anki.files(catalogue, URL)
    for path, content in made.items():
        assert (site / path).read_bytes() == content


def test_the_package_has_no_media_and_no_options_and_says_its_version(collection, take, catalogue, tmp_path):
    content = anki.files(catalogue, URL)["anki/whiteboard-hour.apkg"]
    path = tmp_path / "whole.apkg"
    path.write_bytes(content)
    with zipfile.ZipFile(path) as packed:
        assert sorted(packed.namelist()) == ["collection.anki2", "media"] and packed.read("media") == b"{}"
    options = ImportAnkiPackageOptions(with_deck_configs=True)
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options))
    assert [one["name"] for one in collection.decks.all_config()] == ["Default"]
    about = collection.decks.by_name("Whiteboard Hour")["desc"]
    assert re.search(r"version \d{4}-\d\d-\d\d \([0-9a-f]{8}\)", about) and URL in about


def test_what_anki_knows_the_deck_by_never_changes(catalogue):
    assert (anki.DECK, anki.NOTE_TYPE, anki.NAME) == (1795737600, 1795737601, "Whiteboard Hour")
    assert anki.FIELDS == ("Question", "Answer", "Why", "Pattern", "Link", "Source", "Spare1", "Spare2", "Spare3")
    by_id = {card.id: card for card in anki.cards(catalogue, URL)}
    assert by_id["saga-why"].guid == "wh-saga-why"


def test_changing_a_text_moves_only_its_own_time(catalogue):
    before = locked(catalogue, date(2026, 11, 27))
    after = edited(before, "saga", date(2026, 12, 24), answer="Said otherwise.")
    old, new = ({c.id: c.changed for c in anki.cards(one, URL)} for one in (before, after))
    assert [id_ for id_ in old if old[id_] != new[id_]] == [catalogue.patterns["saga"].cards[0].id]
    assert anki.lock(before, date(2027, 1, 1)) == anki.lock(before, date(2028, 1, 1))  # nothing changed: nothing moves


def test_the_lock_file_is_current(catalogue):
    known = catalogue.deck.cards
    asked = {card.id: Printed(on=date(2026, 1, 1), text=anki.digest(card.question, card.answer))
             for _, card in recall.in_order(catalogue)}  # fmt: skip
    assert set(known) <= set(asked) | {one.id for one in catalogue.deck.retired}
    assert anki.lock(locked(catalogue, date(2026, 11, 27)), date(2026, 11, 27)).startswith("# yaml-language-server")


@pytest.mark.parametrize("night", [False, True])
def test_a_card_is_legible_by_day_and_by_night(chromium, collection, take, catalogue, night):
    take(anki.cards(catalogue, URL))
    note = collection.get_note(collection.db.scalar("select id from notes where guid = 'wh-saga-why'"))
    card = note.cards()[0]
    classes = "card nightMode night_mode" if night else "card"
    page = chromium.new_page()
    page.set_content(f"<style>{card.note_type()['css']}</style><body class='{classes}'>{card.answer()}</body>")
    for part in (".question", ".answer", ".why", ".why a", ".source a"):
        ink, ground = page.evaluate(
            "(part) => [getComputedStyle(document.querySelector(part)).color, "
            "getComputedStyle(document.body).backgroundColor]",
            part,
        )
        assert contrast(ink, ground) >= 4.5, part
    page.close()


def contrast(ink: str, ground: str) -> float:
    def light(color: str) -> float:
        parts = [int(v) / 255 for v in re.findall(r"\d+", color)[:3]]
        r, g, b = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    lighter, darker = sorted((light(ink), light(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
