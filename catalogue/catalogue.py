"""The catalogue: everything that is taught, parsed and cross-checked, and never changed once it is built."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from markupsafe import Markup

from catalogue.faults import Fault
from catalogue.media import Media
from catalogue.parsing import Parsed
from catalogue.questions import Question
from catalogue.rendering.links import Links
from catalogue.rendering.outline import Heading as ScannedHeading
from catalogue.rendering.page import render_lesson
from catalogue.rendering.snippets import render_inline, render_text
from catalogue.schema.course import CompletionShape
from catalogue.schema.exam import ExamShape
from catalogue.schema.vocabulary import RoleShape, TermShape
from catalogue.segments import Segment


@dataclass(frozen=True)
class Heading:
    """A heading of a lesson, for the list of what is on the page."""

    id: str
    text: Markup
    level: int


@dataclass(frozen=True, eq=False)
class Lesson:
    """A lesson; its HTML is made when it is first looked at, and kept."""

    id: str
    course_id: str
    title: str
    summary: str
    objectives: tuple[str, ...]
    minutes: int
    module: str
    checks: tuple[str, ...]  # questions asked in it, as course/id
    path: str
    links: Links
    parsed: Parsed

    @property
    def ref(self) -> str:
        """Return its id across courses."""
        return f"{self.course_id}/{self.id}"

    @cached_property
    def digest(self) -> str:
        """Return the digest of what it shows: its text, and where that leads."""
        return hashlib.sha256(repr([self.parsed.digest, sorted(self.links.urls.items())]).encode()).hexdigest()

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """Return it as it is shown, piece by piece."""
        return render_lesson(self.parsed.body, self.links)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Return its headings in order."""
        scanned: tuple[ScannedHeading, ...] = self.parsed.outline.headings if self.parsed.outline else ()
        return tuple(Heading(heading.id, render_inline(heading.text, self.links), heading.level) for heading in scanned)

    @property
    def text(self) -> str:
        """Return its bare words, for search; mentors' notes are not among them."""
        return self.parsed.text


@dataclass(frozen=True)
class Certification:
    """The exam of an owner that a course prepares for."""

    name: str
    owner: str
    blueprint: str
    checked: date


@dataclass(frozen=True)
class Objective:
    """What somebody can do after the course."""

    id: str
    course_id: str
    title: str
    code: str | None
    domain: str


@dataclass(frozen=True)
class Domain:
    """A part of the outline with its weight in percent."""

    id: str
    title: str
    weight: int
    objectives: tuple[Objective, ...]


@dataclass(frozen=True, eq=False)
class Module:
    """Lessons that belong together."""

    id: str
    title: str
    summary: str | None
    lessons: tuple[Lesson, ...]
    exams: tuple[str, ...]


@dataclass(frozen=True)
class Misconception:
    """What a wrong option shows that somebody believes, and the lesson that clears it up."""

    id: str
    title: str
    lesson: str | None


@dataclass(frozen=True)
class Exam:
    """A mock exam of a course."""

    id: str
    course_id: str
    path: str
    shape: ExamShape


@dataclass(frozen=True, eq=False)
class Course:
    """A course with everything in it."""

    id: str
    title: str
    summary: str
    language: str
    level: str
    status: str
    notice: str | None
    certification: Certification | None
    sequential: bool
    completion: CompletionShape
    domains: tuple[Domain, ...]
    objectives: Mapping[str, Objective]
    modules: tuple[Module, ...]
    lessons: tuple[Lesson, ...]  # in the order they are read
    questions: Mapping[str, Question]
    families: Mapping[str, tuple[Question, ...]]
    misconceptions: Mapping[str, Misconception]
    exams: Mapping[str, Exam]
    replaces: Mapping[str, str]

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Return the place of each lesson in the course."""
        return {lesson.id: place for place, lesson in enumerate(self.lessons)}

    @property
    def minutes(self) -> int:
        """Return how long all lessons take."""
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def is_preview(self) -> bool:
        """Say whether it is open with a notice that it is not finished."""
        return self.status == "preview"

    def lesson(self, lesson_id: str) -> Lesson | None:
        """Return a lesson by its id, or by the id it had before."""
        place = self.positions.get(self.now_called(lesson_id))
        return self.lessons[place] if place is not None else None

    def question(self, question_id: str) -> Question | None:
        """Return a question by its id, or by the id it had before."""
        return self.questions.get(self.now_called(question_id))

    def now_called(self, old: str) -> str:
        """Return the id that took the place of an old one."""
        for _ in self.replaces:
            if old not in self.replaces:
                break
            old = self.replaces[old]
        return old

    def module_of(self, lesson_id: str) -> Module | None:
        """Return the module a lesson stands in."""
        lesson = self.lesson(lesson_id)
        return next((module for module in self.modules if lesson and module.id == lesson.module), None)

    def next_lesson(self, lesson_id: str) -> Lesson | None:
        """Return the lesson after this one."""
        place = self.positions.get(lesson_id, len(self.lessons)) + 1
        return self.lessons[place] if place < len(self.lessons) else None

    def previous_lesson(self, lesson_id: str) -> Lesson | None:
        """Return the lesson before this one."""
        place = self.positions.get(lesson_id, 0) - 1
        return self.lessons[place] if place >= 0 else None


@dataclass(frozen=True, eq=False)
class Term:
    """A word of the trade."""

    shape: TermShape
    links: Links

    @property
    def id(self) -> str:
        """Return its id."""
        return self.shape.id

    @property
    def term(self) -> str:
        """Return the word itself."""
        return self.shape.term

    @property
    def also(self) -> tuple[str, ...]:
        """Return its other names."""
        return self.shape.also

    @property
    def side(self) -> str:
        """Return project, service or both."""
        return self.shape.side

    @cached_property
    def meaning_html(self) -> Markup:
        """Return what it means."""
        return render_inline(self.shape.meaning, self.links)

    @property
    def other_term(self) -> str | None:
        """Return what it is called across the fence."""
        return self.shape.other_side.term if self.shape.other_side else None

    @cached_property
    def differs_html(self) -> Markup | None:
        """Return how that differs."""
        return render_inline(self.shape.other_side.differs, self.links) if self.shape.other_side else None


@dataclass(frozen=True, eq=False)
class CareerRole:
    """A role somebody can have; its facts are those of its shape."""

    shape: RoleShape
    links: Links

    @property
    def id(self) -> str:
        """Return its id."""
        return self.shape.id

    @property
    def title(self) -> str:
        """Return its name."""
        return self.shape.title

    @property
    def side(self) -> str:
        """Return project or service."""
        return self.shape.side

    @cached_property
    def summary_html(self) -> Markup:
        """Return what it is about."""
        return render_text(self.shape.summary, self.links)


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

    def revision_of(self, question: Question) -> int | None:
        """Return the id of the revision in which a question stands, to be pinned with an answer."""
        return self.revisions.get(question.path)
