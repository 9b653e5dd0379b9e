"""Curves of the reference algorithms: computed by the modules that the pages show, drawn once a content as inline SVG.

A curve's numbers come from fixed seeds, so equal modules give equal bytes. Lines differ in dash and end label as well
as in color, and take the page's colors.
"""

from __future__ import annotations

import hashlib
import heapq
import io
import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from macros.facts.catalogue import Catalogue
from macros.facts.finding import ROOT, GuideError, unknown
from macros.runs import traces

DRAWN = ROOT / "build" / "plots"
Curve = tuple[str, Sequence[float], Sequence[float]]  # label, x, y


@dataclass(frozen=True)
class Chart:
    title: str
    description: str  # what the curves show, for those who do not see them
    x: str  # axis with its unit
    y: str
    lines: tuple[Curve, ...]
    log_x: bool = False
    log_y: bool = False


# --- what is plotted ---


def backoff(m) -> Chart:
    """Brooker's model (2015): clients read a version and write on it.

    A write on an old version fails, and its client waits. Each way over the network takes 10 ms with a standard
    deviation of 2 ms; base 5 ms, cap 2 s.
    """
    sizes = (5, 10, 20, 40, 80, 160)

    def calls(jitter: str, clients: int) -> float:
        rng, total, runs = random.Random(f"{jitter}{clients}"), 0, 40

        def way() -> float:
            return abs(rng.gauss(0.010, 0.002))

        for _ in range(runs):
            version = 0
            # when it arrives, who, what, version, attempt, last wait
            due = [(way(), i, "read", 0, 0, 0.005) for i in range(clients)]
            heapq.heapify(due)
            while due:
                now, who, what, seen, n, last = heapq.heappop(due)
                total += 1
                if what == "read":
                    heapq.heappush(due, (now + way() + way(), who, "write", version, n, last))
                elif seen == version:
                    version += 1
                else:
                    pause = m.wait(jitter, n, last, 0.005, 2.0, rng)
                    heapq.heappush(due, (now + way() + pause + way(), who, "read", 0, n + 1, pause))
        return total / runs

    kinds = ("none", "equal", "decorrelated", "full")
    lines = tuple((kind if kind != "none" else "no jitter", sizes, [calls(kind, n) for n in sizes]) for kind in kinds)
    ends = ", ".join(f"{label} {ys[-1]:,.0f}" for label, _, ys in lines)
    return Chart(
        "Calls until every write has succeeded, by kind of jitter",
        "Clients that start together and write on one version, as in Brooker's model. "
        f"With {sizes[-1]} clients: {ends}.",
        "clients that start together",
        "calls in all",
        lines,
        log_x=True,
        log_y=True,
    )


def hit_ratio(lru, lfu, s3) -> Chart:
    """One trace for all: Zipf-like requests over 1,000 keys, and a scan of new keys through the middle of it."""
    rng = random.Random(1)
    weights = [1 / (k + 1) ** 0.9 for k in range(1000)]
    trace = rng.choices(range(1000), weights, k=12_000)
    trace[6000:6000] = range(10_000, 11_500)
    sizes = (10, 20, 50, 100, 200, 400)

    def ratio(make: Callable, capacity: int) -> float:
        cache, hits = make(capacity), 0
        for key in trace:
            if cache.get(key) is None:
                cache.put(key, True)
            else:
                hits += 1
        return 100 * hits / len(trace)

    kinds = (("LRU", lru.LRU), ("LFU", lfu.LFU), ("S3-FIFO", s3.S3FIFO))
    lines = tuple((name, sizes, [ratio(make, n) for n in sizes]) for name, make in kinds)
    middle = ", ".join(f"{name} {ys[3]:.0f}%" for name, _, ys in lines)
    return Chart(
        "Hit ratio of three policies on one trace with a scan",
        "13,500 requests for 1,000 keys of Zipf-like popularity, with 1,500 keys scanned once. "
        f"With room for 100 keys: {middle}.",
        "capacity, keys",
        "hit ratio, %",
        lines,
        log_x=True,
    )


def ring_balance(m) -> Chart:
    counts = (1, 2, 5, 10, 20, 50, 100, 200)
    keys = [f"key-{i}" for i in range(4000)]

    def worst(points: int) -> float:
        ring = m.Ring([f"node-{i}" for i in range(10)], points)
        load_of = {}
        for key in keys:
            load_of[ring.owner(key)] = load_of.get(ring.owner(key), 0) + 1
        return max(load_of.values()) / (len(keys) / 10)

    ys = [worst(n) for n in counts]
    return Chart(
        "Load of the busiest of ten nodes, by virtual nodes",
        f"With one point a node the busiest holds {ys[0]:.1f} times its fair share, "
        f"with {counts[-1]} points {ys[-1]:.2f} times. 4,000 keys.",
        "virtual nodes for each node",
        "times its fair share",
        (("ring", counts, ys),),
        log_x=True,
    )


def bloom_error(m) -> Chart:
    keys, bits = 1000, (4, 6, 8, 10, 12, 14, 16)

    def measured(per_key: int) -> float:
        error = 2.718281828 ** (-per_key * 0.6931471806**2)
        bloom = m.BloomFilter(keys, error)
        for i in range(keys):
            bloom.add(f"in-{i}")
        return max(100 * sum(bloom.ask(f"out-{i}") for i in range(40_000)) / 40_000, 1e-3)

    def stated(per_key: int) -> float:
        return 100 * m.expected_error(per_key * keys, max(1, round(per_key * 0.6931471806)), keys)

    lines = (("measured", bits, [measured(b) for b in bits]), ("formula", bits, [stated(b) for b in bits]))
    return Chart(
        "Bloom filter: false positives against bits for each key",
        f"At 10 bits a key {lines[0][2][3]:.1f}% of absent keys get a maybe, measured on 40,000; "
        "each further 4.8 bits make it a tenth.",
        "bits for each key",
        "false positives, %",
        lines,
        log_y=True,
    )


def fan_out(m) -> Chart:
    followers = (1, 3, 10, 30, 100, 300, 1000, 3000)
    quiet = [f"quiet-{i}" for i in range(20)]  # everybody follows these as well; they do not post

    def work(border: float, n: int) -> float:
        feeds = m.Feeds(border)
        for i in range(n):
            feeds.follow(f"reader-{i}", "author")
            for other in quiet:
                feeds.follow(f"reader-{i}", f"{other}-of-{i // 100}")  # each has at most 100 followers
        feeds.work.clear()
        feeds.post("author", (1, "p1"))
        for i in range(0, n, 10):  # one follower in ten looks
            feeds.view(f"reader-{i}")
        return sum(feeds.work.values())

    kinds = (("on write", float("inf")), ("on read", 0), ("hybrid, border 300", 300))
    lines = tuple((name, followers, [work(border, n) for n in followers]) for name, border in kinds)
    write, read, hybrid = (ys[-1] for _, _, ys in lines)
    return Chart(
        "Work for one post of one author, by followers",
        "Inserts and look-ups where one follower in ten looks, and follows 20 others. "
        f"At 3,000 followers: {write:,.0f} on write, {read:,.0f} on read, {hybrid:,.0f} in the hybrid.",
        "followers",
        "inserts and look-ups",
        lines,
        log_x=True,
        log_y=True,
    )


PLOTS: dict[str, tuple[Callable, tuple[str, ...]]] = {
    "backoff": (backoff, ("backoff",)),
    "hit-ratio": (hit_ratio, ("lru", "lfu", "s3_fifo")),
    "ring-balance": (ring_balance, ("consistent_hashing",)),
    "bloom-error": (bloom_error, ("bloom_filter",)),
    "fan-out": (fan_out, ("fan_out",)),
}

# --- how it is drawn ---


def plot(c: Catalogue, name: str) -> str:
    """SVG and caption; drawn again only where a module or this file changed. GuideError for an unknown name."""
    return _kept(c, name)[0].read_text("utf-8")


def value(c: Catalogue, name: str, curve: str, x: float) -> float:
    """What one curve of a plot is at one of its points, so that a sentence beside it cannot say another thing."""
    lines = json.loads(_kept(c, name)[1].read_text("utf-8"))
    if curve not in lines:
        raise GuideError(unknown("curve", curve, lines, f"'{name}' in macros/runs/plots.py"))
    points = dict(lines[curve])
    if x not in points:
        raise GuideError(
            f"'{curve}' of plot '{name}' has no point at {x}; it has {', '.join(f'{p:g}' for p in points)}"
        )
    return points[x]


def _kept(c: Catalogue, name: str) -> tuple[Path, Path]:
    """The drawing of a plot, and the points of its curves."""
    if name not in PLOTS:
        raise GuideError(unknown("plot", name, PLOTS, "macros/runs/plots.py"))
    make, modules = PLOTS[name]
    sources = [c.root / "reference" / f"{m}.py" for m in modules]
    content = b"".join(path.read_bytes() for path in (Path(__file__), *sources))
    digest = hashlib.sha256(content + version("matplotlib").encode()).hexdigest()[:12]
    drawing, points = DRAWN / f"{name}.{digest}.svg", DRAWN / f"{name}.{digest}.json"
    if not drawing.exists() or not points.exists():
        DRAWN.mkdir(parents=True, exist_ok=True)
        for old in DRAWN.glob(f"{name}.*"):
            old.unlink()
        chart = make(*map(traces.executed, sources))
        lines = {label: list(zip(xs, ys, strict=True)) for label, xs, ys in chart.lines}
        points.write_text(json.dumps(lines), "utf-8")
        drawing.write_text(draw(chart, name), "utf-8")
    return drawing, points


STYLES = (
    ("-", "o", "#010101"),
    ("--", "s", "#030303"),
    (":", "^", "#040404"),
    ("-.", "D", "#050505"),
)  # placeholders of color
COLORS = {
    "#010101": "var(--ink)",
    "#020202": "var(--line)",
    "#030303": "var(--blue)",
    "#040404": "var(--red)",
    "#050505": "var(--green)",
    "#000000": "var(--ink)",
}


def draw(chart: Chart, name: str) -> str:
    """The chart as SVG with a title and a description, in the page's colors and font."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot, ticker

    settings = {
        "svg.fonttype": "none",
        "svg.hashsalt": name,
        "font.family": "sans-serif",
        "font.size": 11,
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
    with pyplot.rc_context(settings):
        figure, axes = pyplot.subplots(figsize=(4.7, 3.2), layout="constrained")
        for (label, xs, ys), (dash, dot, color) in zip(chart.lines, STYLES, strict=False):
            axes.plot(xs, ys, dash, marker=dot, color=color, linewidth=2, markersize=5, label=label)
        axes.set_xlabel(chart.x)
        axes.set_ylabel(chart.y)
        for log, set_scale, axis in (
            (chart.log_x, axes.set_xscale, axes.xaxis),
            (chart.log_y, axes.set_yscale, axes.yaxis),
        ):
            if log:
                set_scale("log")
                axis.set_minor_formatter(ticker.NullFormatter())
            axis.set_major_formatter(ticker.FuncFormatter(lambda value, _: f"{value:,.6g}"))
        if chart.log_x:
            axes.set_xticks(chart.lines[0][1])
            axes.xaxis.set_minor_locator(ticker.NullLocator())
        axes.grid(axis="y", color="#020202", linewidth=0.6)
        if len(chart.lines) > 1:
            axes.legend(frameon=False, handlelength=3)
        out = io.StringIO()
        figure.savefig(
            out, format="svg", transparent=True, metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
        pyplot.close(figure)
    svg = out.getvalue()
    svg = re.sub(r"^.*?<svg ", "<svg ", svg, count=1, flags=re.S)
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->| xmlns:xlink=\"[^\"]*\"", "", svg, flags=re.S).replace(
        "xlink:href", "href"
    )
    svg = re.sub(r" font-family: [^;\"]*;?", "", svg)  # the page's own
    svg = re.sub(r"<style.*?</style>", "", svg, flags=re.S)  # it would rule the whole page
    svg = re.sub(r"#0[0-5]0[0-5]0[0-5]", lambda m: COLORS.get(m[0], m[0]), svg)
    svg = re.sub(r"\d+\.\d{2,}", lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), svg)
    svg = re.sub(r' style="([^"]*)"', _attributes, svg)
    svg = re.sub(r'(id="|href="#|url\(#)([\w-]+)', rf"\g<1>plot-{name}-\2", svg)
    svg = re.sub(r"\s*\n\s*", "\n", svg)
    text = f'<title id="plot-{name}-t">{chart.title}</title><desc id="plot-{name}-d">{chart.description}</desc>'
    svg = re.sub(
        r'<svg [^>]*?(viewBox="[^"]*")[^>]*>',
        rf'<svg class="wh-plot" role="img" aria-labelledby="plot-{name}-t plot-{name}-d" \1>{text}',
        svg,
        count=1,
    )
    return f"{svg.strip()}\n<figcaption>{chart.title}. {chart.description}</figcaption>\n"


def _attributes(found: re.Match) -> str:
    """A style as attributes of its own, which a strict policy lets pass."""
    pairs = (one.partition(":") for one in found[1].split(";") if one.strip())
    return "".join(f' {name.strip()}="{value.strip()}"' for name, _, value in pairs)
