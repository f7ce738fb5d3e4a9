"""How fast a rule is: processor time, and beside a yardstick, for the machines that run tests differ and are busy."""

import gc
import time

YARDSTICK_MS = 14.0  # what the yardstick takes on the quiet two-core machine on which the limits were set


def timed(work):
    gc.collect()
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def yardstick():
    """Do a fixed piece of plain Python: numbers, texts, dictionaries and sorting, as rules do."""
    found = {}
    for number in range(12_000):
        found[f"n{number * 7919 % 12_000}"] = (number * 2654435761) % 1000 / 7
    return sorted(found.items(), key=lambda one: (one[1], one[0]))


def milliseconds(work):
    """Return how long `work` would take on the quiet machine: tries of both, one after the other, the quickest of each."""
    taken, beside = [], []
    for _ in range(9):
        beside.append(timed(yardstick))
        taken.append(timed(work))
    return min(taken) / max(min(beside) / YARDSTICK_MS, 1.0)
