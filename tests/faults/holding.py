"""A process that takes the writers' turn and does not give it back."""

import fcntl
import time
from pathlib import Path


def hold_the_turn(path, holds):
    """Hold the lock until killed."""
    with Path(path).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        holds.set()
        time.sleep(600)
