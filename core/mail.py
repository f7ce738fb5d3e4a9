"""Hands messages over to a mail server."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from core.outside import MailServer

SECONDS = 20


@dataclass(frozen=True)
class Letter:
    """A message as it is handed over; `key` makes its Message-ID, the same at every try."""

    key: str
    recipient: str
    subject: str
    body: str
    written_at: datetime


class NotSent(Exception):
    """A letter that was not taken; `for_good` when another try would end the same way."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.why, self.for_good = why, for_good


@contextmanager
def connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    """Open the connection, encrypted wherever the server can; raise NotSent when there is none to be had."""
    try:
        connection = opened(server)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(f"The mail server {server.host}:{server.port} cannot be used: {told(error)}") from None
    try:
        yield connection
    finally:
        hang_up(connection)


def opened(server: MailServer) -> smtplib.SMTP:
    """Connect, encrypt, and sign in; a password never goes out in the clear, except on this machine."""
    safe = ssl.create_default_context()
    if server.tls:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=safe)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        connection.ehlo()
        if connection.has_extn("starttls"):
            connection.starttls(context=safe)
        elif server.user and not server.near:
            connection.close()
            raise smtplib.SMTPException("it offers no encryption, so the password was not sent")
    if server.user:
        connection.login(server.user, server.password or "")
    return connection


def hang_up(connection: smtplib.SMTP) -> None:
    """Say goodbye; whoever is gone already need not hear it."""
    try:
        connection.quit()
    except (OSError, smtplib.SMTPException):
        connection.close()


def hand_over(connection: smtplib.SMTP, letter: Letter, sender: str) -> None:
    """Hand one letter over; raise NotSent when the server does not take it."""
    try:
        connection.send_message(composed(letter, sender))
    except smtplib.SMTPRecipientsRefused as error:
        code, why = error.recipients[letter.recipient]
        raise NotSent(f"{code} {readable(why)}", for_good=code >= 500) from None
    except smtplib.SMTPResponseException as error:
        raise NotSent(told(error), for_good=error.smtp_code >= 500) from None
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        raise NotSent(told(error)) from None
    except (ValueError, smtplib.SMTPException) as error:  # an address that no mail server could take
        raise NotSent(told(error), for_good=True) from None


def composed(letter: Letter, sender: str) -> EmailMessage:
    """Write the letter as mail programs read it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, letter.recipient, letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{letter.key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message


def told(error: Exception) -> str:
    """Say in one line what a mail server, or the way to it, objected."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {readable(error.smtp_error)}"
    return str(error) or type(error).__name__


def readable(why: bytes | str) -> str:
    """Return a server's words as text."""
    text = why.decode("utf-8", "replace") if isinstance(why, bytes) else why
    return " ".join(text.split())[:300]
