"""A learner reports a question, and reads what was answered."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.models import Person
from accounts.permissions import SIGNED_IN, allow
from catalogue.documents import question_at
from catalogue.live import current
from core.addresses import LARGEST_ID
from core.clock import now
from core.database import writing
from core.errors import Refused
from quizzes.kinds import Shown
from quizzes.models import AttemptItem, QuestionReport
from quizzes.reports.queries import own_report, own_reports, shown_item, unseen_answers
from quizzes.reports.reporting import Seen, report_question, see_answer
from quizzes.sittings.teaching import taught
from quizzes.views import bp

THANKS = "Thank you for your report. An instructor looks at it, and the answer comes to your start page."


@bp.get("/questions/<course>/<question>/reports")
@allow(SIGNED_IN)
def reports(course: str, question: str) -> ResponseReturnValue:
    """Show what one has reported about a question, with the answers."""
    mine = own_reports(current_user.id, f"{course}/{question}", now()) or abort(404)
    newest = mine[0].report
    return reports_page(Seen(newest.question, newest.revision, newest.digest, newest.item_id))


@bp.post("/questions/<course>/<question>/reports")
@allow(SIGNED_IN)
def report(course: str, question: str) -> ResponseReturnValue:
    """Keep a report about a question as it was shown; a refusal shows what was typed."""
    ref, moment = f"{course}/{question}", now()
    item = item_or_404(ref)
    seen = seen_or_404(ref, item)
    text = request.form.get("text", "")
    try:
        with writing(learner=current_user.id):
            report_question(current_user.id, seen, text, now=moment)
    except Refused as refusal:
        return reports_page(seen, item, text, refusal)
    flash(THANKS)
    return redirect(whence(course, question, item))


def item_or_404(ref: str) -> AttemptItem | None:
    """Return one's own item at which the question was shown; None where the page named none."""
    if not request.form.get("attempt"):
        return None
    attempt, position = number_or_404("attempt"), number_or_404("position")
    return shown_item(current_user.id, attempt, position, ref) or abort(404)


def number_or_404(name: str) -> int:
    """Return a number that was sent and that a column can hold."""
    number = request.form.get(name, -1, type=int)
    return number if 0 <= number <= LARGEST_ID else abort(404)


def seen_or_404(ref: str, item: AttemptItem | None) -> Seen:
    """Return the question as it was shown; a digest that none of the named revisions bears is of nothing."""
    digest = request.form.get("digest", "")
    if item is None:
        revisions = [number_or_404("revision")]
    else:
        revisions = [one for one in (item.marked_revision, item.revision) if one is not None]
    for revision in revisions:
        shown = question_at(revision, ref, current())
        if shown is not None and shown.digest == digest:
            return Seen(ref, revision, digest, item.id if item else None)
    return abort(404)


def whence(course: str, question: str, item: AttemptItem | None) -> str:
    """Return the page from which a question was reported, as far as it is known."""
    if item is None:
        return url_for("sittings.reports", course=course, question=question)
    return url_for("sittings.answer", attempt_id=item.attempt_id, position=item.position)


def reports_page(
    seen: Seen, item: AttemptItem | None = None, typed: str = "", refusal: Refused | None = None
) -> ResponseReturnValue:
    """Draw one's reports about a question, with the form that was just sent where it was refused."""
    catalogue = current()
    question = question_at(seen.revision, seen.question, catalogue)
    page = render_template(
        "quizzes/own_reports.html",
        seen=seen,
        item=item,
        typed=typed,
        problem=refusal and refusal.sentence,
        shown=Shown(question, item.seed if item else 0) if question else None,
        taught=taught(question, catalogue) if question else None,
        mine=own_reports(current_user.id, seen.question, now()),
    )
    return page, refusal.status if refusal else 200


@bp.post("/reports/<int:report_id>/reading")
@allow(SIGNED_IN)
def read_answer(report_id: int) -> ResponseReturnValue:
    """Keep that one has seen the answer to one's report."""
    with writing(learner=current_user.id):
        see_answer(own_report(current_user.id, report_id) or abort(404), now=now())
    return redirect("/")


@dataclass(frozen=True)
class AnswersCard:
    """What the start page says of reports that were answered."""

    reports: tuple[QuestionReport, ...]


def answers_card(person: Person) -> AnswersCard | None:
    """Return the card of the start page, when an answer waits to be seen."""
    answered = tuple(unseen_answers(person.id, now()))
    return AnswersCard(answered) if answered else None
