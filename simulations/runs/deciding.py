"""Takes a decision of a run. There is no way back; the same decision sent twice is acknowledged."""

from collections.abc import Mapping
from datetime import datetime

from catalogue.material import Scenario
from core.database import db
from core.errors import Refused
from progress.records import Deed, note_all
from simulations.engine.model import Model
from simulations.engine.retelling import Story, retold
from simulations.models import RunDecision, ScenarioRun
from simulations.runs.stories import as_kept

TAKEN = "This was decided already, and a decision stands. Go on with the one that waits."
OVER = "This run is over; you can begin another."
UNKNOWN = "Choose one of the ways that the page offers."


def is_repeated(decisions: Mapping[str, str], turn: str, choice: str) -> bool:
    """Say whether a decision was taken already, just so; raise Refused where it was taken otherwise."""
    if turn not in decisions:
        return False
    if decisions[turn] != choice:
        raise Refused(TAKEN)
    return True


def told_on(model: Model, run: ScenarioRun, decisions: Mapping[str, str], turn: str, choice: str) -> Story:
    """Return the story as it goes on after a decision; raise Refused where that decision is not due."""
    if not run.is_open:
        raise Refused(OVER)
    if run.turn != turn:
        raise Refused(TAKEN)
    story = retold(model, run.seed, run.context, {**decisions, turn: choice})
    if story.turn == turn:
        raise Refused(UNKNOWN, 422)
    return story


def decide(run: ScenarioRun, number: int, turn: str, choice: str, story: Story, *, now: datetime) -> None:
    """Take a decision as the next of its run; the caller holds the learner's turn to write, and commits."""
    taken = RunDecision(
        run_id=run.id,
        learner_id=run.learner_id,
        number=number,
        turn=turn,
        choice=choice,
        known=run.story.get("rows", {}),
        decided_at=now,
    )
    db.session.add(taken)
    run.turn, run.story = story.turn, as_kept(story)
    if story.over:
        run.ended_at = now


def note_run(run: ScenarioRun, scenario: Scenario, *, now: datetime) -> None:
    """Write the learning records of a run that has come to its end: one for each objective of its stages."""
    objectives = dict.fromkeys(name for stage in scenario.shape.stages for name in stage.objective)
    seconds = (now - run.begun_at).total_seconds()
    share = min(seconds, scenario.shape.minutes * 120.0) / max(len(objectives), 1)  # an open page is no study
    deeds = [
        Deed(kind="run", course=run.course, source=f"run:{run.id}", objective=name, seconds=share)
        for name in objectives
    ]
    note_all(run.learner_id, deeds, now=now)
