"""How one decision reached the end: the variables that it moved most, in the order in which one leads to the next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np

from catalogue.expressions import names_in
from catalogue.schema.scenario import ARGUMENTS, EffectShape, ScenarioShape
from simulations.debriefs.regret import Turn
from simulations.engine.arithmetic import NAMED, Array
from simulations.engine.deciding import Policy
from simulations.engine.model import Model
from simulations.engine.playing import Plays
from simulations.engine.recording import Recorder
from simulations.engine.retelling import reading
from simulations.engine.scoring import figures, points

LONGEST = 5
HARDLY = 0.15  # of a standard deviation: what moved less is no part of a story
SAME = 0.01  # of a figure: what differs less reads as the same
HARDLY_ANY = 1e-12  # stands for the spread of what is the same in all plays


@dataclass(frozen=True)
class Link:
    """One variable of the story: what it was on average, and what it would have been, when they were furthest apart."""

    name: str
    phase: int
    week: int
    own: float
    other: float


@dataclass(frozen=True)
class Moved:
    """How far a variable was moved, in standard deviations, and when most."""

    size: float
    link: Link

    @property
    def tells(self) -> bool:
        """Say whether it moved far enough to be part of a story: by luck's measure, and by what one would read."""
        larger = max(abs(self.link.own), abs(self.link.other))
        return self.size > HARDLY and abs(self.link.own - self.link.other) > SAME * larger


def chain(
    model: Model, seed: int, context: str, decisions: Mapping[str, str], turn: Turn, other: str, count: int
) -> list[Link]:
    """Return the story from a turn to the KPI that it moved most, had another option been taken."""
    plays, moved = moves(model, seed, context, decisions, turn, other, count)
    starts = changed_by(model.shape, turn.stage.id, [turn.stage.options[turn.played].id, other])
    ends = kpi_inputs(model.shape, most_moved(model, plays, context, count))
    path = strongest(leads_to(model.shape), starts, ends, {name: one.size for name, one in moved.items()})
    told = [moved[name].link for name in path if name in moved and name in model.shape.words and moved[name].tells]
    return told[:1] + told[1:][-(LONGEST - 1) :]


def most_moved(model: Model, plays: Plays, context: str, count: int) -> str:
    """Return the KPI through which the other option changed the joint score most."""
    values, weights = figures(plays), model.contexts[context].weights
    gains = {
        kpi.name: weights.get(kpi.name, 0.0) * abs(float(found[:count].mean() - found[count:].mean()))
        for kpi in model.kpis
        for found in [points(kpi, values[kpi.name])]
    }
    return max(gains, key=lambda name: gains[name])


def moves(
    model: Model, seed: int, context: str, decisions: Mapping[str, str], turn: Turn, other: str, count: int
) -> tuple[Plays, dict[str, Moved]]:
    """Return the plays with the option that was played and then those with another, and how far each variable moved."""
    luck = np.tile(np.arange(1, count + 1), 2)
    chosen = {name: np.full(2 * count, stage_index(model, name, option)) for name, option in decisions.items()}
    chosen[turn.name] = np.repeat([turn.played, turn.stage.option(other) or 0], count)
    names = [name for name in model.start if name not in model.shape.params]
    recorder = Recorder(model, {name: reading(name) for name in names}, 2 * count)
    plays = Plays(model, seed, luck, context).run(Policy(chosen), recorder)
    found = {name: furthest(name, recorder.paths[name], count) for name in names}
    return plays, {name: one for name, one in found.items() if one}


def stage_index(model: Model, turn: str, option: str) -> int:
    """Return the index of what was decided at a turn."""
    return model.stage_of(turn).option(option) or 0


def furthest(name: str, paths: list[Array], count: int) -> Moved | None:
    """Return when the means of two halves of plays are furthest apart; weeks that most plays never saw do not count."""
    found = [one for phase, path in enumerate(paths) if (one := furthest_week(name, phase, path, count))]
    return max(found, key=lambda one: one.size, default=None)


def furthest_week(name: str, phase: int, path: Array, count: int) -> Moved | None:
    """Return the week of one phase in which the two halves are furthest apart."""
    weeks = np.flatnonzero(np.isfinite(path).sum(axis=1) > count)
    if not len(weeks):
        return None
    there = path[weeks]
    own, other = np.nanmean(there[:, :count], axis=1), np.nanmean(there[:, count:], axis=1)
    spread = np.nanstd(there, axis=1)
    sizes = np.abs(own - other) / np.where(spread > 0, spread, HARDLY_ANY)
    most = int(np.argmax(sizes))
    return Moved(float(sizes[most]), Link(name, phase, int(weeks[most]) + 1, float(own[most]), float(other[most])))


def changed_by(shape: ScenarioShape, stage: str, options: list[str]) -> set[str]:
    """Return what these options of a stage change, at once or later."""
    choices = [one for found in shape.stages if found.id == stage for one in found.choices if one.id in options]
    effects: list[EffectShape] = [*choices, *(later for choice in choices for later in choice.schedule)]
    return {name for effect in effects for name in (*effect.set, *effect.add)}


def leads_to(shape: ScenarioShape) -> dict[str, set[str]]:
    """Return for each variable those that are calculated from it."""
    edges: dict[str, set[str]] = {}
    for name, asked in calculated(shape):
        for one in asked:
            edges.setdefault(one, set()).add(name)
    return edges


def calculated(shape: ScenarioShape) -> Iterator[tuple[str, frozenset[str]]]:
    """Return everything that is calculated or drawn, with the names it asks for."""
    for flows in (shape.flows, *(phase.flows for phase in shape.phases)):
        yield from ((name, names_in(text, NAMED)) for name, text in flows.items())
    for name, noise in shape.noise.items():
        values = [getattr(noise, argument) for argument in ARGUMENTS[noise.dist]]
        yield name, frozenset().union(*(names_in(value, NAMED) for value in values if isinstance(value, str)))


def kpi_inputs(shape: ScenarioShape, kpi: str) -> frozenset[str]:
    """Return what a KPI is calculated from."""
    texts = [shape.kpis[kpi].expr or "0", *shape.kpis[kpi].of.values()]
    return frozenset().union(*(names_in(text, NAMED) for text in texts))


def strongest(
    edges: Mapping[str, set[str]], starts: set[str], ends: frozenset[str], sizes: Mapping[str, float]
) -> list[str]:
    """Return the way from any start to any end over what was moved most: the cheapest, where a step costs 1 / its size."""
    waiting: list[tuple[float, str, tuple[str, ...]]] = [(0.0, name, (name,)) for name in sorted(starts)]
    done: set[str] = set()
    while waiting:
        cost, name, path = heappop(waiting)
        if name in ends:
            return list(path)
        if name in done:
            continue
        done.add(name)
        for after in sorted(edges.get(name, ())):
            if after not in done:
                heappush(waiting, (cost + 1 / (sizes.get(after, 0.0) + 0.02), after, (*path, after)))
    return sorted(starts)
