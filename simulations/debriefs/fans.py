"""A run's figures inside all that its own choices might have brought, and beside the best choices found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulations.engine.arithmetic import Array
from simulations.engine.deciding import Policy
from simulations.engine.model import Model
from simulations.engine.playing import Plays
from simulations.engine.recording import Recorder
from simulations.engine.scoring import figures, scored

BANDS = (10, 25, 50, 75, 90)  # percentiles
THINNEST = 0.5  # a week in which fewer of the replications are still there is not drawn
DIGITS = 5


@dataclass(frozen=True)
class Fan:
    """A figure over the weeks of one phase: percentiles of one's own choices, the best choices' middle, the run itself."""

    kpi: str
    phase: int
    bands: dict[str, list[float]]  # by percentile
    best: list[float]  # as long as most of the best plays are still in this phase
    run: list[float]


def fans(
    model: Model, seed: int, context: str, decisions: Mapping[str, str], best: Mapping[str, str], count: int
) -> tuple[list[Fan], float]:
    """Return the fans of all KPIs in the phases of their side, and the expected score of the best choices found.

    One batch holds the run itself (replication 0), the replications of its choices, and those of the best choices.
    """
    luck = np.concatenate([np.arange(count + 1), np.arange(1, count + 1)])
    recorder = Recorder(model, {kpi.name: kpi.value for kpi in model.kpis}, len(luck))
    plays = Plays(model, seed, luck, context).run(Policy(beside(model, decisions, best, count)), recorder)
    score = scored(model, figures(plays), model.contexts[context])
    found = [
        fan_of(kpi.name, phase, recorder.paths[kpi.name][phase], count)
        for kpi in model.kpis
        for phase, one in enumerate(model.phases)
        if "both" in (kpi.side, one.side) or kpi.side == one.side
    ]
    return [fan for fan in found if fan.run], float(score[count + 1 :].mean())


def beside(model: Model, decisions: Mapping[str, str], best: Mapping[str, str], count: int) -> dict[str, np.ndarray]:
    """Return one's own decisions for the first plays, and the best ones for the rest, by turn."""
    chosen: dict[str, np.ndarray] = {}
    for turn in {*decisions, *(stage.id for stage in model.stages)}:
        stage = model.stage_of(turn)
        own = stage.option(decisions.get(turn, ""))
        ideal = stage.option(best.get(stage.id, ""))
        pair = [stage.default if one is None else one for one in (own, ideal)]
        chosen[turn] = np.repeat(pair, [count + 1, count])
    return chosen


def fan_of(kpi: str, phase: int, path: Array, count: int) -> Fan:
    """Return one fan out of the paths of all plays."""
    run, own, best = path[:, 0], path[:, 1 : count + 1], path[:, count + 1 :]
    last = int(np.isfinite(run).sum())
    weeks = [week for week in range(last) if np.isfinite(own[week]).mean() >= THINNEST]
    drawn = np.nanpercentile(own[weeks], BANDS, axis=1)
    bands = {str(band): [tidy(value) for value in values] for band, values in zip(BANDS, drawn, strict=True)}
    ideal = [tidy(np.nanmedian(best[week])) for week in weeks if np.isfinite(best[week]).mean() >= THINNEST]
    return Fan(kpi, phase, bands, ideal, [tidy(run[week]) for week in range(last)])


def tidy(value: float) -> float:
    """Return a figure with a few digits; what is not finite is 0."""
    return float(f"{float(value):.{DIGITS}g}") if np.isfinite(value) else 0.0


def percentile(run: float, own: Sequence[float] | Array) -> float:
    """Return the share of replications that did worse than the run, in percent; equals count half."""
    values = np.asarray(own)
    return float(100 * ((values < run).mean() + (values == run).mean() / 2))
