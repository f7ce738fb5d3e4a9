"""The trail: who did what to whose account."""

from datetime import datetime

from accounts.models import AuditEntry, Person
from core.database import db


def note_act(act: str, person: Person | None, by: Person | None, *, now: datetime, **details: str) -> None:
    """Write one line of the trail, in the same transaction as the act; nobody's act is the house's own (a command)."""
    about = person and person.id
    db.session.add(AuditEntry(actor_id=by and by.id, person_id=about, act=act, details=dict(details), occurred_at=now))
    db.session.flush()  # so that the lines stand in the order of the acts
