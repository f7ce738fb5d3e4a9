"""What a page may send about a check, read into the words of the trade."""

from werkzeug.datastructures import MultiDict

from catalogue.questions import Question
from core.errors import Refused
from quizzes.checks.answering import Answer
from quizzes.kinds import KINDS, Response, WrongResponse

ACTS = ("save", "finish", "again")
CONFIDENCES = ("guess", "fairly-sure", "sure")
MOST_VALUES = 100
MOST_STEPS = 10_000

UNREADABLE = "We could not read what was sent. Reload the page and answer once more, please."


def read_act(form: MultiDict[str, str]) -> str:
    """Return what is to be done; pressing the one button of a page without scripts finishes."""
    return one_of(form.get("act", "finish"), ACTS)


def read_answer(question: Question, form: MultiDict[str, str]) -> Answer:
    """Return the answer, or refuse what no page of ours sends."""
    confidence = form.get("confidence") or None
    return Answer(
        response=read_response(question, form),
        confidence=one_of(confidence, CONFIDENCES) if confidence else None,
        sequence=read_number(form, "sequence"),
        try_number=read_number(form, "try"),
        shown_digest=form.get("shown_digest", ""),
    )


def read_response(question: Question, form: MultiDict[str, str]) -> Response:
    """Return what was chosen or typed, in the words of its kind."""
    fields = form.to_dict(flat=False)
    if sum(map(len, fields.values())) > MOST_VALUES:
        raise Refused(UNREADABLE, 400)
    try:
        return KINDS[question.kind].read(fields)
    except WrongResponse as wrong:
        raise Refused(str(wrong), 400) from None


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
