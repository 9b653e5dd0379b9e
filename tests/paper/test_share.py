"""The picture of a shared link: every page names it whole, and it is there in the size that it says."""

from PIL import Image

from macros.paper import share
from tests.conftest import Page


def test_every_page_names_the_picture_and_it_has_the_size_that_it_says(site, pages):
    with Image.open(site / share.ADDRESS) as image:
        assert image.size == share.SIZE and image.format == "PNG"
        assert len(image.convert("RGB").getcolors(1 << 20)) > 100  # something is drawn
    assert (site / share.ADDRESS).stat().st_size < 100_000
    for path in pages:
        told = {tag.get("property"): tag.get("content") for tag in Page(path).all("meta")}
        assert told["og:image"] == f"https://example.org/guide/{share.ADDRESS}", path
        assert (int(told["og:image:width"]), int(told["og:image:height"])) == share.SIZE and told["og:image:alt"]


def test_equal_data_gives_equal_bytes(catalogue, monkeypatch, tmp_path):
    from macros.paper import typeset

    (first,) = share.write(catalogue, "Name", "What it says.").values()
    text = first.read_bytes()
    monkeypatch.setattr(typeset, "BUILD", tmp_path)
    assert [path.read_bytes() for path in share.write(catalogue, "Name", "What it says.").values()] == [text]
