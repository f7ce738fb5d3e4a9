"""Everything that answering a check needs to know, loaded in one statement."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from accounts.models import Person
from catalogue.material import Lesson
from catalogue.questions import Question
from core.database import db
from progress.models import Enrolment, Reading
from quizzes.models import AnswerStep, Attempt, AttemptItem


@dataclass(frozen=True)
class Try:
    """One try at a question, with its last step, and with the step that has the number which was sent."""

    item: AttemptItem
    last: AnswerStep | None
    same: AnswerStep | None

    @property
    def finished(self) -> bool:
        """Say whether the try was finished."""
        return self.last is not None and self.last.kind == "finish"


@dataclass(frozen=True)
class Desk:
    """One learner at one check: the attempt, the tries so far, and what an answer may complete."""

    learner_id: int
    lesson: Lesson
    question: Question
    attempt: Attempt | None
    tries: tuple[Try, ...]  # oldest first
    places: int  # positions already taken in the attempt
    others_answered: int  # other checks of the lesson that have an answer
    enrolled: bool
    reading: Reading | None

    @property
    def latest(self) -> Try | None:
        """The try that is open, or was finished last."""
        return self.tries[-1] if self.tries else None

    @property
    def next_try(self) -> int:
        """The number that another try would have."""
        return self.latest.item.try_number + 1 if self.latest else 1

    @property
    def first_finish(self) -> bool:
        """Say whether no try was finished yet."""
        return not any(one.finished for one in self.tries)

    @property
    def settles(self) -> bool:
        """Say whether an answer to this question completes the lesson."""
        others = len(set(self.lesson.checks) - {self.question.ref})
        read = self.reading is not None and self.reading.read_at is not None and self.reading.completed_at is None
        return read and self.others_answered >= others


def open_desk(learner_id: int, lesson: Lesson, question: Question, sequence: int) -> Desk:
    """Load what answering needs, in one statement; call it inside the turn to write."""
    others = list(set(lesson.checks) - {question.ref})
    here = {"learner": learner_id, "course": lesson.course_id, "lesson": lesson.id}
    asked = here | {"question": question.ref, "others": others, "sequence": sequence}
    rows = db.session.execute(desk_rows(), asked).all()
    attempt, _, _, _, enrolment, reading, places, answered = rows[0]
    return Desk(
        learner_id=learner_id,
        lesson=lesson,
        question=question,
        attempt=attempt,
        tries=tuple(Try(row[1], row[2], row[3]) for row in rows if row[1]),
        places=places or 0,
        others_answered=answered or 0,
        enrolled=enrolment is not None and enrolment.left_at is None,
        reading=reading,
    )


@cache  # building it takes longer than running it
def desk_rows() -> sa.Select[*tuple[Any, ...]]:
    """Select one row a try (or one row without a try), each with the attempt, the enrolment and the reading."""
    course: sa.BindParameter[str] = sa.bindparam("course")
    lesson: sa.BindParameter[str] = sa.bindparam("lesson")
    item, question = AttemptItem.attempt_id == Attempt.id, AttemptItem.question == sa.bindparam("question")
    taken = Enrolment.learner_id == Person.id, Enrolment.course == course
    same = aliased(AnswerStep)  # made here: what modules share would be made by two threads at once
    read = Reading.learner_id == Person.id, Reading.course == course, Reading.lesson == lesson
    return (
        sa.select(Attempt, AttemptItem, AnswerStep, same, Enrolment, Reading, places_taken(), others_answered())
        .select_from(Person)
        .outerjoin(Enrolment, sa.and_(*taken))
        .outerjoin(Reading, sa.and_(*read))
        .outerjoin(Attempt, sa.and_(Attempt.learner_id == Person.id, is_check()))
        .outerjoin(AttemptItem, sa.and_(item, question))
        .outerjoin(AnswerStep, sa.and_(AnswerStep.item_id == AttemptItem.id, AnswerStep.sequence == last_sequence()))
        .outerjoin(same, sa.and_(same.item_id == AttemptItem.id, same.sequence == sa.bindparam("sequence")))
        .where(Person.id == sa.bindparam("learner"))
        .order_by(AttemptItem.try_number)
    )


def is_check() -> sa.ColumnElement[bool]:
    """Name the attempt that holds the checks of the lesson that is asked for."""
    return sa.and_(
        Attempt.kind == "check", Attempt.course == sa.bindparam("course"), Attempt.lesson == sa.bindparam("lesson")
    )


def last_sequence() -> sa.ScalarSelect[int]:
    """Find the number of the learner's last step; a later regrade is none of theirs."""
    step = aliased(AnswerStep)
    return (
        sa.select(sa.func.max(step.sequence))
        .where(step.item_id == AttemptItem.id, step.kind != "regrade")
        .correlate(AttemptItem)
        .scalar_subquery()
    )


def places_taken() -> sa.ScalarSelect[int]:
    """Find the last position in the attempt."""
    item = aliased(AttemptItem)
    return (
        sa.select(sa.func.max(item.position)).where(item.attempt_id == Attempt.id).correlate(Attempt).scalar_subquery()
    )


def others_answered() -> sa.ScalarSelect[int]:
    """Count the lesson's other checks that have an answer."""
    item, step = aliased(AttemptItem), aliased(AnswerStep)
    return (
        sa.select(sa.func.count(sa.distinct(item.question)))
        .join(step, sa.and_(step.item_id == item.id, step.kind == "finish"))
        .where(item.attempt_id == Attempt.id, item.question.in_(sa.bindparam("others", expanding=True)))
        .correlate(Attempt)
        .scalar_subquery()
    )
