"""A house served as operators serve it: a real `flask serve` with its processes, which a test may kill."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress

import psutil

from core.config import ROOT
from operations.browser import free_port
from tests.conftest import CONTENT

SECRET = "a secret for the tests of faults"
START_SECONDS = 60
HAPPENS_IN_OTHERS = ("DATABASE_URL", "HANDOVER_DEMO", "HANDOVER_SERVING", "BASE_URL", "SMTP_URL", "SIGN_UP")


class Served:
    """One house; `start` may be called again after its processes are gone."""

    def __init__(self, folder, url, **more):
        self.folder, self.log, self.port, self.master = folder, folder / "server.log", free_port(), None
        self.family, self.looked = [], 0.0
        self.popen, self.errors_to = more.pop("popen", {}), more.pop("errors_to", None)
        kept = {name: value for name, value in os.environ.items() if name not in HAPPENS_IN_OTHERS}
        given = {"DATABASE_URL": url, "SECRET_KEY": SECRET, "INSTANCE_DIR": str(folder), "CONTENT_DIR": str(CONTENT)}
        self.environ = kept | given | {"PYTHONPATH": str(ROOT)} | more

    def start(self):
        command = [sys.executable, "-m", "flask", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log, open(self.errors_to or self.log, "ab") as errors:
            where = {"stdout": log, "stderr": errors} | self.popen
            self.master = subprocess.Popen(command, cwd=ROOT, env=self.environ, **where)

    def wait(self):
        """Wait for the first answer."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.master.poll() is None:
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/healthz", timeout=2):
                return
            time.sleep(0.02)
        raise AssertionError(f"The server did not start:\n{self.said()}")

    def said(self):
        return self.log.read_text()[-3000:] if self.log.exists() else "nothing"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def children(self):
        """Return what the master started: workers, and what Python starts beside them."""
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(self.master.pid).children(recursive=True)
        return []

    def workers(self):
        """Return the processes that answer."""
        return [child for child in self.children() if "resource_tracker" not in command_of(child)]

    def start_again(self, left_behind):
        """Start once what the dead master left behind is gone too."""
        self.master.wait(10)
        _, alive = psutil.wait_procs(left_behind, timeout=START_SECONDS)
        assert not alive, "workers outlive their master, and hold its port"
        self.start()
        self.wait()

    def keep(self):
        """Start a house that ended by itself, as whatever keeps services running does; say whether that was needed."""
        if self.master.poll() is None:
            if time.monotonic() - self.looked > 1:  # looking through all processes is not cheap
                self.family, self.looked = self.children(), time.monotonic()
            return False
        self.start_again(self.family)
        return True

    def stop(self):
        """Stop as an operator would, and whatever is left as the kernel would."""
        family = [*self.children()]
        if self.master.poll() is None:
            self.master.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self.master.wait(20)
        for process in [self.master, *family]:
            with suppress(psutil.NoSuchProcess, ProcessLookupError):
                process.kill()
        self.master.wait()


def command_of(process):
    with suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


@contextmanager
def served(folder, url, **more):
    """Serve from a folder until the block ends."""
    house = Served(folder, url, **more)
    house.start()
    try:
        house.wait()
        yield house
    finally:
        house.stop()


def ask(house, path, cookie=None, form=None, timeout=40):
    """Ask for a page without following where it leads; return status, text and headers."""
    data = None if form is None else "&".join(form).encode()
    request = urllib.request.Request(house.url + path, data, {"Cookie": cookie} if cookie else {})
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=timeout) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode(), refused.headers


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *args, **kwargs):
        return None
