"""Puts a debrief together: everything that is calculated once, and then kept with the run."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from catalogue.schema.verdict import VerdictShape
from simulations.debriefs.causes import Link, chain
from simulations.debriefs.fans import Fan, fans, percentile
from simulations.debriefs.regret import REPLICATIONS, Compared, Regret, compared
from simulations.debriefs.telling import Lens, Telling
from simulations.engine.arithmetic import Array
from simulations.engine.model import Model
from simulations.engine.retelling import ended

BARS = 20  # of the picture of luck, over 100 points


@dataclass(frozen=True)
class Played:
    """What was played: the seed of its luck, its context, and its decisions by turn."""

    seed: int
    context: str
    decisions: Mapping[str, str]


@dataclass(frozen=True)
class OtherChoice:
    """Another option of a turn, in plain values."""

    option: str
    gain: float
    error: float


@dataclass(frozen=True)
class TurnFound:
    """A turn and what one other choice would have added there."""

    turn: str
    stage: str
    played: str
    reached: bool
    verdict: str
    points: float
    others: tuple[OtherChoice, ...]


@dataclass(frozen=True)
class Debrief:
    """Everything that a debrief shows, as it is kept."""

    title: str
    say: str
    score: float
    sides: dict[str, float]
    kpis: dict[str, float]
    rows: dict[str, float]
    expected: float  # of one's own choices
    random: float
    best: float
    luck: float  # share of replications that did worse, in percent
    bars: list[int]
    turns: list[TurnFound]
    fans: list[Fan]
    rules: list[str]
    lenses: list[Lens]
    cause: str | None = None  # the turn whose story is told
    instead: str | None = None
    links: list[Link] = field(default_factory=list)
    policy: dict[str, str] = field(default_factory=dict)  # the best choices found, by stage

    @property
    def skill(self) -> float:
        """Return how far from random play (0) to the best found (100) one's choices went."""
        way = self.best - self.random
        return max(0.0, min(100.0, 100 * (self.expected - self.random) / way)) if way > 0 else 100.0

    def as_kept(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return asdict(self)

    @classmethod
    def kept(cls, held: Mapping[str, Any]) -> "Debrief":
        """Return what was kept."""
        turns = [
            TurnFound(**{**one, "others": tuple(OtherChoice(**o) for o in one["others"])}) for one in held["turns"]
        ]
        parts = {
            "turns": turns,
            "fans": [Fan(**one) for one in held["fans"]],
            "lenses": [Lens(**one) for one in held["lenses"]],
            "links": [Link(**one) for one in held["links"]],
        }
        return cls(**{**held, **parts})


def debrief_of(model: Model, verdict: VerdictShape | None, run: Played, count: int = REPLICATIONS) -> Debrief:
    """Work out a debrief; without a verdict the best choices found are those of this run, one better choice at a time."""
    story, ending = ended(model, run.seed, run.context, run.decisions)
    found = compared(model, run.seed, run.context, run.decisions, count)
    level = verdict.levels.get(run.context) if verdict else None
    policy = dict(level.policy) if level else improved(found)
    paths, best = fans(model, run.seed, run.context, run.decisions, policy, count)
    telling = Telling(model.shape, story, ending, run.decisions, found.regrets)
    title, say = telling.headline()
    expected = float(found.own.mean())
    cause = told_regret(found)
    return Debrief(
        title=title,
        say=say,
        score=ending.score,
        sides=ending.sides,
        kpis=ending.kpis,
        rows=story.rows,
        expected=expected,
        random=level.random if level else expected,
        best=max(best, expected),
        luck=percentile(ending.score, found.own),
        bars=histogram(found.own),
        turns=[turn_found(regret) for regret in found.regrets],
        fans=paths,
        rules=telling.rules(),
        lenses=telling.lenses(),
        cause=cause.turn.name if cause else None,
        instead=cause.others[0].option if cause else None,
        links=story_of(model, run, cause, count) if cause else [],
        policy=policy,
    )


def improved(found: Compared) -> dict[str, str]:
    """Return the choices of a run, each clearly better one taken."""
    return {
        regret.turn.stage.id: regret.others[0].option
        if regret.verdict == "better"
        else regret.turn.stage.options[regret.turn.played].id
        for regret in found.regrets
    }


def told_regret(found: Compared) -> Regret | None:
    """Return the turn where another choice would have added most; where nothing was better, the one that won most."""
    reached = [regret for regret in found.regrets if regret.turn.reached and regret.verdict != "alike"]
    better = [regret for regret in reached if regret.verdict == "better"]
    if better:
        return max(better, key=lambda regret: regret.points)
    return min(reached, key=lambda regret: regret.others[0].gain, default=None)


def story_of(model: Model, run: Played, cause: Regret, count: int) -> list[Link]:
    """Return how that turn reached the end."""
    return chain(model, run.seed, run.context, run.decisions, cause.turn, cause.others[0].option, count)


def turn_found(regret: Regret) -> TurnFound:
    """Return a turn in plain values."""
    turn = regret.turn
    others = tuple(OtherChoice(one.option, round(one.gain, 2), round(one.error, 3)) for one in regret.others)
    played = turn.stage.options[turn.played].id
    return TurnFound(turn.name, turn.stage.id, played, turn.reached, regret.verdict, round(regret.points, 2), others)


def histogram(scores: Array) -> list[int]:
    """Return how many replications lie in each part of the scale."""
    counts, _ = np.histogram(scores, bins=BARS, range=(0, 100))
    return [int(count) for count in counts]
