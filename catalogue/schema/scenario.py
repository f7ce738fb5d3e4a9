"""The shape of a scenario: a project that is built, handed over, and lived with."""

import re
from typing import Annotated, Literal

from pydantic import Field

from catalogue.schema.shape import Anchored, DottedId, Id, Line, Name, Shape, Text

Number = Annotated[float, Field(allow_inf_nan=False)]
Formula = Annotated[str, Field(min_length=1, max_length=500)]
LATER = re.compile(r"(.+)-([1-9][0-9]*)")  # the second turn of a stage and those after it bear a number
Given = Number | Formula  # a number, or an expression over what is known at that moment
Side = Literal["project", "service", "both"]
Some = Field(min_length=1)
# What each distribution needs.
ARGUMENTS: dict[str, tuple[str, ...]] = {
    "uniform": ("low", "high"),
    "bernoulli": ("p",),
    "poisson": ("mean",),
    "binomial": ("n", "p"),
    "normal": ("mean", "sd"),
    "lognormal": ("mean", "sigma"),
    "gamma": ("shape", "scale"),
    "triangular": ("low", "mode", "high"),
}


def is_turn_of(turn: str, stage: str, every: int | None) -> bool:
    """Say whether a turn is one of a stage that comes once, or every so many weeks."""
    later = LATER.fullmatch(turn) if every else None
    return turn == stage or (later is not None and later[1] == stage)


class ClockShape(Shape):
    """What one step of time is called, and how many there are at most."""

    unit: Name
    ticks: Annotated[int, Field(ge=1, le=520)]


class CastShape(Shape):
    """Somebody in the story."""

    id: Id
    name: Line
    role: Line


class StateShape(Shape):
    """Something that carries over from one step to the next."""

    start: Number
    min: Number
    max: Number
    reveal: bool = False


class NoiseShape(Shape):
    """What luck decides at every step; the arguments are expressions."""

    dist: Literal["uniform", "bernoulli", "poisson", "binomial", "normal", "lognormal", "gamma", "triangular"]
    mean: Given | None = None
    sd: Given | None = None
    sigma: Given | None = None
    n: Given | None = None
    p: Given | None = None
    low: Given | None = None
    high: Given | None = None
    mode: Given | None = None
    shape: Given | None = None
    scale: Given | None = None


class PhaseShape(Shape):
    """A part of the time with flows of its own; it lasts until its condition holds."""

    id: Id
    title: Line
    side: Side
    until: Formula
    planned: Annotated[int, Field(ge=1, le=520)]
    flows: dict[Name, Formula] = {}


class EffectShape(Shape):
    """What changes: values that are set, and amounts that are added."""

    set: dict[Name, Given] = {}
    add: dict[Name, Given] = {}


class LaterShape(EffectShape):
    """What changes some steps later."""

    after: Annotated[int, Field(ge=1, le=520)]


class ChoiceShape(EffectShape):
    """One way to decide."""

    id: Id
    label: Line
    text: Line | None = None
    shows: tuple[Line, ...] = ()
    schedule: tuple[LaterShape, ...] = ()
    learn: Text
    trap: bool = False


class StageShape(Shape):
    """A moment at which somebody has to decide."""

    id: Id
    phase: Id
    at: Annotated[int, Field(ge=1, le=520)]
    every: Annotated[int, Field(ge=1, le=520)] | None = None
    when: Formula | None = None
    default: Id | None = None
    title: Line
    speaker: Id | None = None
    prompt: Text
    see: tuple[Id, ...] = ()
    objective: Annotated[tuple[DottedId, ...], Some]
    lesson: Anchored | None = None
    choices: Annotated[tuple[ChoiceShape, ...], Field(min_length=2, max_length=5)]

    def has_turn(self, turn: str) -> bool:
        """Say whether a turn is one of this stage's: the first has its name, later ones have a number, too."""
        return is_turn_of(turn, self.id, self.every)

    def turns(self, weeks: int) -> int:
        """Return how often the stage comes in a phase of so many weeks (or whatever the clock counts)."""
        return 1 if self.every is None else max(0, weeks - self.at) // self.every + 1


class EventShape(EffectShape):
    """Something that happens, by plan, by condition or by chance."""

    id: Id
    phase: Id
    at: Annotated[int, Field(ge=1, le=520)] | None = None
    when: Formula | None = None
    prob: Given | None = None
    once: bool = True
    rare: bool = False
    speaker: Id | None = None
    say: Text | None = None


class FigureShape(Shape):
    """A figure that is calculated: by an expression, or by a measure that everybody shares."""

    expr: Formula | None = None
    measure: Name | None = None
    of: dict[Name, Formula] = {}
    label: Line
    unit: Line | None = None
    decimals: Annotated[int, Field(ge=0, le=6)] = 0


class KpiShape(FigureShape):
    """A figure by which a run is judged at its end."""

    side: Side
    better: Literal["high", "low"]
    target: Number
    span: Annotated[float, Field(gt=0)]
    limit: Number | None = None  # a run that is worse than this fails, whatever else it won


class RowShape(FigureShape):
    """A line of a ledger."""

    name: Name
    bad: Formula | None = None


class LineShape(Shape):
    """A line of a chart: a figure of a ledger, or a variable."""

    name: Name
    label: Line


class ChartShape(Shape):
    """A chart beside the story."""

    title: Line
    lines: Annotated[tuple[LineShape, ...], Field(min_length=1, max_length=4)]


class LedgerShape(Shape):
    """What a manager knows, as one of the two sides keeps its books."""

    id: Id
    title: Line
    side: Side
    phase: Id | None = None
    rows: Annotated[tuple[RowShape, ...], Some]
    chart: ChartShape | None = None


class ContextShape(Shape):
    """The same story under other conditions."""

    title: Line
    text: Text
    params: dict[Name, Number] = {}
    weights: dict[Name, Annotated[float, Field(gt=0)]] = {}


class RuleShape(Shape):
    """A sentence that is said where its condition holds."""

    when: Formula | None = None
    say: Text
    rare: bool = False


class HeadlineShape(RuleShape):
    """The first words of a debrief."""

    title: Line


class LensShape(Shape):
    """One matter as each of the two sides sees it; the first rule that holds is said."""

    title: Line
    project: Annotated[tuple[RuleShape, ...], Some]
    service: Annotated[tuple[RuleShape, ...], Some]


class PredictionShape(Shape):
    """A figure that is predicted before the results are shown."""

    kpi: Name
    ask: Line
    low: Number
    high: Number


class WordShape(Shape):
    """What a variable is called where its part in the story is told."""

    label: Line
    unit: Line | None = None
    decimals: Annotated[int, Field(ge=0, le=6)] = 0


class WorkedShape(Shape):
    """A run that can be watched before one plays."""

    text: Text
    choices: dict[Id, Id]
    say: dict[Id, Text]


class ExpectationShape(Shape):
    """What its author expects of the scenario, checked over many plays."""

    given: dict[Id, Id] = {}
    context: Id | None = None
    expect: Formula


class ScenarioShape(Shape):
    """scenarios/<scenario>.yaml."""

    title: Line
    summary: Text
    story: Text
    minutes: Annotated[int, Field(ge=1, le=240)]
    objectives: Annotated[tuple[DottedId, ...], Some]
    lessons: tuple[Anchored, ...] = ()
    clock: ClockShape
    cast: tuple[CastShape, ...] = ()
    params: dict[Name, Number] = {}
    state: Annotated[dict[Name, StateShape], Some]
    policy: dict[Name, Number] = {}
    noise: dict[Name, NoiseShape] = {}
    flows: dict[Name, Formula] = {}
    phases: Annotated[tuple[PhaseShape, ...], Some]
    stages: Annotated[tuple[StageShape, ...], Some]
    events: tuple[EventShape, ...] = ()
    ledgers: Annotated[tuple[LedgerShape, ...], Some]
    kpis: Annotated[dict[Name, KpiShape], Field(min_length=2)]
    score: dict[Name, Annotated[float, Field(gt=0, le=1)]]
    contexts: dict[Id, ContextShape]
    words: dict[Name, WordShape] = {}
    predict: Annotated[tuple[PredictionShape, ...], Field(min_length=1, max_length=3)]
    headlines: Annotated[tuple[HeadlineShape, ...], Some]
    debrief: tuple[RuleShape, ...] = ()
    lenses: Annotated[tuple[LensShape, ...], Some]
    reflect: Annotated[tuple[Line, ...], Field(min_length=3, max_length=3)]
    worked: WorkedShape | None = None
    tests: tuple[ExpectationShape, ...] = ()

    def stage_of(self, turn: str) -> StageShape:
        """Return the stage of a turn; raise KeyError where there is none."""
        found = next((stage for stage in self.stages if stage.has_turn(turn)), None)
        if found is None:
            raise KeyError(turn)
        return found

    def ledgers_seen(self, phase: str, stage: StageShape | None) -> list[LedgerShape]:
        """Return the ledgers that may be seen: those that the stage names, else those of the phase."""
        named = stage.see if stage else ()
        return [one for one in self.ledgers if (one.id in named if named else one.phase in (None, phase))]

    @property
    def decisions(self) -> int:
        """Return how many decisions a play has that goes as planned; those that come on conditions count, too."""
        planned = {phase.id: phase.planned for phase in self.phases}
        return sum(stage.turns(planned[stage.phase]) for stage in self.stages)
