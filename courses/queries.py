"""What the pages of this room show, each in a fixed number of statements."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import load_only

from accounts.models import Person
from core.database import db
from courses.models import Note
from courses.notes import version_at
from progress.models import Enrolment, Reading
from progress.queries import StudyState, state_of


@dataclass(frozen=True)
class KeptNote:
    """A note as its owner finds it beside the lesson."""

    text: str = ""
    saved_at: datetime | None = None

    @property
    def version(self) -> int:
        """Return the number that changes with the note."""
        return version_at(self.saved_at)


def reading_desk(learner_id: int, course: str, lesson: str) -> tuple[StudyState, KeptNote]:
    """Return where the learner is in a course, and their note on one lesson, in one statement."""
    asked = {"learner": learner_id, "course": course, "lesson": lesson}
    found = [tuple(row) for row in db.session.execute(reading_desk_rows(), asked)]
    text = next((row[3] for row in found if row[3] is not None), "")
    return state_of(found), KeptNote(text, found[0][2] if found else None)


@cache  # building it takes longer than running it
def reading_desk_rows() -> sa.Select[*tuple[Any, ...]]:
    """Select one row a reading (or one row without a reading), each with the enrolment and the note's moment."""
    course: sa.BindParameter[str] = sa.bindparam("course")
    note = Note.learner_id == Person.id, Note.course == course, Note.lesson == sa.bindparam("lesson")
    first_row = sa.func.row_number().over(order_by=Reading.id) == 1  # the text travels once, not with every reading
    return (
        sa.select(Enrolment, Reading, Note.saved_at, sa.case((first_row, Note.text)))
        .select_from(Person)
        .outerjoin(Enrolment, sa.and_(Enrolment.learner_id == Person.id, Enrolment.course == course))
        .outerjoin(Reading, sa.and_(Reading.learner_id == Person.id, Reading.course == course))
        .outerjoin(Note, sa.and_(*note))
        .where(Person.id == sa.bindparam("learner"))
        .options(load_only(Reading.lesson, Reading.place, Reading.read_at, Reading.completed_at, raiseload=True))
    )


def noted_lessons(learner_id: int, course: str) -> frozenset[str]:
    """Return the lessons of a course on which the learner wrote something."""
    mine = sa.select(Note.lesson).where(Note.learner_id == learner_id, Note.course == course, Note.text != "")
    return frozenset(db.session.scalars(mine))


def courses_joined(learner_id: int) -> frozenset[str]:
    """Return the courses that the learner takes now."""
    mine = sa.select(Enrolment.course).where(Enrolment.learner_id == learner_id, Enrolment.left_at.is_(None))
    return frozenset(db.session.scalars(mine))
