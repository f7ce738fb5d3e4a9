"""Invitations: links that let somebody open an account, once."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from accounts.addresses import email_fault, email_key, tidy
from accounts.audit import note_act
from accounts.models import Invitation, Person, Role
from accounts.passwords import Hashed
from accounts.people import add_person, person_with_email
from accounts.tokens import digest, new_token
from core.database import db
from core.errors import Refused
from core.outbox import post

VALID_FOR = timedelta(days=14)
SPENT = "This invitation was used already or has run out. Ask whoever invited you for a new one."
SUBJECT = "You are invited to Handover"
MESSAGE = """Hello,

{inviter} invites you to Handover, where project management and IT service management are studied side by side.

Open your account here within 14 days:
{link}
"""


def invite(email: str, role: Role, *, by: Person, base_url: str, now: datetime) -> str:
    """Invite somebody and return the link, which is never to be had again; with an address it is mailed as well."""
    if email.strip() and (fault := email_fault(email)):
        raise Refused(fault)
    if email.strip() and person_with_email(email):
        raise Refused("This person has an account already; give it the role instead.")
    token = new_token()
    invitation = Invitation(
        token_digest=digest(token),
        email=tidy(email) or None,
        role=role,
        invited_by_id=by.id,
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    db.session.add(invitation)
    note_act("invited", None, by, now=now, role=role, email=tidy(email))
    link = f"{base_url}/invitations/{token}"
    if invitation.email:
        post(invitation.email, SUBJECT, MESSAGE.format(inviter=by.name, link=link), now=now)
    return link


def open_invitation(token: str, *, now: datetime) -> Invitation:
    """Return an invitation that can still be accepted, or refuse."""
    found = sa.select(Invitation).where(
        Invitation.token_digest == digest(token), Invitation.accepted_at.is_(None), Invitation.expires_at > now
    )
    invitation = db.session.scalars(found).one_or_none()
    if invitation is None:
        raise Refused(SPENT, 404)
    return invitation


def accept_invitation(token: str, email: str, name: str, password: Hashed, *, now: datetime) -> Person:
    """Open the account that somebody was invited to."""
    invitation = open_invitation(token, now=now)
    if invitation.email and email_key(invitation.email) != email_key(email):
        raise Refused(f"This invitation is for {invitation.email}; open the account with that address.")
    person = add_person(email, name, password, [invitation.role], now=now)
    spend(invitation, person, now=now)
    return person


def spend(invitation: Invitation, person: Person, *, now: datetime) -> None:
    """Mark the invitation as used; of two who come at the same time the second is refused."""
    still_open = sa.and_(Invitation.id == invitation.id, Invitation.accepted_at.is_(None))
    spent = sa.update(Invitation).where(still_open).values(accepted_at=now, accepted_by_id=person.id)
    if not db.session.scalars(spent.returning(Invitation.id)).all():
        raise Refused(SPENT, 404)
