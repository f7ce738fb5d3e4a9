"""What goes wrong, said to a person: refusals, error pages, and a request id to quote."""

import re
import secrets

from flask import Flask, Response, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

SENTENCES = {
    400: ("We could not read that", "Go back, look at what you sent, and try once more."),
    401: ("Please sign in", "This page belongs to somebody who is signed in."),
    403: (
        "This page is not yours to open",
        "It belongs to another role. If you think it should be yours, ask whoever runs this place.",
    ),
    404: (
        "There is nothing here",
        "The address may be mistyped, the page may have moved, or it may not be yours to see.",
    ),
    405: ("That cannot be done here", "The page exists, but not for this. Go back and use its own buttons."),
    409: ("That was not done", "Nothing was changed."),
    413: ("That is too much at once", "What you sent is larger than this page takes. Shorten it and send it again."),
    429: ("Too many tries", "Wait a few minutes, then try again."),
    500: (
        "Something broke on our side",
        "It was not you. What was saved before is safe; please try again in a moment.",
    ),
    503: ("Not just now", "The house is busy or its database is away. What was saved is safe; try again in a minute."),
}


class Refused(Exception):
    """An act that cannot be done; the text is a sentence for the person who asked."""

    def __init__(self, sentence: str, status: int = 409) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


def wants_fragment() -> bool:
    """Say whether one of our scripts asked, which shows a sentence in place instead of a page."""
    return request.headers.get("X-Requested-With") == "fetch"


def error_page(status: int, sentence: str | None = None) -> ResponseReturnValue:
    """Return the page (or, for a script, the sentence) for an error."""
    title, advice = SENTENCES.get(status, SENTENCES[400 if status < 500 else 500])
    if wants_fragment():
        return jsonify(error=sentence or f"{title}. {advice}", request_id=g.get("request_id")), status
    page = render_template(
        "error.html", status=status, title=title, sentence=sentence or advice, request_id=g.get("request_id")
    )
    return page, status


def handle_refusal(refusal: Refused) -> ResponseReturnValue:
    """Show why an act was refused."""
    return error_page(refusal.status, refusal.sentence)


def handle_http_error(error: HTTPException) -> ResponseReturnValue:
    """Show the page for an HTTP error; redirects and ready answers pass as they are."""
    if error.response is not None or error.code is None or error.code < 400:
        return error
    return error_page(error.code)


def handle_crash(error: InternalServerError) -> ResponseReturnValue:
    """Show a calm page for what nobody foresaw; it has been logged."""
    try:
        return error_page(500)
    except Exception:  # the page itself may need what just broke
        title, advice = SENTENCES[500]
        return Response(f"{title}. {advice}\nRequest {g.get('request_id')}\n", 500, mimetype="text/plain")


def number_request() -> None:
    """Give every request an id that the log, the error page and the answer's header share."""
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if re.fullmatch(r"[\w-]{8,64}", given, re.ASCII) else secrets.token_hex(8)


def prepare_errors(app: Flask) -> None:
    """Register the handlers; a stale form has its own in the room that can keep what was typed."""
    app.before_request(number_request)
    app.register_error_handler(Refused, handle_refusal)
    app.register_error_handler(HTTPException, handle_http_error)
    app.register_error_handler(InternalServerError, handle_crash)


__all__ = ["CSRFError", "Refused", "error_page", "prepare_errors", "wants_fragment"]
