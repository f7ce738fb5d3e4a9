"""The learning records: one append-only table that tells what a learner did."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.database import db
from progress.counts import count_answer, count_answers, replace_counts
from progress.evidence import is_evidence
from progress.memories import Family, keep, memories_of, replace_all, replayed
from progress.models import Record
from progress.ratings import Rating, is_rapid, rate
from progress.remembering import Held, reviewed
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
    expected: float | None = None  # seconds that reading and answering take; without it time says nothing
    weight: float = 1.0
    supersedes: int | None = None
    rating: Rating | None = None  # where it is said and does not follow

    @classmethod
    def again(cls, record: Record, **changed: Any) -> "Deed":
        """Return what a record tells, with some of it changed, to be noted in its place."""
        same = {one.name: getattr(record, one.name) for one in fields(cls) if hasattr(record, one.name)}
        return cls(**(same | {"supersedes": record.number, "rating": None} | changed))


def note(learner_id: int, deed: Deed, *, now: datetime) -> Record:
    """Add the learner's next record, count it, and move the memory of its family.

    The caller holds the learner's turn to write, and commits.
    """
    held = memories_of(learner_id, [family_of(deed)]) if deed.family and deed.mark is not None else {}
    rating = rating_of(deed, held)
    before = sa.select(sa.func.coalesce(sa.func.max(Record.number), 0)).where(Record.learner_id == learner_id)
    insert = sa.insert(Record).values(
        learner_id=learner_id, number=before.scalar_subquery() + 1, occurred_at=now, **columns_of(deed, rating)
    )
    record = db.session.scalars(insert.returning(Record)).one()
    if deed.supersedes is None:
        count_answer(record)
        keep(learner_id, moved([(deed, rating)], held, now))
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
    held = memories_of(learner_id, [family_of(deed) for deed in deeds])
    rated = [(deed, rating_of(deed, held)) for deed in deeds]
    last = db.session.scalar(sa.select(sa.func.max(Record.number)).where(Record.learner_id == learner_id)) or 0
    rows = [
        {"learner_id": learner_id, "number": number, "occurred_at": now, **columns_of(deed, rating)}
        for number, (deed, rating) in enumerate(rated, start=last + 1)
    ]
    db.session.execute(sa.insert(Record), rows)
    given = [
        (row["course"], row["objective"], row["mark"] or 0.0) for row in rows if is_evidence(row["kind"], row["weight"])
    ]
    count_answers(learner_id, [(course, name, mark) for course, name, mark in given if name], now=now)
    keep(learner_id, moved(rated, held, now))


def family_of(deed: Deed) -> Family:
    """Return the family whose memory a deed moves."""
    return deed.course, deed.family or ""


def rating_of(deed: Deed, held: Mapping[Family, Held]) -> Rating | None:
    """Return the rating of an answer; what is no answer, or has no family, has none."""
    if deed.kind != "answer" or not deed.family or deed.mark is None:
        return None
    if deed.rating:
        return deed.rating
    known = held.get(family_of(deed))
    fresh = known is not None and known.last_question != deed.question
    streak = known.streak if known and fresh else 0
    return rate(deed.mark, deed.confidence, seconds=deed.seconds, expected=deed.expected, streak=streak)


def columns_of(deed: Deed, rating: Rating | None) -> dict[str, Any]:
    """Return a deed as a row; an answer that came before the question can have been read weighs nothing."""
    row = asdict(deed) | {"rating": rating}
    if is_rapid(deed.seconds, row.pop("expected")):
        row["weight"] = 0.0
    return row


def moved(
    rated: Sequence[tuple[Deed, Rating | None]], held: Mapping[Family, Held], now: datetime
) -> dict[Family, Held]:
    """Return the memories that these answers move, as they are after them."""
    after: dict[Family, Held] = {}
    for deed, rating in rated:
        if rating:
            key = family_of(deed)
            after[key] = reviewed(after.get(key, held.get(key)), rating, deed.question, now)
    return after


def standing_answer(learner_id: int, source: str, question: str) -> Record | None:
    """Return the record that stands for an answer: the last one that its sitting noted of the question."""
    rows = sa.select(Record).where(Record.learner_id == learner_id, Record.source == source, Record.kind == "answer")
    return db.session.scalar(rows.where(Record.question == question).order_by(Record.number.desc()).limit(1))


def answered_before(learner_id: int, questions: Sequence[str]) -> frozenset[str]:
    """Return which of these questions (`course/id`) the learner has answered already, in one statement."""
    known = sa.select(Record.question).where(
        Record.learner_id == learner_id, Record.kind == "answer", Record.question.in_(questions)
    )
    return frozenset(question for question in db.session.scalars(known) if question)


def rebuild(learner_id: int) -> None:
    """Work the learner's counts and memories out anew from the records; the caller commits."""
    columns = [getattr(Record, field.name) for field in fields(Fact)]
    rows = db.session.execute(sa.select(*columns).where(Record.learner_id == learner_id).order_by(Record.number))
    facts = [Fact(*row) for row in rows]
    replace_counts(learner_id, tally(facts))
    replace_all(learner_id, replayed(facts))
