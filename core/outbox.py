"""Mail goes into a table first, in the same transaction as what it is about; a job hands it over later."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from core.database import db
from core.models import OutboxMessage

HELD = timedelta(minutes=10)  # how long a message is one sender's; afterwards another may try
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
GIVEN_UP_AFTER = timedelta(days=3)
KEPT_FOR = timedelta(days=90)
TEXT_KEPT_FOR = timedelta(days=1)  # of what was passed on by hand, so that it can be put back
WAITING = sa.and_(OutboxMessage.sent_at.is_(None), OutboxMessage.given_up_at.is_(None))


def post(recipient: str, subject: str, body: str, *, now: datetime) -> OutboxMessage:
    """Put a message into the outbox; the caller commits."""
    message = OutboxMessage(recipient=recipient, subject=subject, body=body, created_at=now, next_try_at=now)
    db.session.add(message)
    return message


def claim(most: int, *, now: datetime) -> Sequence[OutboxMessage]:
    """Take up to `most` messages that are due, so that no other sender takes them as well; the caller commits."""
    longest = now + max(*PAUSES, HELD)  # a time beyond it was set by a clock that was wrong
    due = sa.or_(OutboxMessage.next_try_at <= now, OutboxMessage.next_try_at > longest)
    oldest_first = (
        sa.select(OutboxMessage).where(WAITING, due).order_by(OutboxMessage.next_try_at, OutboxMessage.id).limit(most)
    )
    messages = db.session.scalars(oldest_first.with_for_update(skip_locked=True)).all()
    for message in messages:
        message.tries += 1
        message.next_try_at = now + HELD
    return messages


def note_sent(message: OutboxMessage, *, now: datetime) -> None:
    """Note that a message was handed over, and forget its text: a link in it is nobody's business any more."""
    message.sent_at, message.body, message.last_error = now, "", None


def note_failed(message: OutboxMessage, why: str, *, for_good: bool, now: datetime) -> None:
    """Note why a message could not be handed over: it waits longer each time, and is given up after three days."""
    message.last_error = why
    message.next_try_at = now + PAUSES[min(message.tries, len(PAUSES)) - 1]
    if for_good or now - message.created_at >= GIVEN_UP_AFTER:
        message.given_up_at = now


def try_again(message: OutboxMessage, *, now: datetime) -> None:
    """Let a message be tried at the next occasion, even one that was given up."""
    message.given_up_at, message.next_try_at = None, now


def pass_on(message: OutboxMessage, *, now: datetime) -> None:
    """Note that somebody passed a message on by hand; its text stays for a day, in which it can be put back."""
    message.sent_at, message.given_up_at = now, None


def put_back(message: OutboxMessage, *, now: datetime) -> None:
    """Let a message wait again that was passed on by mistake; the caller makes sure that its text is still there."""
    message.sent_at, message.next_try_at = None, now


def forget_old_mail(*, now: datetime) -> int:
    """Delete what was sent long ago and return how many messages it were; the caller commits."""
    passed_on = sa.and_(OutboxMessage.sent_at < now - TEXT_KEPT_FOR, OutboxMessage.body != "")
    db.session.execute(sa.update(OutboxMessage).where(passed_on).values(body=""))
    old = sa.delete(OutboxMessage).where(OutboxMessage.sent_at < now - KEPT_FOR).returning(OutboxMessage.id)
    return len(db.session.scalars(old).all())


def oldest_waiting() -> datetime | None:
    """Return since when the oldest message waits."""
    return db.session.scalar(sa.select(sa.func.min(OutboxMessage.created_at)).where(WAITING))
