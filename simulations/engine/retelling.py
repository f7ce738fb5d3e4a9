"""One person's play, told anew from the decisions so far: where it stands, and what may be known there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from simulations.engine.arithmetic import Evaluate, compiled
from simulations.engine.deciding import Decided, Undecided
from simulations.engine.model import Model, figure
from simulations.engine.playing import Plays
from simulations.engine.scoring import figures, scored, side_score

ALONE = np.array([0])  # one play, with the luck that no replication has


@dataclass(frozen=True)
class Told:
    """Something that happened: an event, or a turn that was decided."""

    tick: int
    phase: int
    week: int
    id: str


@dataclass
class Story:
    """Where a play stands: the turn that waits, or the end.

    `rows` are the ledgers' figures as they stand, `lines` what charts draw, by name and then step by step;
    `ends` holds the step in which each phase ended.
    """

    tick: int = 0
    phase: int = 0
    week: int = 0
    turn: str | None = None
    stage: str | None = None
    rows: dict[str, float] = field(default_factory=dict)
    bad: list[str] = field(default_factory=list)
    lines: dict[str, list[float]] = field(default_factory=dict)
    events: list[Told] = field(default_factory=list)
    turns: list[Told] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """Say whether the play is at its end."""
        return self.turn is None


@dataclass(frozen=True)
class Ending:
    """What a play came to: its KPIs, its scores, and every variable as it stood at the end."""

    kpis: dict[str, float]
    score: float
    sides: dict[str, float]
    known: dict[str, float]


class Teller:
    """Listens to one play and writes its story."""

    def __init__(self, model: Model) -> None:
        self.story = Story()
        self.rows, self.bad = rows_of(model), bad_of(model)
        self.lines = {name: self.rows.get(name, reading(name)) for name in line_names(model)}

    def __call__(self, plays: Plays) -> None:
        """Write down one step."""
        story, phase = self.story, int(plays.phase_now[0])
        for name, of in self.lines.items():
            story.lines.setdefault(name, []).append(number(of(plays.known)))
        self.note(plays)
        if int(plays.phase[0]) > phase:
            story.ends.append(plays.tick)

    def note(self, plays: Plays) -> None:
        """Write down what happened in the step under way."""
        phase, week = int(plays.phase_now[0]), int(plays.week_now[0])
        self.story.events += [Told(plays.tick, phase, week, name) for name, _ in plays.happened.events]
        self.story.turns += [Told(plays.tick, phase, week, turn) for turn, _ in plays.happened.turns]

    def stand(self, plays: Plays) -> None:
        """Write down how things stand."""
        with np.errstate(all="ignore"):
            self.story.rows = {name: number(of(plays.known)) for name, of in self.rows.items()}
            known = {**plays.known, **self.story.rows}
            self.story.bad = [name for name, of in self.bad.items() if number(of(known))]
        self.story.tick, self.story.phase, self.story.week = plays.tick, int(plays.phase_now[0]), int(plays.week_now[0])


def reading(name: str) -> Evaluate:
    """Return a variable as a figure."""
    return lambda known: known[name]


def number(value: Any) -> float:
    """Return a figure of the one play as a plain number, six digits of it; what is not finite is 0."""
    found = float(np.asarray(value).reshape(-1)[0])
    return float(f"{found:.6g}") if np.isfinite(found) else 0.0


def rows_of(model: Model) -> dict[str, Evaluate]:
    """Return the figures of all ledgers."""
    return {row.name: figure(row) for ledger in model.shape.ledgers for row in ledger.rows}


def bad_of(model: Model) -> dict[str, Evaluate]:
    """Return the conditions under which a figure is bad news."""
    return {row.name: compiled(row.bad) for ledger in model.shape.ledgers for row in ledger.rows if row.bad}


def line_names(model: Model) -> list[str]:
    """Return what charts draw."""
    return [line.name for ledger in model.shape.ledgers if ledger.chart for line in ledger.chart.lines]


def retold(model: Model, seed: int, context: str, decisions: Mapping[str, str]) -> Story:
    """Play one run as far as it was decided."""
    return told(model, seed, context, decisions)[0].story


def ended(model: Model, seed: int, context: str, decisions: Mapping[str, str]) -> tuple[Story, Ending]:
    """Play one run that was decided to its end; raise Undecided where it was not."""
    teller, plays = told(model, seed, context, decisions)
    if teller.story.turn:
        raise Undecided(model.stage(teller.story.stage or ""), teller.story.turn)
    values = figures(plays)
    rules = model.contexts[context]
    sides = {side: number(side_score(model, values, rules, side)) for side in ("project", "service")}
    kpis = {name: number(value) for name, value in values.items()}
    known = {name: number(value) for name, value in plays.known.items()}
    return teller.story, Ending(kpis, number(scored(model, values, rules)), sides, known)


def told(model: Model, seed: int, context: str, decisions: Mapping[str, str]) -> tuple[Teller, Plays]:
    """Play one run as far as it was decided, and listen."""
    teller, plays = Teller(model), Plays(model, seed, ALONE, context)
    try:
        plays.run(Decided(decisions), teller)
    except Undecided as waiting:
        teller.story.turn, teller.story.stage = waiting.turn, waiting.stage.id
        teller.note(plays)  # another turn of the same week may have been decided before this one
    teller.stand(plays)
    return teller, plays
