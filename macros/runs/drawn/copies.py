"""Figures of several copies of one thing: a quorum, Raft's terms and logs, and what events could know of each other."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random

from macros.runs.canvas import Canvas, Figure, listed

# --- Quorum ---


def quorum(run) -> Figure:
    """The last write before the first read, and that read: who has confirmed, who is asked, who is both."""
    m, given = run.module, run.given
    names, r, w = given["copies"], given["r"], given["w"]
    one = m.Quorum(names, r, w, given["repair"], given["stand_ins"])
    wrote = value = None
    for action, *of, reached in given["steps"]:
        if action == "write":
            one.write(*of, reached)
            wrote, value = [n for n in names if n in reached], of[0]
        elif action == "read":
            held = {name: (one.copies[name].version[0], one.copies[name].value) for name in names}
            asked = [n for n in reached if n in names][:r]
            (version, _), found, repaired = one.read(reached)
            break
    shared = [name for name in asked if name in wrote]

    def paint(canvas: Canvas) -> None:
        w_ = 104 if canvas.wide else 86
        gap = (canvas.width - 8 - w_ * len(names)) / (len(names) + (0 if canvas.wide else -1) or 1)
        left = gap / 2 if canvas.wide else 4
        middle = canvas.width / 2
        y = 112
        canvas.cell(middle - 110, 8, 220, 34, f"write {value}: waits for {w} of {len(names)}", "ink", "b")
        canvas.cell(middle - 110, y + 150, 220, 34, f"read: waits for {r} of {len(names)}", "ink", "b")
        for n, name in enumerate(names):
            x = left + n * (w_ + gap)
            number, text = held[name]
            stale = number < version
            canvas.store(x, y, w_, 82, "stored" if name in shared else "" if not stale else "gone")
            canvas.text(x + w_ / 2, y + 36, name, "b c")
            canvas.text(x + w_ / 2, y + 54, f"v{number} {text}", "c fail" if stale else "c")
            words = "in both" if name in shared else "behind" if stale else ""
            canvas.text(x + w_ / 2, y + 71, words, "s c fail" if stale else "s c stored")
            start = middle + (x + w_ / 2 - middle) * 0.4
            canvas.arrow(start, 42, x + w_ / 2, y - 3, "flow" if name in wrote else "fail", lost=name not in wrote)
            if name in asked:
                canvas.arrow(start - 6, y + 150, x + w_ / 2 - 6, y + 85, "flow")
                canvas.arrow(x + w_ / 2 + 8, y + 85, start + 8, y + 150, "back")
        canvas.text(
            middle, y + 206, f"returns {found}" + (f", repairs {listed(repaired)}" if repaired else ""), "c stored"
        )

    missed = [name for name in names if name not in wrote]
    return Figure(
        f"{w} of {len(names)} to write, {r} of {len(names)} to read",
        f"{len(names)} copies. The write of {value} is confirmed by {listed(wrote)}"
        + (f"; the message to {listed(missed)} is lost. " if missed else ". ")
        + f"A read asks {listed(asked)}; both sets share {listed(shared) if shared else 'no copy'}. It returns {found}"
        + (f" and repairs {listed(repaired)}, which held {held[repaired[0]][1]}." if repaired else "."),
        f"{w} + {r} is more than {len(names)}, so the copies written and the copies asked share at least "
        f"{m.overlap(len(names), r, w)}: {listed(shared)} has the new value, and the read repairs "
        f"{listed(repaired or ['nobody'])}."
        if m.overlap(len(names), r, w) else
        f"{w} + {r} is not more than {len(names)}: the copies written and the copies asked share {len(shared)}.",
        paint,
    )  # fmt: skip


# --- Raft ---


def _cluster(run):
    """The scenario's cluster, and its names; a step is done by `do`."""
    names = [f"S{n + 1}" for n in range(run.given["servers"])]
    return run.module.Cluster(names, Random(run.given["seed"]), run.given["delay"]), names


def terms(run) -> Figure:
    """Who leads over time: each server's role and term, and the messages that elect."""
    cluster, names = _cluster(run)
    spans: dict[str, list[tuple]] = {name: [] for name in names}
    crashed, elected = [], []

    def note() -> None:
        for name in names:
            s = cluster.servers[name]
            state = ("down", 0) if name in cluster.down else (s.role, s.current_term)
            if not spans[name] or spans[name][-1][1:] != state:
                spans[name].append((cluster.now, *state))
                if state[0] == "leader":
                    elected.append((cluster.now, name, s.current_term))

    note()
    for action, *of in run.given["steps"]:
        if action == "run":
            until = cluster.now + of[0]
            while cluster.step(until):
                note()
            cluster.now = until
        else:
            cluster.do(action, *of)
            if action == "crash":
                crashed.append((cluster.now, of[0]))
        note()
    end = cluster.now * 1.02
    (t1, first, _), (t2, second, term2) = elected[0], elected[-1]
    t0 = crashed[0][0] if crashed else t1

    def paint(canvas: Canvas) -> None:
        left, right = 34, canvas.width - 8

        def x(at: float) -> float:
            return left + (right - left) * at / end

        y = 26.0
        for at, name, term in elected:
            canvas.text(min(x(at), right - 90), 14, f"term {term}: {name} leads", "s b stored")
        for name in names:
            canvas.text(2, y + 20, name, "b")
            for (at, role, term), (after, *_) in pairwise([*spans[name], (end,)]):
                w = x(after) - x(at)
                kind = {"leader": "stored", "candidate": "flow", "down": "gone"}.get(role, "idle")
                canvas.box(
                    x(at), y + (0 if role != "follower" else 9), max(w, 1.5), 30 if role != "follower" else 12, kind, 0
                )
                if role != "follower" and w > 46:
                    words = {"leader": f"leads {term}", "down": "down"}.get(role, "asks")
                    canvas.text(x(at) + w / 2, y + 20, words, "s c b" if role == "leader" else "s c")
            y += 38
        for at, name in crashed:
            canvas.cross(x(at), 26 + 38 * names.index(name) + 15, 7)
        for at, _, _ in elected:
            canvas.line(x(at), 20, x(at), y, "thin")
        step = 100 if canvas.wide else 200
        ticks = [(x(n / 1000), n) for n in range(0, int(end * 1000) + 1, step)]
        canvas.axis(left, right, y + 6, ticks, "ms")
        canvas.legend(y + 40, {"idle": "follower", "flow": "candidate", "stored": "leader", "gone": "down"})

    lead = "; ".join(f"{name} leads term {term} from {1000 * at:.0f} ms" for at, name, term in elected)
    return Figure(
        "Terms and their leaders over time",
        f"{len(names)} servers, time to the right. {lead}."
        + "".join(f" {name} crashes at {1000 * at:.0f} ms." for at, name in crashed)
        + " Between two leaders the followers only see that it is quiet, until one wait ends.",
        f"{first} crashes at {1000 * t0:.0f} ms, and {second} leads term {term2} {1000 * (t2 - t0):.0f} ms "
        "later, as soon as a majority "
        f"of {len(names) // 2 + 1} has voted for it."
        if crashed else f"{first} leads after {1000 * t1:.0f} ms, {second} term {term2} after {1000 * t2:.0f} ms.",
        paint,
    )  # fmt: skip


def logs(run) -> Figure:
    """The logs where they differ most, and at the end."""
    cluster, names = _cluster(run)
    shots = []
    for action, *of in run.given["steps"]:
        cluster.do(action, *of)
        if action == "run":
            held = {name: [tuple(e) for e in cluster.servers[name].log[1:]] for name in names}
            known = max(s.commit_index for name, s in cluster.servers.items() if name not in cluster.down)
            leads = [n for n in names if cluster.servers[n].role == "leader" and n not in cluster.down]
            shots.append((held, known, max(leads, key=lambda n: cluster.servers[n].current_term, default="")))

    def apart(held: dict) -> int:
        most = max(map(len, held.values()))
        return sum(len({log[n] for log in held.values() if n < len(log)}) > 1 for n in range(most)) * 10 + most

    before, after = max(shots, key=lambda shot: apart(shot[0])), shots[-1]
    gone = [(name, n + 1, e) for name in names for n, e in enumerate(before[0][name])
            if n >= len(after[0][name]) or after[0][name][n] != e]  # fmt: skip
    most = max(len(log) for held, *_ in shots for log in held.values())

    def panel(canvas: Canvas, x: float, y: float, w: float, shot: tuple, title: str, last: bool) -> float:
        held, known, leader = shot
        canvas.text(x, y + 12, title, "b")
        left, cell = x + 58, min(56, (w - 60) / most)
        for n in range(most):
            canvas.text(left + n * cell + cell / 2, y + 34, n + 1, "s c idle")
        y += 42
        for name in names:
            canvas.text(x, y + 14, name, "b")
            if name == leader:
                canvas.text(x, y + 28, "leader", "s stored")
            for n, (term, command) in enumerate(held[name]):
                lost = any(one[:2] == (name, n + 1) for one in gone) and not last
                kind = "gone" if lost else "stored" if n < known and held[name][n] == held[leader or name][n] else ""
                canvas.box(left + n * cell + 1.5, y, cell - 3, 32, kind)
                canvas.text(left + n * cell + cell / 2, y + 14, command, "b c")
                canvas.text(left + n * cell + cell / 2, y + 28, f"t{term}", "s c")
            y += 40
        return y

    def paint(canvas: Canvas) -> None:
        w = canvas.width / 2 - 14 if canvas.wide else canvas.width
        low = panel(canvas, 2, 2, w, before, "apart", False)
        if canvas.wide:
            low = panel(canvas, canvas.width / 2 + 12, 2, w, after, "in step again", True)
        else:
            low = panel(canvas, 2, low + 6, w, after, "in step again", True)
        canvas.legend(low + 4, {"stored": "committed", "gone": "will be dropped"})

    def told(shot: tuple) -> str:
        return "; ".join(
            f"{name} " + (" ".join(f"{c} of term {t}" for t, c in shot[0][name]) or "empty") for name in names
        )

    return Figure(
        "Logs with their terms, apart and in step again",
        f"Each entry with the term of the leader who wrote it. First: {told(before)}; {before[1]} entries are "
        "committed. "
        f"Later: {told(after)}.",
        f"{gone[0][0]} drops {len(gone)} entries that were not committed, {listed(e[1] for _, _, e in gone)}, "
        "and takes "
        f"{len(after[0][gone[0][0]]) - gone[0][1] + 1} of {after[2]}'s log; the {before[1]} that were stay.",
        paint,
    )


# --- Clocks ---


def clocks(run) -> Figure:
    """Processes as lines, events with both stamps, messages as arrows; the longest chain of causes is blue."""
    m, given = run.module, run.given
    names = given["processes"]
    of = {name: m.Process(name) for name in names}
    stamps, where, sent = {}, {}, {}
    for name, event, kind in given["events"]:
        stamps[event] = getattr(of[name], kind)() if kind in ("local", "send") else of[name].receive(stamps[kind])
        where[event] = name
        if kind not in ("local", "send"):
            sent[event] = kind
    pairs = [(a, b, m.compare(stamps[a][1], stamps[b][1])) for a, b in given["ask"]]
    apart = next(((a, b) for a, b, how in pairs if how == "concurrent"), None)
    last = max(stamps, key=lambda e: sum(m.compare(stamps[o][1], stamps[e][1]) == "before" for o in stamps))
    causes = [e for e in stamps if e == last or m.compare(stamps[e][1], stamps[last][1]) == "before"]

    def paint(canvas: Canvas) -> None:
        left, gap = 30, 78
        step = (canvas.width - left - 84) / max(1, len(stamps) - 1)
        at = {e: (left + 16 + n * step, 42 + gap * names.index(where[e])) for n, e in enumerate(stamps)}
        for n, name in enumerate(names):
            canvas.text(2, 47 + gap * n, name, "b")
            canvas.arrow(left - 10, 42 + gap * n, canvas.width - 2, 42 + gap * n, "ink")
        for event, source in sent.items():
            (x1, y1), (x2, y2) = at[source], at[event]
            share = 13 / math.hypot(x2 - x1, y2 - y1)
            canvas.arrow(x1, y1, x2 - (x2 - x1) * share, y2 - (y2 - y1) * share, "flow")
        for event, (x, y) in at.items():
            canvas.dot(x, y, 12, "flow" if event in causes else "idle")
            canvas.text(x, y + 5, event, "b c")
            time, vector = stamps[event]
            below = any(at[e][1] < y for e in sent if sent[e] == event) or at[sent.get(event, event)][1] > y
            words = f"{time}  [{' '.join(str(vector.get(n, 0)) for n in names)}]"
            canvas.text(x + (9 if not below else 4), y + (28 if below else -15), words, "s")
        canvas.text(
            canvas.width - 2, 42 + gap * (len(names) - 1) + 30, "number: Lamport time, brackets: vector", "s e idle"
        )

    told = "; ".join(f"{e} at {where[e]}, Lamport {t}, vector {' '.join(str(v.get(n, 0)) for n in names)}"
                     for e, (t, v) in stamps.items())  # fmt: skip
    arrows = listed(f"{a} to {b}" for b, a in sent.items())
    a, b = apart or pairs[0][:2]
    return Figure(
        f"{len(names)} processes and their clocks",
        f"Time runs to the right. {told[0].upper()}{told[1:]}. Messages go from {arrows}. "
        f"{listed(e for e in causes if e != last)} could have caused {last}.",
        f"{a} and {b} have Lamport times {stamps[a][0]} and {stamps[b][0]}, and no chain of arrows joins them: "
        "their vectors say "
        f"{'concurrent' if apart else pairs[0][2]}.",
        paint,
    )
