"""Firefox and WebKit, driven by what they bring themselves: WebDriver BiDi over a socket, and WebDriver over HTTP.

Debian's `firefox-esr`, `webkit2gtk-driver` and `xvfb` are enough; no driver is downloaded. An engine that is not on
this machine is none(), and its tests are skipped.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
import urllib.request
from abc import ABC, abstractmethod
from pathlib import Path

KEYS = {
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
    "End": "\ue010",
    "Tab": "\ue004",
    " ": " ",
}
PATIENCE = 20  # seconds for what a page shows at last


class Engine(ABC):
    """A browser with one window. Scripts give JSON; what is waited for is an expression that becomes true."""

    @abstractmethod
    def go(self, url: str) -> None:
        """Opens an address, and waits until it is loaded."""

    @abstractmethod
    def _run(self, expression: str) -> str | None:
        """The value of an expression, which is a text or a promise of one."""

    @abstractmethod
    def _act(self, actions: list[dict]) -> None:
        """Actions of keys or of the pointer, as both protocols have them."""

    @abstractmethod
    def close(self) -> None: ...

    def run(self, expression: str):
        """The value of an expression or of its promise."""
        text = self._run(f"(async () => JSON.stringify((await ({expression})) ?? null))()")
        return json.loads(text) if text is not None else None

    def wait(self, expression: str, seconds: float = PATIENCE) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if self.run(expression):
                    return
            except Failed:  # between two pages
                pass
            time.sleep(0.1)
        raise AssertionError(f"never became true: {expression}; at {self.run('location.href')}")

    def press(self, *keys: str) -> None:
        made = [{"type": kind, "value": KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self._act([{"type": "key", "id": "keys", "actions": made}])

    def type(self, text: str) -> None:
        self.press(*text)

    def click(self, selector: str) -> None:
        """Clicks in the middle of the first element that the selector finds, as a mouse does."""
        found = f"document.querySelector({json.dumps(selector)})"
        self.wait(f"!!{found} && {found}.getClientRects().length > 0")
        x, y = self.run(
            f"(() => {{ {found}.scrollIntoView({{block: 'center', behavior: 'instant'}});"
            f" const r = {found}.getBoundingClientRect();"
            " return [Math.round(r.x + r.width / 2), Math.round(r.y + r.height / 2)] })()"
        )
        moves = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act([{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": moves}])


class Failed(Exception):
    """What an engine answers instead of a result."""


class Firefox(Engine):
    """Speaks WebDriver BiDi, which Firefox has built in."""

    def __init__(self, path: str):
        self.folder = tempfile.mkdtemp(prefix="firefox-")
        prefs = {
            "browser.shell.checkDefaultBrowser": False,
            "datareporting.policy.dataSubmissionEnabled": False,
            "app.update.enabled": False,
        }
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in prefs.items()]
        Path(self.folder, "user.js").write_text("\n".join(lines), "utf-8")
        self.process = subprocess.Popen(
            [path, "--headless", "--no-remote", "--profile", self.folder, "--remote-debugging-port=0", "about:blank"],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            env=os.environ | {"HOME": self.folder},
        )
        port = 0
        for line in self.process.stderr:
            if found := re.search(r"WebDriver BiDi listening on ws://[\w.]+:(\d+)", line):
                port = int(found[1])
                break
        self.wire = _Socket("127.0.0.1", port, "/session")
        self.sent = 0
        self._ask("session.new", {"capabilities": {}})
        self.context = self._ask("browsingContext.create", {"type": "window"})["context"]  # the first has no focus
        self._ask("browsingContext.setViewport", {"context": self.context, "viewport": {"width": 1280, "height": 900}})
        self.said: list[str] = []
        self._ask("session.subscribe", {"events": ["log.entryAdded"]})

    def _ask(self, method: str, params: dict):
        self.sent += 1
        self.wire.send(json.dumps({"id": self.sent, "method": method, "params": params}))
        while True:
            answer = json.loads(self.wire.receive())
            if answer.get("method") == "log.entryAdded":
                self.said.append(f"{answer['params']['level']}: {answer['params'].get('text')}")
            if answer.get("id") == self.sent:
                if answer["type"] == "error":
                    raise Failed(answer["message"])
                return answer["result"]

    def go(self, url: str) -> None:
        # A navigation that begins while another ends may never be answered, so the page itself is asked.
        self.run("(window.isLeft = true)")
        self._ask("browsingContext.navigate", {"context": self.context, "url": url, "wait": "none"})
        self.wait("!window.isLeft && document.readyState === 'complete'", 2 * PATIENCE)

    def _run(self, expression: str) -> str | None:
        target = {"expression": expression, "target": {"context": self.context}, "awaitPromise": True}
        answer = self._ask("script.evaluate", target)
        if answer["type"] != "success":
            raise Failed(answer["exceptionDetails"]["text"])
        return answer["result"].get("value")

    def _act(self, actions: list[dict]) -> None:
        self._ask("input.performActions", {"context": self.context, "actions": actions})

    def pdf(self) -> bytes:
        """The page, as the reader saves it as a PDF."""
        return base64.b64decode(self._ask("browsingContext.print", {"context": self.context})["data"])

    def close(self) -> None:
        self.wire.close()
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)


class WebKit(Engine):
    """Speaks WebDriver through the driver that comes with WebKitGTK; on a screen that nobody sees."""

    def __init__(self, path: str):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            ["xvfb-run", "-a", path, f"--port={self.port}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self._ask("GET", "/status")
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)
        options = {"webkitgtk:browserOptions": {"args": ["--automation"]}}
        made = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": options}})
        self.session = f"/session/{made['sessionId']}"
        self._ask("POST", f"{self.session}/window/rect", {"width": 1280, "height": 1000})

    def _ask(self, method: str, path: str, data: dict | None = None):
        body = json.dumps(data).encode() if data is not None else None
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", body, {"Content-Type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.loads(answer.read())["value"]
        except urllib.error.HTTPError as error:
            raise Failed(json.loads(error.read())["value"]["message"]) from None

    def go(self, url: str) -> None:
        self._ask("POST", f"{self.session}/url", {"url": url})

    def _run(self, expression: str) -> str | None:
        script = f"const done = arguments[arguments.length - 1]; {expression}.then(done, (error) => done('!' + error));"
        answer = self._ask("POST", f"{self.session}/execute/async", {"script": script, "args": []})
        if isinstance(answer, str) and answer.startswith("!"):
            raise Failed(answer[1:])
        return answer

    def _act(self, actions: list[dict]) -> None:
        self._ask("POST", f"{self.session}/actions", {"actions": actions})

    def close(self) -> None:
        try:
            self._ask("DELETE", self.session)
        finally:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(10)


class _Socket:
    """A WebSocket, as much of it as BiDi over one connection needs."""

    def __init__(self, host: str, port: int, path: str):
        self.wire = socket.create_connection((host, port), timeout=120)
        key = base64.b64encode(os.urandom(16)).decode()
        self.wire.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += self._exactly(1)
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise Failed(head.decode())

    def _exactly(self, count: int) -> bytes:
        found = bytearray()
        while len(found) < count:
            more = self.wire.recv(count - len(found))
            if not more:
                raise Failed("the browser has ended the connection")
            found += more
        return bytes(found)

    def send(self, text: str) -> None:
        data, mask = text.encode(), os.urandom(4)
        size = len(data)
        length = (
            bytes([0x80 | size])
            if size < 126
            else b"\xfe" + struct.pack(">H", size)
            if size < 65536
            else b"\xff" + struct.pack(">Q", size)
        )
        self.wire.sendall(b"\x81" + length + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(data)))

    def receive(self) -> str:
        whole = b""
        while True:
            first, second = self._exactly(2)
            size = second & 0x7F
            if size > 125:
                size = (
                    struct.unpack(">H", self._exactly(2))[0]
                    if size == 126
                    else struct.unpack(">Q", self._exactly(8))[0]
                )
            data = self._exactly(size)
            if first & 0x0F in (0, 1):
                whole += data
                if first & 0x80:
                    return whole.decode()

    def close(self) -> None:
        self.wire.close()


def path(name: str) -> str | None:
    """Where an engine is on this machine, or nothing."""
    if name == "firefox":
        return shutil.which("firefox-esr") or shutil.which("firefox")
    return shutil.which("WebKitWebDriver") if shutil.which("xvfb-run") else None


ENGINES = {"firefox": Firefox, "webkit": WebKit}
