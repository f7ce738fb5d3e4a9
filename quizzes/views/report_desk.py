"""The instructors' list of reports."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.models import Role
from accounts.permissions import allow
from catalogue.catalogue import Catalogue
from catalogue.documents import question_at
from catalogue.live import current
from core.clock import now
from core.database import writing
from core.errors import Refused
from quizzes.kinds import Shown
from quizzes.models import QuestionReport
from quizzes.reports.queries import Line, report_for_answer, report_list
from quizzes.reports.reporting import answer_report
from quizzes.views import bp

LAST_PAGE = 100_000


@dataclass(frozen=True)
class Row:
    """One report with the question as it was shown."""

    line: Line
    shown: Shown | None  # None where its revision cannot be read any more
    state: str  # live | changed | gone

    @property
    def report(self) -> QuestionReport:
        """Return the report."""
        return self.line.report


@dataclass(frozen=True)
class Typed:
    """An answer that was refused, with the reason."""

    report_id: int
    text: str
    problem: str


@bp.get("/studio/reports")
@allow(Role.INSTRUCTOR, Role.ADMINISTRATOR)
def all_reports() -> ResponseReturnValue:
    """List the reports of all learners, those that wait first."""
    return desk_page()


def desk_page(typed: Typed | None = None, status: int = 200) -> ResponseReturnValue:
    """Draw the list, with the answer that was just sent where it was refused."""
    page = request.args.get("page", 1, type=int)
    found = report_list(page if 1 <= page <= LAST_PAGE else abort(404))
    catalogue = current()
    rows = [desk_row(line, catalogue) for line in found.lines]
    return render_template("quizzes/report_desk.html", found=found, rows=rows, typed=typed), status


def desk_row(line: Line, catalogue: Catalogue) -> Row:
    """Put a report together with its question, as it was shown and as it stands."""
    asked = line.report
    question, live = question_at(asked.revision, asked.question, catalogue), catalogue.question(asked.question)
    state = "gone" if live is None else "live" if live.digest == asked.digest else "changed"
    return Row(line, Shown(question, line.seed or 0) if question else None, state)


@bp.post("/studio/reports/<int:report_id>/answer")
@allow(Role.INSTRUCTOR, Role.ADMINISTRATOR)
def give_report_answer(report_id: int) -> ResponseReturnValue:
    """Answer a report; a refusal shows what was typed."""
    text = request.form.get("answer", "")
    try:
        with writing():
            asked = report_for_answer(report_id) or abort(404)
            answer_report(asked, text, by=current_user, now=now())
    except Refused as refusal:
        return desk_page(Typed(report_id, text, refusal.sentence), refusal.status)
    flash("Your answer is kept, and shown to whoever reported the question.")
    return redirect(url_for("sittings.all_reports", page=request.args.get("page", 1, type=int)))
