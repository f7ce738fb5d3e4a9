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
    deadline_at: Mapped[datetime | None]  # moves with breaks and with time that a mentor adds
    plan: Mapped[
        dict[str, Any] | None
    ]  # what was asked for, and the exam's shape as it was: sections, breaks, pass mark
    section: Mapped[int] = mapped_column(
        default=1, server_default="1"
    )  # the one that is open; those before it are locked
    break_began_at: Mapped[datetime | None]  # while the exam's clock stands still
    break_ends_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    abandoned_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index("ix_attempt_learner_id_kind_course_lesson", "learner_id", "kind", "course", "lesson"),
        sa.Index(
            "ix_attempt_deadline_at_running",
            "deadline_at",
            sqlite_where=sa.text("submitted_at IS NULL AND abandoned_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL AND abandoned_at IS NULL"),
        ),
    )

    @property
    def is_open(self) -> bool:
        """Say whether it can still be answered."""
        return self.submitted_at is None and self.abandoned_at is None


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
    section: Mapped[int] = mapped_column(default=1, server_default="1")
    scored: Mapped[bool] = mapped_column(
        default=True, server_default=sa.true()
    )  # an exam tries out new questions among the others
    # What follows from the steps of a sitting, kept so that a page of 180 questions need not read them all (checks read theirs):
    last_sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    stepped_at: Mapped[datetime | None]  # the last step
    answered_at: Mapped[datetime | None]  # the last answer that was not blank
    flagged_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    seconds: Mapped[float] = mapped_column(default=0.0, server_default="0")  # spent before its steps
    mark: Mapped[float | None]  # as it counts now, regrades included
    marked_revision: Mapped[int | None]  # the revision that the mark was given by, where it is not the pinned one

    __table_args__ = (
        sa.UniqueConstraint("attempt_id", "position"),
        sa.Index("ix_attempt_item_learner_id_attempt_id", "learner_id", "attempt_id"),
        sa.Index("ix_attempt_item_learner_id_question", "learner_id", "question"),
        sa.Index("ix_attempt_item_question_digest", "question", "digest"),
    )


class AnswerStep(Model):
    """One step on an item; a step is added and never overwritten."""

    __tablename__ = "answer_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt_item.id"))
    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    sequence: Mapped[int]  # from 1, given by the page
    kind: Mapped[str]  # save | finish | flag | strike | note | regrade | known
    response: Mapped[dict[str, Any]]
    confidence: Mapped[str | None]
    mark: Mapped[float | None]  # on a finish or a regrade
    taken_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("item_id", "sequence"),)


class AttemptEvent(Model):
    """Something that happened to a whole attempt; added and never changed."""

    __tablename__ = "attempt_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"))
    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    kind: Mapped[
        str
    ]  # begun | section-left | break-begun | break-ended | extended | submitted | expired | abandoned | regraded
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))  # somebody else than the learner
    detail: Mapped[dict[str, Any]]
    occurred_at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_attempt_event_learner_id_attempt_id", "learner_id", "attempt_id"),)


class QuestionReport(Model):
    """A learner says that something is wrong with a question as it was shown."""

    __tablename__ = "question_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    question: Mapped[str]  # course/id
    revision: Mapped[int]
    digest: Mapped[str]
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("attempt_item.id"))
    text: Mapped[str]
    reported_at: Mapped[datetime]
    answer: Mapped[str | None]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]  # the answer, by the learner

    __table_args__ = (
        sa.Index("ix_question_report_learner_id", "learner_id"),
        sa.Index("ix_question_report_answered_at_reported_at", "answered_at", "reported_at"),
    )
