"""python -m macros.new SLUG: a commented data file, a page and a diagram for a new pattern."""

from __future__ import annotations

import re
import sys

from macros.facts import load
from macros.pages.template import fill


def main(argv: list[str]) -> int:
    slug = argv[0] if argv else ""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        print("usage: make new pattern=SLUG, in lower case with hyphens, such as bulkhead", file=sys.stderr)
        return 2
    files = {
        load.ROOT / "data" / "patterns" / f"{slug}.yml": "new_pattern_data",
        load.ROOT / "docs" / "patterns" / f"{slug}.md": "new_pattern_page",
        load.ROOT / "data" / "diagrams" / f"{slug}.mmd": "new_pattern_diagram",
    }
    for path in files:
        if path.exists():
            print(f"{load.shown(path)} exists already; edit it, or choose another slug", file=sys.stderr)
            return 1
    for path, template in files.items():
        path.write_text(fill(template, slug=slug, name=slug.replace("-", " ").capitalize()) + "\n", "utf-8")
        print(f"wrote {load.shown(path)}")
    print("fill them in, then run `make check`; it lists what is still missing")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
