"""Certificates: what a completed course leaves in the hand."""

import re
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from accounts.models import Person
from catalogue.material import Course
from core.database import db
from progress.models import Certificate

SERIAL = re.compile(r"[0-9a-f]{24}")


def certificate_of(learner_id: int, course: str) -> Certificate | None:
    """Return the learner's certificate of a course."""
    mine = Certificate.learner_id == learner_id, Certificate.course == course
    return db.session.scalar(sa.select(Certificate).where(*mine))


def certificate_with(serial: str) -> Certificate | None:
    """Return the certificate with this serial."""
    if not SERIAL.fullmatch(serial):  # a database need not be asked, and might refuse to be
        return None
    return db.session.scalar(sa.select(Certificate).where(Certificate.serial == serial))


def award(learner: Person, course: Course, earned_by: Sequence[str], serial: str, *, now: datetime) -> Certificate:
    """Return the learner's certificate; the first time it is made, and stays as it was then."""
    found = certificate_of(learner.id, course.id)
    if found is None:
        found = Certificate(
            learner_id=learner.id,
            course=course.id,
            serial=serial,
            name=learner.name,
            title=course.title,
            earned_by=list(earned_by),
            earned_at=now,
        )
        db.session.add(found)
        db.session.flush()
    return found
