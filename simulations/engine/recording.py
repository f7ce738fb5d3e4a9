"""Writes down what figures are in every step of many plays."""

from collections.abc import Mapping

import numpy as np

from simulations.engine.arithmetic import Array, Evaluate
from simulations.engine.model import Model
from simulations.engine.playing import Plays
from simulations.engine.scoring import wide


class Recorder:
    """Keeps figures by phase and week: `paths[name][phase]` is weeks × plays, not a number where a play was not there."""

    def __init__(self, model: Model, figures: Mapping[str, Evaluate], count: int) -> None:
        self.figures = figures
        shape = (model.ticks, count)
        self.paths: dict[str, list[Array]] = {name: [np.full(shape, np.nan) for _ in model.phases] for name in figures}

    def __call__(self, plays: Plays) -> None:
        """Keep the figures of this step."""
        values = {name: wide(of(plays.known), plays.count) for name, of in self.figures.items()}
        for phase in range(len(plays.model.phases)):
            lanes = np.flatnonzero(plays.phase_now == phase)
            weeks = plays.week_now[lanes] - 1
            for name, value in values.items():
                self.paths[name][phase][weeks, lanes] = value[lanes]
