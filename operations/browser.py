"""A real server process and a real browser, for the pictures in README and for the tests."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from core.config import ROOT
from operations.bootstrap import find_browser

START_SECONDS = 60


@contextmanager
def demo_server(instance: Path, **settings: str) -> Iterator[str]:
    """Serve the demo from its own folder on a free port, yield its address, and stop it."""
    port = free_port()
    environ = os.environ | {"HANDOVER_DEMO": "1", "INSTANCE_DIR": str(instance), "PYTHONPATH": str(ROOT)} | settings
    log = (instance / "server.log").open("w", encoding="utf-8")
    command = [sys.executable, "-m", "flask", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}", process, instance / "server.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def free_port() -> int:
    """Return a port that nobody holds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers; when it died, show what it said."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=1):  # noqa: S310 - our own address  # nosec B310
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser that was found on this machine."""
    path = find_browser()
    if path is None:
        raise RuntimeError("No Chromium was found. Run `make test`, which installs one, or set CHROMIUM=/path/to/it.")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()
