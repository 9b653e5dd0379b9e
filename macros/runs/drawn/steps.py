"""Figures of several parties that act in turn: the cache race, outbox and relay, saga, two-phase commit."""

from __future__ import annotations

from macros.runs.canvas import Canvas, Figure, listed
from macros.runs.drawn.lanes import Lanes, Step


def _beside(canvas: Canvas, both: list[Lanes]) -> None:
    """Side by side where there is width, below one another where not."""
    if canvas.wide:
        w = canvas.width / 2 - 12
        for n, one in enumerate(both):
            one.draw(canvas, 2 + n * (w + 22), 2, w)
        return
    y = 2.0
    for one in both:
        y = one.draw(canvas, 2, y, canvas.width - 4) + 14


# --- Cache race ---


def race(*runs) -> Figure:
    """One order of steps without leases and one with them."""
    panels, ends = [], []
    for run in runs:
        m, given = run.module, run.given
        cache, database, actors = m.Cache(leases=given["leases"]), {"k": "v1"}, {}
        one = Lanes(
            [*sorted({n for _, n in given["steps"] if n[0] == "R"}), "cache", "database",
             *sorted({n for _, n in given["steps"] if n[0] == "W"})],
            title="with leases" if given["leases"] else "without leases",
        )  # fmt: skip
        held: list[tuple[float, object, bool]] = []
        truth = [(0.0, "v1")]
        for n, (now, name) in enumerate(given["steps"]):
            actor = actors.get(name)
            if actor is None:
                made = m.Writer(cache, database, "k", f"v{name[1:]}", given["order"]) if name[0] == "W" else None
                actor = actors[name] = made or m.Reader(cache, database, "k")
            did = actor.step(now)
            value, gone = cache.entries.get("k", (None, now))
            value = value if now < gone else None
            stale = value is not None and value != database["k"]
            held.append((n + 0.5, value, stale))
            if did == "commit":
                truth.append((n + 0.5, database["k"]))
            words = {
                "hit": f"{name} finds {actor.value}" + (", old" if stale else ""),
                "miss": f"{name} misses" + (f", gets lease {cache.last}" if given["leases"] else ""),
                "wait": f"{name} waits: another has the lease",
                "loaded": f"{name} loads {actor.value}",
                "stored": f"{name} stores {actor.value}" + (", old by now" if stale else ""),
                "refused": f"{name} stores {actor.value}: refused",
                "commit": f"{name} commits {actor.value}",
                "delete": f"{name} deletes" + (", and voids the lease" if given["leases"] else ""),
            }.get(did, f"{name} does {did}")
            to = "database" if did in ("loaded", "commit") else "cache"
            kind = "fail" if stale and did in ("hit", "stored") else "flow"
            one.steps.append(Step(words, name, to, kind, lost=did == "refused", when=f"{now:g} s"))
        for n, (at, value, stale) in enumerate(held):
            same = n and held[n - 1][1:] == (value, stale)
            if value is not None and not same:
                until = next((a for a, v, s in held[n:] if (v, s) != (value, stale)), len(held) + 0.5)
                one.spans.append(("cache", at, until, str(value), "fail" if stale else "flow"))
        for (at, value), (until, _) in zip(truth, [*truth[1:], (len(held) + 0.5, "")], strict=True):
            one.spans.append(("database", at, until, value, "stored"))
        panels.append(one)
        since = [given["steps"][int(at)][0] for at, _, stale in held if stale]
        fresh = [given["steps"][int(at)][0] for at, _, stale in held if not stale and since and at > int(since[0])]
        ends.append((since, [f for f in fresh if since and f > since[-1]], cache.lifetime))
    since, _, lifetime = ends[0]
    stored = next(step for step in panels[0].steps if step.kind == "fail")
    refused = next((step for step in panels[1].steps if step.lost), None)
    return Figure(
        "The cache race, and the lease that ends it",
        f"Time runs to the right. Without leases: {panels[0].told()} With leases: {panels[1].told()}",
        f"Stored at {stored.when}, after the delete, the old value is served until its {lifetime:g} s end"
        + (f"; with a lease the same store is refused at {refused.when}." if refused else "."),
        lambda canvas: _beside(canvas, panels),
    )


# --- Outbox and relay ---


def outbox(run) -> Figure:
    """The relay dies between publishing and marking: sent twice, taken effect once."""
    m, given = run.module, run.given
    orders, loyalty, broker = m.producer_database(), m.consumer_database(), m.Broker()
    one = Lanes(["outbox", "broker", "inbox"])
    unsent: dict[str, float] = {}
    effects = 0
    for dies, what, *values in given["runs"]:
        if what == "order":
            db, process = orders, m.place_order(orders, *values)
        elif what == "relay":
            db, process = orders, m.relay(orders, broker)
        else:
            db, process = loyalty, m.consume(loyalty, broker)
        for n, did in enumerate(process, 1):
            at, event = len(one.steps) + 0.5, did.split()[0]
            if "committed: order" in did:
                event = f"placed-{values[0]}"
                unsent[event] = at
                one.steps.append(Step("order and outbox row commit together", "outbox", kind="stored"))
            elif "published" in did:
                one.steps.append(Step(f"the relay publishes {event}", "outbox", "broker"))
                one.spans.append(("broker", at, 0, event, "flow"))
            elif "marked" in did:
                one.steps.append(Step("the relay marks the row as sent", "outbox", kind="stored"))
                one.spans.append(("outbox", unsent.pop(event), at, "unsent", "flow"))
                one.spans.append(("outbox", at, 0, "sent", "stored"))
            elif "not acknowledged" in did:
                repeat = "repeat" in did
                effects += not repeat
                words = (
                    "again: in the inbox already, no effect" if repeat else "the consumer commits inbox row and effect"
                )
                one.steps.append(Step(words, "broker", "inbox"))
                if not repeat:
                    one.spans.append(("inbox", at, 0, event, "stored"))
                n_open = next(i for i, s in enumerate(one.spans) if s[0] == "broker" and not s[2])
                lane, start, _, words, kind = one.spans[n_open]
                one.spans[n_open] = (lane, start, at, words, kind)
            if n == dies:
                one.steps.append(Step(f"the {what} dies here", "outbox", lost=True))
                break
        m.crash(process, db)
    end = len(one.steps) + 0.5
    one.spans = [(lane, a, b or end, words, kind) for lane, a, b, words, kind in one.spans]
    one.spans += [("outbox", a, end, "unsent", "flow") for a in unsent.values()]
    sends = len(broker.messages)
    return Figure(
        "Outbox, relay and inbox over time",
        "Three lanes, time to the right: the outbox in the orders' database, the broker, the inbox beside the "
        f"effect. {one.told()}",
        f"The relay dies once, so the broker is given the event {sends} times; the inbox lets {effects} take effect.",
        lambda canvas: one.draw(canvas, 2, 4, canvas.width - 4, two=canvas.wide) and None,
    )


# --- Saga ---


def saga(run) -> Figure:
    """Forward until a step is refused, then back: each effect stands until it is made up for."""
    m, given = run.module, run.given
    steps = [tuple(step) for step in given["steps"]]
    services = {name: m.Participant(**given["fates"].get(name, {})) for name, _ in steps}
    driver = m.Orchestrator("order-7", steps, [], services, given["patience"])
    one, acted, outcome = Lanes([name for name, _ in steps]), {}, ""
    last = steps[0][0]
    while True:
        did, what, name = driver.tick()
        if did == "end":
            outcome = name
            break
        if did != "call":
            continue
        at, good = len(one.steps) + 0.5, driver.answer == "ok"
        say = f"{'do' if what == 'do' else 'undo'} {name}" + ("" if good else f": {driver.answer}")
        end = name if last != name else ""
        one.steps.append(Step(say, last if end else name, end, "flow" if good else "fail"))
        if what == "do" and services[name].acted and name not in acted:
            acted[name] = [at, 0.0]
        if what == "undo" and services[name].compensated and not acted[name][1]:
            acted[name][1] = at
        last = name
    end = len(one.steps) + 0.5
    one.spans = [
        (name, a, b or end, "undone later" if b else "stays", "flow" if b else "stored")
        for name, (a, b) in acted.items()
    ]
    undone = [name for name, (_, b) in acted.items() if b]
    failed = next((n for n, step in enumerate(one.steps, 1) if step.kind == "fail"), 0)
    return Figure(
        "A saga, forward and back",
        f"A lane for each service, time to the right; a bar lasts as long as an effect. {one.told()} The saga "
        f"has ended: {outcome}.",
        f"Call {failed} of {len(one.steps)} is refused, so {listed(undone[::-1])} "
        f"{'are' if len(undone) > 1 else 'is'} made up for, in reverse "
        "order and until each succeeds." if undone else f"All {len(steps)} steps complete in {len(one.steps)} calls.",
        lambda canvas: one.draw(canvas, 2, 4, canvas.width - 4, two=canvas.wide) and None,
    )  # fmt: skip


# --- Two-phase commit ---


def two_phase(run) -> Figure:
    """Locks over time: from the promise to the outcome, across the coordinator's crash."""
    m, given = run.module, run.given
    one, tx = Lanes(["K", *given["willing"]]), m.Transaction(given["willing"])
    since = {name: (0.0, part.state) for name, part in tx.parts.items()}
    crashed, back, tries = None, None, 0
    for action, name, *_ in given["steps"]:
        at = len(one.steps) + 0.5
        try:
            said = tx.do(action, name)
        except m.InDoubt as doubt:
            said = f"refused: {doubt}"
        lost = action == "crash"
        start, end, kind = name, "", "flow"
        if action in ("prepare", "tell"):
            start, end = "K", name
        elif action == "ask":
            end = "K"
        elif action == "peers":
            end = next(other for other in given["willing"] if other != name)
        elif action in ("abort",):
            kind = "fail"
        elif action == "decide":
            kind = "stored"
        elif action == "restart":
            back, kind = at, "stored"
        if lost:
            crashed = crashed or at
        no_answer = "does not answer" in said
        tries += no_answer or "nobody knows" in said or said.startswith("refused")
        one.steps.append(Step(said[0].upper() + said[1:], start, end, kind, lost or no_answer))
        for part, (a, state) in since.items():
            now = tx.parts[part].state
            if now != state:
                one.spans.append(_lock(part, a, at, state))
                since[part] = (at, now)
    end = len(one.steps) + 0.5
    one.spans += [_lock(part, a, end, state) for part, (a, state) in since.items()]
    if crashed and "K" in given["steps"][int(crashed)]:
        one.spans.append(("K", crashed, back or end, "down", "gone"))
    doubt = [(lane, a, b) for lane, a, b, words, _ in one.spans if words == "locked"]
    longest = max(doubt, key=lambda span: span[2] - span[1])
    return Figure(
        "Two-phase commit, and the block",
        f"K coordinates {listed(given['willing'])}; time to the right. {one.told()}",
        f"{longest[0]} holds its locks from step {int(longest[1] + 0.5)} to step {int(longest[2] + 0.5)}: "
        "between its promise and K's return "
        f"{tries} attempts to end it fail.",
        lambda canvas: one.draw(canvas, 2, 4, canvas.width - 4, two=canvas.wide) and None,
    )


def _lock(part: str, start: float, end: float, state: str) -> tuple[str, float, float, str, str]:
    words, kind = {"working": ("working", "idle"), "prepared": ("locked", "fail"),
                   "committed": ("committed", "stored")}.get(state, (state, "gone"))  # fmt: skip
    return part, start, end, words, kind
