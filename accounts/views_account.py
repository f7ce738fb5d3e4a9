"""Everybody's own account."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.forms import ChangePasswordForm, ProfileForm, words
from accounts.models import Person
from accounts.own_account import change_password, change_profile, sign_out_everywhere
from accounts.passwords import new_password
from accounts.permissions import SIGNED_IN, allow
from accounts.queries import mentors_of, person_or_404
from accounts.sign_in import Denied, client_address, enter_again, identify
from accounts.views import bp, settings
from core.clock import now
from core.database import writing
from core.offers import offers

WRONG_PRESENT = "This is not your present password; write it once more."


@bp.route("/account", methods=["GET", "POST"])
@allow(SIGNED_IN)
def account() -> ResponseReturnValue:
    """Show one's account, or change how one is called, where one is, and how much time one needs."""
    form = ProfileForm(obj=current_user)
    if form.validate_on_submit():
        given = {"name": words(form.name), "time_zone": form.time_zone.data, "extra_time": form.extra_time.data}
        with writing(learner=current_user.id):
            change_profile(person_or_404(current_user.id), **given)
        flash("Your account is up to date.")
        return redirect(url_for("accounts.account"), 303)
    return account_page(profile=form, status=422 if form.is_submitted() else 200)


def account_cards(person: Person) -> list[tuple[str, object]]:
    """Return what other rooms have to say on one's account, each with its template."""
    made = [(offer.template, offer.make(person)) for offer in sorted(offers().account_cards, key=lambda one: one.order)]
    return [(template, shown) for template, shown in made if shown is not None]


def account_page(
    profile: ProfileForm | None = None, password: ChangePasswordForm | None = None, status: int = 200
) -> ResponseReturnValue:
    """Show the account with the form that was just sent, and the other ones as they are."""
    mine = person_or_404(current_user.id)
    return render_template(
        "accounts/account.html",
        person=mine,
        mentors=mentors_of([mine.id]).get(mine.id, []),
        profile=profile or ProfileForm(formdata=None, obj=mine),
        password=password or ChangePasswordForm(mine.email, mine.name, formdata=None),
        cards=account_cards(mine),
    ), status


@bp.post("/account/password")
@allow(SIGNED_IN)
def change_own_password() -> ResponseReturnValue:
    """Change the password of whoever knows the present one; other devices are signed out."""
    form = ChangePasswordForm(current_user.email, current_user.name)
    if not form.validate_on_submit():
        return account_page(password=form, status=422)
    known = identify(current_user.email, words(form.current_password), address=client_address(), now=now())
    if isinstance(known, Denied):
        form.current_password.errors = [WRONG_PRESENT if known.status == 422 else known.sentence]
        return account_page(password=form, status=known.status)
    hashed = new_password(words(form.password), known.email, known.name)
    with writing(learner=known.id):
        person = person_or_404(known.id)
        change_password(person, hashed, base_url=settings().base_url, now=now())
    enter_again(person)
    flash("Your password is changed. Other devices are signed out.")
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/sign-outs")
@allow(SIGNED_IN)
def sign_out_all() -> ResponseReturnValue:
    """Sign out everywhere else; this device stays."""
    with writing(learner=current_user.id):
        person = person_or_404(current_user.id)
        sign_out_everywhere(person, now=now())
    enter_again(person)
    flash("You are signed out everywhere else.")
    return redirect(url_for("accounts.account"), 303)
