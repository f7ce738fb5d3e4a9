"""Takes a regrade from learner to learner, each in a turn of their own: twice as good as once, and to be cut off anywhere."""

import time
from dataclasses import dataclass
from datetime import datetime

from core.database import db, writing
from quizzes.regrades.preview import Correction
from quizzes.regrades.queries import finished_answers
from quizzes.regrades.regrading import can_change, regrade_learner


@dataclass(frozen=True)
class Done:
    """How far a run has come."""

    regraded: int
    learners_left: int


def regrade(correction: Correction, *, now: datetime, by_id: int | None = None, seconds: float | None = None) -> Done:
    """Mark every answer anew that can be, each learner's in a turn of their own, for so many seconds at most.

    What was done stays done; the next run does the rest.
    """
    learners = learners_waiting(correction)
    db.session.rollback()  # nothing was changed; the reading ends before the turns begin
    end = time.monotonic() + seconds if seconds is not None else None
    regraded = 0
    for place, learner in enumerate(learners):
        if end is not None and time.monotonic() > end:
            return Done(regraded, len(learners) - place)
        with writing(learner=learner):
            regraded += regrade_learner(learner, correction, by_id=by_id, now=now)
    return Done(regraded, 0)


def learners_waiting(correction: Correction) -> list[int]:
    """Return the learners who have an answer that can be marked anew and is not yet."""
    answers = finished_answers(correction.ref, correction.digest)
    return list(dict.fromkeys(one.item.learner_id for one in answers if can_change(correction, one)))
