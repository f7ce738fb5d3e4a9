"""The administrators' page of the outbox: what waits, what was given up, what was sent."""

from collections.abc import Callable
from typing import cast

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.audit import note_act
from accounts.models import Role
from accounts.permissions import allow
from accounts.views_people import asked_page
from core.clock import now
from core.config import Settings
from core.database import writing
from core.errors import Refused
from core.models import OutboxMessage
from core.outbox import pass_on, put_back, try_again
from operations.mailing import Shelf, message_or_404, outbox_page, rows_in_words, shelf_sizes

bp = Blueprint("operations", __name__)
TOO_LATE = "The text of this message is gone, so it cannot be put back."


@bp.get("/outbox")
@allow(Role.ADMINISTRATOR)
def outbox() -> ResponseReturnValue:
    """Show one shelf of the outbox."""
    shelf = asked_shelf()
    messages = outbox_page(shelf, asked_page())
    return render_template(
        "operations/outbox.html",
        shelf=shelf,
        shelves=shelf_sizes(),
        messages=messages,
        rows=rows_in_words(messages.rows, current_user.time_zone, now()),
        mail=cast(Settings, current_app.extensions["settings"]).mail,
    )


def asked_shelf() -> Shelf:
    """Return which shelf is asked for."""
    asked = request.args.get("shelf", Shelf.WAITING)
    return Shelf(asked) if asked in list(Shelf) else abort(404)


@bp.post("/outbox/<int:message_id>/reading")
@allow(Role.ADMINISTRATOR)
def read_message(message_id: int) -> ResponseReturnValue:
    """Show the text of a message; since it may hold a link to somebody's account, the reading is written down."""
    with writing():
        message = message_or_404(message_id)
        note_act("read a message", None, current_user, now=now(), to=message.recipient, subject=message.subject)
    return render_template("operations/message.html", message=message)


@bp.post("/outbox/<int:message_id>/again")
@allow(Role.ADMINISTRATOR)
def send_again(message_id: int) -> ResponseReturnValue:
    """Let a message be tried at once."""
    return moved(message_id, try_again, "It goes out with the next round, within half a minute.", unsent=True)


@bp.post("/outbox/<int:message_id>/passed-on")
@allow(Role.ADMINISTRATOR)
def passed_on(message_id: int) -> ResponseReturnValue:
    """Note that a message was passed on by hand."""
    return moved(message_id, pass_on, "Noted as passed on; it can be put back for a day.", unsent=True)


@bp.post("/outbox/<int:message_id>/put-back")
@allow(Role.ADMINISTRATOR)
def take_back(message_id: int) -> ResponseReturnValue:
    """Let a message wait again that was passed on by mistake."""
    return moved(message_id, put_back, "It waits again.", unsent=False)


def moved(message_id: int, act: Callable[..., None], said: str, *, unsent: bool) -> ResponseReturnValue:
    """Do something with a message, write it down, and go back to the list."""
    with writing():
        message = message_or_404(message_id)
        refuse_what_is_over(message, unsent)
        act(message, now=now())
        note_act(act.__name__.replace("_", " "), None, current_user, now=now(), to=message.recipient)
    flash(said)
    return redirect(url_for("operations.outbox"), 303)


def refuse_what_is_over(message: OutboxMessage, unsent: bool) -> None:
    """Refuse to send what went out meanwhile, and to put back what has no text any more."""
    if unsent and message.sent_at:
        raise Refused("This message went out meanwhile.")
    if not unsent and not (message.sent_at and message.body):
        raise Refused(TOO_LATE)
