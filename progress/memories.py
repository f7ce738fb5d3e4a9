"""The memories of a learner, kept beside the records and rebuilt from them at will."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import datetime

import sqlalchemy as sa

from core.database import db
from progress.inserting import insert_or_meet
from progress.models import Memory
from progress.remembering import Held, reviewed
from progress.replay import Fact, standing

Family = tuple[str, str]  # course, family
NAMES = [field.name for field in fields(Held)]


def memories_of(learner_id: int, families: Iterable[Family] | None = None) -> dict[Family, Held]:
    """Return a learner's memories, of some families or of all, in one statement."""
    columns = [getattr(Memory, name) for name in NAMES]
    rows = sa.select(Memory.course, Memory.family, *columns).where(
        Memory.learner_id == learner_id, Memory.stability.is_not(None)
    )
    if families is not None:
        rows = rows.where(Memory.family.in_({family for _, family in families}))
    return {(course, family): Held(*held) for course, family, *held in db.session.execute(rows)}


def keep(learner_id: int, memories: Mapping[Family, Held]) -> None:
    """Put these memories in place of what was held of their families, in one statement; the caller commits."""
    if not memories:
        return
    rows = [
        {"learner_id": learner_id, "course": course, "family": family} | asdict(held)
        for (course, family), held in memories.items()
    ]
    insert = insert_or_meet(Memory)
    newer = {name: getattr(insert.excluded, name) for name in NAMES}
    db.session.execute(
        insert.on_conflict_do_update(index_elements=["learner_id", "course", "family"], set_=newer), rows
    )


def replace_all(learner_id: int, memories: Mapping[Family, Held]) -> None:
    """Put these memories in place of all of the learner's; the caller commits."""
    db.session.execute(sa.delete(Memory).where(Memory.learner_id == learner_id))
    keep(learner_id, memories)


def replayed(facts: Iterable[Fact]) -> dict[Family, Held]:
    """Work the memories out from the records, in the order of replay; a correction stands where the first of its chain stood."""
    held: dict[Family, Held] = {}
    for one in standing(facts):
        fact = one.fact
        if fact.rating and fact.family:
            key = (fact.course, fact.family)
            held[key] = reviewed(held.get(key), fact.rating, fact.question, one.occurred_at)
    return held


def due_count(learner_id: int, now: datetime) -> int:
    """Count the families that are due, in one statement."""
    due = sa.select(sa.func.count()).select_from(Memory).where(Memory.learner_id == learner_id, Memory.due_at <= now)
    return db.session.scalar(due) or 0
