"""python -m macros.serve [PORT]: build, serve and rebuild on change; begun again where the build's own code changes.

MkDocs rebuilds on an edit of data, pages, templates, styles and reference code. Python that is loaded already it would
not load again, so an edit of a module, or a first build that failed, starts the server anew at the next change.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
CODE = ("macros", "mkdocs.yml", "package.json")  # an edit of these begins anew
REST = ("data", "docs", "frontend", "overrides", "reference")  # of these too, while no server runs
QUIET = 0.3  # seconds without another change, so that one save of an editor is one start


class Changes(FileSystemEventHandler):
    """Sets `code` where a module changed, and `any` where anything did."""

    def __init__(self) -> None:
        self.code, self.any = threading.Event(), threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = Path(os.fsdecode(event.dest_path or event.src_path))
        if event.is_directory or event.event_type in ("opened", "closed_no_write") or "__pycache__" in path.parts:
            return
        self.any.set()
        below = path.relative_to(ROOT).parts if path.is_relative_to(ROOT) else ("",)
        if below[0] in CODE and path.suffix in {".py", ".yml", ".json"}:
            self.code.set()


def taken(port: int) -> bool:
    """Whether somebody listens on the port already."""
    with socket.socket() as one:
        return one.connect_ex((HOST, port)) == 0


def started(port: int) -> subprocess.Popen:
    env = os.environ | {"SITE_URL": f"http://{HOST}:{port}/", "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"{HOST}:{port}"], cwd=ROOT, env=env
    )


def main(argv: list[str]) -> int:
    given = argv[0] if argv else "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        print(f"'{given}' is not a port; use a number such as make serve PORT=8080", file=sys.stderr)
        return 2
    port = int(given)
    if taken(port):
        print(f"port {port} is taken by another program; stop it, or use make serve PORT={port + 1}", file=sys.stderr)
        return 1
    changes, observer = Changes(), Observer()
    for name in (*CODE, *REST):
        observer.schedule(changes, str(ROOT / name), recursive=True)
    observer.start()
    server = started(port)
    try:
        while True:
            ended = server.poll() is not None
            waited = (changes.any if ended else changes.code).wait(0.2)
            if waited:
                while True:  # until the editor is done
                    changes.any.clear()
                    if not changes.any.wait(QUIET):
                        break
                changes.code.clear()
                print(
                    "a module changed; starting again" if not ended else "something changed; trying again", flush=True
                )
                server.terminate()
                server.wait()
                server = started(port)
            elif ended:
                changes.code.clear()
    except KeyboardInterrupt:
        return 0
    finally:
        server.terminate()
        server.wait()
        observer.stop()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
