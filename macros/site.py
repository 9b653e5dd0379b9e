"""python -m macros.site: the strict production build, made beside site/ and swapped in when it is whole."""

from __future__ import annotations

import shutil
import subprocess
import sys

from macros.facts.finding import ROOT

SITE, BESIDE, OLD = ROOT / "site", ROOT / "build" / "site", ROOT / "build" / "site-old"


def main() -> int:
    shutil.rmtree(BESIDE, ignore_errors=True)
    BESIDE.parent.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--site-dir", str(BESIDE)], cwd=ROOT
    )
    if done.returncode:
        shutil.rmtree(BESIDE, ignore_errors=True)
        kept = "site/ still holds the last good build" if SITE.exists() else "no site/ was written"
        print(f"the build failed; {kept}", file=sys.stderr)
        return 1
    shutil.rmtree(OLD, ignore_errors=True)
    if SITE.exists():
        SITE.rename(OLD)
    BESIDE.rename(SITE)
    shutil.rmtree(OLD, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
