"""The administrators' pages: people, one person, invitations, and the trail."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.forms import InvitationForm, MentorForm, RolesForm, words
from accounts.invitations import invite
from accounts.mentorships import begin_mentorship, end_mentorship
from accounts.models import Role
from accounts.people import person_with_email, set_roles, switch_off, switch_on
from accounts.permissions import allow
from accounts.queries import (
    LONGEST_SEARCH,
    audit_page,
    learners_of,
    mentors_of,
    mentorship_or_404,
    people_page,
    person_or_404,
)
from accounts.views import bp, settings
from accounts.wording import acts_in_words, people_rows
from core.clock import now
from core.database import writing
from core.errors import Refused

LAST_PAGE = 100_000


def asked_page() -> int:
    """Return which page of a list is asked for."""
    page = request.args.get("page", 1, type=int)
    return page if 1 <= page <= LAST_PAGE else abort(404)


@bp.get("/people")
@allow(Role.ADMINISTRATOR)
def people() -> ResponseReturnValue:
    """Show everybody, or whoever matches."""
    search = request.args.get("q", "")[:LONGEST_SEARCH]
    found = people_page(search, asked_page())
    mentors = mentors_of([person.id for person in found.rows])
    rows = people_rows(found.rows, mentors, current_user.time_zone, now())
    return render_template("accounts/people.html", found=found, rows=rows, search=search)


@bp.get("/people/<int:person_id>")
@allow(Role.ADMINISTRATOR)
def person(person_id: int) -> ResponseReturnValue:
    """Show one person with everything that can be changed."""
    return person_page(person_id)


def person_page(person_id: int, mentor_form: MentorForm | None = None, status: int = 200) -> ResponseReturnValue:
    """Show one person, with the form that was just sent."""
    shown = person_or_404(person_id)
    return render_template(
        "accounts/person.html",
        person=shown,
        row=people_rows([shown], {}, current_user.time_zone, now())[0],
        roles=RolesForm(formdata=None, roles=sorted(shown.roles)),
        mentor_form=mentor_form or MentorForm(formdata=None),
        mentors=mentors_of([shown.id]).get(shown.id, []),
        learners=learners_of(shown.id),
    ), status


@bp.post("/people/<int:person_id>/roles")
@allow(Role.ADMINISTRATOR)
def change_roles(person_id: int) -> ResponseReturnValue:
    """Give and withdraw roles."""
    form = RolesForm()
    wanted = (form.roles.data or []) if form.validate_on_submit() else abort(400)
    with writing():
        changed = person_or_404(person_id)
        set_roles(changed, wanted, by=current_user, now=now())
    flash(f"The roles of {changed.name} are as you set them.")
    return back_to(person_id)


@bp.post("/people/<int:person_id>/switch")
@allow(Role.ADMINISTRATOR)
def switch(person_id: int) -> ResponseReturnValue:
    """Switch an account off or on."""
    act = {"off": switch_off, "on": switch_on}.get(request.form.get("to", "")) or abort(400)
    with writing():
        changed = person_or_404(person_id)
        act(changed, by=current_user, now=now())
    flash(f"The account of {changed.name} is switched {request.form['to']}.")
    return back_to(person_id)


@bp.post("/people/<int:person_id>/mentors")
@allow(Role.ADMINISTRATOR)
def add_mentor(person_id: int) -> ResponseReturnValue:
    """Let a mentor accompany this learner."""
    form = MentorForm()
    if not form.validate_on_submit():
        return person_page(person_id, form, 422)
    with writing():
        learner = person_or_404(person_id)
        mentor = person_with_email(words(form.mentor))
        if mentor is None:
            raise Refused("Nobody has this address; look at it again, or invite the mentor first.")
        begin_mentorship(mentor, learner, by=current_user, now=now())
    flash(f"{mentor.name} mentors {learner.name} from now on.")
    return back_to(person_id)


@bp.post("/people/<int:person_id>/mentorships/<int:mentorship_id>/end")
@allow(Role.ADMINISTRATOR)
def end_one_mentorship(person_id: int, mentorship_id: int) -> ResponseReturnValue:
    """End a mentorship."""
    with writing():
        mentorship = mentorship_or_404(mentorship_id)
        if person_id not in (mentorship.learner_id, mentorship.mentor_id):
            abort(404)
        end_mentorship(mentorship, by=current_user, now=now())
    flash("The mentorship is ended; what was written in it is kept.")
    return back_to(person_id)


@bp.route("/people/invitations/new", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def new_invitation() -> ResponseReturnValue:
    """Invite somebody; the link is shown this once."""
    form = InvitationForm()
    if not form.validate_on_submit():
        return render_template("accounts/invite.html", form=form), 422 if form.is_submitted() else 200
    with writing():
        link = invite(words(form.email), Role(form.role.data), by=current_user, base_url=settings().base_url, now=now())
    return render_template("accounts/invited.html", link=link, email=words(form.email))


@bp.get("/audit")
@allow(Role.ADMINISTRATOR)
def audit() -> ResponseReturnValue:
    """Show what was done to accounts, newest first."""
    trail = audit_page(asked_page())
    return render_template(
        "accounts/audit.html", trail=trail, rows=acts_in_words(trail.rows, current_user.time_zone, now())
    )


def back_to(person_id: int) -> ResponseReturnValue:
    """Go back to the person's page."""
    return redirect(url_for("accounts.person", person_id=person_id), 303)
