"""Make this machine ready: environment, locked dependencies, fonts and styles, and a browser for the tests.

It runs before anything is installed, so it uses the standard library alone and stays readable by an old Python,
which it tells in one sentence what is missing.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)


def fail(sentence: str) -> None:
    """Stop with one sentence."""
    raise SystemExit("Handover: " + sentence)


def check_python() -> None:
    """Stop unless this Python is new enough."""
    if sys.version_info < OLDEST:
        fail(
            "Python 3.11 or newer is needed, and %s is Python %s. "
            "Install a newer one, or name it: make PYTHON=/path/to/python3.11 …"
            % (sys.executable, platform.python_version())
        )


def check_folder() -> None:
    """Stop unless we may write here."""
    if not os.access(ROOT, os.W_OK):
        fail("The folder %s cannot be written to; copy it to a place of yours, or change its owner." % ROOT)


def lock_digest(lock: Path) -> str:
    """Name the state of a lock file and of the Python that it was installed for."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def install(name: str) -> None:
    """Install the locked dependencies `name` (run or test, which holds run) unless they are there."""
    wanted = lock_digest(ROOT / "requirements" / (name + ".txt"))
    stamps = {n: VENV / (".installed-" + n) for n in ("run", "test")}
    enough = ("run", "test") if name == "run" else ("test",)
    for n in enough:
        lock = lock_digest(ROOT / "requirements" / (n + ".txt"))
        if PYTHON.exists() and stamps[n].exists() and stamps[n].read_text() == lock:
            return
    say("Installing what Handover needs (once) …")
    make_environment()
    install_lock(ROOT / "requirements" / (name + ".txt"))
    stamps[name].write_text(wanted)


def make_environment() -> None:
    """Make the virtual environment, with uv where it is there."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", "import sys"], check=False).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    command = (
        [uv, "venv", "--quiet", "--python", sys.executable, str(VENV)]
        if uv
        else [sys.executable, "-m", "venv", str(VENV)]
    )
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        if "ensurepip" in done.stdout + done.stderr or "No module named venv" in done.stderr:
            fail("This Python cannot make virtual environments; on Debian or Ubuntu: apt install python3-venv")
        fail("The environment could not be made: " + (done.stderr or done.stdout).strip().splitlines()[-1])


def install_lock(lock: Path) -> None:
    """Install a lock file, every package checked against its digest."""
    uv = shutil.which("uv")
    if uv:
        command = [
            uv,
            "pip",
            "install",
            "--quiet",
            "--compile-bytecode",
            "--python",
            str(PYTHON),
            "--require-hashes",
            "-r",
            str(lock),
        ]
    else:
        command = [
            str(PYTHON),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            str(lock),
        ]
    if subprocess.run(command, check=False).returncode:
        fail("The packages could not be installed; what stands above says why (is the package index in reach?).")


def build_assets() -> None:
    """Build fonts and the joined style sheet from packages and sources, unless they are there."""
    done = subprocess.run([str(PYTHON), "-m", "operations.assets"], cwd=str(ROOT), check=False)
    if done.returncode:
        fail("Fonts and styles could not be built; what stands above says why.")


def find_browser() -> str | None:
    """Return a Chromium: $CHROMIUM, /usr/bin/chromium, or Playwright's own."""
    for path in (os.environ.get("CHROMIUM"), "/usr/bin/chromium", playwright_browser()):
        if path and os.access(path, os.X_OK):
            return path
    return None


def playwright_browser() -> str | None:
    """Return where Playwright keeps (or would keep) its Chromium."""
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    done = subprocess.run([str(PYTHON), "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip() or None


def install_browser() -> None:
    """Get a Chromium where there is none: Playwright's download, else Debian's package."""
    if find_browser():
        return
    say("Fetching a browser for the tests (once) …")
    for command in browser_commands():
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if find_browser():
            return
    fail(
        "The tests need Chromium and none could be installed; install it (Debian: apt install chromium) or set CHROMIUM=/path/to/it."
    )


def browser_commands() -> list[list[str]]:
    """Return the ways to get a browser on this machine, the usual one first."""
    commands = [[str(PYTHON), "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        commands += [
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        ]
    return commands


def say(text: str) -> None:
    """Tell what takes a while."""
    print(text, flush=True)


def main() -> None:
    """Prepare the machine for `run` or `test`."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("purpose", choices=("run", "test"))
    arguments.add_argument("--browser", action="store_true", help="have a Chromium as well")
    chosen = arguments.parse_args()
    check_python()
    check_folder()
    install(chosen.purpose)
    build_assets()
    if chosen.browser:
        install_browser()


if __name__ == "__main__":
    main()
