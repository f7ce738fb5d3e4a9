"""Enrolments, the append-only learning records, and what is derived from them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model


class Enrolment(Model):
    """A learner takes a course."""

    __tablename__ = "enrolment"

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    course: Mapped[str]
    enrolled_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]  # derived from records, kept so that lists need not count
    left_at: Mapped[datetime | None]
    exam_date: Mapped[date | None]
    weekly_minutes: Mapped[int | None]
    results_held_until: Mapped[datetime | None]  # nobody sees keys and marks of an exam before
    last_lesson: Mapped[str | None]
    last_opened_at: Mapped[datetime | None]

    __table_args__ = (sa.UniqueConstraint("learner_id", "course"),)


class Reading(Model):
    """Where a learner is in a lesson: begun, the place kept, read, complete."""

    __tablename__ = "reading"

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    course: Mapped[str]
    lesson: Mapped[str]
    begun_at: Mapped[datetime]
    place: Mapped[str | None]  # id of the heading last read
    placed_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]  # read, and its checks answered

    __table_args__ = (sa.UniqueConstraint("learner_id", "course", "lesson"),)


class Record(Model):
    """One thing that a learner did; never changed and never deleted. The order of `number` is the order of replay."""

    __tablename__ = "record"

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    number: Mapped[int]  # the learner's own sequence, without gaps
    kind: Mapped[str]  # answer | read | run
    occurred_at: Mapped[datetime]
    course: Mapped[str]
    lesson: Mapped[str | None]
    objective: Mapped[str | None]
    family: Mapped[str | None]
    question: Mapped[str | None]
    digest: Mapped[str | None]  # of the question as shown
    mark: Mapped[float | None]  # 0 to 1
    confidence: Mapped[str | None]  # guess | fairly-sure | sure
    seconds: Mapped[float | None]
    rating: Mapped[str | None]  # as applied to memory
    weight: Mapped[float] = mapped_column(default=1.0)
    source: Mapped[str]  # check | practice | exam | review | …, a colon, and the id of the attempt
    supersedes: Mapped[int | None]  # the number of the record that this one replaces

    __table_args__ = (
        sa.UniqueConstraint("learner_id", "number"),
        sa.Index("ix_record_learner_id_course_objective", "learner_id", "course", "objective"),
        sa.Index("ix_record_learner_id_occurred_at", "learner_id", "occurred_at"),
    )


class Certificate(Model):
    """A course that was completed, as it was on that day; anybody who knows the serial may look at it."""

    __tablename__ = "certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    course: Mapped[str]
    serial: Mapped[str] = mapped_column(unique=True)  # not to be guessed
    name: Mapped[str]  # of the learner, as it was
    title: Mapped[str]  # of the course, as it was
    earned_by: Mapped[list[str]]  # what was asked for, in words
    earned_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("learner_id", "course"),)


class ObjectiveCount(Model):
    """How much evidence there is of a learner's knowledge of an objective; rebuilt from the records at will."""

    __tablename__ = "objective_count"

    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    course: Mapped[str] = mapped_column(primary_key=True)
    objective: Mapped[str] = mapped_column(primary_key=True)
    answers: Mapped[int]
    right: Mapped[float]  # sum of marks
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class Memory(Model):
    """How well a learner holds a family of questions; rebuilt from the records at will."""

    __tablename__ = "memory"

    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    course: Mapped[str] = mapped_column(primary_key=True)
    family: Mapped[str] = mapped_column(primary_key=True)
    stability: Mapped[float | None]
    difficulty: Mapped[float | None]
    due_at: Mapped[datetime | None]
    last_review_at: Mapped[datetime]
    reviews: Mapped[int]
    lapses: Mapped[int]
    streak: Mapped[int] = mapped_column(
        default=0, server_default="0"
    )  # right answers in a row, each to another question
    last_question: Mapped[str | None]

    __table_args__ = (sa.Index("ix_memory_learner_id_due_at", "learner_id", "due_at"),)
