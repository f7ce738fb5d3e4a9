"""How much is measured, and how long."""

import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """The sizes of one run."""

    learners: int = 300
    seconds: float = 3
    rounds: int = 5
    paced_seconds: float = 8
    writers: int = 8
    writing_seconds: float = 6
    lessons: int = 200
    questions: int = 2000
    postgres: bool = True


FULL = Effort()
QUICK = Effort(80, 1, 1, 1, 2, 1, 20, 100, postgres=False)
BEGAN = time.monotonic()


def say(words: str) -> None:
    """Say on the terminal what is going on, beside the table."""
    print(f"[{time.monotonic() - BEGAN:5.1f} s] {words}", file=sys.stderr, flush=True)  # noqa: T201
