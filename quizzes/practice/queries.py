"""What is known of a learner's answers, for the choice of the next ones."""

from datetime import datetime

import sqlalchemy as sa

from core.database import db
from progress.models import Memory, ObjectiveCount, Record
from quizzes.practice.choosing import Known, LastAnswer


def known_of(learner_id: int, now: datetime) -> Known:
    """Return what is known of a learner, in three statements."""
    due = sa.select(Memory.course, Memory.family).where(Memory.learner_id == learner_id, Memory.due_at <= now)
    counts = sa.select(ObjectiveCount.course, ObjectiveCount.objective, ObjectiveCount.answers).where(
        ObjectiveCount.learner_id == learner_id
    )
    return Known(
        answers=last_answers(learner_id),
        due=frozenset((course, family) for course, family in db.session.execute(due)),
        counts={(course, objective): answers for course, objective, answers in db.session.execute(counts)},
    )


def last_answers(learner_id: int) -> dict[str, LastAnswer]:
    """Return the last answer to each question, in one statement."""
    newest = (
        sa.select(sa.func.max(Record.number))
        .where(Record.learner_id == learner_id, Record.kind == "answer")
        .group_by(Record.question)
    )
    rows = db.session.execute(
        sa.select(Record.question, Record.mark, Record.occurred_at).where(
            Record.learner_id == learner_id, Record.number.in_(newest)
        )
    )
    return {question: LastAnswer(mark or 0.0, at) for question, mark, at in rows if question}
