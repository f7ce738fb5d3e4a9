"""What a mentor sees of the simulations that the learners play."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from accounts.models import Mentorship, Person
from core.database import db
from mentoring.queries import running
from simulations.models import RunDecision, ScenarioRun

SHOWN = 200


@dataclass(frozen=True)
class LearnersRun:
    """A learner's run of a scenario, without its story."""

    id: int
    learner: str
    course: str
    scenario: str
    context: str
    begun_at: datetime
    ended_at: datetime | None
    abandoned_at: datetime | None
    sent_at: datetime | None
    decisions: int
    title: str | None  # of its debrief, where that was opened
    score: float | None


def runs_mentored(mentor_id: int) -> list[LearnersRun]:
    """Return the runs of the mentor's learners, those first whose reflection was sent, the latest at the top."""
    rows = db.session.execute(
        sa.select(
            ScenarioRun.id,
            Person.name,
            ScenarioRun.course,
            ScenarioRun.scenario,
            ScenarioRun.context,
            ScenarioRun.begun_at,
            ScenarioRun.ended_at,
            ScenarioRun.abandoned_at,
            ScenarioRun.sent_at,
            decided(),
            ScenarioRun.debrief["title"].as_string(),
            ScenarioRun.debrief["score"].as_float(),
        )
        .join(Person, Person.id == ScenarioRun.learner_id)
        .join(Mentorship, Mentorship.learner_id == ScenarioRun.learner_id)
        .where(running(mentor_id), Person.switched_off_at.is_(None))
        .order_by(ScenarioRun.sent_at.is_(None), ScenarioRun.sent_at.desc(), ScenarioRun.begun_at.desc())
        .limit(SHOWN)
    )
    return [LearnersRun(*tuple(row)) for row in rows]


def decided() -> sa.ScalarSelect[int]:
    """Count the decisions of a run."""
    return sa.select(sa.func.count()).where(RunDecision.run_id == ScenarioRun.id).scalar_subquery()
