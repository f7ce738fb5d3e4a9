"""How people and acts are said on the administrators' pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from accounts.models import AuditEntry, Person
from accounts.queries import Companion
from core.wording import day_in_words, exact_moment, moment_in_words, zone_named


@dataclass(frozen=True)
class PersonRow:
    """One person in the list."""

    id: int
    name: str
    email: str
    roles: str
    mentors: str
    joined: str
    last_seen: str
    is_active: bool


@dataclass(frozen=True)
class ActRow:
    """One line of the trail."""

    when: str
    exact: str
    who: str
    act: str
    whom: str
    details: str


def people_rows(
    people: Sequence[Person], mentors: Mapping[int, Sequence[Companion]], time_zone: str, now: datetime
) -> list[PersonRow]:
    """Say each person in words, in the reader's time zone."""
    zone = zone_named(time_zone)
    return [person_row(person, mentors.get(person.id, ()), zone, now) for person in people]


def person_row(person: Person, mentors: Sequence[Companion], zone: tzinfo, now: datetime) -> PersonRow:
    """Say one person in words."""
    return PersonRow(
        id=person.id,
        name=person.name,
        email=person.email,
        roles=", ".join(sorted(person.roles)).capitalize() or "None",
        mentors=", ".join(mentor.name for mentor in mentors),
        joined=day_in_words(person.created_at, now, zone),
        last_seen=moment_in_words(person.last_seen_at, now, zone) if person.last_seen_at else "not yet",
        is_active=person.is_active,
    )


def acts_in_words(
    entries: Sequence[tuple[AuditEntry, str | None, str | None]], time_zone: str, now: datetime
) -> list[ActRow]:
    """Say each line of the trail in words, in the reader's time zone."""
    zone = zone_named(time_zone)
    return [act_row(entry, by, about, zone, now) for entry, by, about in entries]


def act_row(entry: AuditEntry, by: str | None, about: str | None, zone: tzinfo, now: datetime) -> ActRow:
    """Say one line of the trail in words."""
    return ActRow(
        when=moment_in_words(entry.occurred_at, now, zone),
        exact=exact_moment(entry.occurred_at, zone),
        who=by or "The house",
        act=entry.act.capitalize(),
        whom=about or "",
        details=", ".join(f"{name} {value}" for name, value in entry.details.items() if value),
    )
