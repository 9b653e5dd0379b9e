"""python -m tests.bench.load: what one nginx sends of the packed site to 64 connections, and of an empty file.

The ratio travels between machines, requests a second do not. Needs nginx and wrk; says so where they are not there.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from macros import pack
from macros.facts.finding import ROOT

CONNECTIONS, SECONDS = 64, 8
CONF = """
worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  types {{ text/html html; text/css css; text/javascript js mjs;
    application/json json; image/svg+xml svg; font/woff2 woff2; }}
  access_log off; sendfile on; tcp_nopush on; etag on;
  open_file_cache max=4000; gzip_static on; keepalive_requests 1000000;
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2;
  fastcgi_temp_path {folder}/3; uwsgi_temp_path {folder}/4;
  scgi_temp_path {folder}/5;
  server {{ listen 127.0.0.1:{port}{secure}; root {folder}/site; index index.html; error_page 404 /404.html; }}
}}
"""


def measured(address: str) -> tuple[float, float, float]:
    """Requests a second, p99 in ms, and kB that one request takes on the line."""
    wrk = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-H", "Accept-Encoding: gzip", address]
    out = subprocess.run(wrk, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out:
        raise SystemExit(f"{address} is not answered:\n{out}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    size, scale = re.search(r"Transfer/sec:\s+([\d.]+)(B|KB|MB|GB)", out).groups()
    bytes_ = float(size) * {"B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3}[scale]
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit], bytes_ / rate / 1000


def certified(folder: Path) -> str:
    """What nginx needs to speak HTTP/2, with a certificate that nobody trusts: every host of hosting.md speaks it."""
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*made, "-keyout", folder / "key.pem", "-out", folder / "own.pem"], check=True, capture_output=True)
    return f" ssl http2; ssl_certificate {folder}/own.pem; ssl_certificate_key {folder}/key.pem"


@contextmanager
def hosted(is_secure: bool = False) -> Iterator[tuple[Path, str]]:
    """The packed site behind one nginx: the folder it sends from, and its address."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(ROOT / "site", folder / "site")
        (folder / "site" / "empty.html").write_text("", "utf-8")
        pack.main([str(folder / "site")])
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        secure = certified(folder) if is_secure else ""
        (folder / "nginx.conf").write_text(CONF.format(folder=folder, port=port, secure=secure), "utf-8")
        server = subprocess.Popen(
            ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], stderr=subprocess.DEVNULL
        )
        try:
            for _ in range(50):
                with socket.socket() as one:
                    if one.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield folder / "site", f"http{'s' * is_secure}://{'localhost' if is_secure else '127.0.0.1'}:{port}/"
        finally:
            server.terminate()
            server.wait()


def main() -> int:
    if missing := [name for name in ("nginx", "wrk") if not shutil.which(name)]:
        print(f"no {' and no '.join(missing)} here, so load is not measured; on Debian: apt install nginx-light wrk")
        return 0
    if not (ROOT / "site" / "index.html").exists():
        print("there is no site/ yet; run `make site` first", file=sys.stderr)
        return 1
    with hosted() as (_, address):
        print(
            f"\n{CONNECTIONS} connections, {SECONDS} s each:\n"
            f"{'':<28}{'requests/s':>12}{'p99, ms':>10}{'kB each':>9}{'of empty':>10}"
        )
        base = 0.0
        for path in ("empty.html", "", "patterns/lru/", "patterns/", "phases/deep-dive/", "404.html"):
            rate, p99, size = measured(address + path)
            base = base or rate
            print(f"/{path:<27}{rate:>12,.0f}{p99:>10.2f}{size:>9.1f}{rate / base:>10.0%}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
