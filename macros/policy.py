"""What a browser may load and run on a page: the site's own files, and the one inline script by its hash.

Pages carry the policy in a meta tag, so that it holds on any host. policy.txt has the same for hosts that send headers,
with what a meta tag cannot say, and with leave for WebAssembly, which only Python's worker uses.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

PARTS = {
    "default-src": "'self'",
    "script-src": "'self' {script}",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
OF_A_HEADER = {"script-src": "'self' {script} 'wasm-unsafe-eval'", "frame-ancestors": "'none'"}


def policy(script: str, parts: dict[str, str] = PARTS) -> str:
    """The policy as one line; `script` is the inline script's text, as it stands between its tags."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    own = f"'sha256-{digest}'"
    return "; ".join(f"{name} {value.format(script=own)}" for name, value in parts.items())


def write(script: str, site: Path) -> None:
    """policy.txt: the header, as a host sends it."""
    text = f"Content-Security-Policy: {policy(script, PARTS | OF_A_HEADER)}\n"
    (site / "policy.txt").write_text(text, "utf-8")
