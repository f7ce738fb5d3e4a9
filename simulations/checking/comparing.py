"""Compares the options of every stage, all else equal, in every context."""

from dataclasses import dataclass

import numpy as np

from simulations.engine.arithmetic import Array
from simulations.engine.model import Model
from simulations.engine.policies import Grid, Indexes, Outcome, played

SEED = 70_001


@dataclass(frozen=True)
class Compared:
    """One stage in one context: `expected` and each figure are settings × options."""

    expected: Array
    figures: dict[str, Array]

    @property
    def shares(self) -> Array:
        """Return for each option the share of settings in which it is best."""
        options = self.expected.shape[1]
        best = self.expected.argmax(axis=1)
        return np.bincount(best, minlength=options) / len(best)


def compared(model: Model, settings: Indexes, replications: int, context: str) -> list[Compared]:
    """Return each stage with its options under the same settings of everything else."""
    grid = Grid(model, np.concatenate([varied(model, settings, place) for place in range(len(model.stages))]))
    outcome = played(grid, SEED, replications, context)
    found, start = [], 0
    for stage in model.stages:
        options = len(stage.options)
        end = start + len(settings) * options
        found.append(cut(outcome, start, end, options))
        start = end
    return found


def varied(model: Model, settings: Indexes, place: int) -> Indexes:
    """Return every setting with every option at one stage."""
    options = len(model.stages[place].options)
    rows = np.repeat(settings, options, axis=0)
    rows[:, place] = np.tile(np.arange(options), len(settings))
    return rows


def cut(outcome: Outcome, start: int, end: int, options: int) -> Compared:
    """Return one stage's part of an outcome."""
    figures = {name: value[start:end].mean(axis=1).reshape(-1, options) for name, value in outcome.figures.items()}
    return Compared(outcome.expected[start:end].reshape(-1, options), figures)
