"""MkDocs hooks, a thin edge: assets in, page metadata, breadcrumbs, and what is written after the build."""

from __future__ import annotations

import json
import logging
import re
import sys
from pathlib import Path

import filelock
from mkdocs.exceptions import Abort
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
THEME = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")  # of the theme; ours come from build/
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))  # MkDocs loads this file by its path

from macros import build, bundle, errors, fonts, policy, progress, site
from macros.facts.files import leftover
from macros.machines import (
    anki,
    api,
    boards,
    compiled,
    defend,
    feed,
    manifest,
    offline,
    plans,
    recall,
    rehearsal,
    search,
)
from macros.pages import figures, glossary, head, html, looks, minutes, outline, template, tokens
from macros.paper import deck_pdf, kit, share, sheet_pdf
from macros.runs import traces

BELOW = {"patterns": "patterns", "problems": "problems", "cheat-sheets/problems": "cheat-sheets"}  # pages of no menu
SERVES: list[str] = []  # the command, where it is one that reloads pages
LOCK = filelock.FileLock(BUILD / "build.lock")  # of build/, which two builds at once would mix up


def on_startup(command, dirty):
    """A line a step is enough of a build; the plugin's lists of its own variables are too much of any."""
    logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)
    SERVES[:] = [command] * (command == "serve")
    if command == "build":
        for name in ("mkdocs", "properdocs"):
            logging.getLogger(name).setLevel(logging.WARNING)


@event_priority(100)  # before the macros plugin, whose define_env asks for the build
def on_config(config):
    """Read and check the data, once; draw the diagrams and bundle the front end, with the minutes' rules."""
    theme = next(
        (folder for folder in map(Path, config.theme.dirs) if (folder / "assets" / "stylesheets").is_dir()), None
    )
    if not re.fullmatch(r"https?://[^\s?#]+/", config.site_url or ""):
        given = repr(config.site_url) if config.site_url else "empty"
        raise Abort(f"SITE_URL is {given}; write it as https://host/folder/, without spaces, ? and #, or unset it")
    if theme is None:
        raise Abort("no theme with style sheets was found; keep theme.name: material in mkdocs.yml")
    BUILD.mkdir(exist_ok=True)
    LOCK.release(force=True)  # where the build before this one, of the same server, ended in an error
    site.one_at_a_time(LOCK, "another build runs in this folder; waiting for it")
    config.steps = progress.Steps()
    template.remember(BUILD / "templates")
    config.guide = build.begin()
    config.steps.done(f"data read and checked: {len(config.guide.catalogue.patterns)} patterns")
    (BUILD / "minutes.css").write_text(minutes.style(config.guide.catalogue), "utf-8")
    (BUILD / "said.json").write_text(json.dumps(figures.said_in(config.guide.catalogue)), "utf-8")
    fonts.cut(tokens.tokens()["fonts"], ROOT / "node_modules", BUILD / "fonts")
    assets = bundle.made(theme)
    config.steps.done("figures drawn, scripts and styles bundled")
    config.extra["assets"] = config.guide.assets = assets | {
        "search": search.name(config.guide.catalogue),
        "book": config.extra.get("book") or "",
    }
    if not SERVES:  # MkDocs writes an inline script into what it serves
        config.extra["policy"] = policy.policy(assets["head"])
    return config


def on_files(files, config):
    """Bundles, fonts and sheets come from build/, where nothing is committed; the theme's own are not used."""
    for file in [f for f in files if f.src_uri.startswith(THEME) or _is_stray(f, config)]:
        files.remove(file)
    for path in sorted((BUILD / "assets").iterdir()):
        if path.name != "manifest.json":
            files.append(File.generated(config, f"assets/{path.name}", abs_src_path=str(path)))
    catalogue = build.of(config).catalogue
    with errors.ending_the_build():
        made = sheet_pdf.write(catalogue, config.site_url) | deck_pdf.write(catalogue) | share.icons()
        made |= anki.write(catalogue, config.site_url, BUILD / "anki")
        made |= kit.write(catalogue, config.site_url)
        for name, path in made.items():
            files.append(File.generated(config, name, abs_src_path=str(path)))
    config.steps.done("sheets and pocket deck typeset")
    return files


def _is_stray(file: File, config) -> bool:
    """Whether a file lies in a source folder by accident: what editors and systems leave, in docs/ what is no page."""
    ours = (file.src_dir or "").startswith((config.docs_dir, str(ROOT / "overrides")))
    return ours and (not file.src_uri.endswith((".md", ".html")) or any(map(leftover, file.src_uri.split("/"))))


@event_priority(100)  # before the macros plugin, which runs what the outline calls
def _whole(markdown, page, config, files):
    """Name and summary for the head of the page; the sections of its kind around what its file holds."""
    record = head.describe(build.of(config).catalogue, page)
    if record is not None:
        markdown, page.lines = outline.whole(head.place(page)[0], record.slug, markdown)
    return markdown


@event_priority(-100)  # after it
def _held(markdown, page, config, files):
    """Drawings wait beside the page while Markdown is read: they are a sixth of it, and hold none."""
    markdown, page.drawings = html.held(markdown)
    return markdown


on_page_markdown = CombinedEvent(_whole, _held)


def on_nav(nav, config, files):
    """Patterns and problems stay out of the tree: 400 of them would swell every page. They still know their parent."""
    for folder, parent in BELOW.items():
        index = files.get_file_from_path(f"{parent}/index.md")
        for file in files.documentation_pages():
            if file.src_uri.startswith(f"{folder}/") and file is not index and file.page and index.page:
                file.page.parent = index.page.parent
                file.page.meta_parent = index.page
    macros = config.plugins["macros"]  # what its pages compile to is kept as well: most builds change few
    template.remember(BUILD / "templates", text=macros.env)
    template.remember_texts(macros.env, lambda: macros.page.file.src_uri)
    return nav


def on_env(env, config, files):
    """Templates are compiled once and kept; in a build that ends, none is looked at twice."""
    template.remember(BUILD / "templates", theme=env)
    env.auto_reload = bool(SERVES)
    return env


def on_page_content(text, page, config, files):
    """Wide tables and code scroll by keyboard as well; text for the search is gathered; terms lead to the glossary."""
    guide = build.of(config)
    text = html.accessible(html.whole(text, page.drawings))
    guide.texts.append(search.text_of(page, minutes.default_slot(guide.catalogue, text)))
    config.steps.bar(len(guide.texts), len(files.documentation_pages()), "pages")
    return glossary.link_first_uses(guide.catalogue, text, page.url) if page.meta.get("kind") else text


def on_page_context(context, page, config, nav):
    """The style sheets that the page needs besides those of every page; what leads to it, and what stands beside it."""
    guide = build.of(config)
    shared = head.shared(guide.catalogue, page, config.site_description)
    guide.shared.append(shared)
    beside = {"shared": shared, "trail": head.trail(guide.catalogue, page), "near": head.near(guide.catalogue, page)}
    return context | beside | {"sheets": looks.needed(guide.assets["sheets"], page.content)}


def on_post_build(config):
    """Everything that is made from the whole site."""
    guide, out = build.of(config), Path(config.site_dir)
    config.steps.done(f"{len(guide.texts)} pages written")
    with errors.ending_the_build():
        search.write(guide.catalogue, guide.texts, out, guide.assets["search"])
        traces.write(guide.catalogue, out)
        api.write(guide.catalogue, out, config.site_url)
        compiled.write(guide.catalogue, out)
        rehearsal.write(guide.catalogue, out)
        boards.write(guide.catalogue, out, config.site_url)
        recall.write(guide.catalogue, out)
        defend.write(guide.catalogue, out)
        plans.write(guide.catalogue, out)
        feed.write(guide.catalogue, out, config.site_url)
        policy.write(guide.assets["head"], out)
        manifest.write(config.site_name, config.site_description, guide.assets["ground"]["light"], out)
        share.write(guide.catalogue, guide.shared, out)
        config.steps.done("pictures for shared links made")
        offline.write(out, BUILD / "sw.js")  # last: it lists the rest
    config.steps.done("search, recorded runs, API, feed and offline list written")
    LOCK.release(force=True)
