"""Puts a lesson's page together: its parts, its checks, the lessons around it, and what its reader has done here."""

from dataclasses import replace
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup, escape

from accounts.models import Person
from catalogue.live import current
from catalogue.material import Course, Heading, Lesson
from catalogue.segments import Html, Segment
from courses.doors import SEES_MENTOR_NOTES, Door, door
from courses.drawing import Drawn, drawn, drawn_lesson
from courses.outline import lesson_url, outline_around
from courses.queries import KeptNote
from progress.queries import StudyState
from quizzes.checks.cards import lesson_cards


def lesson_page(
    course: Course,
    lesson: Lesson,
    person: Person | None,
    state: StudyState,
    note: KeptNote,
    *,
    found: str | None = None,
    note_problem: str | None = None,
    note_version: int | None = None,
) -> str:
    """Return the page of an open lesson; for somebody signed in it takes one statement more, for the checks."""
    return render_template(
        "courses/lesson.html",
        course=course,
        lesson=lesson,
        module=outline_around(course, lesson, person, state),
        segments=with_mark(lesson, found),
        headings=[(heading.text, heading.id) for heading in lesson.headings if heading.level == 2],
        outcomes=[course.objectives[name].title for name in lesson.objectives if name in course.objectives],
        cards=cards_of(lesson, person if state.enrolled else None),
        stems=stems_of(lesson),
        mentor_notes=person is not None and bool(SEES_MENTOR_NOTES & person.roles),
        state=state,
        left_at=place_kept(lesson, state),
        place_url=url_for("courses.reading", course=course.id, lesson=lesson.id),
        note=note,
        note_url=url_for("courses.note", course=course.id, lesson=lesson.id),
        note_problem=note_problem,
        note_version=note.version if note_version is None else note_version,
        **neighbours(course, lesson, person, state),
    )


def cards_of(lesson: Lesson, person: Person | None) -> dict[str, Any]:
    """Return the cards of the checks for whoever takes the course; nobody else can answer them."""
    return lesson_cards(person.id, lesson, current(), person.time_zone) if person else {}


def stems_of(lesson: Lesson) -> dict[str, Markup]:
    """Return what the checks ask, for those who cannot answer them here; neither options nor keys are among it."""
    catalogue = current()
    return {ref: question.stem_html for ref in lesson.checks if (question := catalogue.question(ref))}


def place_kept(lesson: Lesson, state: StudyState) -> Heading | None:
    """Return the heading where the reader left, as long as the lesson is not read."""
    place = None if state.read(lesson.id) else state.place(lesson.id)
    return next((heading for heading in lesson.headings if heading.id == place), None)


def neighbours(course: Course, lesson: Lesson, person: Person | None, state: StudyState) -> dict[str, Any]:
    """Return the lessons before and after, with the door of the one after once this one is complete."""
    before, after = course.previous_lesson(lesson.id), course.next_lesson(lesson.id)
    return {
        "before": before,
        "before_url": lesson_url(before) if before else None,
        "after": after,
        "after_url": lesson_url(after) if after else None,
        "after_door": door(course, after, person, state) if after else Door(),
    }


def with_mark(lesson: Lesson, anchor: str | None) -> tuple[Segment | Drawn, ...]:
    """Return the lesson's parts with the heading marked to which a search led."""
    if not anchor or anchor not in {heading.id for heading in lesson.headings}:
        return drawn_lesson(lesson)
    return drawn(
        lesson,
        [replace(part, html=marked(part.html, anchor)) if isinstance(part, Html) else part for part in lesson.segments],
    )


def marked(html: Markup, anchor: str) -> Markup:
    """Mark the words of one heading."""
    before, tag, rest = str(html).partition(f' id="{escape(anchor)}">')
    if not tag:
        return html
    words, end, after = rest.partition("</h")
    return Markup(f"{before}{tag}<mark>{words}</mark>{end}{after}")  # noqa: S704 - pieces of what was sanitised  # nosec B704
