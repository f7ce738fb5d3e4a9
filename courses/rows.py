"""Courses as rows of a list."""

from dataclasses import dataclass

from flask import url_for

from catalogue.material import Course
from courses.sides import side_of


@dataclass(frozen=True)
class CourseRow:
    """What a list shows of a course."""

    title: str
    summary: str
    url: str
    side: str
    lesson_count: int
    minutes: int
    question_count: int


def course_row(course: Course) -> CourseRow:
    """Return a course as a row."""
    return CourseRow(
        title=course.title,
        summary=course.summary,
        url=url_for("courses.course", course=course.id),
        side=side_of(question.side for question in course.questions.values()),
        lesson_count=len(course.lessons),
        minutes=course.minutes,
        question_count=len(course.questions),
    )
