"""Counts of evidence, kept beside the records so that pages need not add them up."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.database import db
from progress.evidence import is_evidence
from progress.inserting import insert_or_meet
from progress.models import ObjectiveCount, Record
from progress.replay import Tally


def count_answer(record: Record) -> None:
    """Add one answer to its objective's count, in one statement; the caller commits."""
    if not record.objective or not is_evidence(record.kind, record.weight):
        return
    key = {"learner_id": record.learner_id, "course": record.course, "objective": record.objective}
    when, right = record.occurred_at, record.mark or 0.0
    insert = insert_or_meet(ObjectiveCount, **key, answers=1, right=right, first_at=when, last_at=when)
    earlier, later = insert.excluded.first_at, insert.excluded.last_at
    more = {
        "answers": ObjectiveCount.answers + 1,
        "right": ObjectiveCount.right + right,
        "first_at": sa.case((earlier < ObjectiveCount.first_at, earlier), else_=ObjectiveCount.first_at),
        "last_at": sa.case((later > ObjectiveCount.last_at, later), else_=ObjectiveCount.last_at),
    }
    db.session.execute(insert.on_conflict_do_update(index_elements=list(key), set_=more))


def count_answers(learner_id: int, answers: Sequence[tuple[str, str, float]], *, now: datetime) -> None:
    """Add many answers (course, objective, mark) to their objectives' counts, in one statement; the caller commits."""
    if not answers:
        return
    keys = {"learner_id", "course", "objective"}
    insert = insert_or_meet(ObjectiveCount)
    new = insert.excluded
    more = {
        "answers": ObjectiveCount.answers + new.answers,
        "right": ObjectiveCount.right + new.right,
        "first_at": sa.case((new.first_at < ObjectiveCount.first_at, new.first_at), else_=ObjectiveCount.first_at),
        "last_at": sa.case((new.last_at > ObjectiveCount.last_at, new.last_at), else_=ObjectiveCount.last_at),
    }
    db.session.execute(
        insert.on_conflict_do_update(index_elements=sorted(keys), set_=more), sums_of(learner_id, answers, now)
    )


def sums_of(learner_id: int, answers: Sequence[tuple[str, str, float]], now: datetime) -> list[dict[str, Any]]:
    """Add answers up by objective, as rows of counts."""
    marks: dict[tuple[str, str], list[float]] = defaultdict(list)
    for course, objective, mark in answers:
        marks[course, objective].append(mark)
    return [
        {"learner_id": learner_id, "course": course, "objective": objective, "answers": len(given), "right": sum(given)}
        | {"first_at": now, "last_at": now}
        for (course, objective), given in marks.items()
    ]


def replace_counts(learner_id: int, tallies: dict[tuple[str, str], Tally]) -> None:
    """Put these counts in place of the learner's; the caller commits."""
    db.session.execute(sa.delete(ObjectiveCount).where(ObjectiveCount.learner_id == learner_id))
    rows = [
        {"learner_id": learner_id, "course": course, "objective": objective} | asdict(sums)
        for (course, objective), sums in tallies.items()
    ]
    if rows:
        db.session.execute(sa.insert(ObjectiveCount), rows)
