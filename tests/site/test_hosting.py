"""What contributing/hosting.md says in numbers is so of the built site."""

import gzip
import http.client
import re
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from macros import pack
from macros.facts.finding import ROOT
from macros.machines import offline

PAGE = (ROOT / "docs" / "contributing" / "hosting.md").read_text("utf-8")
NEAR = 0.2  # of the number: they are of a kind, and move with every release


def size(path) -> float:
    """Kilobytes on the line."""
    data = path.read_bytes()
    return (len(data) if path.suffix == ".woff2" else len(gzip.compress(data, 9))) / 1000


def said(row: str) -> float:
    return float(re.search(row, PAGE)[1])


def near(given: float, found: float) -> bool:
    return abs(given - found) <= NEAR * found


def test_what_a_visit_costs(site, pages):
    first = site / "patterns" / "lru" / "index.html"
    names = set(re.findall(r'(?:href|src)="[./]*(assets/[^"]+\.(?:css|js|woff2))"', first.read_text("utf-8")))
    held = sum(size(site / name) for name in names)
    four = size(first) + 3 * statistics.median(map(size, pages))
    assert near(said(r"Styles, script and the fonts of a first visit \| (\d+)"), held), held
    assert near(said(r"13 for the first \| (\d+)"), four), four
    assert near(said(r"half of 60 \| (\d+)"), four + held / 2), four + held / 2
    assert near(said(r"another ([\d.]+) MB for each"), offline.megabytes(site)), offline.megabytes(site)


def test_sums_follow_from_their_parts():
    visit = said(r"half of 60 \| (\d+)")
    a_second = visit * 1e3 * 1e6 / 86400 / 1e6  # MB
    assert near(said(r"A million visits are (\d+) GB"), visit) and near(said(r"on average ([\d.]+) MB/s"), a_second)
    assert near(said(r"\(([\d.]+) Mbit/s\)"), 8 * a_second) and near(said(r"that is (\d+) Mbit/s"), 40 * a_second)
    assert near(said(r"pages are (\d+) requests a second"), 4e6 / 86400)


def test_packed_files_are_the_same_bytes_again(site, tmp_path):
    page = tmp_path / "index.html"
    page.write_bytes((site / "index.html").read_bytes())
    assert pack.main([str(tmp_path)]) == 0
    packed = (tmp_path / "index.html.gz").read_bytes()
    assert gzip.decompress(packed) == page.read_bytes()
    (tmp_path / "index.html.gz").unlink()
    pack.main([str(tmp_path)])
    assert (tmp_path / "index.html.gz").read_bytes() == packed


def test_what_packing_saves(site):
    files = [p for p in site.rglob("*") if p.suffix in pack.ENDINGS and p.is_file()]
    assert near(said(r"beside each file of `site/`: (\d+) MB"), sum(p.stat().st_size for p in files) / 1e6)
    assert near(said(r"become (\d+) and \d+\."), sum(len(gzip.compress(p.read_bytes(), 9)) for p in files) / 1e6)


HEADERS = dict(re.findall(r"^([A-Z][\w-]+): (.+)$", re.search(r"```text\n(.*?)```", PAGE, re.S)[1], re.M))


def test_the_file_of_headers_has_all_of_them():
    (rule,) = re.findall(r"```text\n/\*\n(.*?)\n/assets", PAGE, re.S)
    assert dict(re.findall(r"^  ([\w-]+): (.+)$", rule, re.M)) == {"Cache-Control": "no-cache", **HEADERS}


@pytest.fixture(scope="module")
def nginx(site):
    """get(path, header=…): the answer of an nginx that was set up by the page's own words, on a few files."""
    if not shutil.which("nginx"):
        pytest.skip("no nginx on this machine")
    folder = Path(tempfile.mkdtemp(prefix="nginx-"))  # which others may enter: nginx is nobody, where it can be
    folder.chmod(0o755)
    for pattern in ("*.html", "*.txt", "sw.js", "patterns/saga/index.html", "assets/*", "search/*", "run/*.py"):
        for path in site.glob(pattern):
            (folder / "site" / path.relative_to(site)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / "site" / path.relative_to(site))
    pack.main([str(folder / "site")])
    (policy,) = re.findall(r"^RUN (sed .*)$", PAGE, re.M)
    subprocess.run(policy, shell=True, cwd=folder, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (server,) = re.findall(r"```nginx\n(.*?)```", PAGE, re.S)
    for there, here in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("/usr/share/nginx/html", f"{folder}/site"),
        ("/etc/nginx/policy.conf", f"{folder}/policy.conf"),
    ):
        assert there in server
        server = server.replace(there, here)
    places = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ default_type application/octet-stream; access_log off; {places}\n{server} }}\n",
        "utf-8",
    )
    process = subprocess.Popen(["nginx", "-c", folder / "nginx.conf", "-p", folder], stderr=subprocess.DEVNULL)

    def get(path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()

    for _ in range(100):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield get
    process.terminate()
    process.wait()
    shutil.rmtree(folder)


def test_the_nginx_recipe_sends_packed_files_and_says_what_depends_on_it(nginx, site):
    text = (site / "patterns/saga/index.html").read_bytes()
    status, headers, body = nginx("/patterns/saga/", Accept_Encoding="gzip, br")
    assert (status, headers["Content-Encoding"], gzip.decompress(body)) == (200, "gzip", text)
    assert headers["Vary"] == "Accept-Encoding"
    status, headers, body = nginx("/patterns/saga/")
    assert (status, headers["Vary"], body) == (200, "Accept-Encoding", text)
    status, headers, body = nginx("/patterns/saga/", If_None_Match=headers["ETag"])
    assert (status, body) == (304, b"")
    assert nginx("/run/lru.py")[1]["Content-Type"] == "text/plain; charset=utf-8"


def test_the_nginx_recipe_keeps_named_files_for_a_year_and_nothing_else(nginx, site):
    named = [*site.glob("assets/core.*.css"), *site.glob("search/index.*.json"), *site.glob("assets/*.woff2")]
    for path in named:
        status, headers, _ = nginx(f"/{path.relative_to(site).as_posix()}")
        assert (status, headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable"), path
    for path in ("/", "/sw.js", "/llms.txt"):
        assert (nginx(path)[0], nginx(path)[1]["Cache-Control"]) == (200, "no-cache"), path
    for path in ("/no/such/", "/assets/core.00000000.css"):
        status, headers, body = nginx(path)
        assert (status, headers["Cache-Control"]) == (404, "no-cache"), path
        assert b"This page is not on the board" in body


def test_the_nginx_recipe_sends_the_headers_with_every_answer(nginx, site):
    policy = (site / "policy.txt").read_text("utf-8").strip().partition(": ")[2]
    for path in ("/", "/patterns/saga", "/no/such/", "/sw.js"):
        headers = nginx(path)[1]
        assert {name: headers.get(name) for name in HEADERS} == {**HEADERS, "Content-Security-Policy": policy}, path
    assert nginx("/patterns/saga")[:1] == (301,) and nginx("/patterns/saga")[1]["Location"] == "/patterns/saga/"
