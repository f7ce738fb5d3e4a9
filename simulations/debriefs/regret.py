"""What one other choice would have added, everything else as it was played, under the same luck.

For each turn: the mean score over replications with another option, less that with the option that was played.
Both meet the same luck (common random numbers), so the difference is known far better than either mean.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from catalogue.schema.scenario import is_turn_of
from simulations.engine.arithmetic import Array
from simulations.engine.deciding import Policy
from simulations.engine.model import Model, Stage
from simulations.engine.playing import Plays
from simulations.engine.scoring import figures, scored

REPLICATIONS = 400
CLEAR = 2.0  # standard errors
WORTH = 0.5  # points: less is nothing to speak of, however surely it is known


@dataclass(frozen=True)
class Turn:
    """A turn of a run, and the index of what was played; a stage never reached stands with its default."""

    name: str
    stage: Stage
    played: int
    reached: bool


@dataclass(frozen=True)
class Other:
    """Another option: how many points it would have added on average, and how sure that is (one standard error)."""

    option: str
    gain: float
    error: float

    @property
    def clear(self) -> bool:
        """Say whether the difference is more than luck may feign, and worth a word."""
        return abs(self.gain) >= max(CLEAR * self.error, WORTH)


@dataclass(frozen=True)
class Regret:
    """A turn with all its other options, the best of them first."""

    turn: Turn
    others: tuple[Other, ...]

    @property
    def points(self) -> float:
        """Return what the best other option would have added; 0 where none is clearly better."""
        return self.others[0].gain if self.verdict == "better" else 0.0

    @property
    def verdict(self) -> str:
        """Return better (another was), best (none comes near), or alike (no clear difference)."""
        best = self.others[0]
        if best.clear:
            return "better" if best.gain > 0 else "best"
        return "alike"


@dataclass(frozen=True)
class Compared:
    """All regrets of a run, and the scores of its own choices under every replication."""

    regrets: tuple[Regret, ...]
    own: Array


def turns_of(model: Model, decisions: Mapping[str, str]) -> tuple[Turn, ...]:
    """Return every turn that was decided, and every stage that was never reached."""
    found = []
    for stage in model.stages:
        names = [name for name in decisions if is_turn_of(name, stage.id, stage.every)]
        found += [Turn(name, stage, stage.option(decisions[name]) or 0, True) for name in names]
        if not names:
            found.append(Turn(stage.id, stage, stage.default, False))
    return tuple(found)


def compared(
    model: Model, seed: int, context: str, decisions: Mapping[str, str], count: int = REPLICATIONS
) -> Compared:
    """Compare every option of every turn with the one that was played, over so many replications."""
    turns = turns_of(model, decisions)
    cells = [(turn, option) for turn in turns for option in range(len(turn.stage.options)) if option != turn.played]
    scores = scores_of(model, seed, context, turns, cells, count)
    gains = dict(zip(((turn.name, option) for turn, option in cells), scores[1:] - scores[0], strict=True))
    return Compared(tuple(regret_of(turn, gains) for turn in turns), scores[0])


def scores_of(
    model: Model, seed: int, context: str, turns: Sequence[Turn], cells: Sequence[tuple[Turn, int]], count: int
) -> Array:
    """Return the scores of the run as played, and of each cell with its one change: rows × replications."""
    lanes = (len(cells) + 1) * count
    chosen = {turn.name: np.full(lanes, turn.played) for turn in turns}
    for row, (turn, option) in enumerate(cells, start=1):
        chosen[turn.name][row * count : (row + 1) * count] = option
    luck = np.tile(np.arange(1, count + 1), len(cells) + 1)
    plays = Plays(model, seed, luck, context).run(Policy(chosen))
    return scored(model, figures(plays), model.contexts[context]).reshape(-1, count)


def regret_of(turn: Turn, gains: Mapping[tuple[str, int], Array]) -> Regret:
    """Return the other options of a turn, the best first."""
    others = [
        Other(option.id, float(gain.mean()), float(gain.std(ddof=1)) / sqrt(len(gain)))
        for index, option in enumerate(turn.stage.options)
        if index != turn.played
        for gain in [gains[turn.name, index]]
    ]
    return Regret(turn, tuple(sorted(others, key=lambda other: -other.gain)))
