"""The rules that a scenario has to keep, each measured: learning.md 5.4 says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from catalogue.expressions import NoNumber, holds
from catalogue.schema.scenario import ExpectationShape, RuleShape
from catalogue.schema.verdict import FoundShape
from simulations.checking.comparing import Compared
from simulations.checking.trying import Tried
from simulations.engine.arithmetic import Array
from simulations.engine.model import BASE, Model
from simulations.engine.policies import Grid, Outcome, one_row, options_of, played
from simulations.engine.scoring import side_score

REACHED = 0.02  # of random plays
DOMINANT, NEVER = 0.80, 0.05  # of settings in which an option is best
MOVES = 0.25  # of the standard deviation that luck gives a KPI under one policy
TOGETHER = 0.8  # rank correlation of the two sides
SKILL = 0.40  # of the variance
SPREAD = 20.0  # points
CONSTANT = 60  # percentile of random policies


@dataclass(frozen=True)
class Sampled:
    """Everything that the rules look at, sampled once."""

    model: Model
    tried: Sequence[Tried]  # by context
    outcome: Outcome  # of random policies, in the base context
    grid: Grid
    compared: dict[str, list[Compared]]  # by context


def found(rule: str, problems: Sequence[str], fine: str, wanted: str) -> FoundShape:
    """Return a rule with what was found: the problems, or that all is well."""
    said = "; ".join(problems[:4]) + (f"; and {len(problems) - 4} more" if len(problems) > 4 else "")
    return FoundShape(rule=rule, holds=not problems, found=(said or fine)[:400], wanted=wanted)


def bounded(sampled: Sampled) -> FoundShape:
    """Every variable and KPI stays finite, every state within its bounds, and every play comes to its end."""
    problems = [f"{one.context}: {one.broken}" for one in sampled.tried if one.broken]
    problems += [f"{one.context}: {beyond}" for one in sampled.tried for beyond in one.beyond]
    problems += [f"{one.context}: {one.unfinished} plays do not end" for one in sampled.tried if one.unfinished]
    count = sum(one.count for one in sampled.tried)
    return found("Bounded", problems, f"{count:,} random plays stayed within bounds", "every state within its bounds")


def reachable(sampled: Sampled) -> FoundShape:
    """Every stage and event comes about, and every sentence of the debrief is said, in some plays."""
    shape, whole = sampled.model.shape, [one for one in sampled.tried if not one.broken]
    problems = []
    for stage in shape.stages:
        if max((one.share(one.looker.stages.get(stage.id, set())) for one in whole), default=0) < REACHED:
            problems.append(f"stage {stage.id}")
    for event in shape.events:
        if (
            not event.rare
            and max((one.share(one.looker.events.get(event.id, set())) for one in whole), default=0) < REACHED
        ):
            problems.append(f"event {event.id}")
    problems += unsaid(sampled.model, whole)
    return found(
        "Reachable",
        problems,
        "every stage, event and sentence came about",
        "each in 2 % of random plays of some context",
    )


def unsaid(model: Model, whole: Sequence[Tried]) -> list[str]:
    """Return the sentences that no random play brings; those that ask about regret are tried by the debrief itself."""
    problems = []
    for part in ("headlines", "debrief"):
        for place, rule in enumerate(getattr(model.shape, part), start=1):
            if is_tried(rule) and max((said(rule, one, model) for one in whole), default=0) < REACHED:
                problems.append(f"{part} {place}")
    return problems


def is_tried(rule: RuleShape) -> bool:
    """Say whether random plays can tell if a sentence is ever said."""
    return bool(rule.when) and not rule.rare and "regret(" not in (rule.when or "") and "best(" not in (rule.when or "")


def said(rule: RuleShape, plays: Tried, model: Model, most: int = 200) -> float:
    """Return in which share of plays a sentence is said."""
    return sum(holds_in(rule.when or "1", plays, model, lane) for lane in range(min(plays.count, most))) / min(
        plays.count, most
    )


def holds_in(condition: str, plays: Tried, model: Model, lane: int) -> bool:
    """Say whether a condition holds in one of the plays."""
    known = {name: float(value[lane]) for name, value in {**plays.known, **plays.kpis}.items()}
    options = {stage.id: stage.options[int(plays.choices[stage.id][lane])].id for stage in model.stages}
    try:
        return holds(
            condition,
            known,
            {"played": lambda stage: options.get(stage, ""), "regret": lambda s: 0.0, "best": lambda s: ""},
        )
    except NoNumber:
        return False


def targets(sampled: Sampled) -> FoundShape:
    """Every KPI can be met and can be missed."""
    problems = []
    for kpi in sampled.model.kpis:
        met = np.mean((sampled.outcome.figures[kpi.name] - kpi.target) * kpi.sign >= 0)
        if not REACHED <= met <= 1 - REACHED:
            problems.append(f"{kpi.name} is met in {met:.0%}")
    return found(
        "Targets", problems, "every KPI is met in some plays and missed in others", "met in 2 to 98 % of random plays"
    )


def deterministic(sampled: Sampled) -> FoundShape:
    """The same seed and choices give the same play, and one changed choice disturbs no luck before or after."""
    few = Grid(sampled.model, sampled.grid.rows[:8])
    first, second = (played(few, 5, 4).score for _ in range(2))
    alone = played(Grid(sampled.model, sampled.grid.rows[3:4]), 5, 4).score
    problems = [] if np.array_equal(first, second) else ["two plays of one seed differ"]
    if not np.allclose(first[3], alone[0], atol=1e-9):
        problems.append("a play changes with those beside it")
    return found("Deterministic", problems, "played twice, and alone: the same", "identical")


def balanced(sampled: Sampled) -> FoundShape:
    """No option is best nearly always everywhere, and each is best somewhere or is marked as a trap."""
    problems = []
    for place, stage in enumerate(sampled.model.shape.stages):
        for index, choice in enumerate(stage.choices):
            shares = [stages[place].shares[index] for stages in sampled.compared.values()]
            if min(shares) > DOMINANT:
                problems.append(f"{stage.id}: {choice.id} is always best")
            if max(shares) < NEVER and not choice.trap:
                problems.append(f"{stage.id}: {choice.id} is never best")
    wanted = "no option best in over 80 % in every context; each in 5 % of one, or a trap"
    return found("No dominant option", problems, "each has its place", wanted)


def trading(sampled: Sampled) -> FoundShape:
    """Between any two options of a stage something gets better and something worse."""
    spread = {name: float(value.std(axis=1, ddof=1).mean()) or 1e-12 for name, value in sampled.outcome.figures.items()}
    problems = []
    for place, stage in enumerate(sampled.model.shape.stages):
        traps = {index for index, choice in enumerate(stage.choices) if choice.trap}
        for one, other in combinations(range(len(stage.choices)), 2):
            if not {one, other} & traps and not trades(sampled, place, one, other, spread):
                problems.append(f"{stage.id}: {stage.choices[one].id} and {stage.choices[other].id}")
    return found(
        "Trade-offs",
        problems,
        "between any two options something is won and something lost",
        "one KPI better and one worse by a quarter of what luck does to it, in some context",
    )


def trades(sampled: Sampled, place: int, one: int, other: int, spread: dict[str, float]) -> bool:
    """Say whether two options differ both ways in some context."""
    for stages in sampled.compared.values():
        gains = [
            kpi.sign
            * float((stages[place].figures[kpi.name][:, one] - stages[place].figures[kpi.name][:, other]).mean())
            / spread[kpi.name]
            for kpi in sampled.model.kpis
        ]
        if max(gains) > MOVES and min(gains) < -MOVES:
            return True
    return False


def two_sided(sampled: Sampled) -> FoundShape:
    """What is good for the project is not simply what is good for the service."""
    base = sampled.model.contexts[BASE]
    project, service = (
        side_score(sampled.model, sampled.outcome.figures, base, side).mean(axis=1) for side in ("project", "service")
    )
    together = correlation(project, service)
    problems = [] if together < TOGETHER else [f"rank correlation {together:.2f}"]
    return found("Two sides", problems, f"rank correlation of the two scores {together:.2f}", f"below {TOGETHER}")


def correlation(one: Array, other: Array) -> float:
    """Return Spearman's rank correlation."""
    ranks = [np.argsort(np.argsort(values)).astype(float) for values in (one, other)]
    return float(np.corrcoef(np.stack(ranks))[0, 1])


def luck_share(sampled: Sampled) -> float:
    """Return the share of the variance of scores that luck explains, by one-way analysis of variance."""
    score = sampled.outcome.score
    within = float(score.var(axis=1, ddof=1).mean())
    between = max(float(score.mean(axis=1).var(ddof=1)) - within / score.shape[1], 0.0)
    return within / (within + between) if within + between else 0.0


def skilful(sampled: Sampled) -> FoundShape:
    """Choices decide more than luck, and good choices are worth much."""
    skill, expected = 1 - luck_share(sampled), sampled.outcome.expected
    spread = float(expected.max() - expected.min())
    problems = [f"choices explain {skill:.0%}"] if skill < SKILL else []
    problems += [f"only {spread:.0f} points between best and worst"] if spread < SPREAD else []
    fine = f"choices explain {skill:.0%}; {spread:.0f} points between best and worst"
    return found("Signal over luck", problems, fine, "40 % at least, and 20 points")


def constants(model: Model) -> dict[str, list[int]]:
    """Return the rules of thumb of somebody who does not read: an option for every stage."""
    stages = model.shape.stages
    return {
        "always the first": [0] * len(stages),
        "always the middle": [len(stage.choices) // 2 for stage in stages],
        "always the last": [len(stage.choices) - 1 for stage in stages],
        "always the longest": [
            max(range(len(stage.choices)), key=lambda k: len(stage.choices[k].label)) for stage in stages
        ],  # used at once
        "always the shortest": [
            min(range(len(stage.choices)), key=lambda k: len(stage.choices[k].label)) for stage in stages
        ],  # used at once
    }


def not_gameable(sampled: Sampled) -> FoundShape:
    """Nobody does well by a rule of thumb."""
    rules = constants(sampled.model)
    scores = played(Grid(sampled.model, np.array(list(rules.values()))), 3, 60).expected
    everybody = sampled.outcome.expected
    places = {name: float(100 * (everybody < score).mean()) for name, score in zip(rules, scores, strict=True)}
    problems = [f"{name} beats {place:.0f} % of random play" for name, place in places.items() if place > CONSTANT]
    fine = f"the best rule of thumb beats {max(places.values()):.0f} % of random play"
    return found("No rule of thumb", problems, fine, "60 % at most")


def expected(sampled: Sampled) -> FoundShape:
    """What the author expects comes true on average."""
    problems = [
        f"{test.expect} (given {', '.join(f'{a}={b}' for a, b in test.given.items()) or 'defaults'})"
        for test in sampled.model.shape.tests
        if not comes_true(sampled.model, test)
    ]
    return found("Author's expectations", problems, f"{len(sampled.model.shape.tests)} came true", "all")


def comes_true(model: Model, test: ExpectationShape, count: int = 200) -> bool:
    """Say whether an expectation holds for the means over many replications."""
    row = one_row(model, test.given)
    outcome = played(Grid(model, row[None]), 17, count, test.context or BASE)
    means = {name: float(value.mean()) for name, value in outcome.figures.items()}
    options = options_of(model, row)
    try:
        return holds(test.expect, means, {"played": lambda stage: options.get(stage, "")})
    except NoNumber:
        return False


def labelled(sampled: Sampled) -> FoundShape:
    """No option of a stage is told apart by its length alone."""
    problems = [
        stage.id
        for stage in sampled.model.shape.stages
        if max(len(choice.label) for choice in stage.choices) > 2.5 * min(len(choice.label) for choice in stage.choices)
    ]
    return found("Labels", problems, "of like length", "the longest at most 2.5 times the shortest")
