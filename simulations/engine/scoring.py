"""From figures to points: 70 at the target, 30 more or less for a span better or worse, and never beyond 0 and 100."""

from collections.abc import Mapping

import numpy as np

from simulations.engine.arithmetic import Array
from simulations.engine.model import Context, Kpi, Model
from simulations.engine.playing import Plays

AT_TARGET, PER_SPAN = 70.0, 30.0
BEYOND_A_LIMIT = 40.0  # the most that a run is worth which has broken a hard limit, on safety say
SIDES = ("project", "service")


def figures(plays: Plays) -> dict[str, Array]:
    """Return each KPI of each play, as it stands."""
    with np.errstate(all="ignore"):
        return {kpi.name: wide(kpi.value(plays.known), plays.count) for kpi in plays.model.kpis}


def wide(value: object, count: int) -> Array:
    """Return a value as one number a play."""
    return np.broadcast_to(np.asarray(value, dtype=float), (count,))


def points(kpi: Kpi, value: Array) -> Array:
    """Return the points for a figure, 0 to 100."""
    found = AT_TARGET + PER_SPAN * kpi.sign * (value - kpi.target) / kpi.span
    return np.minimum(np.maximum(found, 0.0), 100.0)


def scored(model: Model, values: Mapping[str, Array], context: Context) -> Array:
    """Return the joint score of each play, 0 to 100; at most 40 where a hard limit was broken."""
    score = weighed(model, values, context.weights)
    return np.where(broken(model, values), np.minimum(score, BEYOND_A_LIMIT), score)


def broken(model: Model, values: Mapping[str, Array]) -> Array:
    """Say of each play whether it went beyond a hard limit."""
    limits = [(values[kpi.name] - kpi.limit) * kpi.sign < 0 for kpi in model.kpis if kpi.limit is not None]
    return np.asarray(np.any(limits, axis=0))


def side_score(model: Model, values: Mapping[str, Array], context: Context, side: str) -> Array:
    """Return the score of one side, 0 to 100; figures of both sides count on either."""
    weights = {kpi.name: context.weights.get(kpi.name, 0.0) for kpi in model.kpis if kpi.side in (side, "both")}
    return weighed(model, values, weights)


def weighed(model: Model, values: Mapping[str, Array], weights: Mapping[str, float]) -> Array:
    """Return the weighted mean of points."""
    total = sum(weights.values()) or 1.0
    parts = [weights.get(kpi.name, 0.0) / total * points(kpi, values[kpi.name]) for kpi in model.kpis]
    return np.asarray(np.sum(parts, axis=0), dtype=float)
