"""Pictures for shared links and icons: one for each page, of the size that is asked for, small, and made once."""

import io
import json
import re

import pytest
from PIL import Image

from macros.paper import share, typeset

LARGEST = 30_000  # bytes
HOUR = {"slot": 45, "parts": [{"name": "All", "minutes": 45, "present": True, "reserve": False}]}


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """Nothing kept but the fonts."""
    fonts = typeset.fonts()
    monkeypatch.setattr(typeset, "BUILD", tmp_path)
    (tmp_path / fonts.name).symlink_to(fonts)


def item(**given):
    return {"title": "Saga", "tag": "Data flow", "accent": "blue", "line": "A line.", "hour": HOUR} | given


def made(items):
    return typeset.pictures("share", items, {"mark.svg": share.MARK.read_bytes()}, share.small)


def test_every_page_leads_to_a_picture_of_its_own(site, pages):
    seen = set()
    for path in pages:
        text = path.read_text("utf-8")
        if path.name in ("404.html", "not-kept.html"):
            assert "og:image" not in text
            continue
        (address,) = re.findall(r'og:image" content="https://example.org/guide/([^"]+)"', text)
        assert address not in seen
        seen.add(address)
        assert Image.open(site / address).size == (1200, 630)
        assert (site / address).stat().st_size <= LARGEST, address
    assert seen == {path.relative_to(site).as_posix() for path in (site / "share").rglob("*.png")}
    assert not [name for name in json.loads((site / "offline.json").read_text("utf-8"))["files"] if "share/" in name]


def test_a_shared_title_is_what_one_would_say(site):
    said = {
        "patterns/saga": "Saga: how it works, how it fails",
        "problems/chat": "Chat: a system design problem, worked",
        "phases/deep-dive": "Deep dive in a system design interview",
        "playbooks/contention": "Contention: from symptom to pattern",
        "glossary": "Glossary",
    }
    for name, title in said.items():
        assert f'og:title" content="{title}"' in (site / name / "index.html").read_text("utf-8")


def test_words_of_any_length_are_one_picture(empty):
    out = made({"a": item(), "b": item(title="Word " * 60, line="word " * 200), "c": item(tag="")})
    assert [Image.open(out[name]).size for name in "abc"] == [(1200, 630)] * 3
    assert len({path.read_bytes() for path in out.values()}) == 3


def test_a_picture_is_made_again_where_it_changed_and_only_there(empty, monkeypatch):
    first = made({"a": item(), "b": item(title="Outbox")})
    asked = []
    monkeypatch.setattr(
        typeset, "_made", lambda template, world, *_: asked.append(json.loads(world["data.json"])) or PNG
    )
    again = made({"a": item(), "b": item(title="Inbox")})
    assert again["a"] == first["a"] and again["b"] != first["b"]
    assert [[one["title"] for one in data["pages"]] for data in asked] == [["Inbox"]]


def test_the_marks_colors_and_every_wash_are_in_the_palette(empty):
    for accent in ("blue", "red", "green", "ink"):
        colors = {c for _, c in Image.open(made({"a": item(accent=accent)})["a"]).convert("RGB").getcolors()}
        inks = share.tokens.tokens()["light"]
        wash = inks["tint"] if accent == "ink" else inks[f"{accent}-wash"]
        assert {share.ImageColor.getrgb(one) for one in (inks["blue"], inks["red"], inks["green"], wash)} <= colors


def test_the_manifest_names_icons_that_are_there_in_their_sizes(site):
    said = json.loads((site / "manifest.webmanifest").read_text("utf-8"))
    for icon in said["icons"]:
        assert "x".join(map(str, Image.open(site / icon["src"]).size)) == icon["sizes"]
    text = (site / "patterns/saga/index.html").read_text("utf-8")
    assert '<link rel="manifest" href="../../manifest.webmanifest">' in text
    assert '<link rel="apple-touch-icon" href="../../assets/touch.png">' in text
    assert Image.open(site / "assets/touch.png").size == (180, 180)


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1200, 630)).save(out, "PNG")
    return out.getvalue()


PNG = _png()
