"""Sends errands as fast as they are answered (with wrk where it is installed), or at a steady pace."""

import http.client
import itertools
import json
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.errands import ENCODINGS, Errand
from bench.figures import percentile

SCRIPT = Path(__file__).with_name("requests.lua")
HOST = "127.0.0.1"
TIMEOUT = 20


@dataclass(frozen=True)
class Outcome:
    """How it went: milliseconds in the two percentiles."""

    requests: int
    seconds: float
    errors: int
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """Return the requests a second."""
        return self.requests / self.seconds if self.seconds else 0.0


@dataclass
class Tally:
    """What several threads note down."""

    milliseconds: list[float] = field(default_factory=list)
    errors: int = 0


class Failed(RuntimeError):
    """A measurement that means nothing, because the server refused what it was sent."""


def hammer(errand: Errand, port: int, seconds: float, folder: Path, connections: int = 16) -> Outcome:
    """Send as many requests as are answered in these seconds."""
    send = by_wrk if shutil.which("wrk") else by_threads
    at_once = fitting(connections, errand)
    outcome = send(errand, port, seconds, folder, at_once)
    errand.done(outcome.requests)
    if outcome.errors or not outcome.requests:
        raise Failed(f"{errand.method} {errand.path}: {outcome.errors} of {outcome.requests} requests were refused.")
    return outcome


def fitting(connections: int, errand: Errand) -> int:
    """Return so few connections that nobody comes round again before their last request is answered."""
    return max(1, min(connections, len(errand.visitors) // 10))


def warm(errand: Errand, port: int, seconds: float = 1.5) -> None:
    """Let every process of a server load what it keeps, before anything is measured."""
    ends = time.perf_counter() + seconds
    outcome = together(errand, port, 16, lambda number: 0.0 if number < 32 or time.perf_counter() < ends else None)
    errand.done(outcome.requests)


def by_wrk(errand: Errand, port: int, seconds: float, folder: Path, connections: int) -> Outcome:
    """Let wrk send them."""
    people = str(errand.written(folder))
    timing = ["-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", f"--timeout={TIMEOUT}s"]
    script = ["-s", str(SCRIPT), f"http://{HOST}:{port}", "--", errand.method, errand.path, people]
    rest = [str(errand.rounds), *errand.forms, ENCODINGS, "fetch" if errand.fragment else "page"]
    done = subprocess.run(  # noqa: S603  # our own script, on loopback
        [shutil.which("wrk") or "wrk", *timing, *script, *rest],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 2 * TIMEOUT,
    )
    return outcome_in(done.stdout)


def outcome_in(output: str) -> Outcome:
    """Read the line that our script for wrk ends with."""
    line = next((line for line in output.splitlines() if line.startswith("outcome ")), None)
    if line is None:
        raise Failed(f"wrk said nothing of its outcome: {output[-200:]!r}")
    return Outcome(**json.loads(line.removeprefix("outcome ")))


def by_threads(errand: Errand, port: int, seconds: float, folder: Path, connections: int) -> Outcome:
    """Send them ourselves, each thread over a connection of its own that stays open."""
    ends = time.perf_counter() + seconds
    return together(errand, port, connections, lambda number: 0.0 if time.perf_counter() < ends else None)


def paced(errand: Errand, port: int, rate: float, seconds: float, connections: int = 24) -> Outcome:
    """Send so many a second, whether the ones before were answered or not; times count from when each was due."""
    began = time.perf_counter() + 0.1
    last = int(rate * seconds)
    at_once = fitting(connections, errand)
    outcome = together(errand, port, at_once, lambda number: began + number / rate if number < last else None)
    errand.done(outcome.requests)
    if outcome.errors:
        raise Failed(f"{errand.method} {errand.path}: {outcome.errors} of {outcome.requests} requests were refused.")
    return outcome


def together(errand: Errand, port: int, connections: int, due_at) -> Outcome:  # type: ignore[no-untyped-def]
    """Let threads share the requests out among themselves; `due_at` says when one is due, and None ends it."""
    tally, numbers, began = Tally(), itertools.count(), time.perf_counter()
    threads = [
        threading.Thread(target=run, args=(errand, port, numbers, due_at, tally), daemon=True)
        for _ in range(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, times = time.perf_counter() - began, tally.milliseconds
    return Outcome(len(times), took, tally.errors, percentile(times, 50), percentile(times, 99))


def run(errand: Errand, port: int, numbers, due_at, tally: Tally) -> None:  # type: ignore[no-untyped-def]
    """Take one request after the other until there are no more."""
    connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT)
    while (due := due_at(number := next(numbers))) is not None:
        if due > (here := time.perf_counter()):
            time.sleep(due - here)
        began = due or time.perf_counter()
        path, headers, body = errand.visit(number)
        try:
            connection.request(errand.method, path, body or None, headers)
            answer = connection.getresponse()
            answer.read()
            tally.errors += answer.status >= 400
        except OSError:
            tally.errors += 1
            connection.close()
        tally.milliseconds.append((time.perf_counter() - began) * 1000)
    connection.close()
