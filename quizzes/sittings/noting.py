"""Tells the learning records what was answered in a sitting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from catalogue.questions import Question
from progress.evidence import SAME_AGAIN
from progress.ratings import expected_seconds
from progress.records import Deed, answered_before, note, note_all
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
    """Note every answer, in the order of the questions.

    Many at once are added up before they are counted, which is exact for the whole marks of an exam only; parts of marks
    are counted one by one, as a rebuild counts them.
    """
    seen = answered_before(attempt.learner_id, [one.item.question for one in answers])
    deeds = [deed(attempt, one, one.question, one.item.question in seen) for one in answers if one.question]
    if attempt.feedback == "end":
        note_all(attempt.learner_id, deeds, now=now)
        return
    for each in deeds:
        note(attempt.learner_id, each, now=now)


def deed(attempt: Attempt, answered: Answered, question: Question, again: bool) -> Deed:
    """Return what the records are told of one answer; the same question once more tells little, and weighs so."""
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
        expected=None
        if attempt.kind == "sorter"
        else expected_seconds(question.words),  # the sorter is meant to be quick
        weight=SAME_AGAIN if again else 1.0,
        source=f"{attempt.kind}:{attempt.id}",
    )
