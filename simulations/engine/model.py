"""A scenario, ready to be played: every expression a function, every name in its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from catalogue.expressions import names_in
from catalogue.measures import MEASURES
from catalogue.schema.scenario import (
    ARGUMENTS,
    EffectShape,
    EventShape,
    FigureShape,
    NoiseShape,
    PhaseShape,
    ScenarioShape,
    StageShape,
)
from simulations.engine.arithmetic import NAMED, Evaluate, Known, compiled, given

BASE = "base"


@dataclass(frozen=True)
class Effect:
    """What changes: names with their new values, and names with what is added."""

    set: tuple[tuple[str, Evaluate], ...]
    add: tuple[tuple[str, Evaluate], ...]


@dataclass(frozen=True)
class Option:
    """One way to decide, with what it does at once and later."""

    id: str
    now: Effect
    later: tuple[tuple[int, Effect], ...]


@dataclass(frozen=True)
class Stage:
    """A moment of decision; `phase` and `default` are indexes."""

    id: str
    phase: int
    at: int
    every: int | None
    when: Evaluate | None
    default: int
    options: tuple[Option, ...]

    def turn_at(self, week: int) -> int:
        """Return the number of the turn (1 for the first) that may come in this week of its phase; 0 for none."""
        if self.every is None:
            return int(week == self.at)
        return (week - self.at) // self.every + 1 if week >= self.at and (week - self.at) % self.every == 0 else 0

    def turn(self, number: int) -> str:
        """Return the name of a turn: the stage's own, with a number from the second on."""
        return self.id if number == 1 else f"{self.id}-{number}"

    def option(self, name: str) -> int | None:
        """Return the index of an option."""
        return next((index for index, option in enumerate(self.options) if option.id == name), None)


@dataclass(frozen=True)
class Draw:
    """One name that luck decides."""

    name: str
    dist: str
    args: tuple[tuple[str, Evaluate], ...]


@dataclass(frozen=True)
class Flow:
    """One name that is calculated."""

    name: str
    value: Evaluate


@dataclass(frozen=True)
class Phase:
    """A part of the time, with what is drawn and calculated in each step, in order."""

    id: str
    side: str
    until: Evaluate
    steps: tuple[Draw | Flow, ...]


@dataclass(frozen=True)
class Event:
    """Something that happens; `phase` is an index."""

    id: str
    phase: int
    at: int | None
    when: Evaluate | None
    chance: Evaluate | None
    once: bool
    effect: Effect


@dataclass(frozen=True)
class Kpi:
    """A figure by which a run is judged; `sign` is 1 where more is better, and -1 where less is."""

    name: str
    side: str
    value: Evaluate
    sign: int
    target: float
    span: float
    limit: float | None = None


@dataclass(frozen=True)
class Context:
    """The same story under other conditions; the weights add up to 1."""

    id: str
    params: Mapping[str, float]
    weights: Mapping[str, float]


@dataclass(frozen=True)
class Model:
    """A scenario, ready to be played."""

    shape: ScenarioShape

    @property
    def ticks(self) -> int:
        """Return after how many steps a play ends at the latest."""
        return self.shape.clock.ticks

    @cached_property
    def start(self) -> dict[str, float]:
        """Return everything that is known before the first step."""
        names = {flow for phase in self.shape.phases for flow in phase.flows} | self.shape.flows.keys()
        unknown = dict.fromkeys([*sorted(names), *self.shape.noise], 0.0)
        state = {name: one.start for name, one in self.shape.state.items()}
        return {**unknown, **self.shape.params, **self.shape.policy, **state}

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """Return the phases in order."""
        return tuple(phase_of(phase, self.shape) for phase in self.shape.phases)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """Return the stages as written."""
        places = {phase.id: index for index, phase in enumerate(self.shape.phases)}
        return tuple(stage_of(stage, places[stage.phase]) for stage in self.shape.stages)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Return the events as written."""
        places = {phase.id: index for index, phase in enumerate(self.shape.phases)}
        return tuple(event_of(event, places[event.phase]) for event in self.shape.events)

    @cached_property
    def kpis(self) -> tuple[Kpi, ...]:
        """Return the figures by which a run is judged."""
        return tuple(
            Kpi(name, kpi.side, figure(kpi), 1 if kpi.better == "high" else -1, kpi.target, kpi.span, kpi.limit)
            for name, kpi in self.shape.kpis.items()
        )

    @cached_property
    def contexts(self) -> dict[str, Context]:
        """Return the contexts; the one called `base` is always among them."""
        named: dict[str, tuple[Mapping[str, float], Mapping[str, float]]] = {BASE: ({}, {})} | {
            name: (context.params, context.weights) for name, context in self.shape.contexts.items()
        }
        return {name: Context(name, params, self.weighed(weights)) for name, (params, weights) in named.items()}

    def weighed(self, factors: Mapping[str, float]) -> dict[str, float]:
        """Return the weights of the score, some of them multiplied, adding up to 1 again."""
        weights = {name: weight * factors.get(name, 1.0) for name, weight in self.shape.score.items()}
        total = sum(weights.values())
        return {name: weight / total for name, weight in weights.items()}

    def stage(self, name: str) -> Stage:
        """Return a stage by its id; raise KeyError where there is none."""
        return self.stages_by_name[name]

    @cached_property
    def stages_by_name(self) -> dict[str, Stage]:
        """Return the stages by their ids."""
        return {stage.id: stage for stage in self.stages}

    def stage_of(self, turn: str) -> Stage:
        """Return the stage of a turn; raise KeyError where there is none."""
        return self.stage(self.shape.stage_of(turn).id)


def effect_of(shape: EffectShape) -> Effect:
    """Return what changes."""
    return Effect(
        tuple((name, given(value)) for name, value in shape.set.items()),
        tuple((name, given(value)) for name, value in shape.add.items()),
    )


def stage_of(shape: StageShape, phase: int) -> Stage:
    """Return a stage; without a default its first choice stands for plays that never reach it."""
    options = tuple(
        Option(choice.id, effect_of(choice), tuple((later.after, effect_of(later)) for later in choice.schedule))
        for choice in shape.choices
    )
    default = next((index for index, option in enumerate(options) if option.id == shape.default), 0)
    when = compiled(shape.when) if shape.when else None
    return Stage(shape.id, phase, shape.at, shape.every, when, default, options)


def event_of(shape: EventShape, phase: int) -> Event:
    """Return an event."""
    when = compiled(shape.when) if shape.when else None
    chance = None if shape.prob is None else given(shape.prob)
    return Event(shape.id, phase, shape.at, when, chance, shape.once, effect_of(shape))


def phase_of(shape: PhaseShape, scenario: ScenarioShape) -> Phase:
    """Return a phase: what all phases calculate, then its own; luck is drawn just before it is first asked for."""
    steps: list[Draw | Flow] = []
    drawn: set[str] = set()
    for name, text in {**scenario.flows, **shape.flows}.items():
        steps += draws_for(names_in(text, NAMED), scenario.noise, drawn)
        steps.append(Flow(name, compiled(text)))
    return Phase(shape.id, shape.side, compiled(shape.until), tuple(steps))


def draws_for(names: frozenset[str], noise: Mapping[str, NoiseShape], drawn: set[str]) -> list[Draw]:
    """Return the draws that names need and that were not drawn yet, in the order in which they are written."""
    found: list[Draw] = []
    for name in [name for name in noise if name in names and name not in drawn]:
        drawn.add(name)
        found += draws_for(noise_names(noise[name]), noise, drawn)
        found.append(draw_of(name, noise[name]))
    return found


def noise_names(shape: NoiseShape) -> frozenset[str]:
    """Return the names that a draw's arguments ask for."""
    values = (getattr(shape, argument) for argument in ARGUMENTS[shape.dist])
    return frozenset().union(*(names_in(value, NAMED) for value in values if isinstance(value, str)))


def draw_of(name: str, shape: NoiseShape) -> Draw:
    """Return a draw."""
    args = tuple((argument, given(getattr(shape, argument))) for argument in ARGUMENTS[shape.dist])
    return Draw(name, shape.dist, args)


def figure(shape: FigureShape) -> Evaluate:
    """Return a figure as a function: an expression, or a shared measure of expressions."""
    if shape.expr is not None:
        return compiled(shape.expr)
    measure = MEASURES[shape.measure or ""].formula
    inputs = {name: compiled(text) for name, text in shape.of.items()}

    def value(known: Known) -> object:
        return measure(**{name: of(known) for name, of in inputs.items()})

    return value
