"""Tells the learning records what was answered in a sitting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from catalogue.questions import Question
from progress.records import Deed, note
from quizzes.kinds import Response
from quizzes.models import Attempt, AttemptItem


@dataclass(frozen=True)
class Answered:
    """A question that was finished, with what it earned."""

    item: AttemptItem
    question: Question | None
    response: Response
    mark: float
    confidence: str | None
    is_blank: bool = False


def note_answers(attempt: Attempt, answers: Sequence[Answered], *, now: datetime) -> None:
    """Note every answer, in the order of the questions."""
    for one in answers:
        if one.question:
            note(attempt.learner_id, deed(attempt, one, one.question), now=now)


def deed(attempt: Attempt, answered: Answered, question: Question) -> Deed:
    """Return what the records are told of one answer."""
    return Deed(
        kind="answer",
        course=question.course_id,
        objective=question.objective,
        family=question.family,
        question=question.ref,
        digest=answered.item.digest,
        mark=answered.mark,
        confidence=answered.confidence,
        seconds=answered.item.seconds,
        source=f"{attempt.kind}:{attempt.id}",
    )
