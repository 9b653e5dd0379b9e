"""python macros/install.py [site|book|test]: .venv with what the site, the book or the tests need; or nothing to do.

Runs on any Python, so that one that is too old is told so in a line and not by a riddle; hence no syntax younger than
2.7, and no import of this project.
"""

import hashlib
import os
import shutil
import subprocess
import sys

OLDEST, NEWEST = (3, 11), (3, 14)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
LEVELS = ("site", "book", "test")  # each needs the one before
NEEDS = {  # files that decide, and what is run
    "site": ("requirements.txt", "package-lock.json"),
    "book": ("requirements-book.txt",),
    "test": ("requirements-test.txt",),
}
AFTER = {
    "site": ["-m", "macros.node", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    "book": ["-m", "macros.chromium"],
    "test": ["-m", "tests.browser.install"],
}


def dotted(version):
    return ".".join(map(str, version))


def fault(version, has_venv, others=()):
    """One line on why this Python will not do, with the remedy; nothing where it will."""
    name = "Python " + dotted(version[:3])
    need = "Whiteboard Hour needs Python " + dotted(OLDEST) + " to " + dotted(NEWEST)
    better = others[0] if others else "python" + dotted((NEWEST[0], NEWEST[1] - 1))
    use = need + "; use make site PYTHON=" + better
    if tuple(version[:2]) < OLDEST:
        return name + " is too old: " + use
    if tuple(version[:2]) > NEWEST:
        return name + " is too new: " + use
    if not has_venv:
        package = "python" + dotted(version[:2]) + "-venv"
        return name + " comes without venv: install it, on Debian and Ubuntu by `apt install " + package + "`"
    return ""


def has_venv():
    try:
        import ensurepip  # noqa: F401  Debian packs it apart
        import venv  # noqa: F401
    except ImportError:
        return False
    return True


def others():
    """Pythons on the path that would do, the newest first."""
    names = ["python" + dotted((OLDEST[0], minor)) for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    return [name for name in names if getattr(shutil, "which", lambda name: None)(name)]


def made_by():
    """Version of the Python that .venv was made by; none where there is no .venv that runs and knows its packages."""
    made = os.path.join(VENV, "pyvenv.cfg")
    if not os.path.isfile(made):  # asked for, since Python 2 has another error for it
        return None
    try:
        with open(made) as file:
            rows = dict(line.split(" = ", 1) for line in file.read().splitlines() if " = " in line)
        version = tuple(int(part) for part in rows["version"].split(".")[:2])
        runs = subprocess.check_output(
            [PYTHON, "-c", "import sys, pip; print(sys.version_info[:2])"], stderr=subprocess.PIPE
        )
    except (OSError, ValueError, KeyError, subprocess.CalledProcessError):
        return None
    return version if runs.decode().strip() == repr(version) else None


def digest(level):
    """What decides whether a level is installed: the lock files, as they stand."""
    found = hashlib.sha256()
    for name in NEEDS[level]:
        with open(os.path.join(ROOT, name), "rb") as file:
            found.update(file.read().replace(b"\r\n", b"\n"))
    return found.hexdigest()


def say(text):
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def main(argv):
    level = argv[0] if argv else "site"
    if level not in LEVELS:
        say("usage: python macros/install.py [" + "|".join(LEVELS) + "]")
        return 2
    here, asked = made_by(), os.environ.get("ASKED") == "1"  # whether somebody named this very Python
    if here is None or not OLDEST <= here <= NEWEST or (asked and here != tuple(sys.version_info[:2])):
        wrong = fault(sys.version_info, has_venv(), others())
        if wrong:
            say(wrong)
            return 1
        if os.path.lexists(VENV):
            say(".venv was made by another Python; making it anew")
            if os.path.islink(VENV):
                os.unlink(VENV)
            else:
                shutil.rmtree(VENV)
        say("making .venv with Python " + dotted(sys.version_info[:3]))
        if subprocess.call([sys.executable, "-m", "venv", VENV]):
            say("`" + sys.executable + " -m venv` failed; the reason stands above")
            return 1
    env = dict(os.environ, PUPPETEER_SKIP_DOWNLOAD="1", PIP_DISABLE_PIP_VERSION_CHECK="1")
    for one in LEVELS[: LEVELS.index(level) + 1]:
        stamp, wanted = os.path.join(VENV, one), digest(one)
        if os.path.exists(stamp):
            with open(stamp) as file:
                if file.read() == wanted and (one != "site" or os.path.isdir(os.path.join(ROOT, "node_modules"))):
                    continue
        say("installing the packages of the " + {"test": "tests"}.get(one, one))
        pip = ["-m", "pip", "install", "--quiet", "--require-hashes", "-r", NEEDS[one][0]]
        for command in (pip, AFTER[one]):
            if subprocess.call([PYTHON] + command, cwd=ROOT, env=env):
                say("that failed; the reason stands above, and the next run goes on from here")
                return 1
        with open(stamp, "w") as file:
            file.write(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
