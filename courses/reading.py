"""A learner goes on in a lesson: the place is kept, or the lesson is read."""

from datetime import datetime

from accounts.models import Person
from catalogue.material import Course, Lesson
from core.errors import Refused
from courses.doors import door
from progress.queries import study_state
from progress.reading import keep_place, mark_read, open_lesson


def keep_reading_place(person: Person, course: Course, lesson: Lesson, place: str, *, now: datetime) -> None:
    """Keep the heading that was read last; the caller commits."""
    enter(person, course, lesson, now=now)
    if place not in {heading.id for heading in lesson.headings}:
        raise Refused("That place is no longer in this lesson; reload the page to see how it stands now.")
    keep_place(person.id, course.id, lesson.id, place, now=now)


def finish_reading(person: Person, course: Course, lesson: Lesson, *, now: datetime) -> None:
    """Note that the lesson was read to its end; the caller commits."""
    enter(person, course, lesson, now=now)
    mark_read(person.id, lesson, now=now)


def enter(person: Person, course: Course, lesson: Lesson, *, now: datetime) -> None:
    """Open the lesson for somebody who takes the course; the caller commits."""
    state = study_state(person.id, course.id)
    if not state.enrolled:
        raise Refused("Join the course first; then your place and what you read are kept.")
    entrance = door(course, lesson, person, state)
    if entrance.missing:
        raise Refused(f"“{lesson.title}” opens when “{entrance.missing.title}” is complete.")
    open_lesson(person.id, course.id, lesson.id, now=now)
