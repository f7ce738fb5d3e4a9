"""Looks for the best policy: from many starts, one stage at a time, until no change helps."""

import numpy as np

from simulations.engine.model import Model
from simulations.engine.policies import Grid, Indexes, played, random_grid

STARTS, SWEEPS = 6, 4
FIRST_LOOK, REPLICATIONS = 8, 32
SEED = 90_001  # not the luck that options are compared with, so that a policy is not fitted to it


def best_row(model: Model, context: str, chance: np.random.Generator, count: int) -> Indexes:
    """Return the best policy found: the best of some random ones, improved stage by stage."""
    starts = random_grid(model, count, chance)
    order = np.argsort(-played(starts, SEED, FIRST_LOOK, context).expected)
    rows = starts.rows[order[:STARTS]].copy()
    for _ in range(SWEEPS):
        before = rows.copy()
        for place in range(len(model.stages)):
            rows = improved(model, rows, place, context)
        if (rows == before).all():
            break
    final = played(Grid(model, rows), SEED, REPLICATIONS, context).expected
    best: Indexes = rows[int(np.argmax(final))]
    return best


def improved(model: Model, rows: Indexes, place: int, context: str) -> Indexes:
    """Return each policy with its best option at one stage."""
    options = len(model.stages[place].options)
    tried = np.repeat(rows, options, axis=0)
    tried[:, place] = np.tile(np.arange(options), len(rows))
    expected = played(Grid(model, tried), SEED, REPLICATIONS, context).expected.reshape(len(rows), options)
    better = rows.copy()
    better[:, place] = expected.argmax(axis=1)
    return better
