"""What to do next, told from where a learner is in a course."""

from collections.abc import Iterator
from dataclasses import dataclass

from catalogue import addresses
from catalogue.material import Course, Lesson
from progress.queries import StudyState

MOST_STEPS = 3


@dataclass(frozen=True)
class NextStep:
    """One thing to do: go on in a lesson, answer its checks, or begin one."""

    kind: str  # continue | checks | begin
    lesson: Lesson
    minutes: int
    checks: int = 0

    @property
    def url(self) -> str:
        """Where it is done."""
        return addresses.lesson(self.lesson.course_id, self.lesson.id)

    @property
    def words(self) -> str:
        """Say what is to be done."""
        if self.kind == "checks":
            return "Answer the check" if self.checks == 1 else f"Answer {self.checks} checks"
        return "Continue" if self.kind == "continue" else "Read next"


def next_steps(course: Course, state: StudyState, answered: frozenset[tuple[str, str]]) -> list[NextStep]:
    """Return what to do next: the lesson that was begun last, then checks left behind, then the next new lesson."""
    going_on = sorted(begun(course, state), key=lambda step: step.lesson.id != state.last_lesson)
    return [*going_on, *left_behind(course, state, answered), *list(unopened(course, state))[:1]][:MOST_STEPS]


def begun(course: Course, state: StudyState) -> Iterator[NextStep]:
    """Find the lessons that were opened and not read to the end."""
    for lesson in course.lessons:
        if state.state(lesson.id) == "now" and not state.read(lesson.id):
            yield NextStep("continue", lesson, lesson.minutes)


def left_behind(course: Course, state: StudyState, answered: frozenset[tuple[str, str]]) -> Iterator[NextStep]:
    """Find the lessons that were read while their checks wait."""
    for lesson in course.lessons:
        missing = sum((lesson.id, ref) not in answered for ref in set(lesson.checks))
        if state.read(lesson.id) and missing:
            yield NextStep("checks", lesson, missing, missing)


def unopened(course: Course, state: StudyState) -> Iterator[NextStep]:
    """Find the lessons that were never opened."""
    for lesson in course.lessons:
        if state.state(lesson.id) == "later":
            yield NextStep("begin", lesson, lesson.minutes)
