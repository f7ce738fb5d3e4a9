"""What a page may send about a check, read into the words of the trade."""

from werkzeug.datastructures import MultiDict

from core.errors import Refused
from quizzes.checks.answering import Answer

ACTS = ("save", "finish", "again")
CONFIDENCES = ("guess", "fairly-sure", "sure")
MOST_OPTIONS = 40
MOST_STEPS = 10_000

UNREADABLE = "We could not read what was sent. Reload the page and answer once more, please."


def read_act(form: MultiDict[str, str]) -> str:
    """Return what is to be done; pressing the one button of a page without scripts finishes."""
    return one_of(form.get("act", "finish"), ACTS)


def read_answer(form: MultiDict[str, str]) -> Answer:
    """Return the answer, or refuse what no page of ours sends."""
    options = tuple(dict.fromkeys(form.getlist("option")))
    if len(options) > MOST_OPTIONS:
        raise Refused(UNREADABLE, 400)
    confidence = form.get("confidence") or None
    return Answer(
        options=options,
        confidence=one_of(confidence, CONFIDENCES) if confidence else None,
        sequence=read_number(form, "sequence"),
        try_number=read_number(form, "try"),
        shown_digest=form.get("shown_digest", ""),
    )


def read_number(form: MultiDict[str, str], name: str) -> int:
    """Return a small whole number from 1."""
    given = form.get(name, "1")
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:6]) <= MOST_STEPS and len(given) <= 6):
        raise Refused(UNREADABLE, 400)
    return int(given)


def one_of(given: str, ways: tuple[str, ...]) -> str:
    """Return one of a few words."""
    if given not in ways:
        raise Refused(UNREADABLE, 400)
    return given
