"""What administrators see of the outbox."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from flask import abort

from accounts.queries import PAGE_SIZE, Paged
from core.database import db
from core.models import OutboxMessage
from core.outbox import WAITING
from core.wording import moment_in_words, plural, zone_named


class Shelf(StrEnum):
    """Where a message lies."""

    WAITING = "waiting"
    GIVEN_UP = "given-up"
    SENT = "sent"


LIES_ON = {
    Shelf.WAITING: WAITING,
    Shelf.GIVEN_UP: sa.and_(OutboxMessage.given_up_at.is_not(None), OutboxMessage.sent_at.is_(None)),
    Shelf.SENT: OutboxMessage.sent_at.is_not(None),
}


@dataclass(frozen=True)
class MessageRow:
    """A message as the list shows it; its text is not part of it."""

    id: int
    recipient: str
    subject: str
    when: str
    state: str
    can_put_back: bool


def outbox_page(shelf: Shelf, page: int) -> Paged[OutboxMessage]:
    """Return one page of a shelf, the newest first."""
    newest_first = sa.select(OutboxMessage).where(LIES_ON[shelf]).order_by(OutboxMessage.id.desc())
    rows = db.session.scalars(newest_first.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    return Paged(list(rows), page, shelf_sizes()[shelf])


def shelf_sizes() -> dict[Shelf, int]:
    """Return how many messages lie on each shelf."""
    counts = [sa.func.count(sa.case((lies, 1))) for lies in LIES_ON.values()]
    return dict(zip(LIES_ON, db.session.execute(sa.select(*counts)).one(), strict=True))


def message_or_404(message_id: int) -> OutboxMessage:
    """Return a message, or say that there is none."""
    return db.session.get(OutboxMessage, message_id) or abort(404)


def rows_in_words(messages: list[OutboxMessage], time_zone: str, now: datetime) -> list[MessageRow]:
    """Say what became of each message so far."""
    return [row_in_words(message, time_zone, now) for message in messages]


def row_in_words(message: OutboxMessage, time_zone: str, now: datetime) -> MessageRow:
    """Say what became of a message so far."""
    return MessageRow(
        id=message.id,
        recipient=message.recipient,
        subject=message.subject,
        when=moment_in_words(message.created_at, now, zone_named(time_zone)),
        state=state_in_words(message, time_zone, now),
        can_put_back=message.sent_at is not None and bool(message.body),
    )


def state_in_words(message: OutboxMessage, time_zone: str, now: datetime) -> str:
    """Say where a message stands: when it was sent, or how often it was tried and what was in the way."""
    zone = zone_named(time_zone)
    if message.sent_at:
        return f"Sent {moment_in_words(message.sent_at, now, zone)}"
    if not message.tries:
        return "Not tried yet"
    return f"{plural(message.tries, 'try', 'tries')}: {message.last_error or 'on its way'}"
