"""The deck for Anki, by genanki: the whole, a starter of a hundred cards, and the same as text.

What Anki remembers of a card hangs on three things that never change: the note type with its nine fields, the deck's
id, and the guid of a note, which is made of our card's id only. A note's time of change follows its text, so that an
update touches what changed and leaves a reader's own edits elsewhere. data/deck.yml keeps since when each card says
what it says; `make cards` writes it.
"""

from __future__ import annotations

import hashlib
import html
import io
import itertools
import json
import re
import sqlite3
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import genanki

from macros.facts.catalogue import Catalogue
from macros.facts.model import Pattern, Printed
from macros.machines import recall
from macros.pages import tokens

NAME = "Whiteboard Hour"
ROOT_TAG = "whiteboard-hour"
DECK, NOTE_TYPE = 1795737600, 1795737601  # fixed for good: Anki knows the deck and the note type by them
FIELDS = ("Question", "Answer", "Why", "Pattern", "Link", "Source", "Spare1", "Spare2", "Spare3")  # for good, in order
STYLED = date(2026, 11, 27)  # when template or style last changed
STARTER = 50  # patterns in the starter, with a why and a when-not card each
FIRST_ID, IDS = 1_600_000_000_000, 10**11  # note ids are moments in ms, of 2020 to 2023
FILES = {"whole": "whiteboard-hour.apkg", "starter": "whiteboard-hour-starter.apkg", "text": "whiteboard-hour.txt"}

FRONT = '<div class="question">{{Question}}</div>'
BACK = """{{FrontSide}}
<hr id="answer">
<div class="answer">{{Answer}}</div>
<div class="why"><a href="{{Link}}">{{Pattern}}</a>{{#Why}}: {{Why}}{{/Why}}</div>
{{#Source}}<div class="source">{{Source}}</div>{{/Source}}"""
STYLE = """.card { font: 20px/1.45 system-ui, sans-serif; max-width: 38em; margin: 1em auto; padding: 0 1em;
  color: ink(ink); background: ink(paper); text-align: left; }
.question { font-weight: 700; font-size: 1.15em; }
.why, .source { color: ink(soft); font-size: .85em; margin-top: 1em; }
.why a, .source a { color: ink(blue); }
code { font-family: ui-monospace, monospace; background: ink(tint); padding: 0 .25em; }
hr { border: 0; border-top: 2px solid ink(ink); }
.card.nightMode, .nightMode.card, .night_mode .card, .nightMode .card { color: night(ink); background: night(paper); }
.nightMode :is(.why, .source), .night_mode :is(.why, .source) { color: night(soft); }
.nightMode :is(.why a, .source a), .night_mode :is(.why a, .source a) { color: night(blue); }
.nightMode code, .night_mode code { background: night(tint); }
.nightMode hr, .night_mode hr { border-top-color: night(ink); }
"""


class Card(NamedTuple):
    """A note: its id, what stands in its fields as HTML, its tags, and when it last changed (s since 1970)."""

    id: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    changed: int

    @property
    def guid(self) -> str:
        return f"wh-{self.id}"


def digest(question: str, answer: str, retired: bool = False) -> str:
    """Eight digits by which a card's text, or that it is asked no more, is known to have changed."""
    text = f"{question}\x1f{answer}" + "\x1fretired" * retired
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def printed(c: Catalogue, today: date) -> dict[str, Printed]:
    """What data/deck.yml should hold: of a changed card today, of the others as it stands."""
    asked = {card.id: digest(card.question, card.answer) for _, card in recall.in_order(c)}
    texts = asked | {one.id: digest(one.question, one.answer, retired=True) for one in c.deck.retired}
    lost = {id_: one for id_, one in c.deck.cards.items() if id_ not in texts}  # until a person says why
    out = dict(lost)
    for id_, text in texts.items():
        known = c.deck.cards.get(id_)
        out[id_] = known if known and known.text == text else Printed(on=today, text=text)
    return dict(sorted(out.items()))


def cards(c: Catalogue, site_url: str) -> list[Card]:
    """Every card, in the order in which new ones are asked; then those that are asked no more, tagged so."""
    out = [_card(c, site_url, place, one.id, one.kind, one.question, one.answer) for place, one in recall.in_order(c)]
    for one in c.deck.retired:
        out.append(_card(c, site_url, one.of, one.id, "", one.question, one.answer))
    return out


def starter(c: Catalogue, made: list[Card]) -> list[Card]:
    """A why and a when-not card of each of the patterns that most problems need."""
    patterns = [record for _, record in recall.asking(c) if isinstance(record, Pattern)][:STARTER]
    chosen = {
        next(card.id for card in record.cards if card.kind == kind)
        for record in patterns
        for kind in ("why", "when-not")
        if any(card.kind == kind for card in record.cards)
    }
    return [card for card in made if card.id in chosen]


def _card(c: Catalogue, site_url: str, place: str, id_: str, kind: str, question: str, answer: str) -> Card:
    """`kind` is empty where the card is asked no more."""
    folder, _, slug = place.partition("/")
    record = c.shelves[folder][slug] if slug in c.shelves[folder] else None
    known, text = c.deck.cards.get(id_), digest(question, answer, retired=not kind)
    if known and known.text == text:
        changed = datetime.combine(known.on, datetime.min.time(), UTC)
    else:  # not written down yet: later than all that is, and told apart by the text
        after = datetime.combine(c.deck.made + timedelta(days=1), datetime.min.time(), UTC)
        changed = after + timedelta(seconds=int(text, 16) % 86_400)
    title, url = recall.source(c, record) if record else ("", "")
    fields = (
        field(question),
        field(answer),
        field(recall.why(record)) if record else "",
        field(record.name) if record else "",
        html.escape(f"{site_url}{place}/#card-{id_}"),
        f'<a href="{html.escape(url)}">{field(title)}</a>' if url else "",
        "",
        "",
        "",
    )
    return Card(id_, fields, tuple(_tags(c, folder, slug, kind)), int(changed.timestamp()))


def _tags(c: Catalogue, folder: str, slug: str, kind: str) -> list[str]:
    made = []
    if folder == "patterns" and slug in c.patterns:
        made += [f"pattern::{slug}", f"category::{c.patterns[slug].category}"]
        made += [f"problem::{problem.slug}" for problem, _ in c.needing(slug)]
    elif folder == "problems":
        made += [f"problem::{slug}"]
    made += [f"kind::{kind}"] if kind else ["retired"]
    return sorted(f"{ROOT_TAG}::{one}" for one in made)


def field(text: str) -> str:
    """A text of the data as a field: HTML with every sign escaped, `code` as code."""
    pieces = re.split(r"`([^`]+)`", str(text))
    return "".join(
        f"<code>{html.escape(piece)}</code>" if i % 2 else html.escape(piece) for i, piece in enumerate(pieces)
    )


def version(c: Catalogue, made: list[Card]) -> str:
    """The day of the last change, and a digest of all that is in the deck."""
    last = max((card.changed for card in made), default=0)
    return f"{datetime.fromtimestamp(last, UTC).date()} ({hashlib.sha256(repr(made).encode()).hexdigest()[:8]})"


def description(made: list[Card], site_url: str, version_: str) -> str:
    return (
        f"{len(made)} cards from {NAME}, version {version_}. {site_url}\n"
        "Content CC BY 4.0. Ten new cards a day are plenty. An update replaces the fields of a card whose text "
        "changed; keep your own words in a note of your own."
    )


class _Note(genanki.Note):
    """A note with an id and a time of change of its own; genanki gives all of them one time."""

    def __init__(self, card: Card, model: genanki.Model, due: int):
        super().__init__(model=model, fields=list(card.fields), tags=list(card.tags), guid=card.guid, due=due)
        self.own = FIRST_ID + int(hashlib.sha256(card.id.encode()).hexdigest(), 16) % IDS
        self.changed = card.changed

    def write_to_db(self, cursor, timestamp, deck_id, id_gen):
        super().write_to_db(cursor, self.changed, deck_id, itertools.count(self.own))


def package(made: list[Card], description_: str) -> bytes:
    """The .apkg; equal cards give equal bytes."""
    model = genanki.Model(
        NOTE_TYPE,
        NAME,
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Card", "qfmt": FRONT, "afmt": BACK}],
        css=tokens.inked(STYLE),
    )
    deck = genanki.Deck(DECK, NAME, description_)
    for due, card in enumerate(made):
        deck.add_note(_Note(card, model, due))
    moment = datetime.combine(STYLED, datetime.min.time(), UTC).timestamp()
    with sqlite3.connect(":memory:") as db:
        genanki.Package(deck).write_to_db(db.cursor(), moment, itertools.count(1))
        db.commit()
        collection = db.serialize()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in (("collection.anki2", collection), ("media", b"{}")):
            packed.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def text(made: list[Card]) -> str:
    """The same for who wants a selection: a line a card, its guid first, so that nothing doubles."""
    head = [
        "#separator:tab",
        "#html:true",
        "#guid column:1",
        f"#notetype:{NAME}",
        f"#deck:{NAME}",
        f"#tags column:{len(FIELDS) + 2}",
    ]
    rows = ["\t".join((card.guid, *map(_cell, card.fields), " ".join(card.tags))) for card in made]
    return "\n".join([*head, *rows]) + "\n"


def _cell(field_: str) -> str:
    """A field between tabs; one with a quotation mark is quoted, as Anki's reader wants it."""
    return '"' + field_.replace('"', '""') + '"' if '"' in field_ else field_


def files(c: Catalogue, site_url: str) -> dict[str, bytes]:
    """Path below the site to content; equal data gives equal bytes."""
    made = cards(c, site_url)
    first, now = starter(c, made), version(c, made)
    return {
        f"anki/{FILES['whole']}": package(made, description(made, site_url, now)),
        f"anki/{FILES['starter']}": package(first, description(first, site_url, now)),
        f"anki/{FILES['text']}": text(made).encode(),
    }


def lock(c: Catalogue, today: date) -> str:
    """data/deck.yml as it should stand."""
    lines = ["# yaml-language-server: $schema=schema/deck.schema.json"]
    lines += ["# The lock file of the deck for Anki: since when each card says what it says. `make cards` writes it."]
    made = printed(c, today)
    lines += [f'made: "{c.deck.made if made == c.deck.cards else today}"']
    if c.deck.retired:
        lines += ["retired:"]
        lines += [f"  - {json.dumps(one.model_dump(mode='json'), ensure_ascii=False)}" for one in c.deck.retired]
    lines += ["cards:" if made else "cards: {}"]
    lines += [f'  {id_}: {{on: "{one.on}", text: "{one.text}"}}' for id_, one in made.items()]
    return "\n".join(lines) + "\n"


def write(c: Catalogue, site_url: str, folder: Path) -> dict[str, Path]:
    """Write the files into a folder; returns each address below the site with the file that goes there."""
    folder.mkdir(parents=True, exist_ok=True)
    out = {}
    for address, content in files(c, site_url).items():
        path = folder / Path(address).name
        path.write_bytes(content)
        out[address] = path
    return out
