"""The steps of a sitting: an answer saved or finished, a question flagged, options struck out, a note."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from catalogue.questions import Question
from core.database import db
from core.errors import Refused
from quizzes.kinds import Response, Shown, WrongResponse, kind_of
from quizzes.marking import Mark, mark
from quizzes.models import AnswerStep
from quizzes.sittings.clock import is_over, on_break
from quizzes.sittings.seat import Seat

LONGEST_NOTE = 2_000
LONGEST_STAY = 3_600.0  # seconds that one question can have taken; who was away for longer was not thinking of it

ELSEWHERE = "This question was answered in another window meanwhile. What you chose stays on the page; save it again to keep it."
ENDED = "This sitting has been handed in. What was saved counts."
OVER = "The time is over. What was saved before counts, and is handed in."
LOCKED = "This section is locked. What was saved in it counts."
RESTING = "You are on a break. End it to go on with the questions."
FINISHED = "You have answered this question. Its answer stays as it was given."
CHANGED = "This question has been taken back meanwhile and cannot be shown any more. Go on with the next one, please."


@dataclass(frozen=True)
class Step:
    """What a page asks to be kept about one question."""

    kind: str  # save | finish | flag | strike | note
    sequence: int
    response: Response = field(default_factory=dict)
    confidence: str | None = None


def save_answer(seat: Seat, step: Step, question: Question, *, now: datetime) -> AnswerStep:
    """Keep an answer that is not final; a blank one takes the answer back."""
    return acknowledged(seat, step) or kept_answer(seat, step, question, now=now)


def kept_answer(seat: Seat, step: Step, question: Question, *, now: datetime) -> AnswerStep:
    """Add the step that saves an answer."""
    guard(seat, step, now=now)
    shown = Shown(question, seat.item.seed)
    refuse_wrong(shown, step.response)
    seat.item.answered_at = None if kind_of(shown).is_blank(step.response) else now
    return add_step(seat, step, now=now)


def finish_answer(seat: Seat, step: Step, question: Question, *, now: datetime) -> tuple[AnswerStep, bool]:
    """Mark an answer for good, in a sitting that tells how each came out; say as well whether it is new.

    The caller notes a new one in the records.
    """
    known = acknowledged(seat, step)
    if known:
        return known, False
    guard(seat, step, now=now)
    if seat.attempt.feedback != "each":
        raise Refused("In this sitting answers are saved, and marked when it is handed in.")
    shown = Shown(question, seat.item.seed)
    if not kind_of(shown).is_whole(shown, step.response):
        raise Refused(kind_of(shown).missing, 422)
    earned = earn(shown, step.response)
    seat.item.answered_at = seat.item.finished_at = now
    seat.item.mark = earned.practice
    return add_step(seat, step, now=now, mark=earned.practice), True


def set_flag(seat: Seat, step: Step, *, now: datetime) -> AnswerStep:
    """Flag a question to come back to, or take the flag away."""
    known = acknowledged(seat, step)
    if known:
        return known
    guard(seat, step, now=now)
    seat.item.flagged_at = now if step.response["flagged"] else None
    return add_step(seat, step, now=now)


def strike_options(seat: Seat, step: Step, *, now: datetime) -> AnswerStep:
    """Keep which options are struck out."""
    known = acknowledged(seat, step)
    if known:
        return known
    guard(seat, step, now=now)
    return add_step(seat, step, now=now)


def write_note(seat: Seat, step: Step, *, now: datetime) -> AnswerStep:
    """Keep a note beside a question."""
    if len(step.response["text"]) > LONGEST_NOTE:
        raise Refused(
            f"A note holds {LONGEST_NOTE:,} characters at most; this one has {len(step.response['text']):,}.", 422
        )
    known = acknowledged(seat, step)
    if known:
        return known
    guard(seat, step, now=now)
    return add_step(seat, step, now=now)


def acknowledged(seat: Seat, step: Step) -> AnswerStep | None:
    """Return the step that was taken before with this number; the number with something else is refused."""
    same = seat.same.get(step.sequence)
    if same is None:
        return None
    if (same.kind, same.response, same.confidence) == (step.kind, dict(step.response), step.confidence):
        return same
    raise Refused(ELSEWHERE if seat.attempt.is_open else ENDED)


def guard(seat: Seat, step: Step, *, now: datetime) -> None:
    """Refuse a step that comes too late, too early or out of turn."""
    if not seat.attempt.is_open:
        raise Refused(ENDED)
    if on_break(seat.attempt, now):
        raise Refused(RESTING)
    if is_over(seat.attempt, now):
        raise Refused(OVER)
    if seat.is_locked:
        raise Refused(LOCKED)
    if seat.item.finished_at is not None:
        raise Refused(FINISHED)
    if step.sequence <= seat.item.last_sequence:
        raise Refused(ELSEWHERE)


def refuse_wrong(shown: Shown, response: Response) -> None:
    """Refuse in words what cannot belong to the question."""
    earn(shown, response)


def earn(shown: Shown, response: Response) -> Mark:
    """Mark a response, or refuse it in words."""
    try:
        return mark(shown, response)
    except WrongResponse as wrong:
        raise Refused(str(wrong), 422) from None


def add_step(seat: Seat, step: Step, *, now: datetime, mark: float | None = None) -> AnswerStep:
    """Add a step, and what follows from it for the item; no step is ever overwritten."""
    seat.item.last_sequence = step.sequence
    seat.item.seconds += min(LONGEST_STAY, max(0.0, (now - seat.before).total_seconds()))
    seat.item.stepped_at = now
    added = AnswerStep(
        item_id=seat.item.id,
        learner_id=seat.item.learner_id,
        sequence=step.sequence,
        kind=step.kind,
        response=plain(step.response),
        confidence=step.confidence,
        mark=mark,
        taken_at=now,
    )
    db.session.add(added)
    db.session.flush()
    return added


def plain(response: Response) -> dict[str, Any]:
    """Return a response as it is stored."""
    return dict(response)
