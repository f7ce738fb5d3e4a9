"""All the luck of many plays, looked up by name, step and replication."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulations.engine.arithmetic import Array
from simulations.engine.distributions import normals
from simulations.engine.randomness import uniforms

BELL = frozenset(["poisson", "binomial", "normal", "lognormal", "gamma"])


class Stream:
    """The luck of one name: uniform numbers and what they are on the bell curve."""

    def __init__(self, seed: int, name: str, replications: NDArray[np.int64], steps: int) -> None:
        self.uniform = uniforms(seed, name, replications, steps)

    @cached_property
    def normal(self) -> Array:
        """Return the same luck as standard normal numbers."""
        return normals(self.uniform)


class Luck:
    """The luck of plays that lie side by side; equal replications have equal luck.

    `replications` holds each play's number. A draw is found by its name and the step within the phase, so that a
    project that is late does not change what its service will meet.
    """

    def __init__(self, seed: int, replications: NDArray[np.int64], steps: int) -> None:
        self.seed, self.steps = seed, steps
        self.kinds, self.column = np.unique(replications, return_inverse=True)
        self.streams: dict[str, Stream] = {}

    def stream(self, name: str) -> Stream:
        """Return the luck of a name."""
        if name not in self.streams:
            self.streams[name] = Stream(self.seed, name, self.kinds, self.steps)
        return self.streams[name]

    def uniform(self, name: str, week: NDArray[np.int64], lanes: NDArray[np.int64] | slice) -> Array:
        """Return the uniform numbers of a name for some plays, each in its own week."""
        found: Array = self.stream(name).uniform[week - 1, self.column[lanes]]
        return found

    def normal(self, name: str, dist: str, week: NDArray[np.int64], lanes: NDArray[np.int64] | slice) -> Array:
        """Return the same luck on the bell curve; distributions that need none get the uniform numbers."""
        if dist not in BELL:
            return self.uniform(name, week, lanes)
        found: Array = self.stream(name).normal[week - 1, self.column[lanes]]
        return found
