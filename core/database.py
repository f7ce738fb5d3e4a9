"""The database: declarative models, UTC times, and the turn that every writer takes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session

from core.outages import log_outage, outages_named
from core.turns import queue_at

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
TURN_SECONDS = 10  # how long a writer waits for others, before somebody is told to try again
BUSY_MS = 5_000  # for programs that write without queueing, such as a shell at the database

db = SQLAlchemy(session_options={"expire_on_commit": False})
in_turn: ContextVar[bool] = ContextVar("in_turn", default=False)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment in UTC on every database; SQLite would hand back naive ones."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments, store the rest in UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Hand back an aware moment."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Model(DeclarativeBase):
    """The base of all tables."""

    metadata = sa.MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: sa.JSON, list[str]: sa.JSON, str: sa.Text}


def prepare_database(app: Flask, url: str, *, in_haste: bool = False, pooled: bool = False) -> None:
    """Give the app its engine; one that serves people is `in_haste`: no statement of it may take long.

    Behind a pooler such as PgBouncer (`pooled`) a connection is ours for one transaction only.
    """
    options = {} if url.startswith("sqlite") else postgres_options(in_haste, pooled)
    app.config["SQLALCHEMY_ENGINES"] = {"default": COMMON | {"url": url} | options}
    db.init_app(app)
    # The extension closes asynchronous sessions too; we have none, and looking for them costs every request an event loop.
    closing = [close for close in app.teardown_appcontext_funcs if not iscoroutinefunction(close)]
    app.teardown_appcontext_funcs[:] = [calmly(close) for close in closing]
    if url.startswith("sqlite"):
        with app.app_context():
            sa.event.listen(db.engine, "connect", open_sqlite)
            sa.event.listen(db.engine, "begin", begin_sqlite)


def calmly(close: Callable[[BaseException | None], object]) -> Callable[[BaseException | None], None]:
    """Return what closes the sessions, so that a connection which breaks as it is given back spoils no answer."""

    def closed(error: BaseException | None) -> None:
        try:
            close(error)
        except DBAPIError as broken:  # the answer is ready, and nothing was left to be saved
            log_outage("away", broken)

    return closed


COMMON = {"pool_timeout": TURN_SECONDS, "hide_parameters": True}  # what people wrote belongs in no log
CONNECTING = {  # a server that was unplugged says no goodbye
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
LIMITS = {
    "lock_timeout": TURN_SECONDS * 1000,
    "statement_timeout": 30_000,
    "idle_in_transaction_session_timeout": 60_000,
}


def postgres_options(in_haste: bool, pooled: bool) -> dict[str, Any]:
    """Return the options of an engine on PostgreSQL; commands for operators may take their time.

    A pooler hands out connections that it opened itself, so neither limits nor prepared statements can be kept on one.
    """
    limits = " ".join(f"-c {name}={value}" for name, value in LIMITS.items())
    connecting: dict[str, Any] = CONNECTING | ({"options": limits} if in_haste and not pooled else {})
    if pooled:
        connecting["prepare_threshold"] = None
    return {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10, "connect_args": connecting}


def open_sqlite(connection: Any, record: object) -> None:
    """Set up one SQLite connection; we begin transactions ourselves."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", f"busy_timeout={BUSY_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def begin_sqlite(connection: sa.Connection) -> None:
    """Begin; a writer takes the write lock at once, so that it can never fail half-way for a stale read."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if in_turn.get() else "BEGIN")


@contextmanager
def writing(learner: int | None = None) -> Iterator[Session]:
    """Take the writers' turn, yield the session, and commit; roll back when anything fails.

    On SQLite all writers of all processes queue at a lock file, each for a bounded time. On PostgreSQL writers go side by side,
    and only those of one `learner` queue, so that the learner's records are numbered without gaps.
    """
    session = db.session
    if in_turn.get():
        raise RuntimeError("A turn to write was asked for inside another.")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("Something was changed before the turn to write was taken.")
    session.commit()  # ends the reading, and forgets nothing that was loaded
    with outages_named(), writers_queue(session.get_bind()), turn():
        try:
            if learner is not None:
                queue_for_learner(session, learner)
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def turn() -> Iterator[None]:
    """Mark that this thread is in its turn."""
    token = in_turn.set(True)
    try:
        yield
    finally:
        in_turn.reset(token)


def writers_queue(bind: sa.Engine | sa.Connection) -> Any:
    """Return the lock in front of a SQLite file; SQLite's own waiting is a lottery, a file lock is a queue."""
    file = bind.engine.url.database
    if bind.dialect.name != "sqlite" or not file or file == ":memory:":
        return nullcontext()
    return queue_at(Path(f"{file}.turn")).turn(TURN_SECONDS)


def queue_for_learner(session: Session, learner: int) -> None:
    """Queue behind other writers of the same learner until the end of this transaction."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(learner)))
