"""One address a check: what is chosen, finished and tried again is posted to it."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.permissions import allow
from catalogue import addresses
from catalogue.catalogue import Catalogue
from catalogue.live import current
from catalogue.material import Lesson
from catalogue.questions import Question
from core.clock import now
from core.database import writing
from core.errors import Refused, wants_fragment
from quizzes.checks.answering import Answer, finish_check, save_answer, try_again, what_is_missing
from quizzes.checks.cards import CheckCard, check_card, with_typed
from quizzes.checks.desk import open_desk
from quizzes.checks.forms import read_act, read_answer
from quizzes.checks.queries import CheckState, check_states, fresh, state_of

bp = Blueprint("quizzes", __name__)


@dataclass(frozen=True)
class Place:
    """The check that an address names."""

    catalogue: Catalogue
    lesson: Lesson
    question: Question

    @property
    def url(self) -> str:
        """Where the check stands in its lesson."""
        return addresses.lesson(self.lesson.course_id, self.lesson.id, f"check-{self.question.id}")


def find_place(course: str, lesson: str, question: str) -> Place:
    """Return the check in the live catalogue, or say that there is none."""
    catalogue = current()
    found = catalogue.lesson(f"{course}/{lesson}")
    asked = (catalogue.question(ref) for ref in found.checks) if found else ()
    here = next((one for one in asked if one and one.id == question), None)
    return Place(catalogue, found, here) if found and here else abort(404)


@bp.post("/courses/<course>/checks/<lesson>/<question>")
@allow("learner", "mentor", "instructor", "administrator")
def answer_check(course: str, lesson: str, question: str) -> ResponseReturnValue:
    """Take one step on a check; a refusal shows the check with its sentence and what was chosen."""
    place = find_place(course, lesson, question)
    act, answer = read_act(request.form), read_answer(place.question, request.form)
    try:
        state = take(place, answer, act, now=now())
    except Refused as refusal:
        return show_refused(place, answer, refusal)
    missing = what_is_missing(place.question, answer) if act == "finish" else None
    if missing:
        return show(place, with_card(place, state, missing), 422)
    return show(place, with_card(place, state)) if wants_fragment() else redirect(place.url)


def take(place: Place, answer: Answer, act: str, *, now: datetime) -> CheckState:
    """Let the verb do its work in one turn, and return what the check is like after it."""
    revision = place.catalogue.revision_of(place.question) or 0
    with writing(learner=current_user.id):
        desk = open_desk(current_user.id, place.lesson, place.question, answer.sequence)
        if act == "again":
            taken = try_again(desk, answer.try_number, revision=revision, now=now)
        else:
            verb = finish_check if act == "finish" else save_answer
            taken = verb(desk, answer, revision=revision, now=now)
        return state_of(taken.item, taken.last)


def show_refused(place: Place, answer: Answer, refusal: Refused) -> ResponseReturnValue:
    """Show the check as it is kept, with what was just chosen, and why that was not kept."""
    states = check_states(current_user.id, place.lesson.course_id, place.lesson.id)
    state = states.get(place.question.ref) or fresh(place.question.ref)
    typed = with_typed(state, place.question, answer)
    return show(place, with_card(place, typed, refusal.sentence), refusal.status)


def with_card(place: Place, state: CheckState, problem: str | None = None) -> CheckCard:
    """Return the card of the check for the person who looks."""
    zone = current_user.time_zone
    return check_card(current_user.id, place.lesson, place.question, state, place.catalogue, zone, problem)


def show(place: Place, card: CheckCard, status: int = 200) -> ResponseReturnValue:
    """Return the card alone for a script, else a page around it."""
    template = "quizzes/_check_card.html" if wants_fragment() else "quizzes/check.html"
    return render_template(template, card=card, lesson=place.lesson, lesson_url=place.url), status
