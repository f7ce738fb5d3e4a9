"""Begins a run: anew, or as another is played again with one change or in another context."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from catalogue.material import Scenario
from core.database import db
from core.errors import Refused
from core.seeds import seed_of
from simulations.engine.model import Model
from simulations.engine.retelling import Story, retold
from simulations.models import RunDecision, ScenarioRun
from simulations.runs.stories import as_kept


@dataclass(frozen=True)
class Beginning:
    """What a run begins with: its luck and context, the decisions it takes over, and the story they make."""

    seed: int
    context: str
    story: Story
    decisions: Mapping[str, str] = field(default_factory=dict)
    replays_id: int | None = None


def fresh(model: Model, scenario: Scenario, learner_id: int, context: str, *, now: datetime) -> Beginning:
    """Return a new beginning, with luck of its own; raise Refused for a context that is not there."""
    if context not in model.contexts:
        raise Refused("This scenario has no such conditions; choose one of those on the page.", 422)
    seed = seed_of("scenario", learner_id, scenario.ref, now.isoformat())
    return Beginning(seed, context, retold(model, seed, context, {}))


def again(
    model: Model, run: ScenarioRun, decisions: Mapping[str, str], *, turn: str | None, option: str | None, context: str
) -> Beginning:
    """Return the beginning of a run that is played again: the same luck, one other choice, or another context.

    The decisions before the changed turn are taken over, and those after it as far as their turns still come;
    where a change brings a new turn, the player decides it.
    """
    if context not in model.contexts or (turn is not None and turn not in decisions):
        raise Refused("This run cannot be played again like that.", 422)
    if turn is not None and model.stage_of(turn).option(option or "") is None:
        raise Refused("There is no such choice in that decision.", 422)
    kept = {**decisions, **({turn: option} if turn and option else {})}
    story = retold(model, run.seed, context, kept)
    reached = {one.id for one in story.turns}
    return Beginning(
        run.seed, context, story, {name: one for name, one in kept.items() if name in reached}, replays_id=run.id
    )


def begin(learner_id: int, scenario: Scenario, revision: int, beginning: Beginning, *, now: datetime) -> ScenarioRun:
    """Begin a run; the caller holds the learner's turn to write, and commits."""
    run = ScenarioRun(
        learner_id=learner_id,
        course=scenario.course_id,
        scenario=scenario.id,
        revision=revision,
        seed=beginning.seed,
        context=beginning.context,
        replays_id=beginning.replays_id,
        begun_at=now,
        turn=beginning.story.turn,
        story=as_kept(beginning.story),
        ended_at=now if beginning.story.over else None,
    )
    db.session.add(run)
    db.session.flush()
    for number, (turn, choice) in enumerate(beginning.decisions.items(), start=1):
        taken = RunDecision(
            run_id=run.id, learner_id=learner_id, number=number, turn=turn, choice=choice, known={}, decided_at=now
        )
        db.session.add(taken)
    db.session.flush()
    return run


def abandon(run: ScenarioRun, *, now: datetime) -> None:
    """Leave a run unfinished."""
    if run.is_open:
        run.abandoned_at = now
