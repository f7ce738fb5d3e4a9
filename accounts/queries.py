"""What administrators ask: who is here, who mentors whom, and what was done."""

from dataclasses import dataclass
from typing import Generic, TypeVar

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import aliased

from accounts.addresses import email_key, tidy
from accounts.models import AuditEntry, Mentorship, Person
from core.database import db

T = TypeVar("T")
PAGE_SIZE = 50
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Paged(Generic[T]):
    """One page of a long list."""

    rows: list[T]
    page: int
    total: int

    @property
    def pages(self) -> int:
        """Return how many pages there are; an empty list has one."""
        return max(1, -(-self.total // PAGE_SIZE))


@dataclass(frozen=True)
class Companion:
    """Somebody at the other end of a mentorship."""

    mentorship_id: int
    id: int
    name: str


def people_page(search: str, page: int) -> Paged[Person]:
    """Return one page of the people whose name or address holds the words, by name."""
    found = matching(search)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(Person).where(found)) or 0
    rows = sa.select(Person).where(found).order_by(sa.func.lower(Person.name), Person.id)
    shown = rows.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return Paged(list(db.session.scalars(shown).unique()), page, total)


def matching(search: str) -> sa.ColumnElement[bool]:
    """Match name or address; SQLite folds plain Latin letters only, so the usual ways of writing are all asked for."""
    words = tidy(search)[:LONGEST_SEARCH]
    if not words:
        return sa.true()
    ways = {words, words.lower(), words.upper(), words.title(), words.capitalize()}
    names = [Person.name.contains(way, autoescape=True) for way in sorted(ways)]
    folded = sa.func.lower(Person.name).contains(words.lower(), autoescape=True)
    return sa.or_(*names, folded, Person.email_key.contains(email_key(words), autoescape=True))


def mentors_of(learners: list[int]) -> dict[int, list[Companion]]:
    """Return who mentors each of these learners now."""
    running = (
        sa.select(Mentorship.learner_id, Mentorship.id, Person.id, Person.name)
        .join(Person, Person.id == Mentorship.mentor_id)
        .where(Mentorship.learner_id.in_(learners), Mentorship.ended_at.is_(None))
        .order_by(Person.name)
    )
    return grouped(running)


def learners_of(mentor: int) -> list[Companion]:
    """Return whom somebody mentors now."""
    running = (
        sa.select(Mentorship.mentor_id, Mentorship.id, Person.id, Person.name)
        .join(Person, Person.id == Mentorship.learner_id)
        .where(Mentorship.mentor_id == mentor, Mentorship.ended_at.is_(None))
        .order_by(Person.name)
    )
    return grouped(running).get(mentor, [])


def grouped(running: sa.Select[int, int, int, str]) -> dict[int, list[Companion]]:
    """Gather companions by whose they are."""
    companions: dict[int, list[Companion]] = {}
    for owner, mentorship, person, name in db.session.execute(running):
        companions.setdefault(owner, []).append(Companion(mentorship, person, name))
    return companions


def audit_page(page: int) -> Paged[tuple[AuditEntry, str | None, str | None]]:
    """Return one page of the trail, newest first, with the names of who did it and to whom."""
    actor, subject = aliased(Person), aliased(Person)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) or 0
    entries = (
        sa.select(AuditEntry, actor.name, subject.name)
        .outerjoin(actor, actor.id == AuditEntry.actor_id)
        .outerjoin(subject, subject.id == AuditEntry.person_id)
        .order_by(AuditEntry.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return Paged([(entry, by, about) for entry, by, about in db.session.execute(entries)], page, total)


def person_or_404(person_id: int) -> Person:
    """Return somebody as the database has them now."""
    row = sa.select(Person).where(Person.id == person_id).execution_options(populate_existing=True)
    return db.session.scalars(row).unique().one_or_none() or abort(404)


def mentorship_or_404(mentorship_id: int) -> Mentorship:
    """Return a mentorship as the database has it now."""
    row = sa.select(Mentorship).where(Mentorship.id == mentorship_id).execution_options(populate_existing=True)
    return db.session.scalars(row).one_or_none() or abort(404)
