"""The daily review."""

from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.models import Person
from accounts.permissions import SIGNED_IN, allow
from catalogue.live import current
from core.clock import now
from core.database import writing
from progress.memories import due_count
from quizzes.practice.queries import known_of
from quizzes.review.beginning import begin_review, questions_for
from quizzes.review.forecast import Forecast
from quizzes.review.queries import coming_weeks, running_review, todays_queue
from quizzes.review.queueing import MOST_A_DAY
from quizzes.views import bp

CAPS = (10, MOST_A_DAY, 40)
A_QUESTION = 0.75  # minutes, reasons read


@bp.get("/review")
@allow(SIGNED_IN)
def review() -> ResponseReturnValue:
    """Show what is due today and what it costs."""
    queue = todays_queue(current_user.id, current(), now())
    running = running_review(current_user.id)
    minutes = max(1, round(len(queue.families) * A_QUESTION))
    return render_template("quizzes/review.html", queue=queue, running=running, minutes=minutes, most=MOST_A_DAY)


@dataclass(frozen=True)
class WeekAhead:
    """A week of the forecast in words."""

    words: str
    reviews: int
    minutes: int


@bp.get("/review/forecast")
@allow(SIGNED_IN)
def review_forecast() -> ResponseReturnValue:
    """Show what the review would cost in the coming weeks, and what it would bring by the day of an exam."""
    most = request.args.get("most", MOST_A_DAY, type=int)
    if most not in CAPS:
        abort(404)
    catalogue = current()
    ahead = coming_weeks(current_user.id, catalogue, now(), most)
    titles = {name: course.title for name, course in catalogue.courses.items()}
    return render_template(
        "quizzes/review_forecast.html", ahead=ahead, weeks=weeks_of(ahead), caps=CAPS, titles=titles, a_day=a_day(ahead)
    )


def a_day(ahead: Forecast) -> tuple[int, int]:
    """Return reviews and minutes of a mean day."""
    reviews = ahead.total / len(ahead.days)
    return round(reviews), round(reviews * A_QUESTION)


def weeks_of(ahead: Forecast) -> list[WeekAhead]:
    """Add the days up by weeks."""
    sums = [sum(ahead.days[first : first + 7]) for first in range(0, len(ahead.days), 7)]
    words = ("This week", "Next week", "In two weeks", "In three weeks")
    return [
        WeekAhead(name, round(reviews), round(reviews * A_QUESTION)) for name, reviews in zip(words, sums, strict=True)
    ]


@bp.post("/review")
@allow(SIGNED_IN)
def start_review() -> ResponseReturnValue:
    """Begin today's review, or go on with the one that is open."""
    moment, learner, catalogue = now(), current_user.id, current()
    questions = questions_for(todays_queue(learner, catalogue, moment), known_of(learner, moment), catalogue, moment)
    with writing(learner=learner):
        sitting = running_review(learner) or begin_review(learner, questions, catalogue, now=moment)
    return redirect(url_for("sittings.resume", attempt_id=sitting.id))


@dataclass(frozen=True)
class DueCard:
    """What the start page says of the review."""

    count: int


def due_card(person: Person) -> DueCard | None:
    """Return the card of the start page, when something is due."""
    count = due_count(person.id, now())
    return DueCard(min(count, MOST_A_DAY)) if count else None
