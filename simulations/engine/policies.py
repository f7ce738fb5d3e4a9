"""Many policies side by side: options chosen for every stage, and what they score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulations.engine.arithmetic import Array
from simulations.engine.deciding import Policy
from simulations.engine.model import BASE, Model
from simulations.engine.playing import Plays, Watches
from simulations.engine.scoring import figures, scored

Indexes = NDArray[np.int64]
WIDEST = 24_576  # plays at a time: more would only wait for memory


@dataclass(frozen=True)
class Grid:
    """Policies, each a row: the option's index for every stage."""

    model: Model
    rows: Indexes  # policies × stages

    def __len__(self) -> int:
        return len(self.rows)

    def chosen(self, rows: Indexes) -> Mapping[str, Indexes]:
        """Return the options of some rows, by stage."""
        return {stage.id: self.rows[rows, place] for place, stage in enumerate(self.model.stages)}


def random_grid(model: Model, count: int, chance: np.random.Generator) -> Grid:
    """Return policies drawn at random."""
    columns = [chance.integers(0, len(stage.options), count) for stage in model.stages]
    return Grid(model, np.stack(columns, axis=1))


def one_row(model: Model, options: Mapping[str, str]) -> Indexes:
    """Return a policy as a row; what is not named is decided by default."""
    found = [stage.option(options.get(stage.id, "")) for stage in model.stages]
    return np.array(
        [stage.default if index is None else index for stage, index in zip(model.stages, found, strict=True)]
    )


def options_of(model: Model, row: Indexes) -> dict[str, str]:
    """Return a row as ids: the option of each stage."""
    return {stage.id: stage.options[index].id for stage, index in zip(model.stages, row.tolist(), strict=True)}


@dataclass(frozen=True)
class Outcome:
    """What policies came to: the figures and the joint score, policies × replications."""

    figures: Mapping[str, Array]
    score: Array

    @property
    def expected(self) -> Array:
        """Return the mean score of each policy."""
        mean: Array = self.score.mean(axis=1)
        return mean


def played(grid: Grid, seed: int, replications: int, context: str = BASE, watch: Watches | None = None) -> Outcome:
    """Play every policy with the same replications of luck (1, 2, …)."""
    count = max(1, WIDEST // replications)
    parts = [
        played_part(grid, np.arange(start, min(start + count, len(grid))), seed, replications, context, watch)
        for start in range(0, len(grid), count)
    ]
    return together(parts)


def played_part(
    grid: Grid, rows: Indexes, seed: int, replications: int, context: str, watch: Watches | None
) -> Outcome:
    """Play some of the policies."""
    lanes = np.repeat(rows, replications)
    luck = np.tile(np.arange(1, replications + 1), len(rows))
    plays = Plays(grid.model, seed, luck, context).run(Policy(grid.chosen(lanes)), watch)
    values = figures(plays)
    score = scored(grid.model, values, grid.model.contexts[context])
    shape = (len(rows), replications)
    return Outcome({name: value.reshape(shape) for name, value in values.items()}, score.reshape(shape))


def together(parts: Sequence[Outcome]) -> Outcome:
    """Return outcomes one below the other."""
    names = parts[0].figures
    return Outcome(
        {name: np.concatenate([part.figures[name] for part in parts]) for name in names},
        np.concatenate([part.score for part in parts]),
    )
