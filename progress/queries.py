"""What pages show about a learner's way, each in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from accounts.models import Person
from core.database import db
from core.wording import zone_named
from progress.evidence import Evidence, is_evidence
from progress.minutes import minutes_by_day
from progress.models import Enrolment, ObjectiveCount, Reading, Record


@dataclass(frozen=True)
class StudyState:
    """Where one learner is in one course."""

    enrolment: Enrolment | None = None
    readings: dict[str, Reading] = field(default_factory=dict)  # by lesson

    @property
    def enrolled(self) -> bool:
        """Say whether the learner takes the course now."""
        return self.enrolment is not None and self.enrolment.left_at is None

    @property
    def last_lesson(self) -> str | None:
        """The lesson that was opened last."""
        return self.enrolment.last_lesson if self.enrolment else None

    def state(self, lesson: str) -> str:
        """Say whether a lesson is done, being read now, or for later."""
        found = self.readings.get(lesson)
        return "later" if found is None else "done" if found.completed_at else "now"

    def place(self, lesson: str) -> str | None:
        """Return the heading that was read last."""
        found = self.readings.get(lesson)
        return found.place if found else None

    def read(self, lesson: str) -> bool:
        """Say whether the lesson was read to its end."""
        found = self.readings.get(lesson)
        return found is not None and found.read_at is not None

    def completed(self, lesson: str) -> bool:
        """Say whether the lesson was read and its checks were answered."""
        return self.state(lesson) == "done"


def study_state(learner_id: int, course: str) -> StudyState:
    """Return where the learner is in a course, in one statement."""
    rows = (
        sa.select(Enrolment, Reading)
        .select_from(Person)
        .outerjoin(Enrolment, sa.and_(Enrolment.learner_id == Person.id, Enrolment.course == course))
        .outerjoin(Reading, sa.and_(Reading.learner_id == Person.id, Reading.course == course))
        .where(Person.id == learner_id)
    )
    return state_of(tuple(row) for row in db.session.execute(rows))


def state_of(rows: Iterable[tuple[Any, ...]]) -> StudyState:
    """Put rows of enrolment and reading together; they may hold more columns behind."""
    given = list(rows)
    enrolment = next((row[0] for row in given if row[0]), None)
    return StudyState(enrolment, {row[1].lesson: row[1] for row in given if row[1]})


def studies(learner_id: int) -> dict[str, StudyState]:
    """Return where the learner is in every course they take, the one opened last first, in one statement."""
    rows = (
        sa.select(Enrolment, Reading)
        .outerjoin(Reading, sa.and_(Reading.learner_id == Enrolment.learner_id, Reading.course == Enrolment.course))
        .where(Enrolment.learner_id == learner_id, Enrolment.left_at.is_(None))
        .order_by(sa.func.coalesce(Enrolment.last_opened_at, Enrolment.enrolled_at).desc(), Enrolment.id)
    )
    by_course: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for enrolment, reading in db.session.execute(rows):
        by_course[enrolment.course].append((enrolment, reading))
    return {course: state_of(rows) for course, rows in by_course.items()}


def objective_evidence(learner_id: int) -> dict[tuple[str, str], Evidence]:
    """Return how much evidence there is of each objective, by course and objective, in one statement."""
    counts = sa.select(ObjectiveCount.course, ObjectiveCount.objective, ObjectiveCount.answers, ObjectiveCount.right)
    rows = db.session.execute(counts.where(ObjectiveCount.learner_id == learner_id))
    return {(course, objective): Evidence(answers, right) for course, objective, answers, right in rows}


def activity(learner_id: int, since: datetime, time_zone: str) -> dict[date, float]:
    """Return the minutes of each day in the learner's own time zone, in one statement."""
    deeds = sa.select(Record.occurred_at, Record.kind, Record.seconds).where(
        Record.learner_id == learner_id, Record.occurred_at >= since, Record.supersedes.is_(None)
    )
    rows = db.session.execute(deeds)
    return minutes_by_day(((when, kind, seconds) for when, kind, seconds in rows), zone_named(time_zone))


@dataclass(frozen=True)
class AnswersGiven:
    """Which checks have an answer, and how often each degree of sureness was right at the first sight of a question."""

    checks: frozenset[tuple[str, str]] = frozenset()  # lesson, question
    sureness: dict[str, Evidence] = field(default_factory=dict)


def answers_given(learner_id: int) -> AnswersGiven:
    """Return the learner's answers, added up by question and confidence, in one statement."""
    replaced = sa.select(Record.supersedes).where(Record.learner_id == learner_id, Record.supersedes.is_not(None))
    in_check = Record.source.startswith("check:").label(
        "in_check"
    )  # grouped by its name: PostgreSQL sees two parameters
    by = (Record.lesson, Record.question, Record.confidence, Record.weight, in_check)
    given = Record.learner_id == learner_id, Record.kind == "answer", Record.number.not_in(replaced)
    rows = db.session.execute(
        sa.select(*by, sa.func.count(), sa.func.sum(Record.mark)).where(*given).group_by(*by)
    ).all()
    sureness: dict[str, Evidence] = {}
    for _, _, confidence, weight, _, answers, right in rows:
        if confidence and is_evidence("answer", weight):
            sureness[confidence] = sureness.get(confidence, Evidence()) + Evidence(answers, right or 0.0)
    checks = frozenset((row[0] or "", row[1] or "") for row in rows if row[4])
    return AnswersGiven(checks, sureness)
