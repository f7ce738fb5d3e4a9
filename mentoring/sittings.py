"""What a mentor sees and may change of the learners' exams: those that run now, and results that are held back."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from accounts.models import Mentorship, Person
from core.database import db
from mentoring.queries import running
from progress.models import Enrolment
from quizzes.models import Attempt, AttemptItem
from quizzes.sittings.clock import deadline, is_over, on_break
from quizzes.sittings.plans import Plan, plan_of


@dataclass(frozen=True)
class Running:
    """An exam that a learner sits now."""

    attempt: Attempt
    learner: str
    questions: int
    answered: int
    ends_at: datetime  # a running break counted in
    resting: bool

    @property
    def plan(self) -> Plan:
        """Return what it was begun with."""
        return plan_of(self.attempt.plan)


def running_exams(mentor_id: int, now: datetime) -> list[Running]:
    """Return the exams with a clock that the mentor's learners sit now, the next to end first, in one statement."""
    rows = db.session.execute(
        sa.select(Attempt, Person.name, sa.func.count(AttemptItem.id), sa.func.count(AttemptItem.answered_at))
        .join(Person, Person.id == Attempt.learner_id)
        .join(Mentorship, Mentorship.learner_id == Attempt.learner_id)
        .join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
        .where(running(mentor_id), open_exam())
        .group_by(Attempt.id, Person.name)
        .order_by(Attempt.deadline_at, Attempt.id)
    )
    found = [(row, deadline(row[0], now)) for row in rows if not is_over(row[0], now)]
    return [Running(*row, ends_at=end, resting=on_break(row[0], now)) for row, end in found if end]


def open_exam() -> sa.ColumnElement[bool]:
    """Name the sittings with a clock that are neither handed in nor left."""
    open_still = Attempt.submitted_at.is_(None), Attempt.abandoned_at.is_(None)
    return sa.and_(*open_still, Attempt.feedback == "end", Attempt.deadline_at.is_not(None))


def learners_exam(mentor_id: int, attempt_id: int) -> Attempt | None:
    """Return an open exam of one of the mentor's learners, to be acted upon."""
    return db.session.scalar(
        sa.select(Attempt)
        .join(Mentorship, Mentorship.learner_id == Attempt.learner_id)
        .where(running(mentor_id), open_exam(), Attempt.id == attempt_id)
    )


@dataclass(frozen=True)
class Held:
    """A learner's place in a course, and until when its results are held back."""

    enrolment: Enrolment
    learner: str
    until: datetime | None  # none where the time has come


def enrolments_mentored(mentor_id: int, now: datetime) -> list[Held]:
    """Return the courses that the mentor's learners take, by name, in one statement."""
    rows = db.session.execute(
        sa.select(Enrolment, Person.name)
        .join(Person, Person.id == Enrolment.learner_id)
        .join(Mentorship, Mentorship.learner_id == Enrolment.learner_id)
        .where(running(mentor_id), Enrolment.left_at.is_(None), Person.switched_off_at.is_(None))
        .order_by(sa.func.lower(Person.name), Enrolment.course)
    )
    return [Held(one, name, held_still(one.results_held_until, now)) for one, name in rows]


def held_still(until: datetime | None, now: datetime) -> datetime | None:
    """Return until when results are held, or None where they are shown."""
    return until if until and until > now else None


def learners_enrolment(mentor_id: int, enrolment_id: int) -> Enrolment | None:
    """Return the place of one of the mentor's learners in a course, to be acted upon."""
    return db.session.scalar(
        sa.select(Enrolment)
        .join(Mentorship, Mentorship.learner_id == Enrolment.learner_id)
        .where(running(mentor_id), Enrolment.left_at.is_(None), Enrolment.id == enrolment_id)
    )
