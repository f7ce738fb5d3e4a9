"""Runs of scenarios, and the decisions taken in them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model


class ScenarioRun(Model):
    """A learner plays a scenario, pinned to the text, the luck and the context it was begun with."""

    __tablename__ = "scenario_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    course: Mapped[str]
    scenario: Mapped[str]
    revision: Mapped[int]  # of the scenario, for its text as it was
    seed: Mapped[int] = mapped_column(sa.BigInteger)
    context: Mapped[str]
    replays_id: Mapped[int | None]  # the run that is played again
    begun_at: Mapped[datetime]
    turn: Mapped[str | None]  # that waits for a decision; none at the end
    story: Mapped[dict[str, Any]] = mapped_column(sa.JSON)  # what may be known at this moment, as pages show it
    ended_at: Mapped[datetime | None]
    abandoned_at: Mapped[datetime | None]
    predictions: Mapped[dict[str, Any] | None]
    predicted_at: Mapped[datetime | None]
    debrief: Mapped[dict[str, Any] | None]  # worked out once
    reflections: Mapped[list[str] | None]
    reflected_at: Mapped[datetime | None]  # kept
    sent_at: Mapped[datetime | None]  # to the mentor

    __table_args__ = (
        sa.Index("ix_scenario_run_learner_id_course_scenario", "learner_id", "course", "scenario"),
        sa.Index("ix_scenario_run_sent_at", "sent_at"),
    )

    @property
    def is_open(self) -> bool:
        """Say whether decisions are still to be taken."""
        return self.ended_at is None and self.abandoned_at is None

    @property
    def ref(self) -> str:
        """Return the scenario as `course/id`."""
        return f"{self.course}/{self.scenario}"


class RunDecision(Model):
    """One decision of a run; added and never changed."""

    __tablename__ = "run_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("scenario_run.id"))
    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    number: Mapped[int]  # from 1
    turn: Mapped[str]
    choice: Mapped[str]
    known: Mapped[dict[str, Any]] = mapped_column(sa.JSON)  # the ledgers' figures when it was taken
    decided_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("run_id", "number"),
        sa.UniqueConstraint("run_id", "turn"),
        sa.Index("ix_run_decision_learner_id_run_id", "learner_id", "run_id"),
    )
