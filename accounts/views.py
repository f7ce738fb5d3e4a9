"""The door: sign in, sign out, and the light in which pages are shown."""

from typing import cast

from flask import Blueprint, Response, abort, current_app, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.demo_people import DEMO_PASSWORD, DEMO_PEOPLE
from accounts.forms import SignInForm, words
from accounts.local_addresses import local_or
from accounts.permissions import EVERYONE, allow
from accounts.sending_again import resendable, send_again_page, sign_in_page
from accounts.sign_in import Denied, client_address, enter, identify, leave
from core.clock import now
from core.config import Settings
from core.frame import THEMES

bp = Blueprint("accounts", __name__)
YEAR = 365 * 24 * 3600
START = "/"


def settings() -> Settings:
    """Return the running app's settings."""
    return cast(Settings, current_app.extensions["settings"])


@bp.route("/sign-in", methods=["GET", "POST"])
@allow(EVERYONE)
def sign_in() -> ResponseReturnValue:
    """Show the door, or let somebody in."""
    form = SignInForm(data={"next": request.args.get("next", "")})
    if form.validate_on_submit():
        return come_in(form, words(form.email), words(form.password))
    if current_user.is_authenticated and request.method == "GET":
        return redirect(local_or(form.next.data, START))
    return sign_in_page(form, 422 if form.is_submitted() else 200)


@bp.post("/demo-sign-ins")
@allow(EVERYONE)
def demo_sign_in() -> ResponseReturnValue:
    """Let one of the demo's people in, through the same door."""
    email = DEMO_PEOPLE.get(request.form.get("who", ""))
    if not settings().demo or email is None:
        abort(404)
    return come_in(SignInForm(), email, DEMO_PASSWORD)


def come_in(form: SignInForm, email: str, password: str) -> ResponseReturnValue:
    """Begin a session and go on to where somebody was, or say why not and keep what was typed."""
    person = identify(email, password, address=client_address(), now=now())
    if isinstance(person, Denied):
        form.form_errors.append(person.sentence)
        return sign_in_page(form, person.status)
    enter(person, remember=bool(form.remember.data))
    if held := resendable(form.held.data):
        return send_again_page(held, 200)
    return redirect(local_or(form.next.data, START), 303)


@bp.post("/sign-out")
@allow(EVERYONE)
def sign_out() -> ResponseReturnValue:
    """Let somebody out."""
    leave()
    flash("You are signed out.")
    return redirect(START, 303)


@bp.post("/theme")
@allow(EVERYONE)
def theme() -> ResponseReturnValue:
    """Keep the chosen light for a year; anything else follows the system again."""
    response = cast(Response, redirect(local_or(request.form.get("next"), START), 303))
    chosen = request.form.get("theme", "")
    if chosen not in THEMES:
        response.delete_cookie("theme")
        return response
    secure = settings().secure_cookies
    response.set_cookie("theme", chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
    return response
