"""Which style sheets a page loads: those whose classes it holds, see frontend/styles.mjs."""

from __future__ import annotations

import re

CODE = re.compile(r"(<pre\b[^>]*>).*?</pre>", re.S)  # may show a page's source; what is around it says its style
CLASSES = re.compile(r'\sclass="([^"]*)"')


def needed(sheets: list[dict], html: str) -> set[str]:
    """Names of the sheets of which the page holds a class; those of every page have none."""
    held = {name for names in set(CLASSES.findall(CODE.sub(r"\1", html))) for name in names.split()}
    return {sheet["name"] for sheet in sheets if not held.isdisjoint(sheet["classes"])}
