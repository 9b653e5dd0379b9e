"""python -m macros.site: the strict production build, made beside site/ and put in its place when it is whole.

site/ may be a folder, a link to one, a mount, or lie on another disk than build/. A failed build leaves it as it was.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import filelock

from macros.facts.finding import ROOT, shown

SITE, BUILD = ROOT / "site", ROOT / "build"


def main() -> int:
    BUILD.mkdir(exist_ok=True)
    began = time.monotonic()
    with one_at_a_time(filelock.FileLock(BUILD / "site.lock"), "another `make site` runs here; waiting for it"):
        beside = BUILD / "site"
        shutil.rmtree(beside, ignore_errors=True)
        env = {k: v for k, v in os.environ.items() if (k, v.strip()) != ("SITE_URL", "")} | {"NO_MKDOCS_2_WARNING": "1"}
        env.setdefault("PYTHONIOENCODING", ":backslashreplace")  # a terminal that has not all signs
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--site-dir", str(beside)],
            cwd=ROOT,
            env=env,
        )
        if done.returncode:
            shutil.rmtree(beside, ignore_errors=True)
            kept = "site/ still holds the last good build" if SITE.exists() else "no site/ was written"
            print(f"the build failed; {kept}", file=sys.stderr)
            return 1
        try:
            put(beside, SITE)
        except OSError as error:
            print(f"site/ could not be filled: {error}; the new one is whole in {shown(beside)}", file=sys.stderr)
            return 1
    files = [path for path in SITE.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"site/ is ready: {len(files)} files, {size:.1f} MB, in {time.monotonic() - began:.0f} s", file=sys.stderr)
    return 0


def one_at_a_time(lock: filelock.FileLock, say: str) -> filelock.FileLock:
    """The lock, taken; with a word to who has to wait for it. The system gives it back should this process die."""
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        print(say, file=sys.stderr, flush=True)
        lock.acquire()
    return lock


def put(new: Path, site: Path) -> None:
    """`new` in the place of `site`: swapped where the system can, else file by file, so that it is never empty."""
    old = new.with_name(f"{new.name}-old")
    _remove(old)
    if site.is_symlink() and not site.exists():
        raise NotADirectoryError(f"{shown(site)} is a link that leads nowhere; remove it, or make the folder")
    if site.exists() and not site.is_dir():
        raise NotADirectoryError(f"{shown(site)} is a file; remove it")
    if not site.is_symlink() and not os.path.ismount(site):
        try:
            if site.exists():
                site.rename(old)
            try:
                new.rename(site)
            except OSError:
                if old.exists():
                    old.rename(site)
                raise
            _remove(old)
            return
        except OSError:  # another disk, or somebody's working folder: filled in place
            pass
    fill(new, site)
    _remove(new)


def fill(new: Path, site: Path) -> None:
    """The files of one folder in another, each whole at once: assets first, then pages; then what is gone goes."""
    site.mkdir(exist_ok=True)
    names = sorted(path.relative_to(new) for path in new.rglob("*") if path.is_file())
    for name in sorted(names, key=lambda one: one.suffix in (".html", ".json", ".xml")):
        target = site / name
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        for folder in reversed(target.relative_to(site).parents):
            if (site / folder).is_file():
                (site / folder).unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.new")
        shutil.copy2(new / name, beside)
        beside.replace(target)
    kept = {site / name for name in names}
    for path in sorted(site.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if path.name != "lost+found" and not any(path.iterdir()):
                path.rmdir()
        elif path not in kept:
            path.unlink()


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
