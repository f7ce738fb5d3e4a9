"""Tells a database that is busy, away, full or read-only, which passes, from a mistake of ours, which does not."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from click import ClickException
from flask import g, has_app_context
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.errors import SENTENCES
from core.turns import NoTurnFile, TurnNeverCame

WORDS = {
    "busy": SENTENCES[503][1],
    "away": SENTENCES[503][1],
    "full": "There is no room left to save anything. What was saved is safe and can be read; "
    "whoever runs this place has to make room, then try again.",
    "read-only": "Nothing can be saved just now, only read. What was saved is safe; "
    "whoever runs this place has to allow writing again, then try again.",
    "behind": "The house is being brought up to date. What was saved is safe; try again in a minute.",
}
FOR_OPERATORS = {
    "away": "The database is away; look whether it runs, and whether DATABASE_URL is right.",
    "behind": "The database has no tables yet, or older ones; bring it up with: flask db upgrade",
}
ON_SQLITE = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_IOERR: "away",
    sqlite3.SQLITE_CANTOPEN: "away",
}
ON_POSTGRES = {  # by the state that the server names, or by the first two letters of its class
    "42P01": "behind",
    "42703": "behind",
    "25006": "read-only",
    "53100": "full",
    "53": "busy",  # too many connections, no memory
    "55P03": "busy",  # a lock was waited for too long
    "57014": "busy",  # a statement ran too long
    "25P03": "busy",  # a transaction stood still too long
    "40001": "busy",
    "40P01": "busy",
    "57": "away",  # shutting down, starting up
    "08": "away",
    "58": "away",
    "28": "away",
    "3D": "away",
}
ON_DISK = {errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EFBIG: "full", errno.EROFS: "read-only"} | dict.fromkeys(
    (errno.EACCES, errno.EPERM), "read-only"
)


class Outage(ClickException):
    """Something outside our code that keeps the house from its work for a while; a command shows it as one line."""

    def __init__(self, kind: str) -> None:
        super().__init__(WORDS[kind])
        self.kind = kind

    def format_message(self) -> str:
        """Say it to whoever ran a command, with what an operator can do about it."""
        return FOR_OPERATORS.get(self.kind, self.message)


def outage_of(error: BaseException) -> str | None:
    """Say what kind of outage an error tells of; None when it is a mistake of ours."""
    if isinstance(error, TurnNeverCame | PoolTimeout):
        return "busy"
    if isinstance(error, OSError):
        return ON_DISK.get(error.errno or 0)
    if not isinstance(error, DBAPIError):
        return None
    if isinstance(error.orig, sqlite3.Error):
        return on_sqlite(error.orig)
    return on_postgres(error)


def on_sqlite(error: sqlite3.Error) -> str | None:
    """Read SQLite's code; a missing table has none of its own, only words."""
    if any(words in str(error) for words in ("no such table", "no such column", "has no column named")):
        return "behind"
    return ON_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)


def on_postgres(error: DBAPIError) -> str | None:
    """Read PostgreSQL's state; a connection that broke, or never was, has none."""
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return ON_POSTGRES.get(state) or ON_POSTGRES.get(state[:2])
    return "away" if error.connection_invalidated or isinstance(error, OperationalError) else None


def code_of(error: BaseException) -> str:
    """Return the name under which an operator can look an error up; never its words, which may be somebody's."""
    orig = getattr(error, "orig", None) or error
    named = getattr(orig, "sqlstate", None) or getattr(orig, "sqlite_errorname", None)
    return str(named or errno.errorcode.get(getattr(orig, "errno", None) or 0) or type(orig).__name__)


def log_outage(kind: str, error: BaseException) -> None:
    """Write one line about it."""
    request_id = g.get("request_id") if has_app_context() else None
    structlog.get_logger().error("outage", kind=kind, code=code_of(error), request_id=request_id)


@contextmanager
def outages_named() -> Iterator[None]:
    """Turn what tells of an outage into one, with a line in the log; leave everything else as it is."""
    try:
        yield
    except (SQLAlchemyError, TurnNeverCame, NoTurnFile) as error:
        kind = outage_of(error)
        if kind is None:
            raise
        log_outage(kind, error)
        raise Outage(kind) from error
