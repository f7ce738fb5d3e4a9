"""A sitting: its questions, its sections and breaks, its end."""

from dataclasses import replace
from datetime import datetime
from typing import cast

from flask import abort, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.permissions import SIGNED_IN, allow
from catalogue.live import current
from core.clock import now
from core.config import Settings
from core.database import writing
from core.errors import Refused, wants_fragment
from core.wording import second_in_words, zone_named
from quizzes.reports.queries import own_reports
from quizzes.sittings.acting import Taken, take_step
from quizzes.sittings.clock import on_break
from quizzes.sittings.ending import abandon, submit
from quizzes.sittings.forms import Sent, answer_digest, read_sent
from quizzes.sittings.knowing import say_known
from quizzes.sittings.pages import Asking, asking, clock_of, counts, outcomes, with_sent
from quizzes.sittings.pinned import marked_question, pinned_question, pinned_questions
from quizzes.sittings.queries import Sheet, answering, items_of, sittings
from quizzes.sittings.seat import take_seat
from quizzes.sittings.sections import end_break, leave_section
from quizzes.sittings.stepping import CHANGED
from quizzes.views import bp
from quizzes.views.loading import own_or_404, sheet_or_404

A_YEAR = 365 * 24 * 3600


@bp.get("/attempts")
@allow(SIGNED_IN)
def attempts() -> ResponseReturnValue:
    """List one's sittings, the newest first."""
    return render_template("quizzes/attempts.html", lines=sittings(current_user.id, now()), now=now())


@bp.get("/attempts/<int:attempt_id>")
@allow(SIGNED_IN)
def attempt(attempt_id: int) -> ResponseReturnValue:
    """Show where a sitting stands: its break, the review of its section, or the way to its result."""
    moment = now()
    sheet = sheet_or_404(attempt_id, moment)
    if not sheet.attempt.is_open:
        return redirect(url_for("sittings.result", attempt_id=attempt_id))
    template = "quizzes/break.html" if on_break(sheet.attempt, moment) else "quizzes/review_section.html"
    return render_template(
        template, sheet=sheet, counts=counts(sheet.here), clock=clock_of(sheet, moment), only=request.args.get("only")
    )


@bp.get("/attempts/<int:attempt_id>/clock")
@allow(SIGNED_IN)
def clock(attempt_id: int) -> ResponseReturnValue:
    """Say what is left; pages ask now and then, so that their own clock cannot go astray."""
    moment = now()
    sheet = sheet_or_404(attempt_id, moment)
    left = clock_of(sheet, moment)
    return jsonify(left=left.left, rest=left.rest_left, open=sheet.attempt.is_open)


@bp.get("/attempts/<int:attempt_id>/answers/<int:position>")
@allow(SIGNED_IN)
def answer(attempt_id: int, position: int) -> ResponseReturnValue:
    """Show one question of a sitting; of an ended one with its reasons, as soon as results may be seen."""
    moment = now()
    sheet = sheet_or_404(attempt_id, moment)
    if away := elsewhere(sheet, position, moment):
        return redirect(away)
    return show(sheet, page_of(sheet, position), moment)


def elsewhere(sheet: Sheet, position: int, moment: datetime) -> str | None:
    """Return where to look instead, when this question is not to be shown now."""
    if not 1 <= position <= len(sheet.places):
        abort(404)
    if not sheet.attempt.is_open:
        shown = sheet.attempt.submitted_at is not None and sheet.shows_results(moment)
        return None if shown else url_for("sittings.result", attempt_id=sheet.attempt.id)
    locked = sheet.places[position - 1].section != sheet.attempt.section
    if on_break(sheet.attempt, moment) or locked:
        return url_for("sittings.attempt", attempt_id=sheet.attempt.id)
    return None


def page_of(sheet: Sheet, position: int) -> Asking:
    """Return the page of one question."""
    here, catalogue = answering(sheet.attempt.id, position) or abort(404), current()
    question = marked_question(here.item, catalogue)
    if question is None:
        raise Refused(CHANGED, 404)
    return asking(sheet, position, here, question, catalogue, current_user.time_zone)


def show(sheet: Sheet, page: Asking, moment: datetime, status: int = 200) -> ResponseReturnValue:
    """Draw a question, open or answered."""
    answered = page.finished and sheet.shows_results(moment)
    template = "quizzes/answered.html" if answered else "quizzes/question.html"
    held = counts(sheet.of(page.place.section))
    keys_off = request.cookies.get("keys") == "off"
    shown = {"sheet": sheet, "page": page, "clock": clock_of(sheet, moment), "counts": held, "keys_off": keys_off}
    if answered:
        shown |= {"outcomes": outcomes(sheet.here if sheet.attempt.is_open else sheet.places)}
        shown |= {"mine": own_reports(current_user.id, page.question.ref, moment)}
    return render_template(template, **shown), status


@bp.post("/attempts/<int:attempt_id>/answers/<int:position>")
@allow(SIGNED_IN)
def give_answer(attempt_id: int, position: int) -> ResponseReturnValue:
    """Take one step at a question; a refusal shows the question with its sentence and what was sent."""
    moment = now()
    try:
        sent, taken = take(attempt_id, position, moment)
    except Refused as refusal:
        return show_refused(attempt_id, position, refusal, moment)
    if wants_fragment():
        return jsonify(kept(taken))
    return with_keys(redirect(whereto(attempt_id, position, sent.act)), sent.act)


def take(attempt_id: int, position: int, moment: datetime) -> tuple[Sent, Taken]:
    """Read what was sent and keep it, in one turn."""
    sequence = request.form.get("sequence", "1")
    number = int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 7 else 1
    with writing(learner=current_user.id):
        seat = take_seat(current_user.id, attempt_id, position, number) or abort(404)
        question = pinned_question(seat.item, current())
        if question is None:
            raise Refused(CHANGED)
        sent = read_sent(question, request.form)
        return sent, take_step(seat, sent, question, now=moment)


def kept(taken: Taken) -> dict[str, object]:
    """Tell a script what was kept."""
    step, item = taken.step, taken.seat.item
    answer = step if step and step.kind in ("save", "finish") else None
    return {
        "sequence": taken.next_sequence,
        "saved": second_in_words(step.taken_at, zone_named(current_user.time_zone)) if step else None,
        "was": answer_digest(answer.response, answer.confidence) if answer else None,
        "answered": item.answered_at is not None,
        "flagged": item.flagged_at is not None,
    }


def with_keys(response: Response, act: str) -> Response:
    """Keep in a cookie whether single keys work."""
    if act in ("keys-on", "keys-off"):
        secure = cast(Settings, current_app.extensions["settings"]).secure_cookies
        response.set_cookie(
            "keys", act.removeprefix("keys-"), max_age=A_YEAR, samesite="Lax", httponly=True, secure=secure
        )
    return response


def whereto(attempt_id: int, position: int, act: str) -> str:
    """Return the page that follows an act."""
    if act == "review":
        return url_for("sittings.attempt", attempt_id=attempt_id)
    step = {"next": 1, "previous": -1}.get(act, 0)
    return url_for("sittings.answer", attempt_id=attempt_id, position=max(1, position + step))


def show_refused(attempt_id: int, position: int, refusal: Refused, moment: datetime) -> ResponseReturnValue:
    """Show the question as it is kept, with what was just chosen, and why that was not kept."""
    if wants_fragment():
        return jsonify(error=refusal.sentence), refusal.status
    sheet = sheet_or_404(attempt_id, moment)
    if away := elsewhere(sheet, position, moment):
        flash(refusal.sentence)
        return redirect(away)
    page = page_of(sheet, position)
    try:
        typed = with_sent(page, read_sent(page.question, request.form), refusal.sentence)
    except Refused:
        typed = {"problem": refusal.sentence}
    return show(sheet, replace(page, **typed) if not page.finished else page, moment, refusal.status)  # type: ignore[arg-type]


@bp.post("/attempts/<int:attempt_id>/answers/<int:position>/knowledge")
@allow(SIGNED_IN)
def knowledge(attempt_id: int, position: int) -> ResponseReturnValue:
    """Keep that a right guess was known after all."""
    with writing(learner=current_user.id):
        here = answering(own_or_404(attempt_id).id, position) or abort(404)
        say_known(own_or_404(attempt_id), here.item, now=now())
    return redirect(url_for("sittings.answer", attempt_id=attempt_id, position=position))


@bp.post("/attempts/<int:attempt_id>/sections")
@allow(SIGNED_IN)
def leave(attempt_id: int) -> ResponseReturnValue:
    """Lock the open section and go on, with the break that follows or without it."""
    number = request.form.get("section", "")
    with writing(learner=current_user.id):
        sitting = own_or_404(attempt_id)
        pause = request.form.get("break") != "no"
        leave_section(sitting, int(number) if number.isdigit() else 0, take_break=pause, now=now())
    return redirect(url_for("sittings.attempt" if pause else "sittings.resume", attempt_id=attempt_id))


@bp.post("/attempts/<int:attempt_id>/resumption")
@allow(SIGNED_IN)
def resume_from_break(attempt_id: int) -> ResponseReturnValue:
    """End the break and go on."""
    with writing(learner=current_user.id):
        end_break(own_or_404(attempt_id), now=now())
    return redirect(url_for("sittings.resume", attempt_id=attempt_id))


@bp.get("/attempts/<int:attempt_id>/next")
@allow(SIGNED_IN)
def resume(attempt_id: int) -> ResponseReturnValue:
    """Go on where nothing is answered yet."""
    sheet = sheet_or_404(attempt_id, now())
    if not sheet.attempt.is_open:
        return redirect(url_for("sittings.result", attempt_id=attempt_id))
    return redirect(url_for("sittings.answer", attempt_id=attempt_id, position=sheet.next_open()))


@bp.post("/attempts/<int:attempt_id>/submission")
@allow(SIGNED_IN)
def hand_in(attempt_id: int) -> ResponseReturnValue:
    """Hand a sitting in."""
    own_or_404(attempt_id)
    questions = pinned_questions(items_of(attempt_id), current())
    moment = now()
    sheet_or_404(attempt_id, moment)  # what is over is handed in as of its deadline
    with writing(learner=current_user.id):
        submit(own_or_404(attempt_id), questions, now=moment)
    return redirect(url_for("sittings.result", attempt_id=attempt_id))


@bp.post("/attempts/<int:attempt_id>/abandonment")
@allow(SIGNED_IN)
def give_up(attempt_id: int) -> ResponseReturnValue:
    """Leave a sitting for good."""
    with writing(learner=current_user.id):
        abandon(own_or_404(attempt_id), now=now())
    flash("You have left this sitting. It gets no result; what you answered stays in your list of sittings.")
    return redirect(url_for("sittings.attempts"))
