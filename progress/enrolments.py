"""Taking a course and leaving it."""

from datetime import datetime

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


def leave(learner_id: int, course: str, *, now: datetime) -> Enrolment:
    """Let the learner leave the course; everything done in it is kept."""
    found = enrolment(learner_id, course)
    if found is None:
        raise Refused("You do not take this course, so there is nothing to leave.")
    found.left_at = found.left_at or now
    db.session.flush()
    return found
