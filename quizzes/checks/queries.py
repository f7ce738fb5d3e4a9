"""Where a learner is with the checks of a lesson."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

import sqlalchemy as sa

from core.database import db
from quizzes.checks.desk import is_check, last_sequence
from quizzes.kinds import Response
from quizzes.models import AnswerStep, Attempt, AttemptItem


@dataclass(frozen=True)
class CheckState:
    """The latest try at one check, begun or not."""

    question: str  # course/id
    try_number: int = 1
    sequence: int = 1  # the number that the next step is to have
    digest: str | None = None  # of the question as pinned; None as long as nothing is
    seed: int | None = None
    response: Response = field(default_factory=dict)
    confidence: str | None = None
    finished: bool = False
    mark: float | None = None
    saved_at: datetime | None = None
    regraded: bool = False

    @property
    def begun(self) -> bool:
        """Say whether anything was saved or a new try was begun."""
        return self.digest is not None


def check_states(learner_id: int, course: str, lesson: str) -> dict[str, CheckState]:
    """Return the latest try of each check of a lesson that was begun, by `course/id`, in one statement."""
    rows = db.session.execute(states_rows(), {"learner": learner_id, "course": course, "lesson": lesson})
    return {item.question: state_of(item, step) for item, step in rows}


@cache  # building it takes longer than running it
def states_rows() -> sa.Select[AttemptItem, AnswerStep]:
    """Select the tries at a lesson's checks, each with its last step."""
    return (
        sa.select(AttemptItem, AnswerStep)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .outerjoin(AnswerStep, sa.and_(AnswerStep.item_id == AttemptItem.id, AnswerStep.sequence == last_sequence()))
        .where(Attempt.learner_id == sa.bindparam("learner"), is_check())
        .order_by(AttemptItem.try_number)
    )


def state_of(item: AttemptItem, last: AnswerStep | None) -> CheckState:
    """Return the state that an item and its last step make."""
    pinned = CheckState(item.question, item.try_number, digest=item.digest, seed=item.seed)
    if last is None:
        return pinned
    return CheckState(
        question=item.question,
        try_number=item.try_number,
        sequence=last.sequence + 1,
        digest=item.digest,
        seed=item.seed,
        response=last.response,
        confidence=last.confidence,
        finished=last.kind == "finish",
        mark=last.mark if item.marked_revision is None else item.mark,
        saved_at=last.taken_at,
        regraded=item.marked_revision is not None,
    )


def fresh(question: str) -> CheckState:
    """Return the state of a check that was not begun."""
    return CheckState(question)
