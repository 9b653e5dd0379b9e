"""python -m tests.bench.lighthouse [TIMES] [KIND ...]: Lighthouse's four marks of every type of page, on its phone.

Medians of five runs, as its documentation advises, against the packed site behind nginx by HTTP/2, since a phone gets
files neither unpacked nor one a connection. The marks are of 100; the layout shift is CLS, without unit. Needs nginx,
openssl and a Chromium.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

from macros import node
from macros.chromium import FLAGS, installed
from macros.facts.finding import ROOT
from tests.bench.load import hosted
from tests.kinds import KINDS

HERE, THERE = Path(__file__).parent, ROOT / "build" / "lighthouse"
MARKS = ("performance", "accessibility", "best-practices", "seo")
TIMES = 5
CHROME = ("--headless=new", "--ignore-certificate-errors", *FLAGS)


def install() -> Path:
    """Lighthouse's own script, installed beside the build by its lock file where it is not there yet."""
    done = THERE / "node_modules" / ".package-lock.json"
    if not done.exists() or (THERE / "package-lock.json").read_bytes() != (HERE / "package-lock.json").read_bytes():
        shutil.rmtree(THERE, ignore_errors=True)
        THERE.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, THERE)
        node.run(
            *("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"), cwd=THERE, check=True
        )
    return THERE / "node_modules" / "lighthouse" / "cli" / "index.js"


def report(script: Path, address: str) -> dict:
    """What Lighthouse says of one visit with an empty cache."""
    done = node.run(
        *(str(script), address, "--quiet", "--output=json", f"--chrome-flags={' '.join(CHROME)}"),
        cwd=THERE,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def failed(report: dict) -> set[str]:
    """The audits that count and do not have the whole mark."""
    counted = {ref["id"] for group in report["categories"].values() for ref in group["auditRefs"] if ref["weight"]}
    scores = {name: report["audits"][name]["score"] for name in counted}
    return {name for name, score in scores.items() if score is not None and score < 1}


def main(argv: list[str]) -> int:
    if not shutil.which("nginx") or not shutil.which("openssl") or not (chromium := installed()):
        print("Lighthouse needs nginx, openssl and a Chromium; on Debian: apt install nginx-light openssl chromium")
        return 0
    os.environ["CHROME_PATH"] = chromium
    times = int(argv[0]) if argv else TIMES
    script = install()
    with hosted(is_secure=True) as (_, root):
        print(f"\nmedians of {times} runs\n{'':<22}" + "".join(f"{mark:>16}" for mark in (*MARKS, "layout shift")))
        for kind in argv[1:] or [kind for kind in KINDS if kind not in ("missing", "not kept")]:
            runs = [report(script, root + KINDS[kind]) for _ in range(times)]
            marks = [median(100 * (one["categories"][mark]["score"] or 0) for one in runs) for mark in MARKS]
            shift = median(one["audits"]["cumulative-layout-shift"]["numericValue"] for one in runs)
            print(f"{kind:<22}" + "".join(f"{mark:>16.0f}" for mark in marks) + f"{shift:>16.3f}", flush=True)
            short = sorted({name for one in runs for name in failed(one)})
            if min(marks) < 100:
                print(" " * 22 + ", ".join(short), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
