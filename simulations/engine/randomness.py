"""Luck that stays put: one uniform number for each seed, name, replication and step, whatever else changes.

Philox 4x32-10 after Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011): a
number is a function of its counter and key, so asking for one never moves another.
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

from simulations.engine.arithmetic import Array

Words = NDArray[np.uint64]  # of 32 bits each, held in 64 so that products fit

LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
MULTIPLIERS = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
WEYL = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
ROUNDS = 10


def philox(counter: tuple[Words, Words, Words, Words], key: tuple[np.uint64, np.uint64]) -> tuple[Words, ...]:
    """Return four words of 32 bits for each counter."""
    a, b, c, d = counter
    k0, k1 = key
    for _ in range(ROUNDS):
        first, second = MULTIPLIERS[0] * a, MULTIPLIERS[1] * c
        a, b, c, d = (second >> HALF) ^ b ^ k0, second & LOW, (first >> HALF) ^ d ^ k1, first & LOW
        k0, k1 = (k0 + WEYL[0]) & LOW, (k1 + WEYL[1]) & LOW
    return a, b, c, d


def key_of(seed: int, name: str) -> tuple[np.uint64, np.uint64]:
    """Return the key of a stream: every name has a stream of its own under every seed."""
    digest = hashlib.sha256(f"{seed}\n{name}".encode()).digest()
    return np.uint64(int.from_bytes(digest[:4], "little")), np.uint64(int.from_bytes(digest[4:8], "little"))


def uniforms(seed: int, name: str, replications: NDArray[np.int64], steps: int) -> Array:
    """Return numbers between 0 and 1, both excluded: a row for each step, a column for each replication."""
    shape = (steps, len(replications))
    step = np.broadcast_to(np.arange(1, steps + 1, dtype=np.uint64)[:, None], shape)
    replication = np.broadcast_to(replications.astype(np.uint64)[None, :], shape)
    nothing = np.zeros(shape, dtype=np.uint64)
    high, low, _, _ = philox((step, replication, nothing, nothing), key_of(seed, name))
    return ((high << np.uint64(21)) + (low >> np.uint64(11)) + 0.5) * 2.0**-53
