"""Courses and what they are made of: modules, lessons, objectives, questions, exams."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from markupsafe import Markup

from catalogue.parsing import Parsed
from catalogue.questions import Area, Item, LessonRef, Option, Pair, Question
from catalogue.rendering.links import Links
from catalogue.rendering.outline import Heading as ScannedHeading
from catalogue.rendering.page import render_lesson
from catalogue.rendering.snippets import render_inline
from catalogue.schema.course import CompletionShape
from catalogue.schema.exam import ExamShape
from catalogue.schema.scenario import ScenarioShape
from catalogue.schema.verdict import VerdictShape
from catalogue.segments import Html, Segment

__all__ = [
    "Area",
    "Course",
    "Exam",
    "Item",
    "Lesson",
    "LessonRef",
    "Module",
    "Objective",
    "Option",
    "Pair",
    "Question",
    "Scenario",
]

BLOCK = re.compile(r"<(p|ul|ol)>.*?</\1>", re.DOTALL)
HEADING = re.compile(r"<h[1-6][ >]")
SOME_LINES = 160  # characters


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

    def passage(self, anchor: str) -> Markup:
        """Return what is said first below a heading: paragraphs and lists, until there are some lines."""
        html = "".join(segment.html for segment in self.segments if isinstance(segment, Html))
        _, _, rest = html.partition(f'id="{anchor}"')
        below, *_ = HEADING.split(rest, maxsplit=1)
        said = ""
        for block in BLOCK.finditer(below):
            said += block[0]
            if len(said) >= SOME_LINES and not said.endswith(":</p>"):
                break
        return Markup(said)  # noqa: S704  # cut from safe HTML  # nosec B704

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
    weight: float
    objectives: tuple[Objective, ...]


@dataclass(frozen=True, eq=False)
class Module:
    """Lessons that belong together."""

    id: str
    title: str
    summary: str | None
    lessons: tuple[Lesson, ...]
    exams: tuple[str, ...]
    scenarios: tuple[str, ...]


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
class Scenario:
    """A scenario of a course; its verdict is about exactly this text, or not there."""

    id: str
    course_id: str
    path: str
    digest: str
    shape: ScenarioShape
    links: Links
    verdict: VerdictShape | None

    @property
    def ref(self) -> str:
        """Return its id across courses."""
        return f"{self.course_id}/{self.id}"

    @property
    def offered(self) -> bool:
        """Say whether learners may play it: every rule holds for this text."""
        return self.verdict is not None and self.verdict.passed


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
    scenarios: Mapping[str, Scenario]
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
