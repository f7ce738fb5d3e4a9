"""Tables that belong to no single room: mail that waits, jobs that recur, and counters against guessing."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model


class OutboxMessage(Model):
    """A message that is to be sent; it is kept with the change that caused it, so neither goes without the other."""

    __tablename__ = "outbox_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    given_up_at: Mapped[datetime | None]

    __table_args__ = (sa.Index("ix_outbox_message_sent_at_next_try_at", "sent_at", "next_try_at"),)


class TickJob(Model):
    """A job that recurs; the lease says which process is at it, and runs out by itself when that process dies."""

    __tablename__ = "tick_job"

    name: Mapped[str] = mapped_column(primary_key=True)
    leased_until: Mapped[datetime | None]
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    fault: Mapped[str | None]  # what kept the last run from its end


class LimitCounter(Model):
    """How often something was tried in a window of time; it holds over processes and machines."""

    __tablename__ = "limit_counter"

    key: Mapped[str] = mapped_column(primary_key=True)
    window_start: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int]

    __table_args__ = (sa.Index("ix_limit_counter_window_start", "window_start"),)
