"""A lesson's parts as they are drawn: what is the same for everybody is drawn once and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from flask import get_template_attribute
from markupsafe import Markup

from catalogue.material import Lesson
from catalogue.segments import Check, Compare, Lab, MentorNote, Segment
from courses.labs.panels import first_panel

LESSONS_KEPT = 500


@dataclass(frozen=True)
class Drawn:
    """Several parts in one piece, as the page shows them."""

    html: Markup


@lru_cache(maxsize=LESSONS_KEPT)  # a lesson that changes is another object
def drawn_lesson(lesson: Lesson) -> tuple[Segment | Drawn, ...]:
    """Return a lesson's parts with everything drawn that does not depend on who looks."""
    return drawn(lesson, lesson.segments)


def drawn(lesson: Lesson, segments: Sequence[Segment]) -> tuple[Segment | Drawn, ...]:
    """Draw the parts that are the same for everybody, each stretch of them in one piece."""
    pieces: list[Segment | Drawn] = []
    for is_personal, parts in groupby(segments, personal):
        stretch = tuple(parts)
        pieces += stretch if is_personal else [Drawn(draw(lesson, stretch))]
    return tuple(pieces)


def personal(part: Segment) -> bool:
    """Say whether a part looks different to different people: questions do, and what only mentors see."""
    return isinstance(part, Check | MentorNote) or (isinstance(part, Compare) and bool(part.sort))


def draw(lesson: Lesson, parts: tuple[Segment, ...]) -> Markup:
    """Draw parts with the page's own macro; labs with the figures of their author."""
    shown = [first_panel(lesson, part) if isinstance(part, Lab) else part for part in parts]
    return Markup(get_template_attribute("components/segments.html", "lesson_segments")(shown, None))  # noqa: S704  # nosec B704
