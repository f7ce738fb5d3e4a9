"""What pages show of sittings, each in a fixed number of statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property

import sqlalchemy as sa
from markupsafe import Markup

from accounts.models import Person
from accounts.permissions import visible_people
from core.database import db
from progress.models import Enrolment
from quizzes.models import AnswerStep, Attempt, AttemptItem
from quizzes.sittings.cells import cell_list
from quizzes.sittings.plans import Plan, Section, plan_of


@dataclass(frozen=True)
class Place:
    """One question of a sitting, as the list of all of them shows it."""

    position: int
    section: int
    answered: bool
    flagged: bool
    finished: bool
    mark: float | None


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sitting with the state of all its questions."""

    attempt: Attempt
    learner_name: str
    places: tuple[Place, ...]
    held_until: datetime | None  # the learner's results are shown from then on

    @cached_property
    def plan(self) -> Plan:
        """Return what the sitting was begun with."""
        return plan_of(self.attempt.plan)

    @property
    def section(self) -> Section:
        """Return the section that is open."""
        return self.plan.section(self.attempt.section)

    @property
    def here(self) -> tuple[Place, ...]:
        """Return the questions of the open section."""
        return self.of(self.attempt.section)

    def of(self, section: int) -> tuple[Place, ...]:
        """Return the questions of a section."""
        return tuple(place for place in self.places if place.section == section)

    def cells(self, places: Iterable[Place], page: str, current: int | None, marks: bool) -> Markup:
        """Return the list of some of its questions."""
        return cell_list(places, page, current, marks=marks)

    def next_open(self) -> int:
        """Return where to go on: the first question of the section that has no answer, else its first."""
        waiting = [place.position for place in self.here if not (place.answered or place.finished)]
        return waiting[0] if waiting else self.here[0].position

    def shows_results(self, now: datetime) -> bool:
        """Say whether keys and marks may be seen."""
        if self.attempt.feedback == "each":
            return True
        return self.attempt.submitted_at is not None and (self.held_until is None or now >= self.held_until)


def find_sheet(viewer: Person, attempt_id: int) -> Sheet | None:
    """Return a sitting that the viewer may see, in two statements where it is their own."""
    own = db.session.execute(own_sheet(), {"attempt": attempt_id, "viewer": viewer.id}).one_or_none()
    if own:
        return Sheet(own[0], viewer.name, places_of(attempt_id), own[1])
    return others_sheet(viewer, attempt_id)


@cache  # every page of a sitting asks this; building it takes longer than running it
def own_sheet() -> sa.Select[Attempt, datetime | None]:
    """Select one's own sitting."""
    return found_sheet(sa.bindparam("attempt"), Attempt.learner_id == sa.bindparam("viewer"))


def others_sheet(viewer: Person, attempt_id: int) -> Sheet | None:
    """Return a sitting of somebody whom the viewer may see; one that is running is for the learner alone."""
    theirs = Attempt.learner_id.in_(visible_people(viewer).with_only_columns(Person.id).scalar_subquery())
    ended = found_sheet(attempt_id, sa.and_(theirs, Attempt.submitted_at.is_not(None)))
    named = ended.join(Person, Person.id == Attempt.learner_id).add_columns(Person.name)
    row = db.session.execute(named).one_or_none()
    return Sheet(row[0], row[2], places_of(attempt_id), row[1]) if row else None


def found_sheet(
    attempt_id: int | sa.BindParameter[int], whose: sa.ColumnElement[bool]
) -> sa.Select[Attempt, datetime | None]:
    """Select a sitting, and from when its results are shown."""
    held = sa.and_(Enrolment.learner_id == Attempt.learner_id, Enrolment.course == Attempt.course)
    found = sa.select(Attempt, Enrolment.results_held_until).outerjoin(Enrolment, held)
    return found.where(Attempt.id == attempt_id, Attempt.kind != "check", whose)


def places_of(attempt_id: int) -> tuple[Place, ...]:
    """Return the state of every question of a sitting, in one statement that reads no step."""
    return tuple(Place(*row) for row in db.session.execute(places_asked(), {"attempt": attempt_id}))


@cache  # as above
def places_asked() -> sa.Select[int, int, bool, bool, bool, float | None]:
    """Select the state of every question of a sitting."""
    item = AttemptItem
    answered, flagged, finished = (at.is_not(None) for at in (item.answered_at, item.flagged_at, item.finished_at))
    rows = sa.select(item.position, item.section, answered, flagged, finished, item.mark)
    return rows.where(item.attempt_id == sa.bindparam("attempt")).order_by(item.position)


@dataclass(frozen=True, eq=False)
class Answering:
    """One question of a sitting with everything that was done about it."""

    item: AttemptItem
    steps: Sequence[AnswerStep]

    def last(self, *kinds: str) -> AnswerStep | None:
        """Return the last step of some kinds."""
        return next((step for step in reversed(self.steps) if step.kind in kinds), None)

    @property
    def answer(self) -> AnswerStep | None:
        """Return the answer as it stands."""
        return self.last("save", "finish")

    @property
    def struck(self) -> frozenset[str]:
        """Return the options that are struck out."""
        step = self.last("strike")
        return frozenset(step.response["struck"]) if step else frozenset()

    @property
    def note(self) -> str:
        """Return the note beside the question."""
        step = self.last("note")
        return str(step.response["text"]) if step else ""


def answering(attempt_id: int, position: int) -> Answering | None:
    """Return one question of a sitting with its steps, in one statement."""
    rows = db.session.execute(question_asked(), {"attempt": attempt_id, "position": position}).all()
    return Answering(rows[0][0], [step for _, step in rows if step]) if rows else None


@cache  # as above
def question_asked() -> sa.Select[AttemptItem, AnswerStep]:
    """Select one question of a sitting with its steps."""
    here = AttemptItem.attempt_id == sa.bindparam("attempt"), AttemptItem.position == sa.bindparam("position")
    rows = sa.select(AttemptItem, AnswerStep).outerjoin(AnswerStep, AnswerStep.item_id == AttemptItem.id)
    return rows.where(*here).order_by(AnswerStep.sequence)


def items_of(attempt_id: int) -> list[AttemptItem]:
    """Return the questions of a sitting in order."""
    rows = sa.select(AttemptItem).where(AttemptItem.attempt_id == attempt_id).order_by(AttemptItem.position)
    return list(db.session.scalars(rows))


@dataclass(frozen=True)
class Line:
    """One sitting in the list of all of them."""

    attempt: Attempt
    plan: Plan
    questions: int
    answered: int
    counted: int  # questions that count
    right: float
    held: bool


def sittings(learner_id: int, now: datetime) -> list[Line]:
    """Return a learner's sittings, the newest first, in one statement."""
    held = sa.and_(Enrolment.learner_id == Attempt.learner_id, Enrolment.course == Attempt.course)
    scored = sa.case((AttemptItem.scored, 1), else_=0)
    rows = db.session.execute(
        sa.select(
            Attempt,
            Enrolment.results_held_until,
            sa.func.count(AttemptItem.id),
            sa.func.count(AttemptItem.answered_at),
            sa.func.sum(scored),
            sa.func.sum(sa.func.coalesce(AttemptItem.mark, 0) * scored),
        )
        .join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
        .outerjoin(Enrolment, held)
        .where(Attempt.learner_id == learner_id, Attempt.kind != "check")
        .group_by(Attempt.id, Enrolment.results_held_until)
        .order_by(Attempt.id.desc())
    )
    return [
        Line(one, plan_of(one.plan), count, answered, int(counted or 0), float(right or 0), bool(until and until > now))
        for one, until, count, answered, counted, right in rows
    ]


def own_attempt(learner_id: int, attempt_id: int) -> Attempt | None:
    """Return the learner's own sitting, to be acted upon."""
    found = sa.select(Attempt).where(
        Attempt.id == attempt_id, Attempt.learner_id == learner_id, Attempt.kind != "check"
    )
    return db.session.scalar(found)


def overdue(now: datetime) -> list[tuple[int, int]]:
    """Return the sittings whose deadline has passed, with their learners; a running break may still extend one."""
    rows = sa.select(Attempt.id, Attempt.learner_id).where(
        Attempt.deadline_at < now, Attempt.submitted_at.is_(None), Attempt.abandoned_at.is_(None)
    )
    return [(attempt, learner) for attempt, learner in db.session.execute(rows)]


def running_exam(learner_id: int, course: str, exam: str) -> Attempt | None:
    """Return the sitting of an exam that is still open, if there is one."""
    return db.session.scalar(
        sa.select(Attempt)
        .where(Attempt.learner_id == learner_id, Attempt.kind == "exam", Attempt.course == course)
        .where(Attempt.exam == exam, Attempt.submitted_at.is_(None), Attempt.abandoned_at.is_(None))
        .order_by(Attempt.id.desc())
        .limit(1)
    )


def exam_history(learner_id: int, course: str) -> dict[str, int]:
    """Return by question the number of the exam sitting of a course that showed it last, 1 for the first sitting."""
    rows = db.session.execute(
        sa.select(AttemptItem.question, Attempt.id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .where(Attempt.learner_id == learner_id, Attempt.kind == "exam", Attempt.course == course)
        .order_by(Attempt.id)
    ).all()
    numbers = {attempt: number for number, attempt in enumerate(dict.fromkeys(row[1] for row in rows), start=1)}
    return {question: numbers[attempt] for question, attempt in rows}


def confidences_of(attempt_id: int) -> dict[int, str]:
    """Return how sure the learner was of each finished question, by item, in one statement."""
    rows = db.session.execute(
        sa.select(AnswerStep.item_id, AnswerStep.confidence)
        .join(AttemptItem, AttemptItem.id == AnswerStep.item_id)
        .where(AttemptItem.attempt_id == attempt_id, AnswerStep.kind == "finish", AnswerStep.confidence.is_not(None))
    )
    return {item: confidence for item, confidence in rows if confidence}
