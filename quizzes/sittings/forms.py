"""What a page may send about a question of a sitting, read into the words of the trade."""

import hashlib
import json
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from catalogue.questions import Question
from core.errors import Refused
from quizzes.checks.forms import CONFIDENCES, UNREADABLE, one_of, read_number, read_response
from quizzes.kinds import Response

ACTS = (
    "save",
    "finish",
    "flag",
    "unflag",
    "strike",
    "note",
    "clear",
    "previous",
    "next",
    "review",
    "keys-off",
    "keys-on",
)


@dataclass(frozen=True)
class Sent:
    """What a page sent about one question."""

    act: str
    sequence: int  # the number of the step that saves the answer; what else is done has the next one
    response: Response
    confidence: str | None
    was: str  # digest of the answer that the page was shown with
    struck: tuple[str, ...]
    note: str | None

    @property
    def is_changed(self) -> bool:
        """Say whether the answer is another one than the page was shown with."""
        return self.was != answer_digest(self.response, self.confidence)


def read_sent(question: Question, form: MultiDict[str, str]) -> Sent:
    """Return what was sent, or refuse what no page of ours sends."""
    confidence = form.get("confidence") or None
    act, _, what = form.get("act", "save").partition(":")
    struck = set(form.getlist("struck")) ^ ({what} if act == "strike" and what else set())
    return Sent(
        act=one_of(act, ACTS),
        sequence=read_number(form, "sequence"),
        response=read_response(question, form) if act != "clear" else {},
        confidence=one_of(confidence, CONFIDENCES) if confidence and act != "clear" else None,
        was=form.get("was", ""),
        struck=own_options(question, struck),
        note=form.get("note"),
    )


def own_options(question: Question, struck: set[str]) -> tuple[str, ...]:
    """Return the options that are struck out, all of them the question's own."""
    if struck - {option.id for option in question.options}:
        raise Refused(UNREADABLE, 400)
    return tuple(sorted(struck))


def answer_digest(response: Response, confidence: str | None) -> str:
    """Return a short digest of an answer, so that a page can say whether it changed."""
    given = response if any(response.values()) else None
    told = json.dumps([given, confidence], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
