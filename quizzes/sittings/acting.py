"""What one press of a button at a question does: first the answer is kept where it changed, then what the button says."""

from dataclasses import dataclass
from datetime import datetime

from catalogue.questions import Question
from quizzes.models import AnswerStep
from quizzes.sittings.forms import Sent
from quizzes.sittings.noting import Answered, note_answers
from quizzes.sittings.seat import Seat
from quizzes.sittings.stepping import Step, finish_answer, save_answer, set_flag, strike_options, write_note


@dataclass(frozen=True)
class Taken:
    """What was kept."""

    seat: Seat
    step: AnswerStep | None

    @property
    def next_sequence(self) -> int:
        """Return the number that the next step is to have."""
        return self.seat.item.last_sequence + 1


def take_step(seat: Seat, sent: Sent, question: Question, *, now: datetime) -> Taken:
    """Keep what was sent; the caller holds the learner's turn, and commits."""
    if sent.act == "finish":
        return finished(seat, sent, question, now=now)
    saved = None
    if sent.is_changed or sent.act == "clear":
        saved = save_answer(seat, Step("save", sent.sequence, sent.response, sent.confidence), question, now=now)
    return Taken(seat, beside(seat, sent, now=now) or saved)


def finished(seat: Seat, sent: Sent, question: Question, *, now: datetime) -> Taken:
    """Mark the answer, and note it in the records where it is new."""
    step = Step("finish", sent.sequence, sent.response, sent.confidence)
    taken, is_new = finish_answer(seat, step, question, now=now)
    if is_new:
        answer = Answered(seat.item, question, sent.response, taken.mark or 0.0, sent.confidence)
        note_answers(seat.attempt, [answer], now=now)
    return Taken(seat, taken)


def beside(seat: Seat, sent: Sent, *, now: datetime) -> AnswerStep | None:
    """Flag, strike out or write a note, under the next number."""
    number = sent.sequence + 1
    match sent.act:
        case "flag" | "unflag":
            return set_flag(seat, Step("flag", number, {"flagged": sent.act == "flag"}), now=now)
        case "strike":
            return strike_options(seat, Step("strike", number, {"struck": list(sent.struck)}), now=now)
        case "note":
            return write_note(seat, Step("note", number, {"text": sent.note or ""}), now=now)
    return None
