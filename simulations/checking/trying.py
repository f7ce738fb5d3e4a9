"""Plays a scenario at random, and writes down what was within bounds, what was reached, and what was said."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulations.engine.arithmetic import Array
from simulations.engine.deciding import Policy
from simulations.engine.model import Model
from simulations.engine.playing import NotFinite, Plays
from simulations.engine.policies import random_grid
from simulations.engine.scoring import figures

SLACK = 1e-9


@dataclass
class Looker:
    """Looks on at plays: the furthest values of every state, KPIs without one, and how often each stage and event came."""

    model: Model
    low: dict[str, float] = field(default_factory=dict)
    high: dict[str, float] = field(default_factory=dict)
    stages: dict[str, set[int]] = field(default_factory=dict)
    events: dict[str, set[int]] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)  # KPIs that had no value, with the step

    def __call__(self, plays: Plays) -> None:
        """Look at one step."""
        for name in self.model.shape.state:
            values = plays.known[name]
            self.low[name] = min(self.low.get(name, np.inf), float(values.min()))
            self.high[name] = max(self.high.get(name, -np.inf), float(values.max()))
        for name, value in figures(plays).items():
            if not np.isfinite(value).all():
                self.without.setdefault(name, plays.tick)
        for turn, lanes in plays.happened.turns:
            self.stages.setdefault(self.model.stage_of(turn).id, set()).update(lanes.tolist())
        for event, lanes in plays.happened.events:
            self.events.setdefault(event, set()).update(lanes.tolist())


@dataclass(frozen=True)
class Tried:
    """What random plays of one context came to."""

    context: str
    count: int
    looker: Looker
    known: dict[str, Array]
    kpis: dict[str, Array]
    choices: dict[str, NDArray[np.int64]]
    unfinished: int
    broken: str | None = None

    def share(self, lanes: set[int]) -> float:
        """Return in which share of the plays something came."""
        return len(lanes) / self.count

    @property
    def beyond(self) -> list[str]:
        """Return the states that left their bounds."""
        return [
            f"{name} {self.looker.low[name]:.3g} to {self.looker.high[name]:.3g}"
            for name, state in self.looker.model.shape.state.items()
            if name in self.looker.low
            and (self.looker.low[name] < state.min - SLACK or self.looker.high[name] > state.max + SLACK)
        ]


def tried(model: Model, context: str, count: int, seed: int) -> Tried:
    """Play so many random policies, each with luck of its own."""
    chosen = random_grid(model, count, np.random.default_rng(seed)).chosen(np.arange(count))
    looker = Looker(model)
    plays = Plays(model, seed, np.arange(1, count + 1), context)
    try:
        plays.run(Policy(chosen), looker)
    except NotFinite as broken:
        return Tried(context, count, looker, {}, {}, dict(chosen), 0, str(broken))
    without = next((f"`{name}` has no value in step {tick}" for name, tick in looker.without.items()), None)
    unfinished = int(plays.going.sum())
    return Tried(context, count, looker, dict(plays.known), figures(plays), dict(chosen), unfinished, without)
