"""The queue in front of a SQLite file: one writer at a time over all processes, and nobody waits for ever."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class TurnNeverCame(Exception):
    """Others held the turn for longer than anybody should wait."""


class NoTurnFile(OSError):
    """The file to queue at cannot be opened for writing."""


def shut_door() -> threading.Lock:
    """Return a lock that waits to be opened; a bare one, since it lies on every writer's way."""
    door = threading.Lock()
    door.acquire()
    return door


class Stander(threading.Thread):
    """Stands in the kernel's queue for its process: a wait there cannot be cut short, so no request waits there itself."""

    def __init__(self) -> None:
        super().__init__(name="turn", daemon=True)
        self.asked, self.come = shut_door(), shut_door()
        self.guard = threading.Lock()  # of what follows
        self.file: IO[str] | None = None
        self.standing = self.wanted = False

    def run(self) -> None:
        """Wait for as long as it takes, whenever asked; a turn that nobody wants any more is passed on at once."""
        while True:
            self.asked.acquire()
            assert self.file is not None
            fcntl.flock(self.file, fcntl.LOCK_EX)
            with self.guard:
                self.standing = False
                if self.wanted:
                    self.come.release()
                else:
                    self.file.close()

    def stand(self, file: IO[str], deadline: float) -> IO[str]:
        """Return the locked file; or leave the stander where it is, and the next who asks takes its place over."""
        with self.guard:
            self.wanted = True
            if self.standing:
                file.close()
            else:
                self.file, self.standing = file, True
                self.asked.release()
        if not self.come.acquire(timeout=max(deadline - time.monotonic(), 0)):
            self.give_up()
        assert self.file is not None
        return self.file

    def give_up(self) -> None:
        """Want the turn no more, unless it came in the very last moment."""
        with self.guard:
            self.wanted = False
            if self.standing:
                raise TurnNeverCame
        self.come.acquire()


class Queue:
    """Where the threads of this process line up for one file, so that only the first of them waits outside."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.first = threading.Lock()
        self.stander: Stander | None = None

    @contextmanager
    def turn(self, seconds: float) -> Iterator[None]:
        """Hold the turn; raise TurnNeverCame when it does not come in time."""
        deadline = time.monotonic() + seconds
        if not self.first.acquire(timeout=seconds):
            raise TurnNeverCame
        try:
            with self.locked_file(deadline):
                yield
        finally:
            self.first.release()

    def locked_file(self, deadline: float) -> IO[str]:
        """Return the file with its lock held; closing it, or being killed, lets the next one in."""
        file = self.opened()
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return self.outside().stand(file, deadline)
        return file

    def opened(self) -> IO[str]:
        """Open the file; its folder may have become read-only, or its disk full."""
        try:
            return self.path.open("a")
        except OSError as error:
            raise NoTurnFile(error.errno, error.strerror) from None

    def outside(self) -> Stander:
        """Return the thread that stands in the kernel's queue."""
        if self.stander is None:
            self.stander = Stander()
            self.stander.start()
        return self.stander


queues: dict[Path, Queue] = {}
os.register_at_fork(after_in_child=queues.clear)  # a child has none of its parent's threads


def queue_at(path: Path) -> Queue:
    """Return this process's queue for a file."""
    return queues.get(path) or queues.setdefault(path, Queue(path))
