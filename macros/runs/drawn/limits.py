"""Figures of what is let through over time: a token bucket, the edges of a window, a breaker, and waves of retries."""

from __future__ import annotations

from random import Random

from macros.runs.canvas import Canvas, Figure


def bucket(run) -> Figure:
    """Tokens over time: down by each request that passes, up at the rate, never above the burst."""
    m, given = run.module, run.given
    rate, burst = given["rate"], given["burst"]
    one, level, calls = m.TokenBucket(rate, burst), [(0.0, float(burst))], []
    for at, cost in given["requests"]:
        one.retry_after(at, cost)  # refills
        level.append((at, one.tokens))
        passed = one.admit(at, cost)
        level.append((at, one.tokens))
        calls.append((at, passed))
    end = max(at for at, _ in calls) + 0.5
    level.append((end, min(burst, one.tokens + rate * (end - one.last))))
    passed, refused = (sum(ok is which for _, ok in calls) for which in (True, False))

    def paint(canvas: Canvas) -> None:
        left, right = 64, canvas.width - 20
        top, base = 26, 26 + 132

        def x(at: float) -> float:
            return left + (right - left) * at / end

        def y(tokens: float) -> float:
            return base - (base - top) * tokens / burst

        canvas.line(left, top, right, top, "idle")
        canvas.text(left - 8, top + 5, f"burst {burst:g}", "s e")
        canvas.text(left - 8, base + 5, "0 tokens" if canvas.wide else "0", "s e")
        area = "L".join(f"{x(at):.1f} {y(tokens):.1f}" for at, tokens in level)
        canvas.path(f"M{x(0):.1f} {base}L{area}L{x(end):.1f} {base}z", "stored")
        gaps = [(b[0] - a[0], a, b) for a, b in zip(level, level[1:], strict=False) if b[1] > a[1]]
        _, a, b = max(gaps)
        canvas.text(x((a[0] + b[0]) / 2) - 6, y((a[1] + b[1]) / 2) - 12, f"+{rate:g} a second", "s e stored")
        canvas.axis(left, right, base + 68, [(x(n / 2), f"{n / 2:g}") for n in range(int(2 * end) + 1)], "s")
        stacks: dict[float, int] = {}
        for at, ok in calls:
            n = stacks[at] = stacks.get(at, 0) + 1
            place = base + 14 + 8 * n if n < 5 else base + 14 + 8 * 5
            if ok:
                canvas.dot(x(at), place, 3.5, "flow")
            else:
                canvas.cross(x(at), place, 4)
        key, low = canvas.width / 2 - 70, base + 104
        canvas.dot(key, low, 3.5, "flow")
        canvas.text(key + 9, low + 5, "passes", "s")
        canvas.cross(key + 66, low, 4)
        canvas.text(key + 76, low + 5, "gets a 429", "s")
        canvas.low = max(canvas.low, low + 8)

    said = "; ".join(f"{at:g} s {'passes' if ok else 'gets a 429'}" for at, ok in calls)
    return Figure(
        "Tokens in a bucket over time",
        f"The bucket holds at most {burst:g} tokens, and {rate:g} come back each second. It starts full. "
        f"Requests: {said}.",
        f"Of {len(calls)} requests {passed} pass, {burst:g} of them at once from the full bucket, and "
        f"{refused} are refused; "
        f"after the burst they pass no faster than {rate:g} a second.",
        paint,
    )


def windows(run) -> Figure:
    """A burst on each side of a border, by three limiters: what each admits, and what one window's length has seen."""
    m, given = run.module, run.given
    limit, window = given["limit"], given["window"]
    makers = {"fixed window": m.FixedWindow, "sliding log": m.SlidingLog, "two counters": m.SlidingCounter}
    limiters = {name: make(limit, window) for name, make in makers.items()}
    admitted = {name: [(at, sum(one.admit(at) for _ in range(n)), n) for at, n in given["requests"]]
                for name, one in limiters.items()}  # fmt: skip

    def worst(rows: list[tuple]) -> tuple[int, float]:
        """The most that any window's length has seen, and when it ended."""
        return max((sum(ok for then, ok, _ in rows if at - window < then <= at), -at) for at, _, _ in rows)

    most = {name: worst(rows)[0] for name, rows in admitted.items()}
    end = 2 * window

    def paint(canvas: Canvas) -> None:
        left, right = (112 if canvas.wide else 6), canvas.width - (82 if canvas.wide else 12)
        start = min(at for at, _ in given["requests"]) - window * 0.15

        def x(at: float) -> float:
            return left + (right - left) * (at - start) / (end - start)

        y, unit = 20.0, 10
        canvas.text(x(window), 13, f"border at {window:g} s", "s c")
        tall = 0.0
        for name, rows in admitted.items():
            high = unit * max(n for _, _, n in rows) + 22
            y += (8 if canvas.wide else 26) + high
            ended = -worst(rows)[1]
            canvas.line(x(window), y - high + 8, x(window), y, "idle")
            if canvas.wide:
                canvas.text(left - 12, y - 4, name, "b e")
                bad = most[name] > limit
                canvas.text(right + 8, y - 20, f"{most[name]} within", "s fail" if bad else "s")
                canvas.text(right + 8, y - 4, f"{window:g} s", "s fail" if bad else "s")
            else:
                canvas.text(left, y - high, name, "b")
                bad = most[name] > limit
                canvas.text(canvas.width - 4, y - high, f"{most[name]} in {window:g} s", "s e fail" if bad else "s e")
            canvas.line(left, y, right, y, "ink")
            seen: dict[float, float] = {}
            for at, ok, n in rows:
                w = 13
                near = any(abs(x(at) - x(other)) < w for other in seen)
                px = x(at) + (w / 2 + 1 if at >= window else -w / 2 - 1) * (near or abs(x(at) - x(window)) < w)
                seen[at] = px
                for k in range(n):
                    over = most[name] > limit and ended - window < at <= ended
                    kind = "gone" if k >= ok else "fail" if over else "flow"
                    canvas.box(px - w / 2, y - unit * (k + 1), w, unit - 2, kind, 0)
                canvas.text(px, y - unit * n - 4, ok, "s c")
            tall = y
        ticks = [(x(at), f"{at:g}") for at in range(int(window), int(end) + 1, int(window / 4))]
        canvas.axis(left, right, tall + 16, ticks, "s")

    def told(name: str) -> str:
        return f"{name}: " + ", ".join(f"{ok} of {n} at {at:g} s" for at, ok, n in admitted[name])

    return Figure(
        "Around the edge of a window",
        f"Limit {limit} in {window:g} s, the border at {window:g} s. "
        f"{'. '.join(told(name).capitalize() for name in admitted)}.",
        f"With a limit of {limit}, the fixed window admits {most['fixed window']} within {window:g} s, on both "
        "sides of its "
        f"border; the log {most['sliding log']}, the two counters {most['two counters']}.",
        paint,
    )


def breaker(run) -> Figure:
    """The state of a circuit breaker over time, and what becomes of each call."""
    m, given = run.module, run.given
    one, events = m.CircuitBreaker(m.Settings(**given["settings"])), []
    for n, (start, outcome, seconds) in enumerate(given["calls"]):
        events += [(start, 1, n, outcome, seconds), (start + seconds, 0, n, outcome, seconds)]
    permits, fates, states = {}, {}, [(0.0, one.state)]
    for at, starts, n, outcome, seconds in sorted(events):
        if starts:
            permits[n] = one.allow(at)
            fates[n] = "refused" if permits[n] is None else outcome
        elif permits[n] is not None:
            one.record(permits[n], outcome, seconds, at)
        if one.state != states[-1][1]:
            states.append((at, one.state))
    end = max(at for at, *_ in events) + 0.8
    spans = [(at, after, state) for (at, state), (after, _) in zip(states, [*states[1:], (end, "")], strict=True)]
    opened = next(span for span in spans if span[2] == m.OPEN)
    refused = sum(fate == "refused" for fate in fates.values())
    kinds = {m.CLOSED: "stored", m.OPEN: "fail", m.HALF_OPEN: "flow"}

    def paint(canvas: Canvas) -> None:
        left, right = 6, canvas.width - 14

        def x(at: float) -> float:
            return left + (right - left) * at / end

        canvas.text(left, 14, "calls", "b")
        for n, (start, _, _) in enumerate(given["calls"]):
            fate, cx = fates[n], x(start) + 6
            canvas.line(cx, 34, cx, 76, "idle" if fate == "refused" else "flow")
            if fate == "ok":
                canvas.dot(cx, 34, 6, "stored")
            elif fate == "refused":
                canvas.dot(cx, 34, 6, "gone")
                canvas.line(cx - 8, 70, cx + 8, 70, "ink")
            else:
                canvas.cross(cx, 34)
        y = 78
        for start, after, state in spans:
            canvas.box(x(start), y, x(after) - x(start), 40, kinds[state], 0)
            short = x(after) - x(start) < 7.6 * len(state)
            canvas.text((x(start) + x(after)) / 2, y + (60 if short else 25), state, "b c" if not short else "s c b")
        canvas.axis(left, right, y + 72, [(x(n), n) for n in range(0, int(end) + 1, 1 if canvas.wide else 2)], "s")
        keys = (("stored", "answered"), ("x", "failed"), ("gone", "refused at once"))
        kx = canvas.width / 2 - 150
        for (kind, words), step in zip(keys, (0, 96, 168), strict=True):
            if kind == "x":
                canvas.cross(kx + step, y + 112, 5)
            else:
                canvas.dot(kx + step, y + 112, 5, kind)
            canvas.text(kx + step + 12, y + 116, words, "s")

    told = ", ".join(f"{state} from {at:g} s" for at, state in states)
    calls = ", ".join(f"{start:g} s {fates[n]}" for n, (start, *_) in enumerate(given["calls"]))
    return Figure(
        "A circuit breaker over time",
        f"The breaker is {told}. The calls: {calls}.",
        f"Open for {opened[1] - opened[0]:g} s, the breaker refuses {refused} call{'s' * (refused != 1)} "
        "without asking the "
        f"dependency; then {given['settings']['probes']} probes close it.",
        paint,
    )


def waves(run) -> Figure:
    """Retries of clients that failed together, by kind of jitter: each a dot at its moment."""
    m, given = run.module, run.given
    base, cap, first = given["base"], given["cap"], given["after"]
    kinds = {"none": "no jitter", "equal": "equal jitter", "full": "full jitter"}
    times = {}
    for jitter in kinds:
        rng, found = Random(given["seed"]), []
        for _ in range(given["clients"]):
            now, pause = 0.0, m.interval(first, base, cap)
            for n in range(first, first + given["retries"]):
                pause = m.wait(jitter, n, pause, base, cap, rng)
                now += pause
                found.append(now)
        times[jitter] = found
    crowd = {jitter: max(sum(int(t * 50) == slot for t in found) for slot in {int(t * 50) for t in found})
             for jitter, found in times.items()}  # fmt: skip
    end = max(max(found) for found in times.values()) * 1.1

    def paint(canvas: Canvas) -> None:
        left, right = (110, canvas.width - 110) if canvas.wide else (6, canvas.width - 14)

        def x(at: float) -> float:
            return left + (right - left) * at / end

        y = 0.0
        for jitter, words in kinds.items():
            high = 9 * given["clients"] + 12
            y += high + (8 if canvas.wide else 26)
            bad = jitter == "none"
            most = f"{crowd[jitter]} at once"
            if canvas.wide:
                canvas.text(left - 12, y - 4, words, "b e")
                canvas.text(right + 12, y - 4, most, "s fail" if bad else "s")
            else:
                canvas.text(left, y - high, words, "b")
                canvas.text(right, y - high, most, "s e fail" if bad else "s e")
            canvas.line(left, y, right, y, "ink")
            slots: dict[int, int] = {}
            for at in sorted(times[jitter]):
                slot = int(x(at) / 9)
                slots[slot] = slots.get(slot, 0) + 1
                canvas.dot(x(at), y - 6 - 9 * (slots[slot] - 1), 4, "fail" if bad else "flow")
        ticks = [(x(n / 5), f"{n / 5:g}") for n in range(int(5 * end) + 1)]
        canvas.axis(left, right, y + 14, ticks, "s")

    told = ". ".join(
        f"{words.capitalize()}: " + ", ".join(f"{t:.2f}" for t in sorted(times[k])) for k, words in kinds.items()
    )
    return Figure(
        "Retries with and without jitter",
        f"{given['clients']} clients fail together at 0 s and repeat {given['retries']} times. Moments in "
        f"seconds. {told}.",
        f"Without jitter all {crowd['none']} clients return within 20 ms of one another, {given['retries']} "
        "times; with full "
        f"jitter at most {crowd['full']} meet.",
        paint,
    )
