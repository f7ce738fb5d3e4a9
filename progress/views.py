"""One learner's progress: the same page for the learner, the mentor and whoever else may see it."""

from datetime import UTC, datetime, time
from typing import cast

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.models import Person
from accounts.permissions import SIGNED_IN, allow, visible_people
from catalogue.live import current
from core.clock import now
from core.database import db
from core.wording import zone_named
from progress.calendar_weeks import active_days, calendar_sentence, calendar_weeks, first_day
from progress.evidence import NEEDED
from progress.overview import finding, overview, sureness_sentence
from progress.queries import activity, answers_given, objective_evidence, studies
from progress.review_log import log_lines

bp = Blueprint("progress", __name__)


@bp.get("/progress")
@allow(SIGNED_IN)
def own() -> ResponseReturnValue:
    """Show one's own progress."""
    return progress_page(current_user, now=now())


@bp.get("/progress/log")
@allow(SIGNED_IN)
def log() -> ResponseReturnValue:
    """Hand one's own log over: everything that was answered, one line of JSON each."""
    text = "\n".join(log_lines(current_user.id, now())) + "\n"
    named = {"Content-Disposition": 'attachment; filename="handover-review-log.jsonl"'}
    return text, 200, {"Content-Type": "application/jsonl; charset=utf-8"} | named


@bp.get("/people/<int:person>/progress")
@allow(SIGNED_IN)
def of_person(person: int) -> ResponseReturnValue:
    """Show somebody's progress to whoever may see it; to others there is nothing here."""
    found = db.session.scalars(visible_people(current_user).where(Person.id == person)).unique().one_or_none()
    return progress_page(cast(Person | None, found) or abort(404), now=now())


def progress_page(learner: Person, *, now: datetime) -> str:
    """Draw the page, in four statements however much there is."""
    zone = zone_named(learner.time_zone)
    today = now.astimezone(zone).date()
    since = datetime.combine(first_day(today), time(), zone).astimezone(UTC)
    page = overview(current(), studies(learner.id), objective_evidence(learner.id), answers_given(learner.id))
    weeks = calendar_weeks(activity(learner.id, since, learner.time_zone), today)
    return render_template(
        "progress/page.html",
        learner=learner,
        own=learner.id == current_user.id,
        title=finding(page),
        page=page,
        needed=NEEDED,
        sureness_sentence=sureness_sentence(page.sureness),
        weeks=weeks,
        calendar_sentence=calendar_sentence(weeks),
        active_days=active_days(weeks),
    )
