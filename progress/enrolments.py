"""Taking a course and leaving it."""

from datetime import date, datetime

import sqlalchemy as sa

from core.database import db
from core.errors import Refused
from progress.models import Enrolment


def enrolment(learner_id: int, course: str) -> Enrolment | None:
    """Return the learner's enrolment in a course, left or not."""
    found = sa.select(Enrolment).where(Enrolment.learner_id == learner_id, Enrolment.course == course)
    return db.session.scalar(found)


def enrol(learner_id: int, course: str, *, now: datetime) -> Enrolment:
    """Let the learner take the course; whoever left comes back to where they were."""
    found = enrolment(learner_id, course)
    if found is None:
        found = Enrolment(learner_id=learner_id, course=course, enrolled_at=now)
        db.session.add(found)
    found.left_at = None
    db.session.flush()
    return found


def plan_course(
    learner_id: int, course: str, *, exam_date: date | None, weekly_minutes: int | None, today: date
) -> Enrolment:
    """Keep when the learner's exam is and how many minutes a week there are for it; None takes either back."""
    found = enrolment(learner_id, course)
    if found is None or found.left_at is not None:
        raise Refused("You do not take this course, so there is nothing to plan.", 404)
    if exam_date and exam_date < today and exam_date != found.exam_date:
        raise Refused("That day is over. Write the date of an exam that is still to come, or leave it empty.", 422)
    found.exam_date, found.weekly_minutes = exam_date, weekly_minutes
    db.session.flush()
    return found


def hold_results(held: Enrolment, until: datetime | None, *, now: datetime) -> None:
    """Hold keys and marks of the course's exams back until a moment; None shows them."""
    if until is not None and until <= now:
        raise Refused("That moment has passed. Write one that is still to come, or show the results now.", 422)
    held.results_held_until = until
    db.session.flush()


def leave(learner_id: int, course: str, *, now: datetime) -> Enrolment:
    """Let the learner leave the course; everything done in it is kept."""
    found = enrolment(learner_id, course)
    if found is None:
        raise Refused("You do not take this course, so there is nothing to leave.")
    found.left_at = found.left_at or now
    db.session.flush()
    return found
