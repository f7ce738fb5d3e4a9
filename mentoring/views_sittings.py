"""The mentor's page during an exam: more time, and results that wait until everybody has sat it."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TypeVar

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from accounts.audit import note_act
from accounts.models import Person, Role
from accounts.permissions import allow
from catalogue.catalogue import Catalogue
from catalogue.live import current
from core.clock import now
from core.database import db, writing
from core.errors import Refused
from core.wording import exact_moment, plural, second_in_words, zone_named
from mentoring.forms import HoldForm, TimeForm
from mentoring.sittings import (
    Held,
    Running,
    enrolments_mentored,
    learners_enrolment,
    learners_exam,
    running_exams,
)
from mentoring.views import bp
from progress.enrolments import hold_results
from quizzes.models import Attempt
from quizzes.sittings.extending import add_time, take_back_time

AnyForm = TypeVar("AnyForm", bound=FlaskForm)


@dataclass(frozen=True)
class Sent:
    """A form that was refused, with the row it belongs to."""

    row: str
    form: TimeForm | HoldForm
    problem: str | None = None


@dataclass(frozen=True)
class ExamRow:
    """An exam that runs, in words, with its form."""

    running: Running
    ends: str
    form: TimeForm
    problem: str | None


@dataclass(frozen=True)
class HeldRow:
    """One learner's results in a course, with the form that holds them back."""

    held: Held
    course: str
    until: str | None
    form: HoldForm
    problem: str | None
    open: bool  # something is to be mended here


@bp.get("/mentoring/sittings")
@allow(Role.MENTOR)
def sittings() -> ResponseReturnValue:
    """Show which exams run now, and whose results are held back."""
    return sittings_page()


def sittings_page(sent: Sent | None = None, status: int = 200) -> ResponseReturnValue:
    """Draw the page; a refused form keeps what was typed."""
    moment, zone = now(), zone_named(current_user.time_zone)
    exams = [exam_row(one, zone, sent) for one in running_exams(current_user.id, moment)]
    held = [
        held_row(one, current(), zone, sent)
        for one in enrolments_mentored(current_user.id, moment)
        if has_exams(one, current())
    ]
    asked = {row.running.attempt.id for row in exams}
    stray = sent.problem if sent and sent.row.startswith("time-") and int(sent.row[5:]) not in asked else None
    return render_template("mentoring/sittings.html", exams=exams, held=held, problem=stray), status


def exam_row(one: Running, zone: tzinfo, sent: Sent | None) -> ExamRow:
    """Return one running exam's row."""
    row = f"time-{one.attempt.id}"
    mine = sent if sent and sent.row == row else None
    form = mine.form if mine and isinstance(mine.form, TimeForm) else TimeForm(formdata=None)
    return ExamRow(one, second_in_words(one.ends_at, zone), told_apart(form, row), mine.problem if mine else None)


def held_row(one: Held, catalogue: Catalogue, zone: tzinfo, sent: Sent | None) -> HeldRow:
    """Return the row of one learner's results."""
    row = f"held-{one.enrolment.id}"
    mine = sent if sent and sent.row == row else None
    until = one.until.astimezone(zone) if one.until else None
    form = mine.form if mine and isinstance(mine.form, HoldForm) else HoldForm(formdata=None, until=until)
    return HeldRow(
        one,
        catalogue.courses[one.enrolment.course].title,
        exact_moment(until, zone) if until else None,
        told_apart(form, row),
        mine.problem if mine else None,
        open=mine is not None,
    )


def told_apart(form: AnyForm, row: str) -> AnyForm:
    """Give the fields of one row names of their own on the page."""
    for field in form:
        field.id = f"{row}-{field.name}"
        field.label.field_id = field.id
    return form


def has_exams(one: Held, catalogue: Catalogue) -> bool:
    """Say whether a learner's course has exams at all."""
    course = catalogue.courses.get(one.enrolment.course)
    return bool(course and course.exams)


@bp.post("/mentoring/sittings/<int:attempt_id>/time")
@allow(Role.MENTOR)
def change_time(attempt_id: int) -> ResponseReturnValue:
    """Give a learner's running exam more time, or take back what was given."""
    learner_id = exam_or_404(attempt_id).learner_id
    form, giving = TimeForm(), request.form.get("act") != "take-back"
    row = f"time-{attempt_id}"
    if giving and not form.validate_on_submit():
        return sittings_page(Sent(row, form), 422)
    try:
        with writing(learner=learner_id):
            minutes = given(attempt_id, form, now()) if giving else taken_back(attempt_id, now())
    except Refused as refusal:
        return sittings_page(Sent(row, form, refusal.sentence), refusal.status)
    flash(f"{plural(minutes, 'minute')} more are given." if giving else f"{plural(minutes, 'minute')} are taken back.")
    return redirect(url_for("mentoring.sittings"), 303)


def exam_or_404(attempt_id: int) -> Attempt:
    """Return a running exam of one of the mentor's learners."""
    return learners_exam(current_user.id, attempt_id) or abort(404)


def given(attempt_id: int, form: TimeForm, moment: datetime) -> int:
    """Give the time, and write it into the trail."""
    attempt, minutes, reason = exam_or_404(attempt_id), form.minutes.data, (form.reason.data or "").strip()
    db.session.refresh(attempt)
    add_time(attempt, minutes, by_id=current_user.id, reason=reason, now=moment)
    trail("gave time in an exam", attempt.learner_id, moment, sitting=str(attempt.id), minutes=str(minutes))
    return int(minutes)


def taken_back(attempt_id: int, moment: datetime) -> int:
    """Take the time back, and write it into the trail."""
    attempt = exam_or_404(attempt_id)
    db.session.refresh(attempt)
    minutes = take_back_time(attempt, by_id=current_user.id, now=moment)
    trail("took back time in an exam", attempt.learner_id, moment, sitting=str(attempt.id), minutes=str(minutes))
    return minutes


def trail(act: str, learner_id: int, moment: datetime, **details: str) -> None:
    """Write a line of the trail about a learner."""
    note_act(act, db.session.get(Person, learner_id), db.session.get(Person, current_user.id), now=moment, **details)


@bp.post("/mentoring/enrolments/<int:enrolment_id>/results")
@allow(Role.MENTOR)
def change_results(enrolment_id: int) -> ResponseReturnValue:
    """Hold a learner's results of a course back until a moment, or show them now."""
    found = learners_enrolment(current_user.id, enrolment_id) or abort(404)
    learner_id, form, moment = found.learner_id, HoldForm(), now()
    releasing, row = request.form.get("act") == "show", f"held-{enrolment_id}"
    if not releasing and not form.validate_on_submit():
        return sittings_page(Sent(row, form), 422)
    until = None if releasing else typed_moment(form)
    try:
        with writing(learner=learner_id):
            held = learners_enrolment(current_user.id, enrolment_id) or abort(404)
            hold_results(held, until, now=moment)
            act = "showed results" if releasing else "held results back"
            trail(act, learner_id, moment, course=held.course, until=until.isoformat() if until else "")
    except Refused as refusal:
        return sittings_page(Sent(row, form, refusal.sentence), refusal.status)
    flash("The results are shown now." if releasing else "The results are held back until then.")
    return redirect(url_for("mentoring.sittings"), 303)


def typed_moment(form: HoldForm) -> datetime | None:
    """Return the moment that was typed, which is meant in the mentor's time zone."""
    return form.until.data.replace(tzinfo=zone_named(current_user.time_zone)) if form.until.data else None
