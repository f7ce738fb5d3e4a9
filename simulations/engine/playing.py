"""Plays a scenario: one run, or thousands side by side, each with choices of its own."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from simulations.engine.arithmetic import Array, Evaluate
from simulations.engine.distributions import drawn
from simulations.engine.luck import Luck
from simulations.engine.model import BASE, Draw, Effect, Event, Model, Phase, Stage

Lanes = NDArray[np.int64]  # numbers of plays
Truths = NDArray[np.bool_]


class NotFinite(Exception):
    """A variable that has no finite value any more."""

    def __init__(self, name: str, tick: int) -> None:
        super().__init__(f"`{name}` has no finite value in step {tick}")
        self.name, self.tick = name, tick


class Decides(Protocol):
    """Tells what each play decides when its turn comes."""

    def __call__(self, stage: Stage, turn: str, lanes: Lanes) -> NDArray[np.int64]:
        """Return the index of the option that each of these plays takes."""


class Watches(Protocol):
    """Looks on after every step."""

    def __call__(self, plays: "Plays") -> None:
        """Look at all plays."""


class Part(dict[str, Any]):
    """What is known of some of the plays, cut out when it is asked for."""

    def __init__(self, whole: dict[str, Array], lanes: Lanes) -> None:
        super().__init__()
        self.whole, self.lanes = whole, lanes

    def __missing__(self, name: str) -> Array:
        self[name] = found = self.whole[name][self.lanes]
        return found


@dataclass
class Happened:
    """What happened in one step: turns that were decided and events, each with the plays it happened in."""

    turns: list[tuple[str, Lanes]] = field(default_factory=list)
    events: list[tuple[str, Lanes]] = field(default_factory=list)


class Plays:
    """Plays side by side, one step at a time.

    `replications` are the numbers of their luck: plays with one number share all luck, whatever they decide.
    """

    def __init__(self, model: Model, seed: int, replications: Lanes, context: str = BASE) -> None:
        self.model, self.count = model, len(replications)
        self.luck = Luck(seed, replications, model.ticks)
        values = {**model.start, **model.contexts[context].params}
        self.known = {name: np.full(self.count, float(value)) for name, value in values.items()}
        self.all = np.arange(self.count)
        self.phase = np.zeros(self.count, dtype=np.int64)
        self.week = np.zeros(self.count, dtype=np.int64)
        self.tick = 0
        self.phase_now, self.week_now = self.phase, self.week  # of the step under way, or the last one
        self.pending: dict[int, list[tuple[Effect, Lanes]]] = defaultdict(list)
        self.fired: dict[str, Truths] = {}
        self.happened = Happened()

    @property
    def going(self) -> Truths:
        """Say which plays have not ended."""
        return self.phase < len(self.model.phases)

    def run(self, decide: Decides, watch: Watches | None = None) -> "Plays":
        """Play to the end."""
        with np.errstate(all="ignore"):  # what is not finite is found and named in `look`
            while self.tick < self.model.ticks and self.going.any():
                self.step(decide)
                if watch:
                    watch(self)
        return self

    def step(self, decide: Decides) -> None:
        """Take one step: decide, apply what is due, calculate, let things happen, see whether a phase is over."""
        self.begin()
        groups = list(self.groups())
        for index, lanes in groups:
            self.decide(index, lanes, decide)
        for effect, lanes in self.pending.pop(self.tick, ()):
            self.apply(effect, lanes[self.going[lanes]])
        for index, lanes in groups:
            self.calculate(self.model.phases[index], lanes)
            self.let_happen(index, lanes)
        self.look()
        for index, lanes in groups:
            self.turn_over(self.model.phases[index], lanes)

    def begin(self) -> None:
        """Let the clock go on."""
        self.tick += 1
        self.week[self.going] += 1
        self.phase_now, self.week_now = self.phase.copy(), self.week.copy()
        self.known["tick"] = np.full(self.count, float(self.tick))
        self.known["week"] = self.known[self.model.shape.clock.unit] = self.week.astype(float)
        self.happened = Happened()

    def groups(self) -> Iterator[tuple[int, Lanes]]:
        """Return the plays of each phase."""
        for index in range(len(self.model.phases)):
            lanes = np.flatnonzero(self.phase == index)
            if len(lanes):
                yield index, lanes

    def part(self, lanes: Lanes) -> dict[str, Array]:
        """Return what is known of some plays."""
        return self.known if len(lanes) == self.count else Part(self.known, lanes)

    def put(self, name: str, value: Array | float, lanes: Lanes) -> None:
        """Keep a value for some plays."""
        if len(lanes) == self.count:
            whole = np.asarray(value, dtype=float)
            self.known[name] = whole if whole.ndim else np.full(self.count, whole)
        else:
            self.known[name] = self.known[name].copy()
            self.known[name][lanes] = value

    def where(self, condition: Evaluate, lanes: Lanes) -> Lanes:
        """Return those of some plays in which a condition holds."""
        holds = np.broadcast_to(np.asarray(condition(self.part(lanes))) != 0, lanes.shape)
        found: Lanes = lanes[holds]
        return found

    def decide(self, phase: int, lanes: Lanes, decide: Decides) -> None:
        """Let every play decide whose turn it is."""
        weeks = np.unique(self.week[lanes]).tolist()
        for stage in self.model.stages:
            if stage.phase == phase:
                for week in weeks:
                    if number := stage.turn_at(week):
                        self.take_turn(stage, stage.turn(number), lanes[self.week[lanes] == week], decide)

    def take_turn(self, stage: Stage, turn: str, lanes: Lanes, decide: Decides) -> None:
        """Let plays decide one turn, and let it take effect."""
        asked = self.where(stage.when, lanes) if stage.when else lanes
        if not len(asked):
            return
        taken = decide(stage, turn, asked)
        self.happened.turns.append((turn, asked))
        for index, option in enumerate(stage.options):
            chosen = asked[taken == index]
            if len(chosen):
                self.apply(option.now, chosen)
                for after, effect in option.later:
                    self.pending[self.tick + after].append((effect, chosen))

    def apply(self, effect: Effect, lanes: Lanes) -> None:
        """Let something take effect in some plays."""
        if not len(lanes):
            return
        for name, value in effect.set:
            self.put(name, value(self.part(lanes)), lanes)
        for name, value in effect.add:
            known = self.part(lanes)
            self.put(name, known[name] + value(known), lanes)

    def calculate(self, phase: Phase, lanes: Lanes) -> None:
        """Draw and calculate everything of one step."""
        known = self.part(lanes)
        for step in phase.steps:
            value = self.drawn(step, phase, lanes, known) if isinstance(step, Draw) else step.value(known)
            self.put(step.name, value, lanes)
            if known is not self.known:
                known[step.name] = np.broadcast_to(np.asarray(value, dtype=float), lanes.shape)

    def drawn(self, draw: Draw, phase: Phase, lanes: Lanes, known: Mapping[str, Array]) -> Array:
        """Return what luck decides for a name; each phase has luck of its own."""
        args = {name: wide(of(known), lanes.shape) for name, of in draw.args}
        name, week = f"{phase.id}:{draw.name}", self.week[lanes]
        return drawn(
            draw.dist, self.luck.uniform(name, week, lanes), self.luck.normal(name, draw.dist, week, lanes), args
        )

    def let_happen(self, phase: int, lanes: Lanes) -> None:
        """Let events happen where their time, their condition and luck have it so."""
        for event in self.model.events:
            if event.phase == phase:
                self.happen(event, lanes if event.at is None else lanes[self.week[lanes] == event.at])

    def happen(self, event: Event, lanes: Lanes) -> None:
        """Let one event happen."""
        fired = self.fired.setdefault(event.id, np.zeros(self.count, dtype=bool))
        lanes = lanes[~fired[lanes]] if event.once else lanes
        if event.when and len(lanes):
            lanes = self.where(event.when, lanes)
        if event.chance and len(lanes):
            luck = self.luck.uniform(f"event:{event.id}", self.week[lanes], lanes)
            lanes = lanes[luck < event.chance(self.part(lanes))]
        if len(lanes):
            fired[lanes] = True
            self.apply(event.effect, lanes)
            self.happened.events.append((event.id, lanes))

    def look(self) -> None:
        """Refuse to go on with a variable that is not finite."""
        together = reduce(np.add, (self.known[name] for name in self.model.shape.state))
        if not np.isfinite(together).all():  # one look at the sum; which one it was is asked only then
            for name in self.model.shape.state:
                if not np.isfinite(self.known[name]).all():
                    raise NotFinite(name, self.tick)

    def turn_over(self, phase: Phase, lanes: Lanes) -> None:
        """Go over to the next phase where this one is over."""
        over = self.where(phase.until, lanes)
        self.phase[over] += 1
        self.week[over] = 0


def wide(value: object, shape: tuple[int, ...]) -> Array:
    """Return a value as one number a play."""
    found = np.asarray(value, dtype=float)
    return found if found.shape == shape else np.broadcast_to(found, shape)
