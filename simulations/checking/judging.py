"""Judges a scenario by all rules, and finds the best policy of each context."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from catalogue.schema.verdict import ENGINE, BestShape, FoundShape, LevelShape, VerdictShape
from simulations.checking import rules
from simulations.checking.comparing import compared
from simulations.checking.rules import Sampled
from simulations.checking.searching import best_row
from simulations.checking.trying import tried
from simulations.engine.model import Model
from simulations.engine.policies import Grid, Outcome, options_of, played, random_grid

SEED = 20_261


@dataclass(frozen=True)
class Effort:
    """How much is sampled."""

    random: int = 300
    replications: int = 16
    settings: int = 48
    compared: int = 24
    tried: int = 500
    searched: int = 200


QUICK = Effort(random=80, replications=8, settings=16, compared=8, tried=100, searched=60)
RULES: tuple[Callable[[Sampled], FoundShape], ...] = (
    rules.bounded,
    rules.reachable,
    rules.targets,
    rules.deterministic,
    rules.balanced,
    rules.trading,
    rules.two_sided,
    rules.skilful,
    rules.not_gameable,
    rules.labelled,
    rules.expected,
)
Tells = Callable[[str], None]


def judged(model: Model, digest: str, effort: Effort, tell: Tells = lambda words: None) -> VerdictShape:
    """Return the verdict about a scenario; `tell` hears how far it is."""
    chance = np.random.default_rng(SEED)
    sampled = sample(model, effort, chance, tell)
    broken = rules.bounded(sampled)
    if any(one.broken for one in sampled.tried):
        return VerdictShape(digest=digest, engine=ENGINE, luck=0.0, rules=(broken,), options=(), levels={})
    found = tuple(rule(sampled) for rule in RULES)
    tell("looking for the best policy")
    levels = {context: level(model, context, chance, effort) for context in model.contexts}
    luck = round(rules.luck_share(sampled), 3)
    return VerdictShape(
        digest=digest, engine=ENGINE, luck=luck, rules=found, options=tuple(shares(sampled)), levels=levels
    )


def sample(model: Model, effort: Effort, chance: np.random.Generator, tell: Tells) -> Sampled:
    """Play everything that the rules look at; a scenario that breaks is not played further."""
    tell("playing at random")
    attempts = [tried(model, context, effort.tried, SEED) for context in model.contexts]
    grid = random_grid(model, effort.random, chance)
    if any(one.broken for one in attempts):
        return Sampled(model, attempts, Outcome({}, np.zeros((0, 0))), grid, {})
    outcome = played(grid, SEED, effort.replications)
    found = {}
    for context in model.contexts:
        tell(f"comparing options: {context}")
        found[context] = compared(model, grid.rows[: effort.settings], effort.compared, context)
    return Sampled(model, attempts, outcome, grid, found)


def level(model: Model, context: str, chance: np.random.Generator, effort: Effort) -> LevelShape:
    """Return what random play and the best policy found score in a context."""
    row = best_row(model, context, chance, effort.searched)
    best = float(played(Grid(model, row[None]), SEED, 200, context).expected[0])
    average = float(played(random_grid(model, effort.random, chance), SEED, 4, context).score.mean())
    return LevelShape(random=round(average, 2), best=round(best, 2), policy=options_of(model, row))


def shares(sampled: Sampled) -> Iterator[BestShape]:
    """Return how every option fares."""
    for place, stage in enumerate(sampled.model.shape.stages):
        for index, choice in enumerate(stage.choices):
            best = {
                context: round(float(stages[place].shares[index]), 3) for context, stages in sampled.compared.items()
            }
            yield BestShape(stage=stage.id, option=choice.id, trap=choice.trap, best=best)
