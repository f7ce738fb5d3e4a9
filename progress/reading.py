"""Going through a lesson: opened, a place kept, read, complete."""

from datetime import datetime

import sqlalchemy as sa

from catalogue.live import current
from catalogue.material import Course, Lesson
from core.database import db
from progress.inserting import insert_or_meet
from progress.minutes import reading_seconds
from progress.models import Enrolment, Reading, Record
from progress.records import Deed, note


def reading(learner_id: int, course: str, lesson: str) -> Reading | None:
    """Return where the learner is in a lesson."""
    found = sa.select(Reading).where(
        Reading.learner_id == learner_id, Reading.course == course, Reading.lesson == lesson
    )
    return db.session.scalar(found)


def open_lesson(learner_id: int, course: str, lesson: str, *, now: datetime) -> None:
    """Note that the learner opened a lesson, so that they can continue there; the caller commits."""
    begun = insert_or_meet(Reading, learner_id=learner_id, course=course, lesson=lesson, begun_at=now)
    db.session.execute(begun.on_conflict_do_nothing())
    taken = sa.update(Enrolment).where(Enrolment.learner_id == learner_id, Enrolment.course == course)
    db.session.execute(taken.values(last_lesson=lesson, last_opened_at=now))


def keep_place(learner_id: int, course: str, lesson: str, place: str, *, now: datetime) -> None:
    """Keep the heading that the learner read last; one statement, and the caller commits."""
    kept = {"place": place, "placed_at": now}
    begun = insert_or_meet(Reading, learner_id=learner_id, course=course, lesson=lesson, begun_at=now, **kept)
    db.session.execute(begun.on_conflict_do_update(index_elements=["learner_id", "course", "lesson"], set_=kept))


def mark_read(learner_id: int, lesson: Lesson, *, now: datetime) -> Reading:
    """Note that the learner has read a lesson; a second time changes nothing. The caller commits."""
    found = reading(learner_id, lesson.course_id, lesson.id)
    if found is None:
        found = Reading(learner_id=learner_id, course=lesson.course_id, lesson=lesson.id, begun_at=now)
        db.session.add(found)
    if found.read_at is None:
        found.read_at = now
        db.session.flush()
        seconds = reading_seconds(found.begun_at, now, lesson.minutes, len(lesson.checks))
        note(
            learner_id,
            Deed(kind="read", course=lesson.course_id, lesson=lesson.id, source="lesson", seconds=seconds),
            now=now,
        )
        settle_lesson(learner_id, lesson, now=now)
    return found


def settle_lesson(learner_id: int, lesson: Lesson, *, now: datetime) -> None:
    """Complete the lesson when it is read and all its checks are answered, and then the course; the caller commits."""
    here = sa.select(Reading, answered_checks(learner_id, lesson)).where(
        Reading.learner_id == learner_id, Reading.course == lesson.course_id, Reading.lesson == lesson.id
    )
    found = db.session.execute(here).one_or_none()
    if found and found[0].read_at and not found[0].completed_at and found[1] >= len(set(lesson.checks)):
        complete_lesson(found[0], now=now)


def complete_lesson(found: Reading, *, now: datetime) -> None:
    """Complete a lesson that is read and answered, and with the last one its course; the caller commits."""
    found.completed_at = now
    db.session.flush()
    settle_course(found.learner_id, current().courses[found.course], now=now)


def answered_checks(learner_id: int, lesson: Lesson) -> sa.ScalarSelect[int]:
    """Count the lesson's checks that have an answer."""
    return (
        sa.select(sa.func.count(sa.distinct(Record.question)))
        .where(Record.learner_id == learner_id, Record.kind == "answer", Record.lesson == lesson.id)
        .where(Record.question.in_(lesson.checks), Record.source.startswith("check:"))
        .scalar_subquery()
    )


def settle_course(learner_id: int, course: Course, *, now: datetime) -> None:
    """Complete the course when all its lessons are complete; the caller commits."""
    lessons = [lesson.id for lesson in course.lessons]
    complete = sa.select(sa.func.count()).where(
        Reading.learner_id == learner_id,
        Reading.course == course.id,
        Reading.lesson.in_(lessons),
        Reading.completed_at.is_not(None),
    )
    taken = sa.update(Enrolment).where(Enrolment.learner_id == learner_id, Enrolment.course == course.id)
    still_open = taken.where(Enrolment.completed_at.is_(None), complete.scalar_subquery() == len(lessons))
    db.session.execute(still_open.values(completed_at=now))
