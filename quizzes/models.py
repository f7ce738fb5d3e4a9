"""Attempts, their items as they were shown, and the steps that were taken."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model


class Attempt(Model):
    """A learner sits something: the checks of one lesson, a practice, an exam, a review."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    kind: Mapped[str]  # check | practice | exam | review | sorter
    course: Mapped[str]
    lesson: Mapped[str | None]  # for checks
    exam: Mapped[str | None]
    feedback: Mapped[str]  # each | end
    seed: Mapped[int] = mapped_column(sa.BigInteger)
    begun_at: Mapped[datetime]
    deadline_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    abandoned_at: Mapped[datetime | None]

    __table_args__ = (sa.Index("ix_attempt_learner_id_kind_course_lesson", "learner_id", "kind", "course", "lesson"),)


class AttemptItem(Model):
    """One question of an attempt, pinned as it was shown."""

    __tablename__ = "attempt_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"))
    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    position: Mapped[int]  # from 1
    try_number: Mapped[int] = mapped_column(default=1)  # a check can be tried again
    question: Mapped[str]  # course/id
    revision: Mapped[int]  # of the bank, for the source as it was
    digest: Mapped[str]  # of the question as shown
    seed: Mapped[int] = mapped_column(sa.BigInteger)
    shown_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("attempt_id", "position"),
        sa.Index("ix_attempt_item_learner_id_attempt_id", "learner_id", "attempt_id"),
    )


class AnswerStep(Model):
    """One step on an item; a step is added and never overwritten."""

    __tablename__ = "answer_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt_item.id"))
    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    sequence: Mapped[int]  # from 1, given by the page
    kind: Mapped[str]  # save | finish | flag | strike | note | extend
    response: Mapped[dict[str, Any]]
    confidence: Mapped[str | None]
    mark: Mapped[float | None]  # on a finish
    taken_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("item_id", "sequence"),)
