"""Mail goes into a table first, in the same transaction as what it is about."""

from datetime import datetime

from core.database import db
from core.models import OutboxMessage


def post(recipient: str, subject: str, body: str, *, now: datetime) -> OutboxMessage:
    """Put a message into the outbox; the caller commits."""
    message = OutboxMessage(recipient=recipient, subject=subject, body=body, created_at=now, next_try_at=now)
    db.session.add(message)
    return message
