"""What the mentors' desk shows, in two statements however many learners there are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from accounts.models import Mentorship, Person
from core.database import db
from progress.models import Enrolment, Reading, Record

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Taken:
    """A course that a learner takes, and how many of its lessons are complete."""

    course: str
    complete: int
    completed_at: datetime | None


@dataclass(frozen=True)
class Learner:
    """A learner as the mentor's desk shows them."""

    id: int
    name: str
    since: datetime  # mentored since
    answers: int  # in the last 7 days
    last_studied: datetime | None
    courses: tuple[Taken, ...]


def mentored(mentor_id: int, *, now: datetime) -> list[Learner]:
    """Return the mentor's learners, by name."""
    courses = courses_taken(mentor_id)
    mine = sa.select(Person.id, Person.name, Mentorship.began_at, recent_answers(now - WEEK), last_record())
    rows = db.session.execute(
        mine.join(Mentorship, Mentorship.learner_id == Person.id)
        .where(running(mentor_id), Person.switched_off_at.is_(None))
        .order_by(sa.func.lower(Person.name), Person.id)
    )
    return [Learner(*row, courses=tuple(courses[row.id])) for row in rows]


def running(mentor_id: int) -> sa.ColumnElement[bool]:
    """Name the mentorships that run now."""
    return sa.and_(Mentorship.mentor_id == mentor_id, Mentorship.ended_at.is_(None))


def recent_answers(since: datetime) -> sa.ScalarSelect[int]:
    """Count a learner's answers since a moment; a correction of an earlier one is none."""
    return (
        sa.select(sa.func.count())
        .where(Record.learner_id == Person.id, Record.occurred_at >= since)
        .where(Record.kind == "answer", Record.supersedes.is_(None))
        .scalar_subquery()
    )


def last_record() -> sa.ScalarSelect[datetime]:
    """Find when a learner last did something."""
    own = Record.learner_id == Person.id, Record.supersedes.is_(None)  # a correction is nobody's study
    return sa.select(sa.func.max(Record.occurred_at)).where(*own).scalar_subquery()


def courses_taken(mentor_id: int) -> defaultdict[int, list[Taken]]:
    """Return the courses that the mentor's learners take, by learner, the one opened last first."""
    complete = (
        sa.select(sa.func.count())
        .where(Reading.learner_id == Enrolment.learner_id, Reading.course == Enrolment.course)
        .where(Reading.completed_at.is_not(None))
        .scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(Enrolment.learner_id, Enrolment.course, complete, Enrolment.completed_at)
        .join(Mentorship, Mentorship.learner_id == Enrolment.learner_id)
        .where(running(mentor_id), Enrolment.left_at.is_(None))
        .order_by(sa.func.coalesce(Enrolment.last_opened_at, Enrolment.enrolled_at).desc(), Enrolment.id)
    )
    taken: defaultdict[int, list[Taken]] = defaultdict(list)
    for learner, *facts in rows:
        taken[learner].append(Taken(*facts))
    return taken
