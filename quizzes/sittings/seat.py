"""Everything that one step at a sitting needs to know, loaded in one statement."""

from collections.abc import Mapping
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
    """One learner at one question of a sitting, with the steps that have the numbers which were sent."""

    attempt: Attempt
    item: AttemptItem
    same: Mapping[int, AnswerStep]
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
    rows = db.session.execute(seat_rows(), asked).all()
    if not rows:
        return None
    attempt, item, _, last_step = rows[0]
    same = {step.sequence: step for _, _, step, _ in rows if step}
    return Seat(attempt, item, same, went_on_at(attempt, last_step))


def went_on_at(attempt: Attempt, last_step: datetime | None) -> datetime:
    """Return since when the learner can have been at the next question: the last step, or the end of a break after it."""
    return max(moment for moment in (attempt.begun_at, last_step, attempt.break_ends_at) if moment)


@cache  # building it takes longer than running it
def seat_rows() -> sa.Select[*tuple[Any, ...]]:
    """Select the attempt, the item, the step of that number and of the next one, and when the last step was taken."""
    other = aliased(AttemptItem)
    number: sa.BindParameter[int] = sa.bindparam("sequence", type_=sa.Integer)
    last = sa.select(sa.func.max(other.stepped_at)).where(other.attempt_id == Attempt.id).correlate(Attempt)
    same = sa.and_(AnswerStep.item_id == AttemptItem.id, AnswerStep.sequence.in_((number, number + 1)))
    return (
        sa.select(Attempt, AttemptItem, AnswerStep, last.scalar_subquery())
        .join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
        .outerjoin(AnswerStep, same)
        .where(Attempt.id == sa.bindparam("attempt"), Attempt.learner_id == sa.bindparam("learner"))
        .where(Attempt.kind != "check", AttemptItem.position == sa.bindparam("position"))
    )
