"""`make site` and what comes before it: a Python that will do, a folder to fill, one build at a time, a line a step."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import filelock
import pytest
from watchdog.events import FileModifiedEvent

from macros import install, new, node, progress, serve, site
from macros.facts.finding import ROOT

USE = "Whiteboard Hour needs Python 3.11 to 3.14; use make site PYTHON=python3.12"
APT = "install it, on Debian and Ubuntu by `apt install"


@pytest.mark.parametrize(
    ("version", "venv", "says"),
    [
        ((3, 10, 13), True, f"Python 3.10.13 is too old: {USE}"),
        ((2, 7, 18), False, f"Python 2.7.18 is too old: {USE}"),
        ((3, 15, 0), True, f"Python 3.15.0 is too new: {USE}"),
        ((3, 11, 2), False, f"Python 3.11.2 comes without venv: {APT} python3.11-venv`"),
        ((3, 11, 0), True, ""),
        ((3, 14, 0), True, ""),
    ],
)
def test_a_python_that_will_not_do_is_told_so_in_a_line(version, venv, says):
    assert install.fault(version, venv, ["python3.12"]) == says


def test_the_installer_is_read_by_any_python():
    """No name or syntax that an old one lacks: it has to be able to say that it is too old."""
    text = (ROOT / "macros" / "install.py").read_text("utf-8")
    compile(text, "install.py", "exec", dont_inherit=True)
    assert 'f"' not in text and "from __future__" not in text and "->" not in text and ":=" not in text
    assert text.isascii()


def test_a_venv_of_another_python_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(install, "VENV", str(tmp_path))
    assert install.made_by() is None
    (tmp_path / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.9.1\n", "utf-8")
    monkeypatch.setattr(install, "PYTHON", sys.executable)
    assert install.made_by() is None  # the configuration says 3.9, and what runs is another
    here = ".".join(map(str, sys.version_info[:3]))
    (tmp_path / "pyvenv.cfg").write_text(f"home = /usr/bin\nversion = {here}\n", "utf-8")
    assert install.made_by() == sys.version_info[:2]


def folder(path: Path, **files: str) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        target = path / name.replace("__", "/").replace("_", ".")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return path


def content(path: Path) -> dict[str, str]:
    return {p.relative_to(path).as_posix(): p.read_text("utf-8") for p in path.rglob("*") if p.is_file()}


@pytest.fixture
def fresh(tmp_path) -> Path:
    return folder(tmp_path / "build" / "site", index_html="new", a__index_html="new", b_css="new")


NEW = {"index.html": "new", "a/index.html": "new", "b.css": "new"}


def test_a_site_is_swapped(fresh, tmp_path):
    site.put(fresh, folder(tmp_path / "site", index_html="old", gone__index_html="old"))
    assert content(tmp_path / "site") == NEW and not (tmp_path / "build" / "site-old").exists()


def test_a_link_stays_one_and_its_folder_is_filled(fresh, tmp_path):
    folder(tmp_path / "elsewhere", index_html="old", gone__index_html="old", a="a file where a folder comes")
    (tmp_path / "site").symlink_to("elsewhere")
    site.put(fresh, tmp_path / "site")
    assert (tmp_path / "site").is_symlink() and content(tmp_path / "elsewhere") == NEW
    (tmp_path / "lost").symlink_to("nowhere")
    with pytest.raises(NotADirectoryError, match="a link that leads nowhere"):
        site.put(folder(tmp_path / "build" / "site"), tmp_path / "lost")


def test_a_mount_or_another_disk_is_filled_in_place(fresh, tmp_path, monkeypatch):
    target = folder(tmp_path / "site", index_html="old", gone__index_html="old")

    def rename(self, to):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(Path, "rename", rename)
    inode = target.stat().st_ino
    site.put(fresh, target)
    assert content(target) == NEW and target.stat().st_ino == inode


def test_what_an_interrupted_swap_left_is_no_hindrance(fresh, tmp_path):
    (tmp_path / "build" / "site-old").write_text("", "utf-8")
    site.put(fresh, tmp_path / "site")
    assert content(tmp_path / "site") == NEW


def test_who_comes_second_is_told_and_waits(tmp_path, capsys):
    held, over = threading.Event(), threading.Event()

    def first():
        with filelock.FileLock(tmp_path / "lock"):
            held.set()
            over.wait(5)

    other = threading.Thread(target=first)
    other.start()
    held.wait(5)
    threading.Timer(0.3, over.set).start()
    began = time.monotonic()
    with site.one_at_a_time(filelock.FileLock(tmp_path / "lock"), "another build runs; waiting"):
        assert time.monotonic() - began > 0.2
    other.join()
    assert capsys.readouterr().err == "another build runs; waiting\n"


def test_a_build_holds_its_lock_to_the_end(tmp_path, monkeypatch):
    free = []

    def build(*args, **options):
        other = filelock.FileLock(tmp_path / "build" / "site.lock", is_singleton=False)
        try:
            other.acquire(timeout=0)
        except filelock.Timeout:
            free.append(False)
        else:
            free.append(True)
            other.release()
        return subprocess.CompletedProcess(args, 1)

    monkeypatch.setattr(site, "BUILD", tmp_path / "build")
    monkeypatch.setattr(site, "SITE", tmp_path / "site")
    monkeypatch.setattr(site.subprocess, "run", build)
    assert site.main() == 1 and free == [False]


def test_a_step_is_a_line_and_a_bar_is_for_who_watches(capsys):
    steps = progress.Steps(watched=False)
    steps.bar(1, 2, "pages")
    steps.done("2 pages written")
    out = capsys.readouterr().err
    assert out.endswith("0.0 s  2 pages written (0.0 s)\n") and out.count("\n") == 1 and "\r" not in out
    steps = progress.Steps(watched=True)
    steps.bar(1, 2, "pages")
    assert "1 of 2 pages" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["", "ftp://x.y/", "https://x.y/?q=1", "https://x.y/a b/", "nonsense"])
def test_an_address_that_is_none_ends_the_build_before_it_begins(url):
    env = os.environ | {"SITE_URL": url, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", os.devnull]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode and "Traceback" not in said
    assert (
        f"SITE_URL is '{url}" in said
        or (not url and "SITE_URL is empty; write it as https://" in said)
        or "it should include the http://" in said
    )


def test_the_check_speaks_to_a_terminal_that_has_not_all_signs():
    env = os.environ | {"PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0", "LC_ALL": "C"}
    code = (
        "from macros import check, facts; from macros.facts.finding import Finding;"
        "check.found = lambda c, f: [Finding('data/\\xe9.yml', 1, '', '\\u201cnever\\u201d')];"
        "raise SystemExit(check.main([]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 1 and "\\xe9.yml:1: \\u201cnever" in done.stdout and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("flags", "given"),
    [
        (r"-- pattern=a\ b", ["pattern=a b"]),
        (r" -- pattern=x;touch\ y PYTHON=python3", ["pattern=x;touch y", "PYTHON=python3"]),
        (r"w -- pattern=$$(date)", ["pattern=$(date)"]),
        ("", []),
        ("s", []),
    ],
)
def test_make_hands_over_a_name_that_no_shell_has_seen(flags, given):
    assert new.overrides({"MAKEFLAGS": flags}) == given


@pytest.mark.parametrize("given", ["", " "])
def test_an_empty_address_of_a_pipeline_is_none(given, monkeypatch):
    """As a variable of CI is that nobody has set."""
    asked = {}

    class Failed:
        returncode = 1

    monkeypatch.setenv("SITE_URL", given)
    monkeypatch.setattr(site.subprocess, "run", lambda command, cwd, env: asked.update(env) or Failed)
    assert site.main() == 1
    assert "SITE_URL" not in asked and asked["PATH"] == os.environ["PATH"]


def test_a_port_that_is_taken_is_said_at_once(monkeypatch, capsys):
    monkeypatch.setattr(serve, "started", lambda port: pytest.fail("nothing is built for a port that is taken"))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert serve.main([str(port)]) == 1
    assert capsys.readouterr().err == (
        f"port {port} is taken by another program; stop it, or use make serve PORT={port + 1}\n"
    )


@pytest.mark.parametrize("given", ["x", "0", "-1", "80a", "65536"])
def test_what_is_no_port_is_told_so(given, capsys):
    assert serve.main([given]) == 2
    assert capsys.readouterr().err == f"'{given}' is not a port; use a number such as make serve PORT=8080\n"


def test_every_folder_of_sources_is_watched_and_an_edited_module_begins_anew():
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    watched = text[text.index("\nwatch: [") :].split("]")[0]
    for name in ("data", "overrides", "frontend", "reference"):  # docs/ MkDocs watches by itself
        assert name in watched and name in serve.REST
    changes = serve.Changes()
    changes.on_any_event(FileModifiedEvent(str(ROOT / "reference" / "lru.py")))
    assert changes.any.is_set() and not changes.code.is_set()
    changes.on_any_event(FileModifiedEvent(str(ROOT / "macros" / "site.py")))
    assert changes.code.is_set()


@pytest.mark.skipif(not shutil.which("make"), reason="no make on this machine")
@pytest.mark.parametrize("words", [["pattern=bulk", "head"], ["bulkhead"]])
def test_a_name_of_several_words_is_refused_before_anything_runs(words):
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(["make", "-n", "new", *words], cwd=ROOT, capture_output=True, text=True, env=alone)
    assert done.returncode and done.stdout == ""
    assert "a name is one word, in lower case with hyphens, such as make new pattern=bulk-head" in done.stderr


LEFT = ["{}~", "#{}#", ".#{}", ".{}.swp", "._{}", "{}.orig", "{}.bak", "{}.tmp", "{}.sb-1a2b-x"]


@pytest.mark.parametrize("place", ["docs", "overrides"])
def test_what_editors_leave_is_not_published(place):
    from mkdocs.config import load_config

    from macros import hooks

    config, name = load_config(str(ROOT / "mkdocs.yml")), {"docs": "lru.md", "overrides": "not-kept.html"}[place]
    stray = [
        one
        for one in [name, *(left.format(name) for left in LEFT), "notes.txt", ".#x/lru.md"]
        if hooks._is_stray(SimpleNamespace(src_dir=str(ROOT / place), src_uri=f"patterns/{one}"), config)
    ]
    assert stray == [*(left.format(name) for left in LEFT), "notes.txt", ".#x/lru.md"]
    assert not hooks._is_stray(SimpleNamespace(src_dir=None, src_uri="assets/main.js"), config)


def test_what_editors_leave_among_diagrams_is_not_drawn(tmp_path):
    for name in ["lru.mmd", "a-b.mmd", *(left.format("lru.mmd") for left in LEFT), "LRU.mmd"]:
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / "folder.mmd").mkdir()
    (tmp_path / ".#raft.mmd").symlink_to("someone@somewhere")
    code = "import {sources} from './frontend/diagrams.mjs'; console.log(sources(process.argv[1]).join())"
    done = node.run("--input-type=module", "-e", code, str(tmp_path), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert done.stdout.split() == ["a-b.mmd,lru.mmd"]


def old() -> list[str]:
    """Pythons of this machine that are too old, and run."""
    names = ("python2.7", "python3.6", "python3.8", "python3.10")
    found = [path for name in names if (path := shutil.which(name))]
    return [path for path in found if not subprocess.run([path, "-c", ""], capture_output=True).returncode]


@pytest.mark.parametrize("python", old())
def test_an_old_python_of_this_machine_says_a_line_and_leaves_nothing(python, tmp_path):
    (tmp_path / "macros").mkdir()
    shutil.copy(ROOT / "macros" / "install.py", tmp_path / "macros")
    done = subprocess.run([python, "macros/install.py"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and " is too old: Whiteboard Hour" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["macros"]
