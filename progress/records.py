"""The learning records: one append-only table that tells what a learner did."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

import sqlalchemy as sa

from core.database import db
from progress.counts import count_answer, replace_counts
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


def rebuild(learner_id: int) -> None:
    """Work the learner's counts out anew from the records; the caller commits."""
    columns = [getattr(Record, field.name) for field in fields(Fact)]
    rows = db.session.execute(sa.select(*columns).where(Record.learner_id == learner_id).order_by(Record.number))
    replace_counts(learner_id, tally(Fact(*row) for row in rows))
