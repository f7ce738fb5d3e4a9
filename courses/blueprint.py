"""The room's blueprint, and what its views share: whoever looks, the course, the lesson."""

from flask import Blueprint, abort
from flask_login import current_user

from accounts.models import Person
from catalogue.live import current
from catalogue.material import Course, Lesson

bp = Blueprint("courses", __name__)


def viewer() -> Person | None:
    """Return whoever looks, or None for a visitor."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def course_or_404(course_id: str) -> Course:
    """Return a course, or show that there is none."""
    return current().course(course_id) or abort(404)


def lesson_or_404(course_id: str, lesson_id: str) -> tuple[Course, Lesson]:
    """Return a lesson with its course, or show that there is none."""
    course = course_or_404(course_id)
    return course, course.lesson(lesson_id) or abort(404)
