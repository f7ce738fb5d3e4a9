"""Mock exams: the list of them, what one is like, and beginning it."""

from dataclasses import dataclass

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.permissions import SIGNED_IN, allow
from catalogue.live import current
from catalogue.material import Course, Exam
from core.clock import now
from core.database import writing
from progress.enrolments import enrol
from quizzes.models import Attempt
from quizzes.sittings.exams import draw_paper, sit_exam
from quizzes.sittings.queries import Line, sittings
from quizzes.views import bp


@dataclass(frozen=True)
class ExamPage:
    """An exam with what the learner did in it so far."""

    course: Course
    exam: Exam
    lines: tuple[Line, ...]
    running: Attempt | None

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return url_for("sittings.exam", course=self.course.id, exam=self.exam.id)

    def minutes(self, extra_time: int) -> int:
        """Return how long it takes somebody with this extra time (percent)."""
        return self.exam.shape.minutes * (100 + extra_time) // 100


def exam_page(course: Course, exam: Exam, lines: list[Line]) -> ExamPage:
    """Put together what is known of an exam and a learner."""
    mine = tuple(line for line in lines if (line.attempt.course, line.attempt.exam) == (course.id, exam.id))
    return ExamPage(course, exam, mine, next((line.attempt for line in mine if line.attempt.is_open), None))


@bp.get("/exams")
@allow(SIGNED_IN)
def exams() -> ResponseReturnValue:
    """List every mock exam, with one's own sittings."""
    lines = sittings(current_user.id, now())
    pages = [exam_page(course, one, lines) for course in current().courses.values() for one in course.exams.values()]
    return render_template("quizzes/exams.html", pages=pages)


@bp.get("/courses/<course>/exams/<exam>")
@allow(SIGNED_IN)
def exam(course: str, exam: str) -> ResponseReturnValue:
    """Say what an exam is like, before its clock runs."""
    found, asked = exam_or_404(course, exam)
    page = exam_page(found, asked, sittings(current_user.id, now()))
    return render_template("quizzes/exam.html", page=page, extra_time=current_user.extra_time)


@bp.post("/courses/<course>/exams/<exam>")
@allow(SIGNED_IN)
def begin_exam(course: str, exam: str) -> ResponseReturnValue:
    """Begin a sitting, or go on with the one that is open; whoever sits an exam takes the course."""
    found, asked = exam_or_404(course, exam)
    moment, learner, extra_time = now(), current_user.id, current_user.extra_time
    paper = draw_paper(learner, found, asked, now=moment)
    with writing(learner=learner):
        enrol(learner, found.id, now=moment)
        sitting = sit_exam(learner, paper, current(), extra_time=extra_time, now=moment)
    return redirect(url_for("sittings.resume", attempt_id=sitting.id))


def exam_or_404(course: str, exam: str) -> tuple[Course, Exam]:
    """Return an exam with its course."""
    found = current().course(course) or abort(404)
    return found, found.exams.get(exam) or abort(404)
