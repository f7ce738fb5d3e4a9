"""Servers in processes of their own, started as the product starts them."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.config import ROOT
from operations.serving import wait_until_alive

WORKERS = 2
THREADS = 4


@dataclass(frozen=True)
class Setup:
    """Which server, with how many processes and threads."""

    server: str = "granian"
    workers: int = WORKERS
    threads: int = THREADS


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def workers(self) -> list[int]:
        """Return the processes that serve, by id."""
        return descendants(self.process.pid)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(target: str, environment: Mapping[str, str], folder: Path, setup: Setup | None = None) -> Iterator[Server]:
    """Serve an app factory (`module:function`) until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "bench.servers", *arguments(target, port, setup or Setup())]
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603  # our own processes
            command, cwd=ROOT, env=os.environ | dict(environment), stdout=log, stderr=log, process_group=0
        )
    try:
        if not wait_until_alive(f"http://127.0.0.1:{port}"):
            raise RuntimeError(f"{target} did not start:\n{(folder / 'server.log').read_text()[-2000:]}")
        yield Server(port, process)
    finally:
        stop(process)


def arguments(target: str, port: int, setup: Setup) -> list[str]:
    """Return what the process that serves is told."""
    return [setup.server, target, str(port), str(setup.workers), str(setup.threads)]


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the server to end, and end what is left of it."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)


def descendants(pid: int) -> list[int]:
    """Return the processes that a process started."""
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in found.read_text().split()] if found.exists() else []


def memory_of(pid: int) -> dict[str, float]:
    """Return a process's memory in MB: resident, and its fair share of what several processes hold together."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.endswith("kB")}
    return {"rss": sizes["Rss"], "pss": sizes["Pss"]}


def processor_seconds(server: Server) -> float:
    """Return the processor time that the serving processes have used since they started."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in server.workers]
    return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


def run_granian(target: str, port: int, workers: int, threads: int) -> None:
    """Serve with Granian, in the product's own settings."""
    from granian import Granian

    from operations.serving import granian_settings

    Granian(target, **granian_settings("127.0.0.1", port, workers, threads)).serve()


def run_gunicorn(target: str, port: int, workers: int, threads: int) -> None:
    """Serve with gunicorn's threaded workers."""
    shape = ["-k", "gthread", "-w", str(workers), "--threads", str(threads), "--no-control-socket"]
    rest = ["--keep-alive", "30", "--log-level", "warning", "-b", f"127.0.0.1:{port}", f"{target}()"]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *shape, *rest])  # noqa: S606


if __name__ == "__main__":
    chosen, what, at, processes, lanes = sys.argv[1:]
    {"granian": run_granian, "gunicorn": run_gunicorn}[chosen](what, int(at), int(processes), int(lanes))
