"""How a small drawing is written in a line of text: a panel of a phase's board, the front of a pocket card.

    (Client) > Service > [(Posts)]: write; Service v ([Copy])      boxes where they are first named, and arrows
    row disk: *1 *2 +3; bars wait: 1 2 4 8; ring: A B C; say: words

`>` goes one column on, `v` one row down, `<` comes from there; `.>` is an answer, `x>` is lost, `/` draws no arrow. The
words after a colon stand at the last arrow. Shapes are those of text diagrams: (client), [(store)], [[queue]], [[log]],
([cache]), !dead, #weak, and "words" without a box. Cells are *stored, +asked, !failed, -idle or plain; `=3` is three
wide, `_` is a space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

SHAPES = (
    (r"\[\((.+)\)\]", "store"),
    (r"\[\[((?:.+ )?[Ll]ogs?)\]\]", "log"),
    (r"\[\[(.+)\]\]", "queue"),
    (r"\(\[(.+)\]\)", "cache"),
    (r"\((.+)\)", "client"),
    (r'"(.+)"', "words"),
    (r"!(.+)", "dead"),
    (r"#(.+)", "weak"),
    (r"(.+)", "service"),
)
ARROW = re.compile(r"\s(>|<|v|\.>|x>|/)\s")
CELLS = {"*": "stored", "+": "flow", "!": "fail", "-": "idle"}
SAYS = {">": "to", "v": "to", "<": "from", ".>": "answers", "x>": "does not reach", "/": "beside"}


@dataclass(frozen=True)
class Node:
    words: str
    shape: str
    column: int
    row: int


@dataclass
class Text:
    """What a line of text draws. ValueError where it cannot be read."""

    nodes: dict[str, Node] = field(default_factory=dict)
    arrows: list[tuple[str, str, str, str]] = field(default_factory=list)  # from, to, sign, words
    forms: list[tuple[str, str, list[str]]] = field(default_factory=list)  # row, bars, ring or say; label; cells

    @classmethod
    def of(cls, text: str) -> Text:
        out = cls()
        for part in (one.strip() for one in re.split(r"[;\n]", text)):
            if found := re.fullmatch(r"(row|bars|ring|say)\b ?([^:]*): (.+)", part):
                cells = [found[3]] if found[1] == "say" else found[3].split()
                out.forms.append((found[1], found[2].strip(), cells))
            elif part:
                out._chain(part)
        return out

    def _chain(self, text: str) -> None:
        path, _, words = text.partition(": ")
        first, *rest = ARROW.split(path)
        last = self._node(first, 0, 0 if not self.nodes else 1 + max(one.row for one in self.nodes.values()))
        for n in range(0, len(rest), 2):
            sign, at = rest[n], self.nodes[last]
            step = (0, 1) if sign == "v" else (1, 0)
            name = self._node(rest[n + 1], at.column + step[0], at.row + step[1])
            ends = (name, last) if sign == "<" else (last, name)
            self.arrows.append((*ends, sign, words if n == len(rest) - 2 else ""))
            last = name

    def _node(self, text: str, column: int, row: int) -> str:
        matches = ((re.fullmatch(pattern, text.strip()), shape) for pattern, shape in SHAPES)
        found, shape = next(((found, shape) for found, shape in matches if found), (None, ""))
        if found is None:
            raise ValueError(f"a box without words in {text!r}")
        if found[1] not in self.nodes:
            while any((one.column, one.row) == (column, row) for one in self.nodes.values()):
                row += 1
            self.nodes[found[1]] = Node(found[1], shape, column, row)
        return found[1]

    def told(self) -> str:
        """The drawing in words, in the order of reading."""
        out = [
            f"{a} {SAYS[sign] if sign != '<' else 'to'} {b}{f': {words}' if words else ''}"
            for a, b, sign, words in self.arrows
        ] or list(self.nodes)
        for form, label, cells in self.forms:
            said = " ".join(re.sub(r"^[*+!-]|=\d+$", "", cell).replace("_", " ").strip() or "empty" for cell in cells)
            out.append(said if form == "say" else f"{label or form}: {said}")
        return "; ".join(out)


def cell(text: str) -> tuple[str, str, int]:
    """Words, kind and width of a cell."""
    body, _, wide = text.partition("=")
    kind = CELLS.get(body[0], "ink" if body != "_" else "")
    words = body.lstrip("*+!-") if body[0] in CELLS else body
    return words.replace("_", " ").strip(), kind, int(wide or 1)
