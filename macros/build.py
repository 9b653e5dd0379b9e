"""One build: what is read and gathered for it. Made anew in on_config, hung on MkDocs' configuration, and passed on."""

from __future__ import annotations

from dataclasses import dataclass, field

from mkdocs.exceptions import Abort

from macros import check, errors
from macros.facts import catalogue as facts
from macros.facts.catalogue import Catalogue
from macros.pages.head import Shared


@dataclass
class Build:
    """The data, the front end's files by name (frontend/build.mjs), and the pages' texts as they are made."""

    catalogue: Catalogue
    assets: dict[str, str] = field(default_factory=dict)
    shared: list[Shared] = field(default_factory=list)  # of each page, what a link to it shows
    texts: list[dict] = field(default_factory=list)  # for the search index, in the order in which pages are made


def begin() -> Build:
    """Read and check the data. Abort where it has errors, each of which has been logged."""
    catalogue, findings = facts.catalogue()
    findings = findings or [f for f in check.mistakes(catalogue) if not f.warning]
    if findings or catalogue is None:
        raise errors.stop(findings)
    return Build(catalogue)


def of(config) -> Build:
    """The build that a configuration belongs to."""
    if not hasattr(config, "guide"):
        raise Abort("no build was begun; keep hooks: [macros/hooks.py] in mkdocs.yml")
    return config.guide
