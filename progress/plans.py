"""The card of the account that holds exam dates and weekly times, and where it is posted to."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.models import Person
from accounts.permissions import SIGNED_IN, allow
from catalogue.live import current
from core.clock import now
from core.database import writing
from core.errors import Refused
from core.wording import zone_named
from progress.enrolments import plan_course
from progress.forms import PlanForm
from progress.queries import studies
from progress.views import bp


@dataclass(frozen=True)
class CoursePlan:
    """One course that is taken, with the form of its plan."""

    course: str
    title: str
    form: PlanForm
    problem: str | None = None


def plans_card(person: Person) -> list[CoursePlan] | None:
    """Return the plan of every course the person takes; nothing where none is taken."""
    known = current().courses
    taken = {name: state.enrolment for name, state in studies(person.id).items() if name in known}
    return [course_plan(name, PlanForm(formdata=None, obj=enrolment)) for name, enrolment in taken.items()] or None


def course_plan(course: str, form: PlanForm, problem: str | None = None) -> CoursePlan:
    """Return the plan of one course; its fields are told apart from those of the others."""
    for field in (form.exam_date, form.weekly_minutes):
        field.id = f"{course}-{field.name}"
        field.label.field_id = field.id
    return CoursePlan(course, current().courses[course].title, form, problem)


@bp.post("/account/courses/<course>")
@allow(SIGNED_IN)
def plan(course: str) -> ResponseReturnValue:
    """Keep the plan of one course; a refusal shows what was typed."""
    found = current().course(course) or abort(404)
    form = PlanForm()
    if not form.validate_on_submit():
        return show(course_plan(found.id, form), 422)
    today = now().astimezone(zone_named(current_user.time_zone)).date()
    date, minutes = form.exam_date.data, form.weekly_minutes.data
    try:
        with writing(learner=current_user.id):
            plan_course(current_user.id, found.id, exam_date=date, weekly_minutes=minutes, today=today)
    except Refused as refusal:
        if refusal.status == 404:
            raise
        return show(course_plan(found.id, form, refusal.sentence), refusal.status)
    flash(f"Your plan for \u201c{found.title}\u201d is kept.")
    return redirect(url_for("accounts.account"), 303)


def show(one: CoursePlan, status: int) -> ResponseReturnValue:
    """Draw one plan by itself, with what is to be mended."""
    return render_template("progress/plan.html", one=one), status
