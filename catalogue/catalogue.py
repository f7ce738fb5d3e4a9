"""The catalogue: everything that is taught, parsed and cross-checked, and never changed once it is built."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalogue.faults import Fault
from catalogue.material import Course, Lesson, Question, Scenario
from catalogue.media import Media
from catalogue.parsing import Parsed
from catalogue.vocabulary import CareerRole, Term


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything that is taught."""

    courses: Mapping[str, Course] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    roles: Mapping[str, CareerRole] = field(default_factory=dict)
    media: Mapping[str, Media] = field(default_factory=dict)  # by path
    documents: Mapping[str, Parsed] = field(default_factory=dict)  # by path
    warnings: tuple[Fault, ...] = ()
    revisions: Mapping[str, int] = field(default_factory=dict)  # the published revision's id, by path
    version: int = 0

    def course(self, course_id: str) -> Course | None:
        """Return a course by its id."""
        return self.courses.get(course_id)

    def question(self, ref: str) -> Question | None:
        """Return a question by `course/id`."""
        course, _, name = ref.partition("/")
        return self.courses[course].question(name) if course in self.courses else None

    def lesson(self, ref: str) -> Lesson | None:
        """Return a lesson by `course/id`."""
        course, _, name = ref.partition("/")
        return self.courses[course].lesson(name) if course in self.courses else None

    def scenario(self, ref: str) -> Scenario | None:
        """Return a scenario by `course/id`."""
        course, _, name = ref.partition("/")
        return self.courses[course].scenarios.get(name) if course in self.courses else None

    def revision_of(self, question: Question) -> int | None:
        """Return the id of the revision in which a question stands, to be pinned with an answer."""
        return self.revisions.get(question.path)
