"""Reads one document: its shape, and everything that can be said about it without the others."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from catalogue.checks.banks import bank_media, bank_problems, bank_texts
from catalogue.checks.exams import exam_problems
from catalogue.checks.found import Found, Place
from catalogue.checks.scenarios import scenario_problems, scenario_texts
from catalogue.faults import Fault, Faults
from catalogue.rendering.checking import lesson_problems, references, snippet_problems
from catalogue.rendering.outline import UNSEEN, Outline, outline
from catalogue.rendering.spans import Span
from catalogue.rendering.words import words
from catalogue.schema.bank import BankShape
from catalogue.schema.course import CourseShape
from catalogue.schema.exam import ExamShape
from catalogue.schema.lesson import LessonShape
from catalogue.schema.reading import Reading, read_yaml
from catalogue.schema.scenario import ScenarioShape
from catalogue.schema.sentences import shaped
from catalogue.schema.shape import KEBAB, Shape
from catalogue.schema.verdict import VerdictShape
from catalogue.schema.vocabulary import CareersShape, GlossaryShape

LIMITS = {"lesson": 200_000, "bank": 1_000_000}
OTHER_LIMIT = 1_000_000
SHAPES: dict[str, type[Shape]] = {
    "course": CourseShape,
    "lesson": LessonShape,
    "bank": BankShape,
    "exam": ExamShape,
    "scenario": ScenarioShape,
    "verdict": VerdictShape,
    "glossary": GlossaryShape,
    "careers": CareersShape,
}
PLACES = {
    "course": rf"(?P<course>{KEBAB})/course\.yaml",
    "lesson": rf"(?P<course>{KEBAB})/lessons/(?P<id>{KEBAB})\.md",
    "bank": rf"(?P<course>{KEBAB})/questions/(?P<id>{KEBAB})\.yaml",
    "exam": rf"(?P<course>{KEBAB})/exams/(?P<id>{KEBAB})\.yaml",
    "scenario": rf"(?P<course>{KEBAB})/scenarios/(?P<id>{KEBAB})\.yaml",
    "verdict": rf"(?P<course>{KEBAB})/scenarios/verdicts/(?P<id>{KEBAB})\.yaml",
    "media": rf"(?P<course>{KEBAB})/(?P<id>media/[^/]+)",
    "careers": r"careers\.yaml",
    "glossary": r"glossary\.yaml",
}
HEAD = re.compile(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|$)", re.DOTALL)
SUSPECT = re.compile(r"[\[$<`#]|///|~~~|" + UNSEEN.pattern)


@dataclass(frozen=True)
class Where:
    """What a path says: the kind of document, its course and its id."""

    kind: str
    course: str = ""
    id: str = ""


@dataclass(frozen=True)
class Parsed:
    """A document as it was read; kept as long as its text does not change."""

    path: str
    where: Where
    source: str
    digest: str
    shape: Any  # of SHAPES, or None when it does not fit
    outline: Outline | None  # of a lesson
    references: tuple[Span, ...]
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]

    @property
    def body(self) -> str:
        """Return a lesson's text below its head."""
        head = HEAD.match(self.source)
        return self.source[head.end() :] if head else self.source

    @cached_property
    def text(self) -> str:
        """Return a lesson's bare words, for search."""
        return words(self.outline) if self.outline else ""

    @cached_property
    def words(self) -> int:
        """Return how many words a lesson has."""
        return len(self.text.split())

    @cached_property
    def reading(self) -> Reading:
        """Read the text once more for its lines; only faults ask for them."""
        text, offset = yaml_part(self.where.kind, self.source)
        return read_yaml(self.path, text, offset)

    def fault(self, place: Place, sentence: str) -> Fault:
        """Word a fault at a place of this document."""
        return Fault(self.path, self.reading.line(place), sentence)


def locate(path: str) -> Where | None:
    """Return what a path says, or None where no document belongs."""
    for kind, pattern in PLACES.items():
        if found := re.fullmatch(pattern, path):
            return Where(kind, found.groupdict().get("course", ""), found.groupdict().get("id", ""))
    return None


def digest_of(source: str) -> str:
    """Return the digest by which a text is known."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()


def parse(path: str, where: Where, source: str) -> Parsed:
    """Read a document; never raises, the faults are in what it returns."""
    found: tuple[Any, Outline | None, list[Span], list[Fault], list[Fault]]
    try:
        refuse_size(path, where.kind, source)
        found = read_document(path, where, normalised(source))
    except Faults as faults:
        found = (None, None, [], list(faults.faults), [])
    shape, scanned, spans, faulty, warned = found
    return Parsed(
        path, where, normalised(source), digest_of(source), shape, scanned, tuple(spans), tuple(faulty), tuple(warned)
    )


def normalised(source: str) -> str:
    """Return a text with our line ends and without a byte order mark."""
    return source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def refuse_size(path: str, kind: str, source: str) -> None:
    """Refuse what is too large to be read in one sitting."""
    size, limit = len(source.encode("utf-8", "surrogatepass")), LIMITS.get(kind, OTHER_LIMIT)
    if size > limit:
        raise Faults([Fault(path, 1, f"This file has {size:,} bytes; {limit:,} is the limit. Divide it.")])


def yaml_part(kind: str, source: str) -> tuple[str, int]:
    """Return the YAML of a document and the number of lines above it."""
    if kind != "lesson":
        return source, 0
    head = HEAD.match(source)
    return (head[1] or "", 1) if head else ("", 0)


def read_document(
    path: str, where: Where, source: str
) -> tuple[Any, Outline | None, list[Span], list[Fault], list[Fault]]:
    """Return shape, outline, references, faults and warnings of a document."""
    if where.kind == "lesson" and not HEAD.match(source):
        raise Faults(
            [
                Fault(
                    path,
                    1,
                    "A lesson begins with its head: ---, then title, summary, objectives and minutes, then --- again.",
                )
            ]
        )
    text, offset = yaml_part(where.kind, source)
    shape, faults, reading = None, [], None
    try:
        reading = read_yaml(path, text, offset)
        shape = shaped(reading, SHAPES[where.kind])
    except Faults as wrong:
        faults = list(wrong.faults)
    if where.kind == "lesson":
        scanned, spans, more = read_body(path, source)
        return shape, scanned, spans, faults + more, []
    if shape is None or reading is None:
        return None, None, [], faults, []
    return shape, None, *read_parts(path, reading, where.kind, shape)


def read_body(path: str, source: str) -> tuple[Outline, list[Span], list[Fault]]:
    """Scan a lesson's text; lines are told as they stand in the file."""
    head = HEAD.match(source)
    above = source.count("\n", 0, head.end()) if head else 0
    scanned = outline(source[head.end() :] if head else source)
    faults = [Fault(path, problem.line + above, problem.sentence) for problem in lesson_problems(scanned)]
    spans = [Span(span.kind, span.line + above, span.target, span.text) for span in references(scanned)]
    return scanned, spans, faults


def read_parts(path: str, reading: Reading, kind: str, shape: Any) -> tuple[list[Span], list[Fault], list[Fault]]:
    """Check what a YAML document holds: its own rules, then every text that is rendered."""
    faults: list[Fault] = []
    warnings: list[Fault] = []
    for found in PROBLEMS.get(kind, no_problems)(shape):
        (faults if found.weighs else warnings).append(Fault(path, reading.line(found.place), found.sentence))
    spans: list[Span] = []
    for place, text in TEXTS.get(kind, no_texts)(shape):
        if SUSPECT.search(text):
            more_spans, more_faults = read_text(path, reading.text_line(place), text)
            spans, faults = spans + more_spans, faults + more_faults
    if kind == "bank":
        spans += [Span("media", reading.line(place), figure) for place, figure in bank_media(shape)]
    return spans, faults, warnings


def read_text(path: str, line: int, text: str) -> tuple[list[Span], list[Fault]]:
    """Scan a short text that begins in a line."""
    scanned = outline(BLANKS.sub(r"\1", text))
    above = line - 1
    faults = [Fault(path, problem.line + above, problem.sentence) for problem in snippet_problems(scanned)]
    return [Span(span.kind, span.line + above, span.target, span.text) for span in references(scanned)], faults


BLANKS = re.compile(r"\[\[([^\]]*)\]\]")


def no_problems(shape: Any) -> Iterator[Found]:
    """Return nothing: this kind has no rules of its own."""
    return iter(())


def no_texts(shape: Any) -> Iterator[tuple[Place, str]]:
    """Return nothing: this kind has no rendered texts."""
    return iter(())


def glossary_texts(glossary: GlossaryShape) -> Iterator[tuple[Place, str]]:
    """Return the texts of the glossary."""
    for index, term in enumerate(glossary.terms):
        yield ("terms", index, "meaning"), term.meaning
        if term.other_side:
            yield ("terms", index, "other_side", "differs"), term.other_side.differs


def careers_texts(careers: CareersShape) -> Iterator[tuple[Place, str]]:
    """Return the texts of the roles."""
    for index, role in enumerate(careers.roles):
        yield ("roles", index, "summary"), role.summary


PROBLEMS: dict[str, Callable[[Any], Iterator[Found]]] = {
    "bank": bank_problems,
    "exam": exam_problems,
    "scenario": scenario_problems,
}
TEXTS: dict[str, Callable[[Any], Iterator[tuple[Place, str]]]] = {
    "bank": bank_texts,
    "scenario": scenario_texts,
    "glossary": glossary_texts,
    "careers": careers_texts,
}
