"""A course's modules and lessons as one learner sees them: what is read, what is open, what comes next."""

from dataclasses import dataclass

from accounts.models import Person
from catalogue import addresses
from catalogue.material import Course, Lesson, Module
from courses.doors import Door, door
from progress.queries import StudyState


@dataclass(frozen=True)
class LessonLink:
    """A lesson in a list."""

    lesson: Lesson
    url: str | None  # none while it is closed
    state: str  # done | now | later
    current: bool
    noted: bool
    door: Door

    @property
    def title(self) -> str:
        """Return the lesson's title."""
        return self.lesson.title


@dataclass(frozen=True)
class ModuleOutline:
    """A module in a list, with how far one has come."""

    module: Module
    lessons: tuple[LessonLink, ...]

    @property
    def title(self) -> str:
        """Return the module's title."""
        return self.module.title

    @property
    def done(self) -> int:
        """Count the lessons that are complete."""
        return sum(link.state == "done" for link in self.lessons)

    @property
    def total(self) -> int:
        """Count the lessons."""
        return len(self.lessons)


def lesson_url(lesson: Lesson, anchor: str | None = None) -> str:
    """Return a lesson's address, or that of a place in it."""
    return addresses.lesson(lesson.course_id, lesson.id, anchor or "")


def outline_of(
    course: Course, person: Person | None, state: StudyState, noted: frozenset[str] = frozenset()
) -> tuple[ModuleOutline, ...]:
    """Return the course's modules as this person sees them."""
    return tuple(outline_of_module(course, module, person, state, noted=noted) for module in course.modules)


def outline_around(course: Course, lesson: Lesson, person: Person | None, state: StudyState) -> ModuleOutline:
    """Return the module that a lesson stands in, as this person sees it from there."""
    module = course.module_of(lesson.id)
    assert module
    return outline_of_module(course, module, person, state, here=lesson)


def outline_of_module(
    course: Course,
    module: Module,
    person: Person | None,
    state: StudyState,
    *,
    here: Lesson | None = None,
    noted: frozenset[str] = frozenset(),
) -> ModuleOutline:
    """Return one module as this person sees it."""

    def link(lesson: Lesson) -> LessonLink:
        entrance = door(course, lesson, person, state)
        url = lesson_url(lesson) if entrance.is_open else None
        return LessonLink(lesson, url, state.state(lesson.id), lesson is here, lesson.id in noted, entrance)

    return ModuleOutline(module, tuple(link(lesson) for lesson in module.lessons))


def completed_lessons(course: Course, state: StudyState) -> int:
    """Count the lessons of the course that are complete."""
    return sum(state.completed(lesson.id) for lesson in course.lessons)


def next_to_read(course: Course, state: StudyState) -> Lesson | None:
    """Return where to go on: the lesson that was opened last, else the first one that is not complete."""
    last = course.lesson(state.last_lesson) if state.last_lesson else None
    if last and not state.read(last.id):
        return last
    after = course.lessons[course.positions[last.id] + 1 :] if last else ()
    return next((lesson for lesson in (*after, *course.lessons) if not state.completed(lesson.id)), None)
