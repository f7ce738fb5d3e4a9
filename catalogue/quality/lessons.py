"""How long and how hard a course's lessons are to read, and what is in them beside words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from catalogue.material import Course, Lesson
from catalogue.quality.measures import Measure, grade_of
from catalogue.rendering.outline import Block, Line, Piece
from catalogue.rendering.words import bare

HARDEST = 11  # years of school that the median lesson may ask for
TOLD_APART = ("mentor", "check", "video", "lab", "figure", "contrast")  # no running text, or not the lesson's own


@dataclass(frozen=True)
class LessonFacts:
    """One lesson in figures."""

    title: str
    minutes: int
    words: int
    grade: float
    checks: int
    figures: int
    labs: int
    has_compare: bool


def lesson_facts(course: Course) -> list[LessonFacts]:
    """Return the figures of every lesson, in the order they are read."""
    return [facts_of(lesson) for lesson in course.lessons]


def facts_of(lesson: Lesson) -> LessonFacts:
    """Return one lesson's figures."""
    outline = lesson.parsed.outline
    names = [block.name for block in outline.blocks()] if outline else []
    text = "\n".join(running_text(outline.pieces)) if outline else ""
    return LessonFacts(
        lesson.title,
        lesson.minutes,
        lesson.parsed.words,
        grade_of(text),
        len(lesson.checks),
        names.count("figure"),
        names.count("lab"),
        "compare" in names,
    )


def running_text(pieces: Sequence[Piece]) -> Iterator[str]:
    """Return the lines that are read as sentences: no headings, no tables, nothing that stands apart."""
    for piece in pieces:
        if isinstance(piece, Block) and piece.name not in TOLD_APART:
            yield from running_text(piece.pieces)
        elif isinstance(piece, Line) and not piece.text.lstrip().startswith("|"):
            yield bare(piece)


def lessons_grade(facts: Sequence[LessonFacts]) -> Measure:
    """Say how many years of school the median lesson asks for (Flesch and Kincaid, 1975)."""
    grade = median(one.grade for one in facts)
    return Measure("Reading grade of the lessons, median", f"{grade:.1f}", f"{HARDEST} at most", grade <= HARDEST)


def lesson_table(facts: Sequence[LessonFacts]) -> list[str]:
    """Write one line a lesson in Markdown."""
    head = [
        "| Lesson | Minutes | Words | Reading grade | Checks | Figures | Labs | Compares |",
        "|---|---|---|---|---|---|---|---|",
    ]
    return [*head, *(row(one) for one in facts)]


def row(one: LessonFacts) -> str:
    """Write one lesson."""
    cells = (
        one.title,
        one.minutes,
        one.words,
        f"{one.grade:.1f}",
        one.checks,
        one.figures,
        one.labs or "",
        "yes" if one.has_compare else "",
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |"
