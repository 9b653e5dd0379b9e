"""make bench: build time and memory at 130, 520 and 2,080 patterns, beside a bare Material build of the same Markdown.

Both builds of a size run one after the other in this process's children; the table gives CPU seconds (user and system,
children included), peak memory of the largest process, and their ratios. Ratios travel between machines, seconds do
not.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from itertools import cycle
from pathlib import Path

import yaml

from macros.facts.finding import ROOT

SIZES = (130, 520, 2080)
WORDS = (
    "amber birch cedar delta ember flint grove heron islet jetty "
    "knoll larch maple north olive pearl quartz ridge slate thorn"
).split()
BARE = """
site_name: bare
theme: {name: material, font: false}
plugins: [search]
"""


def name(i: int) -> str:
    """A name of three words that no other number has."""
    return " ".join(WORDS[i // 20**k % 20] for k in (2, 1, 0)).capitalize() + f" {i}"


def slug(i: int) -> str:
    return name(i).lower().replace(" ", "-")


def synthetic(root: Path, n: int) -> None:
    """A copy of the repository whose catalogue holds n patterns of ordinary size."""
    ignored = shutil.ignore_patterns(".git", ".venv", "node_modules", "site", "build", "__pycache__", ".pytest_cache")
    shutil.copytree(ROOT, root, ignore=ignored)
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    model = yaml.safe_load((root / "data/patterns/circuit-breaker.yml").read_text("utf-8"))
    for path in (root / "data").glob("*.yml"):  # and pages that these lead to
        path.write_text(
            re.sub(r"read: patterns/[a-z0-9-]+", "read: phases/deep-dive", path.read_text("utf-8")), "utf-8"
        )
    home = root / "docs/index.md"
    home.write_text(re.sub(r"{{ replay\(.*?\) }}", "", home.read_text("utf-8")), "utf-8")
    page = re.sub(r"\n{{ drawing\(.*?\) }}\n", "", (root / "docs/patterns/circuit-breaker.md").read_text("utf-8"))
    drawing = (root / "data/diagrams/circuit-breaker.mmd").read_text("utf-8")
    quoting = "".join(
        path.read_text("utf-8")
        for kind in ("patterns", "playbooks")
        for path in [*(root / "data" / kind).glob("*.yml"), *(root / "docs" / kind).glob("*.md")]
    )
    for kind in ("patterns", "playbooks"):
        for record in (root / "data" / kind).glob("*.yml"):
            (root / "docs" / kind / f"{record.stem}.md").unlink()
            record.unlink()
    for path in [*(root / "data/corrections").glob("*.yml"), *(root / "data/heard").glob("*.yml")]:
        path.unlink()
    said = (ROOT / "data/heard/circuit-breaker.yml").read_text("utf-8")
    for path in [*(root / "data/algorithms").glob("*.yml"), *(root / "reference").glob("*.py")]:
        path.unlink()  # they stand on pages that were taken out
    categories = [c["slug"] for c in yaml.safe_load((root / "data/vocabulary.yml").read_text("utf-8"))["categories"]]
    for i in range(n):
        record = model | {
            "name": name(i),
            "category": categories[i % len(categories)],
            "aliases": [f"alias {i}", f"{WORDS[i % 20]} alias of {i}"],
            "searches": [f"{q} {i}" for q in model["searches"][:6]],
            "numbers": [{"value": f"{i}", "meaning": "Its place in the list.", "source": "arithmetic"}],
            "cards": [
                card
                | {
                    "id": f"{slug(i)}-{k}",
                    "question": f"{kind} " + " ".join(f"{w}{i * 7 + k}" for w in WORDS[k : k + 6]) + "?",
                }
                for k, (card, kind) in enumerate(zip(model["cards"], ("Why", "When", "How", "Why"), strict=False))
            ],
        }
        text = yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=10_000, default_style='"')
        head = "# yaml-language-server: $schema=../schema/pattern.schema.json\n"
        (root / f"data/patterns/{slug(i)}.yml").write_text(head + text, "utf-8")
        (root / f"docs/patterns/{slug(i)}.md").write_text(page.replace("circuit-breaker", slug(i)), "utf-8")
        (root / f"data/diagrams/{slug(i)}.mmd").write_text(drawing, "utf-8")
        (root / f"data/heard/{slug(i)}.yml").write_text(said, "utf-8")
    pairs = {tuple(sorted((slug(i), slug((i + step) % n)))) for i in range(n) for step in (1, 7)}
    rows = [f"  - {{from: {a}, to: {b}, kind: works-with, why: Both stand in the list.}}" for a, b in sorted(pairs)]
    head = "# yaml-language-server: $schema=schema/relations.schema.json\nrelations:\n"
    (root / "data/relations.yml").write_text(head + "\n".join(rows) + "\n", "utf-8")
    for path in (root / "data/phases").glob("*.yml"):
        lines = path.read_text("utf-8").splitlines()
        keys = f"key_patterns: [{', '.join(slug(i) for i in range(6))}]"
        path.write_text("\n".join(keys if x.startswith("key_patterns:") else x for x in lines) + "\n", "utf-8")
    others = cycle(range(n))
    instead: dict[str, str] = {}  # of each pattern that a problem names
    for path in (root / "data/problems").glob("*.yml"):
        text = re.sub(
            r"(?<=pattern: )[a-z0-9-]+",
            lambda m: instead[m[0]] if m[0] in instead else instead.setdefault(m[0], slug(next(others))),
            path.read_text("utf-8"),
        )
        path.write_text(text, "utf-8")
    plans = root / "data/plans.yml"
    steps = re.sub(
        r"(?<=patterns/)[a-z0-9-]+", lambda m: instead.get(m[0]) or slug(next(others)), plans.read_text("utf-8")
    )
    plans.write_text(steps.split("  - slug: four-weeks")[0], "utf-8")  # which reads playbooks; there are none here
    cited = "".join(
        path.read_text("utf-8")
        for path in [
            *(root / "data/phases").glob("*.yml"),
            *(root / "data/problems").glob("*.yml"),
            root / "data/interview.yml",
        ]
    )
    used = set(re.findall(r"source: ([a-z0-9-]+)", cited)) | {x["source"] for x in model["sources"]}
    quoted = set(re.findall(r"figure: ([a-z0-9-]+)", cited))
    products = root / "data/products.yml"
    head, *figures = re.split(r"^(?=  [a-z0-9-]+:$)", products.read_text("utf-8"), flags=re.M)
    figures = [text for text in figures if text.split(":")[0].strip() in quoted]
    products.write_text(head + "".join(figures), "utf-8")
    used |= set(re.findall(r"source: ([a-z0-9-]+)", "".join(figures)))
    head, *sources = re.split(r"^(?=  [a-z0-9-]+:)", (root / "data/sources.yml").read_text("utf-8"), flags=re.M)
    kept = [text for text in sources if text.split(":")[0].strip() in used]
    (root / "data/sources.yml").write_text(head + "".join(kept), "utf-8")
    deck = root / "data/deck.yml"
    deck.write_text(re.split(r"^cards:", deck.read_text("utf-8"), flags=re.M)[0] + "cards: {}\n", "utf-8")
    asked = root / "data/problems-asked.yml"
    asked.write_text(re.split(r"^problems:", asked.read_text("utf-8"), flags=re.M)[0] + "problems: []\n", "utf-8")
    glossary = root / "data/glossary.yml"
    glossary.write_text(re.sub(r", see: [a-z0-9-]+|, pages: \[[^]]*\]", "", glossary.read_text("utf-8")), "utf-8")
    for path in (root / "docs").rglob("*.md"):  # links and calls that named real patterns
        text = re.sub(
            r"\[([^\]]+)\]\((?:\.\./)?(?:patterns|playbooks)/(?!index)[a-z0-9-]+\.md(?:#[a-z0-9-]+)?\)",
            r"\1",
            path.read_text("utf-8"),
        )
        if (root / "data/patterns" / f"{path.stem}.yml").exists():
            text = re.sub(r"\[([^\]]+)\]\([a-z0-9-]+\.md(?:#[a-z0-9-]+)?\)", r"\1", text)
        path.write_text(text, "utf-8")
    manual = root / "docs/contributing/macros.md"
    quote = re.compile(r"""(?:q\("|\{)([a-z-]+)\.([a-z][a-z0-9_]*)""")
    known = {path.stem for path in (root / "data/problems").glob("*.yml")}
    told = sorted({f"{of}.{id}" for of, id in quote.findall(quoting) if of in known})  # every step has to be quoted
    quotes = " ".join(f'{{{{ q("{name}") }}}}' for name in told)
    manual.write_text(f"# Macros\n\nLeft out, but for numbers that patterns quote: {quotes}\n", "utf-8")
    (root / "mkdocs.yml").write_text(
        "\n".join(
            x for x in (root / "mkdocs.yml").read_text("utf-8").splitlines() if not re.search(r"playbooks/(?!index)", x)
        )
        + "\n",
        "utf-8",
    )


def run(command: list[str], cwd: Path) -> tuple[float, float]:
    """CPU seconds and peak MB of a command and its children."""
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(cwd)}
    with open(cwd / "bench.log", "wb") as log:
        child = subprocess.Popen(command, cwd=cwd, env=env, stdout=log, stderr=log)
        _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit((cwd / "bench.log").read_text("utf-8")[-3000:])
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def bare(root: Path, ours: Path) -> None:
    """The same Markdown with every macro filled in, for a Material site without any of our code."""
    config = yaml.safe_load(BARE) | {"docs_dir": "docs", "markdown_extensions": []}
    for one in yaml.safe_load(
        (ours / "mkdocs.yml")
        .read_text("utf-8")
        .replace("!ENV", "")
        .split("validation:")[0]
        .split("markdown_extensions:")[1]
    ):
        config["markdown_extensions"].append(one)
    root.mkdir()
    shutil.copytree(ours / "dumped", root / "docs")
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")


DUMPER = """
from pathlib import Path

def on_page_markdown(markdown, page, config, files):
    target = Path("dumped") / page.file.src_uri
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(markdown, "utf-8")
    return markdown
"""


def main() -> None:
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "-q", "--site-dir"]
    print(
        f"{'patterns':>9}{'ours CPU s':>12}{'bare CPU s':>12}{'ratio':>7}{'ours MB':>9}{'bare MB':>9}"
        f"{'ms a page':>11}{'page kB':>9}{'index kB gz':>13}"
    )
    rates = []
    for n in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            ours, other = Path(folder) / "ours", Path(folder) / "bare"
            synthetic(ours, n)
            (ours / "dump.py").write_text(DUMPER, "utf-8")
            config = (ours / "mkdocs.yml").read_text("utf-8")
            (ours / "mkdocs.yml").write_text(
                config.replace("hooks: [macros/hooks.py]", "hooks: [macros/hooks.py, dump.py]"), "utf-8"
            )
            run([*mkdocs, "first"], ours)  # draws the diagrams and writes what the bare site is built from
            bare(other, ours)
            (ours / "mkdocs.yml").write_text(config, "utf-8")
            cpu, memory = run([*mkdocs, "site"], ours)
            cpu_bare, memory_bare = run([*mkdocs, "site"], other)
            page = (ours / "site/patterns" / slug(3) / "index.html").stat().st_size / 1000
            index = len(gzip.compress(next((ours / "site/search").glob("index.*.json")).read_bytes(), 9)) / 1000
            rates.append(cpu / n * 1000)
            print(
                f"{n:>9}{cpu:>12.1f}{cpu_bare:>12.1f}{cpu / cpu_bare:>7.2f}{memory:>9.0f}{memory_bare:>9.0f}"
                f"{rates[-1]:>11.1f}{page:>9.1f}{index:>13.0f}",
                flush=True,
            )
    print(f"cost of a page at {SIZES[-1]} against {SIZES[0]} patterns: {rates[-1] / rates[0]:.2f}")


if __name__ == "__main__":
    main()
