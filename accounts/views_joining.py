"""Ways to an account: sign up, an invitation, a forgotten password."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.forms import AccountForm, NewPasswordForm, ResetRequestForm, words
from accounts.guessing import TOO_MANY_SOON, may_ask_reset, may_sign_up
from accounts.invitations import accept_invitation, open_invitation
from accounts.local_addresses import local_or
from accounts.models import Role
from accounts.passwords import new_password
from accounts.people import add_person, person_with_email
from accounts.permissions import EVERYONE, allow
from accounts.resets import owner_of_reset, request_reset, use_reset
from accounts.sign_in import client_address, enter, leave
from accounts.views import START, bp, settings
from core.clock import now
from core.database import writing
from core.errors import Refused

ASKED = "If somebody has an account with this address, a link is on its way. It is good for one hour."


@bp.route("/sign-up", methods=["GET", "POST"])
@allow(EVERYONE)
def sign_up() -> ResponseReturnValue:
    """Open an account for whoever asks, where that is the custom of the house."""
    if settings().sign_up != "open":
        return render_template("accounts/by_invitation.html")
    form = AccountForm()
    if is_fit(form):
        count_sign_up()
        hashed = new_password(words(form.password), words(form.email), words(form.name))
        with writing():
            person = add_person(words(form.email), words(form.name), hashed, [Role.LEARNER], now=now())
        enter(person, remember=False)
        flash(f"Welcome, {person.name}. Your account is open.")
        return redirect(local_or(request.args.get("next"), START), 303)
    return render_template("accounts/sign_up.html", form=form), 422 if form.is_submitted() else 200


def is_fit(form: AccountForm) -> bool:
    """Say whether the form is right and its address still free; whoever tries one taken address after another is counted."""
    if not form.validate_on_submit():
        return False
    if person_with_email(words(form.email)):
        count_sign_up()
        form.refuse_taken()
        return False
    return True


def count_sign_up() -> None:
    """Count a new account, or refuse when there were too many from one place."""
    with writing():
        allowed = may_sign_up(client_address(), now=now())
    if not allowed:
        raise Refused(TOO_MANY_SOON, 429)


@bp.route("/invitations/<token>", methods=["GET", "POST"])
@allow(EVERYONE)
def invitation(token: str) -> ResponseReturnValue:
    """Open the account that somebody was invited to."""
    invited = open_invitation(token, now=now())
    form = AccountForm(data={"email": invited.email})
    if invited.email:
        form.email.data = invited.email
    if is_fit(form):
        hashed = new_password(words(form.password), words(form.email), words(form.name))
        with writing():
            person = accept_invitation(token, words(form.email), words(form.name), hashed, now=now())
        enter(person, remember=False)
        flash(f"Welcome, {person.name}. Your account is open.")
        return redirect(START, 303)
    return render_template(
        "accounts/invitation.html", form=form, invitation=invited
    ), 422 if form.is_submitted() else 200


@bp.route("/password-resets/new", methods=["GET", "POST"])
@allow(EVERYONE)
def request_password_reset() -> ResponseReturnValue:
    """Take a request for a new password; the answer is the same for everybody."""
    form = ResetRequestForm()
    if not form.validate_on_submit():
        return render_template("accounts/reset_request.html", form=form), 422 if form.is_submitted() else 200
    with writing():
        allowed = may_ask_reset(client_address(), now=now())
        if allowed:
            request_reset(words(form.email), base_url=settings().base_url, now=now())
    if not allowed:
        raise Refused(TOO_MANY_SOON, 429)
    flash(ASKED)
    return redirect(url_for("accounts.request_password_reset"), 303)


@bp.route("/password-resets/<token>", methods=["GET", "POST"])
@allow(EVERYONE)
def reset_password(token: str) -> ResponseReturnValue:
    """Set a new password by a mailed link."""
    person = owner_of_reset(token, now=now())
    form = NewPasswordForm(person.email, person.name)
    if form.validate_on_submit():
        hashed = new_password(words(form.password), person.email, person.name)
        with writing():
            use_reset(token, hashed, now=now())
        if current_user.is_authenticated:
            leave()
        flash("Your new password is set. Sign in with it.")
        return redirect(url_for("accounts.sign_in"), 303)
    return render_template(
        "accounts/reset_password.html", form=form, person=person
    ), 422 if form.is_submitted() else 200
