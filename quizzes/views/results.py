"""What a sitting came to."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.permissions import SIGNED_IN, allow
from catalogue.catalogue import Catalogue
from catalogue.live import current
from core.clock import now
from core.wording import exact_moment, zone_named
from quizzes.models import AttemptItem
from quizzes.sittings.queries import Sheet, confidences_of, items_of
from quizzes.sittings.results import Marked, result_of
from quizzes.views import bp
from quizzes.views.loading import sheet_or_404


@bp.get("/attempts/<int:attempt_id>/result")
@allow(SIGNED_IN)
def result(attempt_id: int) -> ResponseReturnValue:
    """Show the result of a sitting, or from when it may be seen."""
    moment = now()
    sheet = sheet_or_404(attempt_id, moment)
    mine = sheet.attempt.learner_id == current_user.id
    if sheet.attempt.submitted_at is None:
        return render_template("quizzes/no_result.html", sheet=sheet, mine=mine)
    if not sheet.shows_results(moment):
        until = exact_moment(sheet.held_until, zone_named(current_user.time_zone)) if sheet.held_until else ""
        return render_template("quizzes/held_result.html", sheet=sheet, until=until)
    found = result_of(sheet.plan, marked_items(sheet, current()))
    return render_template("quizzes/result.html", sheet=sheet, result=found, mine=mine)


def marked_items(sheet: Sheet, catalogue: Catalogue) -> list[Marked]:
    """Return the questions as the result counts them."""
    sure = confidences_of(sheet.attempt.id)
    return [marked_item(item, catalogue, sure.get(item.id)) for item in items_of(sheet.attempt.id)]


def marked_item(item: AttemptItem, catalogue: Catalogue, confidence: str | None) -> Marked:
    """Return one question as the result counts it."""
    question = catalogue.question(item.question)
    course = catalogue.courses.get(question.course_id) if question else None
    objective = course.objectives.get(question.objective) if course and question else None
    titles = {domain.id: domain.title for domain in course.domains} if course else {}
    return Marked(
        position=item.position,
        domain=titles.get(objective.domain, "") if objective else "",
        objective=objective.title if objective else "",
        mark=item.mark,
        scored=item.scored,
        seconds=item.seconds,
        confidence=confidence,
        answered=item.answered_at is not None,
    )
