"""python -m tests.browser.install: find a Chromium, else install one; the book prints with the same."""

from macros.chromium import installed, main

__all__ = ["installed", "main"]

if __name__ == "__main__":
    raise SystemExit(main())
