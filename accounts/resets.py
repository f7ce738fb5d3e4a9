"""A forgotten password: a link by e-mail, good for one hour and for one use."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from accounts.audit import note_act
from accounts.guessing import may_mail_reset
from accounts.models import PasswordReset, Person
from accounts.own_account import put_password
from accounts.passwords import Hashed
from accounts.people import person_with_email
from accounts.tokens import digest, new_token
from core.database import db
from core.errors import Refused
from core.outbox import post

VALID_FOR = timedelta(hours=1)
KEPT_FOR = timedelta(days=30)
SPENT = "This link was used already or has run out; it is good for one hour. Ask for a new one."
SUBJECT = "Set a new password for Handover"
MESSAGE = """Hello {name},

somebody, probably you, asked for a new password for your account at Handover.

Set it here within one hour:
{link}

If it was not you, nothing needs to be done: your password stays as it is.
"""


def request_reset(email: str, *, base_url: str, now: datetime) -> None:
    """Mail a link to whoever has this address; nobody can tell from outside whether somebody has."""
    allowed = may_mail_reset(email, now=now)
    person = person_with_email(email)
    if person is None or not person.is_active or not allowed:
        return
    token = new_token()
    reset = PasswordReset(token_digest=digest(token), person_id=person.id, created_at=now, expires_at=now + VALID_FOR)
    db.session.add(reset)
    # to the address that was kept, not to the one that was typed: two that fold alike may belong to two people
    post(person.email, SUBJECT, MESSAGE.format(name=person.name, link=f"{base_url}/password-resets/{token}"), now=now)


def owner_of_reset(token: str, *, now: datetime) -> Person:
    """Return whose password an open link sets, or refuse."""
    found = (
        sa.select(Person)
        .join(PasswordReset, PasswordReset.person_id == Person.id)
        .where(
            PasswordReset.token_digest == digest(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now,
            Person.switched_off_at.is_(None),
        )
    )
    person = db.session.scalars(found).unique().one_or_none()
    if person is None:
        raise Refused(SPENT, 404)
    return person


def use_reset(token: str, password: Hashed, *, now: datetime) -> Person:
    """Set the new password, end all sessions, and spend this link and every other one of the person."""
    person = owner_of_reset(token, now=now)
    still_open = sa.and_(PasswordReset.person_id == person.id, PasswordReset.used_at.is_(None))
    spent = sa.update(PasswordReset).where(still_open).values(used_at=now).returning(PasswordReset.token_digest)
    if digest(token) not in db.session.scalars(spent).all():
        raise Refused(SPENT, 404)
    put_password(person, password, now=now)
    note_act("password set by e-mail", person, person, now=now)
    return person


def forget_old_resets(*, now: datetime) -> int:
    """Delete links that ran out a month ago and return how many they were; the caller commits."""
    old = sa.delete(PasswordReset).where(PasswordReset.expires_at < now - KEPT_FOR)
    return len(db.session.scalars(old.returning(PasswordReset.token_digest)).all())
