"""People: how they come in, what they are here for, and how an account is switched off and on."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from accounts.addresses import email_fault, email_key, name_fault, tidy
from accounts.audit import note_act
from accounts.mentorships import end_all_mentorships
from accounts.models import Person, Role, RoleGrant
from accounts.passwords import Hashed, new_password
from accounts.tokens import new_token
from core.database import db
from core.errors import Refused

TAKEN = "There is an account with this e-mail already; sign in with it, or use another address."


def add_person(
    email: str,
    name: str,
    password: str | Hashed,
    roles: Iterable[str],
    *,
    now: datetime,
    by: Person | None = None,
    time_zone: str = "UTC",
) -> Person:
    """Open an account; views hash the password before they take the turn to write, a plain one is hashed here."""
    if fault := email_fault(email) or name_fault(name):
        raise Refused(fault)
    hashed = password if isinstance(password, Hashed) else new_password(password, email, name)
    person = Person(
        email=tidy(email),
        email_key=email_key(email),
        name=tidy(name),
        password_hash=hashed.value,
        password_set_at=now,
        session_stamp=new_token(),
        time_zone=time_zone,
        created_at=now,
        grants=[RoleGrant(role=role, granted_at=now, granted_by_id=by and by.id) for role in checked_roles(roles)],
    )
    keep_unless_taken(person)
    note_act("account opened", person, by, now=now, roles=", ".join(sorted(person.roles)))
    return person


def keep_unless_taken(person: Person) -> None:
    """Add the person, or refuse when somebody with this address was quicker."""
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError:
        raise Refused(TAKEN) from None


def checked_roles(roles: Iterable[str]) -> list[Role]:
    """Return the roles by name, each once; an unknown one is refused."""
    try:
        return sorted({Role(role) for role in roles})
    except ValueError:
        raise Refused(f"A role is one of {', '.join(Role)}.") from None


def set_roles(person: Person, roles: Iterable[str], *, by: Person | None, now: datetime) -> None:
    """Give and withdraw roles until the person has exactly these."""
    wanted = checked_roles(roles)
    for role in wanted:
        grant_role(person, role, by=by, now=now)
    for name in sorted(person.roles - set(wanted)):
        withdraw_role(person, Role(name), by=by, now=now)


def grant_role(person: Person, role: Role, *, by: Person | None, now: datetime) -> None:
    """Give somebody a role; giving it twice changes nothing."""
    if role in person.roles:
        return
    person.grants.append(RoleGrant(role=role, granted_at=now, granted_by_id=by and by.id))
    note_act("role given", person, by, now=now, role=role)


def withdraw_role(person: Person, role: Role, *, by: Person | None, now: datetime) -> None:
    """Take a role back, and with it the mentorships that it carried."""
    if role == Role.ADMINISTRATOR and is_last_administrator(person):
        raise Refused("This is the last administrator; make somebody else one first.")
    for grant in [grant for grant in person.grants if grant.role == role]:
        person.grants.remove(grant)
        note_act("role withdrawn", person, by, now=now, role=role)
    end_all_mentorships(person, role, by=by, now=now)


def switch_off(person: Person, *, by: Person | None, now: datetime) -> None:
    """Shut an account: its sessions end at once, its work is kept."""
    if by and by.id == person.id:
        raise Refused("You cannot switch off your own account; ask another administrator.")
    if Role.ADMINISTRATOR in person.roles and is_last_administrator(person):
        raise Refused("This is the last administrator; make somebody else one first.")
    if person.is_active:
        person.switched_off_at = now
        person.session_stamp = new_token()
        note_act("switched off", person, by, now=now)


def switch_on(person: Person, *, by: Person | None, now: datetime) -> None:
    """Open an account again."""
    if not person.is_active:
        person.switched_off_at = None
        note_act("switched on", person, by, now=now)


def is_last_administrator(person: Person) -> bool:
    """Say whether nobody else could run the place; the rows are held, so that two cannot leave at the same time."""
    running = (
        sa.select(RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role == Role.ADMINISTRATOR, Person.switched_off_at.is_(None))
        .order_by(RoleGrant.person_id)
        .with_for_update()
    )
    return set(db.session.scalars(running)) <= {person.id}


def person_with_email(email: str) -> Person | None:
    """Return whoever has this address."""
    return db.session.scalars(sa.select(Person).where(Person.email_key == email_key(email))).unique().one_or_none()
