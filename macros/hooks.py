"""MkDocs hooks, a thin edge: assets in, page metadata, breadcrumbs, and what is exported after the build."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
BUILD = Path(__file__).resolve().parent.parent / "build"


@event_priority(100)
def on_config(config):
    """Draw the diagrams and bundle the front end; forget our modules, so that `serve` reads them again."""
    for name in [m for m in sys.modules if m == "macros" or m.startswith("macros.")]:
        del sys.modules[name]
    from macros import node, timetables
    from macros.export import metadata

    BUILD.mkdir(exist_ok=True)
    found = metadata.catalogue()  # none where the data is wrong, which is told later
    (BUILD / "minutes.css").write_text(timetables.style(found) if found else "", "utf-8")
    theme = Path(config.theme.dirs[1])
    done = node.run("frontend/build.mjs", str(theme), cwd=BUILD.parent)
    if done.returncode:
        raise Abort("the front end was not built; the reason stands above")
    from macros.export import search_index

    config.extra["assets"] = json.loads((BUILD / "assets" / "manifest.json").read_text("utf-8"))
    config.extra["assets"]["search"] = search_index.name()
    return config


def on_files(files, config):
    """Bundles, fonts and sheets come from build/, where nothing is committed; the theme's own are not used."""
    for file in [f for f in files if f.src_uri.startswith(("assets/javascripts/", "assets/stylesheets/", "assets/images/"))]:
        files.remove(file)
    for path in sorted((BUILD / "assets").iterdir()):
        if path.name != "manifest.json":
            files.append(File.generated(config, f"assets/{path.name}", abs_src_path=str(path)))
    from macros import errors
    from macros.export import decks, metadata, papers

    with errors.ending_the_build():
        for name, path in (papers.write(metadata.catalogue(), config.site_url) | decks.write(metadata.catalogue())).items():
            files.append(File.generated(config, name, abs_src_path=str(path)))
    return files


@event_priority(100)  # before the macros, which it calls
def on_page_markdown(markdown, page, config, files):
    """Name and summary for the head of the page; the sections of its kind around what its file holds."""
    from macros import outline
    from macros.export import metadata

    metadata.describe(page)
    folder, _, name = page.file.src_uri.removesuffix(".md").partition("/")
    if name in getattr(metadata.catalogue(), folder, ()):
        markdown, page.lines = outline.whole(folder, name, markdown)
    return markdown


def on_nav(nav, config, files):
    """Patterns stay out of the tree: 400 of them would swell every page. They still know their parent."""
    catalogue = files.get_file_from_path("patterns/index.md")
    for file in files.documentation_pages():
        if file.src_uri.startswith("patterns/") and file is not catalogue and file.page and catalogue.page:
            file.page.parent = catalogue.page.parent
            file.page.meta_parent = catalogue.page
    return nav


def on_page_content(html, page, config, files):
    """Wide tables and code scroll by keyboard as well; text for the search is collected."""
    from macros import glossaries
    from macros.export import metadata, search_index, semantics

    html = semantics.accessible(html)
    search_index.collect(page, html)
    if page.meta.get("kind"):
        html = glossaries.link_first_uses(metadata.catalogue(), html, page.url)
    return html


def on_post_build(config):
    """Everything that is made from the whole site."""
    from macros.export import api, metadata, offline, search_index, traces

    search_index.write(Path(config.site_dir), config.extra["assets"]["search"])
    traces.write(metadata.catalogue(), Path(config.site_dir))
    api.write(metadata.catalogue(), Path(config.site_dir), config.site_url)
    offline.write(Path(config.site_dir), BUILD / "sw.js")  # last: it lists the rest
