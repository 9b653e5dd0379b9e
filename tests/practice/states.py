"""What frontend/practice/ makes of what it is given, and an event of the log to give it."""

import json
import subprocess
from pathlib import Path

from macros import node

HERE = Path(__file__).resolve().parent


def ask(what: str, **given):
    done = node.run(
        str(HERE / "states.mjs"), input=json.dumps({"ask": what} | given), stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert done.returncode == 0
    return json.loads(done.stdout)


def event(n: int, k="review", at=None, tz=0, **more) -> dict:
    made = {"v": 1, "id": f"{n:026d}", "at": n * 1000 if at is None else at, "tz": tz, "dev": "a", "k": k}
    return made | ({"card": "saga-why", "grade": 3} if k == "review" else {}) | more
