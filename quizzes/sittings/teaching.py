"""Where a question is taught, for whoever has just answered it."""

from dataclasses import dataclass

from markupsafe import Markup

from catalogue import addresses
from catalogue.catalogue import Catalogue
from catalogue.material import Lesson
from catalogue.questions import Question


@dataclass(frozen=True)
class Taught:
    """A lesson, and the heading in it that a question names."""

    lesson: Lesson
    anchor: str

    @property
    def title(self) -> str:
        """Return the title of the lesson."""
        return self.lesson.title

    @property
    def url(self) -> str:
        """Return the address of the heading."""
        return addresses.lesson(self.lesson.course_id, self.lesson.id, self.anchor)

    @property
    def passage(self) -> Markup | None:
        """Return what the lesson says first below the heading."""
        return self.lesson.passage(self.anchor) if self.anchor else None


def taught(question: Question, catalogue: Catalogue) -> Taught | None:
    """Return where a question is taught; none where its lesson is gone or was never named."""
    where = question.lesson
    lesson = catalogue.lesson(f"{where.course_id}/{where.lesson_id}") if where else None
    return Taught(lesson, where.anchor) if where and lesson else None
