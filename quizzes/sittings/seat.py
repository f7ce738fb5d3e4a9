"""Everything that one step at a sitting needs to know, loaded in one statement."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from core.database import db
from quizzes.models import AnswerStep, Attempt, AttemptItem
from quizzes.sittings.plans import Plan, plan_of


@dataclass(frozen=True, eq=False)
class Seat:
    """One learner at one question of a sitting, with the step that has the number which was sent."""

    attempt: Attempt
    item: AttemptItem
    same: AnswerStep | None
    before: datetime  # the last step anywhere in the sitting, or its beginning, or the end of a break

    @cached_property
    def plan(self) -> Plan:
        """Return what the sitting was begun with."""
        return plan_of(self.attempt.plan)

    @property
    def is_locked(self) -> bool:
        """Say whether the question stands in a section that is not open."""
        return self.item.section != self.attempt.section


def take_seat(learner_id: int, attempt_id: int, position: int, sequence: int) -> Seat | None:
    """Return the learner's own seat, or None; call it inside the turn to write."""
    asked = {"learner": learner_id, "attempt": attempt_id, "position": position, "sequence": sequence}
    row = db.session.execute(seat_rows(), asked).one_or_none()
    return Seat(row[0], row[1], row[2], went_on_at(row[0], row[3])) if row else None


def went_on_at(attempt: Attempt, last_step: datetime | None) -> datetime:
    """Return since when the learner can have been at the next question: the last step, or the end of a break after it."""
    return max(moment for moment in (attempt.begun_at, last_step, attempt.break_ends_at) if moment)


@cache  # building it takes longer than running it
def seat_rows() -> sa.Select[*tuple[Any, ...]]:
    """Select the attempt, the item, the step of that number, and when the last step of the sitting was taken."""
    other = aliased(AttemptItem)
    last = sa.select(sa.func.max(other.stepped_at)).where(other.attempt_id == Attempt.id).correlate(Attempt)
    same = sa.and_(AnswerStep.item_id == AttemptItem.id, AnswerStep.sequence == sa.bindparam("sequence"))
    return (
        sa.select(Attempt, AttemptItem, AnswerStep, last.scalar_subquery())
        .join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
        .outerjoin(AnswerStep, same)
        .where(Attempt.id == sa.bindparam("attempt"), Attempt.learner_id == sa.bindparam("learner"))
        .where(Attempt.kind != "check", AttemptItem.position == sa.bindparam("position"))
    )
