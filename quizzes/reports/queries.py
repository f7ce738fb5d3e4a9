"""What pages show of reports, each in a fixed number of statements; whose they are stands in the query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from accounts.models import Person
from core.database import db
from progress.models import Enrolment
from quizzes.models import Attempt, AttemptItem, QuestionReport

PAGE_SIZE = 20
MOST_ON_THE_CARD = 3


def shown_item(learner_id: int, attempt_id: int, position: int, question: str) -> AttemptItem | None:
    """Return the learner's own item at which a question was shown, or None."""
    return db.session.scalar(
        sa.select(AttemptItem)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .where(Attempt.id == attempt_id, Attempt.learner_id == learner_id)
        .where(AttemptItem.position == position, AttemptItem.question == question)
    )


@dataclass(frozen=True)
class OwnReport:
    """A report as the learner who wrote it sees it."""

    report: QuestionReport
    withheld: bool  # the question stands in an exam whose keys may not be seen yet

    @property
    def answer(self) -> str | None:
        """Return the answer, as soon as it may be told."""
        return None if self.withheld else self.report.answer


def own_reports(learner_id: int, question: str, now: datetime) -> list[OwnReport]:
    """Return what the learner has reported about a question, the newest first."""
    rows = db.session.execute(
        sa.select(QuestionReport, withheld(now))
        .where(QuestionReport.learner_id == learner_id, QuestionReport.question == question)
        .order_by(QuestionReport.id.desc())
    )
    return [OwnReport(report, held) for report, held in rows]


def unseen_answers(learner_id: int, now: datetime) -> Sequence[QuestionReport]:
    """Return the answers that the learner may see and has not seen yet, the oldest first."""
    return db.session.scalars(
        sa.select(QuestionReport)
        .where(QuestionReport.learner_id == learner_id, QuestionReport.answered_at.is_not(None))
        .where(QuestionReport.seen_at.is_(None), ~withheld(now))
        .order_by(QuestionReport.answered_at, QuestionReport.id)
        .limit(MOST_ON_THE_CARD)
    ).all()


def withheld(now: datetime) -> sa.ColumnElement[bool]:
    """Say whether the question of a report stands in an exam of its learner that runs, or whose results are held."""
    running = sa.and_(Attempt.submitted_at.is_(None), Attempt.abandoned_at.is_(None))
    return (
        sa.select(AttemptItem.id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .outerjoin(Enrolment, sa.and_(Enrolment.learner_id == Attempt.learner_id, Enrolment.course == Attempt.course))
        .where(AttemptItem.learner_id == QuestionReport.learner_id, AttemptItem.question == QuestionReport.question)
        .where(Attempt.feedback == "end", sa.or_(running, Enrolment.results_held_until > now))
        .correlate(QuestionReport)
        .exists()
    )


def own_report(learner_id: int, report_id: int) -> QuestionReport | None:
    """Return the learner's own report, to be acted upon."""
    return db.session.scalar(
        sa.select(QuestionReport).where(QuestionReport.id == report_id, QuestionReport.learner_id == learner_id)
    )


@dataclass(frozen=True)
class Line:
    """One report in the instructors' list."""

    report: QuestionReport
    by: str
    answered_by: str | None
    seed: int | None  # of the sitting, for the numbers that were drawn


@dataclass(frozen=True)
class ReportList:
    """One page of all reports."""

    lines: list[Line]
    page: int
    open: int
    total: int

    @property
    def pages(self) -> int:
        """Return how many pages there are; an empty list has one."""
        return max(1, -(-self.total // PAGE_SIZE))


def report_list(page: int) -> ReportList:
    """Return one page of reports, those without an answer first and the oldest of them on top, in two statements."""
    learner, instructor = aliased(Person), aliased(Person)
    waiting = QuestionReport.answered_at.is_(None)
    rows = db.session.execute(
        sa.select(QuestionReport, learner.name, instructor.name, AttemptItem.seed)
        .join(learner, learner.id == QuestionReport.learner_id)
        .outerjoin(instructor, instructor.id == QuestionReport.answered_by_id)
        .outerjoin(AttemptItem, AttemptItem.id == QuestionReport.item_id)
        .order_by(sa.case((waiting, 0), else_=1), sa.case((waiting, QuestionReport.reported_at)))
        .order_by(QuestionReport.answered_at.desc(), QuestionReport.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    count = sa.func.count
    total, answered = db.session.execute(sa.select(count(QuestionReport.id), count(QuestionReport.answered_at))).one()
    return ReportList([Line(*row) for row in rows], page, total - answered, total)


def report_for_answer(report_id: int) -> QuestionReport | None:
    """Return a report as it stands in this turn; others who would answer it wait."""
    return db.session.scalar(
        sa.select(QuestionReport)
        .where(QuestionReport.id == report_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
