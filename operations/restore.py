"""`flask restore FILE`: put an archive into the database, all of it or nothing, whichever database it came from."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from flask.cli import with_appcontext

from core.clock import now
from core.database import db, writing
from core.models import OutboxMessage
from core.wording import plural
from operations.archive.reading import Archive, opened
from operations.rebuilding import rebuild, refuse_unknown_revisions
from operations.telling import progress, summary, telling, verify


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Verify FILE and touch no database.")
@click.option("--replace", is_flag=True, help="Replace everything that the database holds.")
@with_appcontext
def restore(file: Path, check: bool, replace: bool) -> None:
    """Put the archive FILE into the database, all of it or nothing.

    FILE is verified before the database is touched. The database has to be empty, unless --replace is given.
    """
    with telling(f"{file} cannot be used"), opened(file) as archive:
        verify(archive)
        if not check:
            refuse_unknown_revisions(archive.manifest)
            with telling(f"{file} was not restored and nothing was changed"):
                put_back(archive, replace, now())
        click.echo(f"{file}: {summary(archive.manifest)}, {'verified' if check else 'restored'}.")
        if not check:
            tell_what_is_next()


def put_back(archive: Archive, replace: bool, at: datetime) -> None:
    """Fill the database from an archive in one transaction, in the writers' turn."""
    with links_checked_late(db.engine), writing() as session, progress(archive.manifest.rows, "Restoring") as tell:
        rebuild(session.connection(), archive, replace, at, tell)


@contextmanager
def links_checked_late(engine: sa.Engine) -> Iterator[None]:
    """Let SQLite rebuild tables that others refer to; the links are checked before the commit.

    SQLite takes this setting between transactions only, so it is made when the connection is taken from the pool,
    and the connection that has it is thrown away at the end.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    sa.event.listen(engine, "checkout", check_links_late)
    try:
        yield
    finally:
        sa.event.remove(engine, "checkout", check_links_late)
        engine.dispose()


def check_links_late(connection: Any, *rest: object) -> None:
    """Switch SQLite's own checking of links off for this connection."""
    connection.execute("PRAGMA foreign_keys=OFF")


def tell_what_is_next() -> None:
    """Say what an archive does not bring, and what it may set going."""
    waits = sa.and_(OutboxMessage.sent_at.is_(None), OutboxMessage.given_up_at.is_(None))
    waiting = db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage).where(waits)) or 0
    if waiting:
        mail = plural(waiting, "message")
        click.echo(f"Unsent mail in the outbox: {mail}. It goes out once SMTP_URL is set; in a drill leave that out.")
    click.echo("SECRET_KEY is not in an archive: set the one of before, or everybody has to sign in again.")
