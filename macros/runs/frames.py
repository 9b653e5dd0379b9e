"""Frames as HTML: the one way in which a state is drawn, at build and in the reader's browser.

Standard library only, because the page's Python (Pyodide) loads this very file. A frame is plain data:

    {"say": "what happened, in words", "show": [view, ...], "key": True}

`key`, where it is true, marks the frames that paper shows. A view has a `kind`, a `label` and, by kind:

    cells     rows: [{head, cells: [cell, ...]}]          arrays, bits, tables
    links     shape: chain, tree or ring; nodes: [{id, text, mark, at}]; edges: [{from, to, text}]
              (a chain draws nodes in order; a tree draws edges from parent to child; a ring places `at` in 0..1)
    queue     items: [cell, ...], room: how many fit, or absent
    nodes     nodes: [{text, role, lines: [str, ...], mark}]   machines, with their state
    messages  messages: [{from, to, text, mark}]               in flight, or lost
    timeline  unit, end, now; rows: [{head, spans: [{from, to, text, mark}]}]
    counters  counters: [{text, value, mark}]

A cell is a text, or {text, note, mark}. A mark is one of MARKS: it changes shape and word as well as color.
"""

from __future__ import annotations

import math
from html import escape

MARKS = {"new": "new", "hit": "✓", "changed": "changed", "gone": "out", "bad": "✗", "idle": ""}
KINDS = ("cells", "links", "queue", "nodes", "messages", "timeline", "counters")


class BadFrame(ValueError):
    """A frame outside the vocabulary; the message names the place and the way out."""


def frame(data: dict) -> str:
    """The views of one frame; its words are the caller's to place."""
    return "".join(_view(v) for v in data["show"])


def check(frames: list[dict]) -> None:
    """BadFrame at the first thing that could not be drawn, or would not be read."""
    for n, one in enumerate(frames):
        if set(one) - {"say", "show", "key"}:
            raise BadFrame(f"frame {n}: has {sorted(set(one))}; only say, show and key are drawn")
        if one.get("key", False) not in (True, False):
            raise BadFrame(f"frame {n}: 'key' is {one['key']!r}; it has to be True or False")
        if not isinstance(one.get("say"), str) or not 3 <= len(one["say"]) <= 240:
            raise BadFrame(f"frame {n}: 'say' has to be one or two sentences of 3 to 240 characters")
        if not one.get("show"):
            raise BadFrame(f"frame {n}: shows nothing; add a view")
        for view in one["show"]:
            if view.get("kind") not in KINDS:
                raise BadFrame(f"frame {n}: no kind {view.get('kind')!r}; use one of {', '.join(KINDS)}")
            for mark in _marks(view):
                if mark not in MARKS:
                    raise BadFrame(f"frame {n}: no mark {mark!r}; use one of {', '.join(MARKS)}")
        try:
            frame(one)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadFrame(
                f"frame {n}: cannot be drawn: {error!r}; see the vocabulary in macros/runs/frames.py"
            ) from error


def _marks(value: object):
    if isinstance(value, dict):
        if value.get("mark") is not None:
            yield value["mark"]
        for inner in value.values():
            yield from _marks(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _marks(inner)


def _view(view: dict) -> str:
    label = f'<span class="wt-l">{escape(view["label"])}</span>' if view.get("label") else ""
    return f'<div class="wt-v">{label}{_DRAW[view["kind"]](view)}</div>'


def _box(cell: object, tag: str = "li") -> str:
    """One cell: text, small note, and the word of its mark."""
    if not isinstance(cell, dict):
        return f"<{tag}>{escape(str(cell))}</{tag}>"
    mark = cell.get("mark")
    note = f"<small>{escape(str(cell['note']))}</small>" if cell.get("note") not in (None, "") else ""
    return f"<{tag}{_class(mark)}>{escape(str(cell['text']))}{note}{_word(mark)}</{tag}>"


def _class(mark: str | None) -> str:
    return f' class="m-{mark}"' if mark else ""


def _word(mark: str | None) -> str:
    return f"<i>{MARKS[mark]}</i>" if mark and MARKS[mark] else ""


def _cells(view: dict) -> str:
    rows = []
    for row in view["rows"]:
        head = f'<span class="wt-h">{escape(str(row["head"]))}</span>' if row.get("head") not in (None, "") else ""
        cells = "".join(_box(c) for c in row["cells"]) or '<li class="m-idle">empty</li>'
        rows.append(f'<div class="wt-r">{head}<ol class="wt-c">{cells}</ol></div>')
    return "".join(rows)


def _queue(view: dict) -> str:
    items = list(view["items"])
    free = max(0, (view.get("room") or 0) - len(items))
    cells = "".join(_box(c) for c in items) + '<li class="m-idle">free</li>' * min(free, 12)
    shown = cells or '<li class="m-idle">empty</li>'
    return f'<ol class="wt-c wt-q">{shown}</ol>'


def _links(view: dict) -> str:
    if view["shape"] == "chain":
        cells = "".join(_box(n) for n in view["nodes"]) or '<li class="m-idle">empty</li>'
        return f'<ol class="wt-c wt-k">{cells}</ol>'
    if view["shape"] == "tree":
        nodes = {n["id"]: n for n in view["nodes"]}
        children: dict[str, list] = {}
        for edge in view["edges"]:
            children.setdefault(edge["from"], []).append(edge["to"])
        roots = [i for i in nodes if i not in {e["to"] for e in view["edges"]}]

        def branch(i: str) -> str:
            below = "".join(branch(child) for child in children.get(i, ()))
            return f"<li>{_box(nodes[i], 'span')}{f'<ul>{below}</ul>' if below else ''}</li>"

        return f'<ul class="wt-t">{"".join(map(branch, roots))}</ul>'
    if view["shape"] == "ring":
        return _ring(view)
    raise ValueError(f"no shape {view['shape']!r}; use chain, tree or ring")


def _ring(view: dict) -> str:
    """Nodes at `at` of a turn, clockwise from the top; marks differ in outline as well as color."""
    words, dots = [], []
    for n in view["nodes"]:
        turn = 2 * math.pi * n["at"]
        x, y = 180 + 90 * math.sin(turn), 125 - 90 * math.cos(turn)
        tx, ty = 180 + 108 * math.sin(turn), 129 - 108 * math.cos(turn)
        side = "middle" if abs(math.sin(turn)) < 0.3 else "start" if math.sin(turn) > 0 else "end"
        word = MARKS.get(n.get("mark") or "", "")
        text = escape(n["text"]) + (f" ({word})" if word else "")
        dots.append(f'<circle{_class(n.get("mark"))} cx="{x:.0f}" cy="{y:.0f}" r="6"/>')
        words.append(f'<text x="{tx:.0f}" y="{ty:.0f}" text-anchor="{side}">{text}</text>')
    return (
        '<svg class="wt-o" viewBox="0 0 360 250" role="img" aria-label="'
        + escape("Clockwise: " + ", ".join(n["text"] for n in sorted(view["nodes"], key=lambda n: n["at"])))
        + f'"><circle class="wt-a" cx="180" cy="125" r="90"/>{"".join(dots)}{"".join(words)}</svg>'
    )


def _nodes(view: dict) -> str:
    out = []
    for n in view["nodes"]:
        role = f"<em>{escape(n['role'])}</em>" if n.get("role") else ""
        lines = "".join(f"<span>{escape(str(line))}</span>" for line in n.get("lines", ()))
        out.append(f"<li{_class(n.get('mark'))}><b>{escape(n['text'])}</b>{role}{lines}{_word(n.get('mark'))}</li>")
    return f'<ul class="wt-n">{"".join(out)}</ul>'


def _messages(view: dict) -> str:
    rows = "".join(
        f"<li{_class(m.get('mark'))}><b>{escape(m['from'])} → {escape(m['to'])}</b> "
        f"{escape(m['text'])}{_word(m.get('mark'))}</li>"
        for m in view["messages"]
    )
    return f'<ul class="wt-m">{rows or "<li>none</li>"}</ul>'


def _timeline(view: dict) -> str:
    """Bars to scale, numbered; the words stand below, so that they never shrink."""
    end, unit = view["end"] or 1, escape(view["unit"])
    rows, legend, n = [], [], 0
    for r, row in enumerate(view["rows"]):
        rows.append(f'<text x="0" y="{r * 26 + 17}">{escape(row["head"])}</text>')
        for span in row["spans"]:
            n += 1
            x, width = 88 + 262 * span["from"] / end, max(2, 262 * (span["to"] - span["from"]) / end)
            rows.append(
                f'<rect{_class(span.get("mark"))} x="{x:.1f}" y="{r * 26 + 4}" width="{width:.1f}" height="18"/>'
            )
            if width >= 12:
                rows.append(
                    f'<text class="wt-i" x="{x + width / 2:.1f}" y="{r * 26 + 17}" text-anchor="middle">{n}</text>'
                )
            when = f"{span['from']:g} to {span['to']:g} {unit}"
            what = f"{escape(row['head'])}, {when}: {escape(span['text'])}"
            legend.append(f"<li{_class(span.get('mark'))}>{what}{_word(span.get('mark'))}</li>")
    tall = len(view["rows"]) * 26
    now = ""
    if view.get("now") is not None:
        x = 88 + 262 * view["now"] / end
        now = f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{tall}"/>'
    axis = f'<text x="88" y="{tall + 13}">0</text><text x="350" y="{tall + 13}" text-anchor="end">{end:g} {unit}</text>'
    return (
        f'<svg class="wt-x" viewBox="0 0 360 {tall + 18}" aria-hidden="true">{"".join(rows)}{now}{axis}</svg>'
        f'<ol class="wt-g">{"".join(legend)}</ol>'
    )


def _counters(view: dict) -> str:
    rows = "".join(
        f"<div{_class(c.get('mark'))}><dt>{escape(c['text'])}</dt><dd>{escape(str(c['value']))}{_word(c.get('mark'))}</dd></div>"
        for c in view["counters"]
    )
    return f'<dl class="wt-d">{rows}</dl>'


_DRAW = {
    "cells": _cells,
    "links": _links,
    "queue": _queue,
    "nodes": _nodes,
    "messages": _messages,
    "timeline": _timeline,
    "counters": _counters,
}
