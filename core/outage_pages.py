"""What people see while the database is busy, away, full or read-only, and how they are asked to come again."""

from flask import Flask, Response, current_app, g
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin
from sqlalchemy.exc import SQLAlchemyError

from core.database import db
from core.errors import SENTENCES, error_page
from core.outages import Outage, log_outage, outage_of

RETRY_SECONDS = "5"


def handle_database_error(error: SQLAlchemyError) -> ResponseReturnValue:
    """Show an outage that a question to the database met; a mistake of ours stays a crash."""
    kind = outage_of(error)
    if kind is None:
        raise error
    log_outage(kind, error)
    return current_app.handle_user_exception(Outage(kind))


def handle_outage(outage: Outage) -> ResponseReturnValue:
    """Show what the outage means; a room that can keep what was typed has a handler of its own before this."""
    ask_no_more(outage)
    try:
        return error_page(503, outage.message)
    except Exception:  # the page itself may need what is away
        title, _ = SENTENCES[503]
        return Response(f"{title}. {outage.message}\nRequest {g.get('request_id')}\n", 503, mimetype="text/plain")


def ask_no_more(outage: Outage) -> None:
    """Give back a connection that may be broken, and draw the page without asking who looks."""
    g.outage = outage.kind
    g._login_user = AnonymousUserMixin()
    try:
        db.session.rollback()
    except SQLAlchemyError:
        db.session.invalidate()


def ask_to_come_again(response: Response) -> Response:
    """Tell programs, too, when to try again."""
    if response.status_code == 503:
        response.headers.setdefault("Retry-After", RETRY_SECONDS)
    return response


def prepare_outages(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(SQLAlchemyError, handle_database_error)
    app.register_error_handler(Outage, handle_outage)
    app.after_request(ask_to_come_again)
