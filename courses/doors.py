"""Which lessons open for whom."""

from dataclasses import dataclass
from enum import StrEnum

from accounts.models import Person, Role
from catalogue.material import Course, Lesson
from progress.queries import StudyState

READS_ALL = frozenset({Role.MENTOR, Role.INSTRUCTOR, Role.ADMINISTRATOR})
SEES_MENTOR_NOTES = frozenset({Role.MENTOR, Role.INSTRUCTOR})


class Bar(StrEnum):
    """What stands in somebody's way."""

    SIGN_IN = "sign-in"
    JOIN = "join"
    EARLIER = "earlier"


@dataclass(frozen=True)
class Door:
    """A lesson's door: open, or barred, and by what."""

    bar: Bar | None = None
    missing: Lesson | None = None  # the lesson to complete first

    @property
    def is_open(self) -> bool:
        """Say whether nothing stands in the way."""
        return self.bar is None


OPEN = Door()


def reads_all(person: Person | None) -> bool:
    """Say whether somebody reads every lesson without joining."""
    return person is not None and bool(READS_ALL & person.roles)


def open_to_all(course: Course, lesson: Lesson) -> bool:
    """Say whether anybody may read the lesson: it is the first one of a course that is live."""
    return not course.is_preview and lesson is course.lessons[0]


def door(course: Course, lesson: Lesson, person: Person | None, state: StudyState) -> Door:
    """Say whether the lesson opens for somebody, and if not, what to do."""
    if open_to_all(course, lesson) or reads_all(person):
        return OPEN
    if person is None:
        return Door(Bar.SIGN_IN)
    if not state.enrolled:
        return Door(Bar.JOIN)
    missing = first_missing(course, lesson, state)
    return Door(Bar.EARLIER, missing) if missing else OPEN


def first_missing(course: Course, lesson: Lesson, state: StudyState) -> Lesson | None:
    """Return the first lesson to complete before this one, in a course that is read in order.

    What was begun stays open, so that putting a new lesson before it shuts nobody out.
    """
    if not course.sequential or state.state(lesson.id) != "later":
        return None
    before = course.lessons[: course.positions[lesson.id]]
    return next((earlier for earlier in before if not state.completed(earlier.id)), None)
