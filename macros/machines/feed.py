"""corrections.xml: an Atom feed of what the guide had wrong, newest first, for those who quote it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as xml

from macros.facts.catalogue import Catalogue
from macros.pages.corrections import FAULTS, latest, title

ATOM = "http://www.w3.org/2005/Atom"
MOST = 200  # entries: a reader's program asks often, and what is older stands on the page


def feed(c: Catalogue, site_url: str) -> bytes:
    """The feed; equal data gives equal bytes. An entry's id, its page's slug and place in the file, never changes."""
    xml.register_namespace("", ATOM)
    root = xml.Element(f"{{{ATOM}}}feed")

    def add(parent: xml.Element, name: str, text: str = "", **attributes: str) -> xml.Element:
        element = xml.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
        element.text = text or None
        return element

    rows = latest(c)
    newest = max((one.on for one, _, _ in rows), default=None)
    add(root, "title", "Whiteboard Hour: corrections")
    add(root, "id", f"{site_url}corrections/")
    add(root, "link", href=f"{site_url}corrections.xml", rel="self")
    add(root, "link", href=f"{site_url}corrections/")
    add(root, "updated", f"{newest or '2026-01-01'}T00:00:00Z")
    add(add(root, "author"), "name", "Whiteboard Hour contributors")
    for one, n, record in rows[:MOST]:
        entry = add(root, "entry")
        add(entry, "title", f"{title(c, record)}: a sentence was {FAULTS[one.fault]}")
        add(entry, "id", f"{site_url}corrections/#{record.slug}-{n}")
        add(entry, "link", href=f"{site_url}{record.page}/")
        add(entry, "updated", f"{one.on}T00:00:00Z")
        add(entry, "summary", f"It said: {one.said} What holds: {one.holds} Evidence: {one.evidence}")
    xml.indent(root)
    return xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def write(c: Catalogue, site: Path, site_url: str) -> None:
    (site / "corrections.xml").write_bytes(feed(c, site_url))
