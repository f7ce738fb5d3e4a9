"""The mentors' desk: who studies, and who may need a word."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.models import Role
from accounts.permissions import allow
from catalogue.catalogue import Catalogue
from catalogue.live import current
from core.clock import now
from mentoring.needs import quiet_words
from mentoring.queries import Learner, Taken, mentored

bp = Blueprint("mentoring", __name__)


@dataclass(frozen=True)
class CourseLine:
    """One course of a learner in words."""

    title: str
    complete: int
    total: int
    finished: bool


@dataclass(frozen=True)
class Row:
    """One learner at the desk."""

    learner: Learner
    url: str
    courses: tuple[CourseLine, ...]
    quiet: str | None  # what may need a word


@bp.get("/mentoring")
@allow(Role.MENTOR)
def desk() -> ResponseReturnValue:
    """Show the mentor's learners, those who have been quiet first."""
    moment = now()
    rows = [row(learner, current(), moment) for learner in mentored(current_user.id, now=moment)]
    quiet = [one for one in rows if one.quiet]
    return render_template(
        "mentoring/desk.html",
        rows=quiet + [one for one in rows if not one.quiet],
        quiet=len(quiet),
        active=sum(one.learner.answers > 0 for one in rows),
        answers=sum(one.learner.answers for one in rows),
    )


def row(learner: Learner, catalogue: Catalogue, moment: datetime) -> Row:
    """Return one learner's row."""
    url = url_for("progress.of_person", person=learner.id)
    courses = tuple(line for taken in learner.courses if (line := course_line(taken, catalogue)))
    finished = bool(courses) and all(line.finished for line in courses)
    quiet = None if finished else quiet_words(learner.last_studied, learner.since, moment)
    return Row(learner, url, courses, quiet)


def course_line(taken: Taken, catalogue: Catalogue) -> CourseLine | None:
    """Return a course in words; one that is no longer taught is left out."""
    course = catalogue.course(taken.course)
    if course is None:
        return None
    return CourseLine(
        course.title, min(taken.complete, len(course.lessons)), len(course.lessons), taken.completed_at is not None
    )
