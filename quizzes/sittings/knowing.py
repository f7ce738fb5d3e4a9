"""A right answer that was called a guess counts as not known; whoever did know it can say so (learning.md 1.4)."""

from datetime import datetime

import sqlalchemy as sa

from core.database import db
from core.errors import Refused
from progress.records import Deed, note, standing_answer
from quizzes.models import AnswerStep, Attempt, AttemptItem

NOT_A_GUESS = "Only a right answer that was called a guess can be called known afterwards."
SAID = "known"  # the step that says it


def is_right_guess(attempt: Attempt, mark: float | None, confidence: str | None) -> bool:
    """Say whether an answer is a right guess, in a sitting that tells how each came out."""
    return attempt.feedback == "each" and mark == 1 and confidence == "guess"


def say_known(attempt: Attempt, item: AttemptItem, *, now: datetime) -> bool:
    """Keep that a right guess was known after all, and let its memory count as such; saying it twice says it once.

    How sure the learner was stays as it was said: the picture of their own sureness is not retouched.
    """
    steps = db.session.scalars(sa.select(AnswerStep).where(AnswerStep.item_id == item.id)).all()
    if any(step.kind == SAID for step in steps):
        return False
    given = next((step for step in steps if step.kind == "finish"), None)
    record = standing_answer(attempt.learner_id, f"{attempt.kind}:{attempt.id}", item.question)
    if given is None or not is_right_guess(attempt, item.mark, given.confidence):
        raise Refused(NOT_A_GUESS)
    if record is None or record.rating is None:  # too quick to have been read: it moved no memory
        raise Refused(NOT_A_GUESS)
    item.last_sequence += 1
    told = {"item_id": item.id, "learner_id": item.learner_id, "sequence": item.last_sequence, "taken_at": now}
    db.session.add(AnswerStep(kind=SAID, response={}, confidence=None, mark=None, **told))
    db.session.flush()
    note(attempt.learner_id, Deed.again(record, rating="good"), now=now)
    return True
