"""The job that empties the outbox, and the question whether it does."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTP

from flask import Flask

from core import clock
from core.config import Settings
from core.database import writing
from core.mail import Letter, NotSent, connected, hand_over
from core.models import OutboxMessage
from core.offers import Offers, ReadinessOffer, TickOffer
from core.outbox import claim, forget_old_mail, note_failed, note_sent, oldest_waiting
from core.outside import MailServer
from core.wording import minutes_in_words, plural

AT_ONCE = 10  # messages that one sender holds
MOST = 200  # messages in one run of the job, which must end within its lease
SECONDS = 120
TOO_OLD = timedelta(minutes=15)


def send_waiting(server: MailServer, sender: str, now: datetime) -> str | None:
    """Send what is due, a few at a time over one connection each; return what was done."""
    sent = failed = 0
    end = time.monotonic() + SECONDS
    while sent + failed < MOST and time.monotonic() < end:
        with writing():
            messages = claim(AT_ONCE, now=now)
        if not messages:
            break
        went = send_these(messages, server, sender, now)
        sent, failed = sent + went, failed + len(messages) - went
    return f"{plural(sent, 'message')} sent, {failed} not" if sent or failed else None


def send_these(messages: Sequence[OutboxMessage], server: MailServer, sender: str, now: datetime) -> int:
    """Send the messages that were claimed and return how many went."""
    try:
        with connected(server) as connection:
            return sum(send_one(message, connection, sender, now) for message in messages)
    except NotSent as fault:
        with writing():
            for message in messages:
                if message.sent_at is None:
                    note_failed(message, fault.why, for_good=False, now=now)
    return sum(message.sent_at is not None for message in messages)


def send_one(message: OutboxMessage, connection: SMTP, sender: str, now: datetime) -> bool:
    """Send one message and note at once what became of it, so that a crash repeats one message at most."""
    key = f"{message.created_at:%Y%m%d%H%M%S%f}.{message.id}"
    letter = Letter(key, message.recipient, message.subject, message.body, message.created_at)
    try:
        hand_over(connection, letter, sender)
    except NotSent as fault:
        with writing():
            note_failed(message, fault.why, for_good=fault.for_good, now=now)
        return False
    with writing():
        note_sent(message, now=now)
    return True


def late_mail(now: datetime) -> str | None:
    """Say how long the oldest message waits, when that is too long."""
    since = oldest_waiting()
    waits = now - since if since else timedelta(0)
    return f"holds a message for {minutes_in_words(int(waits.total_seconds() // 60))}" if waits > TOO_OLD else None


def tidy_outbox(now: datetime) -> str | None:
    """Forget mail that was sent long ago."""
    with writing():
        gone = forget_old_mail(now=now)
    return f"{plural(gone, 'old message')} forgotten" if gone else None


def prepare_posting(app: Flask, settings: Settings) -> None:
    """Offer the jobs; without a mail server nothing is sent, and the outbox shows what waits."""
    offered: Offers = app.extensions["offers"]
    if (server := settings.mail) is not None:
        offered.ticks.append(TickOffer("outbox", lambda now: send_waiting(server, settings.mail_from, now)))
        offered.readiness.append(ReadinessOffer("outbox", lambda: late_mail(clock.now()), serious=False))
    offered.ticks.append(TickOffer("old mail", tidy_outbox))
