"""What a build says while it runs: a line a step, with the time, and a bar of pages where a person watches."""

from __future__ import annotations

import sys
import time

WIDE = 30  # signs of the bar


class Steps:
    """The steps of one build, on standard error."""

    def __init__(self, watched: bool | None = None):
        self.began = self.since = time.monotonic()
        self.watched = sys.stderr.isatty() if watched is None else watched
        self.drawn = False

    def done(self, what: str) -> None:
        """A step has ended."""
        now = time.monotonic()
        self._clear()
        print(f"{now - self.began:6.1f} s  {what} ({now - self.since:.1f} s)", file=sys.stderr, flush=True)
        self.since = now

    def bar(self, n: int, of: int, what: str) -> None:
        """So far; drawn over itself, and only where somebody sees it."""
        if self.watched and of:
            full = WIDE * n // of
            print(
                f"\r          [{'#' * full}{'.' * (WIDE - full)}] {n} of {of} {what}",
                end="",
                file=sys.stderr,
                flush=True,
            )
            self.drawn = True

    def _clear(self) -> None:
        if self.drawn:
            print("\r" + " " * (WIDE + 50) + "\r", end="", file=sys.stderr)
            self.drawn = False
