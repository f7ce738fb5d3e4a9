"""The learning records: one append-only table that tells what a learner did."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

import sqlalchemy as sa

from core.database import db
from progress.counts import count_answer, count_answers, replace_counts
from progress.evidence import is_evidence
from progress.models import Record
from progress.replay import Fact, tally


@dataclass(frozen=True, kw_only=True)
class Deed:
    """Something that a learner did, before it has its number."""

    kind: str  # answer | read | run
    course: str
    source: str  # check | practice | exam | review | …, a colon, and the id of the attempt
    lesson: str | None = None
    objective: str | None = None
    family: str | None = None
    question: str | None = None
    digest: str | None = None
    mark: float | None = None
    confidence: str | None = None
    seconds: float | None = None
    weight: float = 1.0
    supersedes: int | None = None


def note(learner_id: int, deed: Deed, *, now: datetime) -> Record:
    """Add the learner's next record and count it; the caller holds the learner's turn to write, and commits."""
    before = sa.select(sa.func.coalesce(sa.func.max(Record.number), 0)).where(Record.learner_id == learner_id)
    insert = sa.insert(Record).values(
        learner_id=learner_id, number=before.scalar_subquery() + 1, occurred_at=now, **asdict(deed)
    )
    record = db.session.scalars(insert.returning(Record)).one()
    if deed.supersedes is None:
        count_answer(record)
    else:
        rebuild(learner_id)
    return record


def note_all(learner_id: int, deeds: Sequence[Deed], *, now: datetime) -> None:
    """Add many records at once, in a number of statements that does not grow with them; none may supersede another.

    The caller holds the learner's turn to write, and commits.
    """
    if not deeds:
        return
    if any(deed.supersedes is not None for deed in deeds):
        raise ValueError("A record that supersedes another is noted by itself.")
    last = db.session.scalar(sa.select(sa.func.max(Record.number)).where(Record.learner_id == learner_id)) or 0
    rows = [
        {"learner_id": learner_id, "number": number, "occurred_at": now, **asdict(deed)}
        for number, deed in enumerate(deeds, start=last + 1)
    ]
    db.session.execute(sa.insert(Record), rows)
    given = [(deed.course, deed.objective, deed.mark or 0.0) for deed in deeds if is_evidence(deed.kind, deed.weight)]
    count_answers(learner_id, [(course, name, mark) for course, name, mark in given if name], now=now)


def answered_before(learner_id: int, questions: Sequence[str]) -> frozenset[str]:
    """Return which of these questions (`course/id`) the learner has answered already, in one statement."""
    known = sa.select(Record.question).where(
        Record.learner_id == learner_id, Record.kind == "answer", Record.question.in_(questions)
    )
    return frozenset(question for question in db.session.scalars(known) if question)


def rebuild(learner_id: int) -> None:
    """Work the learner's counts out anew from the records; the caller commits."""
    columns = [getattr(Record, field.name) for field in fields(Fact)]
    rows = db.session.execute(sa.select(*columns).where(Record.learner_id == learner_id).order_by(Record.number))
    replace_counts(learner_id, tally(Fact(*row) for row in rows))
