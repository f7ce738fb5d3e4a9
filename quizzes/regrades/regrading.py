"""Marks the answers of one learner to a corrected question anew; what was stays in the history."""

from datetime import datetime

from core.database import db
from progress.models import Record
from progress.ratings import expected_seconds
from progress.records import Deed, note
from quizzes.models import AnswerStep
from quizzes.regrades.preview import Correction
from quizzes.regrades.queries import Finished, finished_answers, finished_when, records_of
from quizzes.sittings.beginning import note_event


def can_change(correction: Correction, answer: Finished) -> bool:
    """Say whether an answer waits to be marked anew."""
    return not correction.is_done(answer) and correction.remark(answer).mark is not None


def regrade_learner(learner_id: int, correction: Correction, *, by_id: int | None, now: datetime) -> int:
    """Mark one learner's answers anew and return how many; the caller holds the learner's turn, and commits."""
    answers = finished_answers(correction.ref, correction.digest, learner_id)
    waiting = sorted((one for one in answers if can_change(correction, one)), key=finished_when)
    records = records_of(learner_id, answers) if waiting else {}
    for one in waiting:
        before, after = one.mark, correction.remark(one).mark or 0.0
        add_regrade(one, correction, after, now=now)
        told = {"position": one.item.position, "before": before, "after": after, "digest": correction.newer.digest}
        note_event(one.attempt, "regraded", now=now, by_id=by_id, **told)
        record = records.get(one.item.id)
        if record is not None and record.mark != after:
            note(learner_id, corrected(record, one, correction, after), now=now)
    return len(waiting)


def add_regrade(answer: Finished, correction: Correction, mark: float, *, now: datetime) -> None:
    """Add the step that marks an answer anew; the steps before it stay."""
    # What came last may be no mark: a guess that was called known. A check keeps no number of its own.
    number = max(answer.item.last_sequence, answer.steps[-1].sequence) + 1
    step = AnswerStep(
        item_id=answer.item.id,
        learner_id=answer.item.learner_id,
        sequence=number,
        kind="regrade",
        response={"revision": correction.revision, "digest": correction.newer.digest},
        confidence=None,
        mark=mark,
        taken_at=now,
    )
    db.session.add(step)
    answer.item.mark, answer.item.marked_revision, answer.item.last_sequence = mark, correction.revision, number
    db.session.flush()


def corrected(record: Record, answer: Finished, correction: Correction, mark: float) -> Deed:
    """Return what the records are told: all that was known of the answer, and another mark."""
    words = correction.older.words if correction.older else 0
    expected = None if answer.attempt.kind == "sorter" else expected_seconds(words)
    return Deed.again(record, mark=mark, expected=expected)
