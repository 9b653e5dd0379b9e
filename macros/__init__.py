"""The macros of Whiteboard Hour. `ls macros` is the architecture; CONTRIBUTING.md has the order of the rooms.

This module is what mkdocs-macros loads: it registers the macros that pages/calls.py lists.
"""

from __future__ import annotations

import functools
import importlib
import inspect
from collections.abc import Callable


def define_env(env) -> None:
    """Register the macros; mkdocs-macros calls this on every build."""
    # Imported here: `python -m macros.check` needs neither MkDocs nor what is printed.
    from macros import build, errors
    from macros.pages.calls import CALLS

    errors.install()
    guide = build.of(env.conf)
    made: dict[str, Callable] = {}
    for call in CALLS:
        room, _, name = call.function.partition(":")
        function = getattr(importlib.import_module(f"macros.{room}"), name)
        made[call.name] = _macro(
            call.name, function, {"catalogue": guide.catalogue, "build": guide, "macros": made}[call.of]
        )
        env.macro(made[call.name], call.name)


def _macro(name: str, function: Callable, first: object) -> Callable[..., str]:
    """The function with its first argument given; GuideError where the page calls it with others than it takes."""
    from macros.facts.finding import GuideError

    takes = inspect.signature(function)

    @functools.wraps(function)
    def macro(*given: object, **named: object) -> str:
        try:
            takes.bind(first, *given, **named)
        except TypeError as error:
            raise GuideError(f"{name}(): {error}; see the macro's call under Contributing, Macros") from error
        return function(first, *given, **named)

    return macro
