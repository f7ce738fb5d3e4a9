"""Who decides in a play: a fixed policy for each play, or a person whose decisions are known so far."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from simulations.engine.model import Stage
from simulations.engine.playing import Lanes

Chosen = Mapping[str, NDArray[np.int64]]  # by turn or stage: the option's index in each play


class Undecided(Exception):
    """A turn that nobody has decided yet."""

    def __init__(self, stage: Stage, turn: str) -> None:
        super().__init__(turn)
        self.stage, self.turn = stage, turn


class Policy:
    """Options chosen beforehand for every play: by turn, else by stage, else the stage's default."""

    def __init__(self, chosen: Chosen) -> None:
        self.chosen = chosen

    def __call__(self, stage: Stage, turn: str, lanes: Lanes) -> NDArray[np.int64]:
        """Return what each of these plays takes."""
        found = self.chosen.get(turn, self.chosen.get(stage.id))
        return np.full(len(lanes), stage.default) if found is None else found[lanes]


class Decided:
    """The decisions of one person so far, by turn; raises Undecided at the first that is missing."""

    def __init__(self, decisions: Mapping[str, str]) -> None:
        self.decisions = decisions

    def __call__(self, stage: Stage, turn: str, lanes: Lanes) -> NDArray[np.int64]:
        """Return what was decided."""
        option = stage.option(self.decisions.get(turn, ""))
        if option is None:
            raise Undecided(stage, turn)
        return np.full(len(lanes), option)
