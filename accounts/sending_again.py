"""Nothing typed is lost: a form that arrives too late, or without its session, is held and sent again."""

from urllib.parse import urlsplit

from flask import Response, current_app, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from accounts.forms import SignInForm
from accounts.held import Held, hold, unpack
from accounts.permissions import EVERYONE
from core.config import Settings
from core.errors import error_page, wants_fragment
from core.outage_pages import ask_no_more, handle_outage
from core.outages import Outage

SIGN_IN_FIRST = "You are not signed in any more. Sign in again in another window, then send this once more."
STALE = "This page had grown old. Send it once more, or reload the page if that does not help."
OLD = "It was not sent the first time, because the page was older than your session."
FOREIGN = "This was not sent from a page of this house, so it was not done. Open the page here and try again."
TOO_LONG = "What you typed is too long to be kept here. Sign in in another window, then go back and send it again."
GONE = "You had been signed out. What you typed is kept here, and you can send it again once you are signed in."
DOORS = frozenset({"accounts.sign_in", "accounts.sign_out", "accounts.demo_sign_in"})


def ask_in() -> ResponseReturnValue:
    """Answer somebody who is not signed in: a sentence for a script, else the sign-in page, with what was typed."""
    if wants_fragment():
        return jsonify(error=SIGN_IN_FIRST), 401
    if request.method == "POST":
        return hold_at_the_door()
    back = request.full_path.rstrip("?")
    return redirect(url_for("accounts.sign_in", next=back))


def hold_at_the_door() -> ResponseReturnValue:
    """Show the sign-in page with the form in its keeping."""
    held = held_form()
    if not held.fits:
        return error_page(401, TOO_LONG)
    form = SignInForm(formdata=None, held=held.packed())
    return sign_in_page(form, 401, notice=GONE if held.typed else None)


def sign_in_page(form: SignInForm, status: int = 200, notice: str | None = None) -> Response:
    """Show the sign-in page."""
    return make_response(render_template("accounts/sign_in.html", form=form, notice=notice), status)


def stale_form(error: CSRFError) -> ResponseReturnValue:
    """Answer a form whose token does not hold: refuse what comes from elsewhere, hold what was typed here."""
    if not from_this_house():
        return error_page(400, FOREIGN)
    if wants_fragment():
        return stale_for_a_script()
    if request.endpoint in DOORS:
        return stale_at_the_door()
    if not current_user.is_authenticated and audience() != EVERYONE:
        return hold_at_the_door()
    held = held_form()
    return send_again_page(held, 400) if held.fits else error_page(400, STALE)


def stale_for_a_script() -> ResponseReturnValue:
    """Tell one of our scripts what to do, and hand it the token to do it with."""
    if not current_user.is_authenticated and audience() != EVERYONE:
        return jsonify(error=SIGN_IN_FIRST), 401
    return jsonify(error=STALE, csrf_token=generate_csrf()), 400


def stale_at_the_door() -> ResponseReturnValue:
    """Let somebody press sign in or sign out once more; whoever is in already goes on with what they had typed."""
    if request.endpoint == "accounts.sign_out" and not current_user.is_authenticated:
        return redirect("/", 303)
    if current_user.is_authenticated and (held := resendable(request.form.get("held"))):
        return send_again_page(held, 200)
    if current_user.is_authenticated:
        return send_again_page(held_form(), 400)
    return sign_in_page(SignInForm(), 400, notice="This page had grown old. Please sign in once more.")


def outage_page(outage: Outage) -> ResponseReturnValue:
    """Answer while nothing can be saved: a form is kept on the page until it can be sent again."""
    held = held_form()
    if request.method != "POST" or wants_fragment() or request.endpoint in DOORS or not held.fits or not held.fields:
        return handle_outage(outage)
    ask_no_more(outage)
    return send_again_page(held, 503, outage.message)


def send_again_page(held: Held, status: int, why: str = OLD) -> Response:
    """Show what was typed, with one button that sends it to where it was going."""
    return make_response(
        render_template("accounts/send_again.html", held=held, files=list(request.files), why=why), status
    )


def held_form() -> Held:
    """Hold the form of this request."""
    return hold(request.full_path.rstrip("?"), request.form.items(multi=True))


def resendable(line: str | None) -> Held | None:
    """Read a held form whose address takes forms here."""
    held = unpack(line)
    return held if held and takes_forms(held.address) else None


def takes_forms(address: str) -> bool:
    """Say whether the address is one of ours that takes forms."""
    try:
        rules = current_app.url_map.bind(request.host)
        endpoint, _ = rules.match(urlsplit(address).path, method="POST")
    except (HTTPException, RequestRedirect):
        return False
    return endpoint not in DOORS


def audience() -> frozenset[str]:
    """Return whom the asked page is for."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "audience", frozenset())


def from_this_house() -> bool:
    """Say whether the browser itself tells that one of our pages sent this."""
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched == "same-origin"
    settings: Settings = current_app.extensions["settings"]
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc in (request.host, urlsplit(settings.base_url).netloc)
