"""How the database's tables follow the models."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, cast

import sqlalchemy as sa
from alembic.autogenerate.api import AutogenContext
from alembic.runtime.migration import MigrationContext
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from click import ClickException
from flask import Flask, current_app
from flask_alembic import Alembic

from core.config import Settings
from core.database import UtcDateTime, db
from core.offers import Offers, ReadinessOffer

LOCK = 7_461_002  # the number of the lock that starting machines on PostgreSQL queue at
NEWER = "The database was made by a newer version of Handover; start that one, or restore a backup of this one's time."


class NotOurs(ClickException):
    """A database whose tables this version does not know."""


class Migrations(Alembic):
    """Runs migrations; on SQLite tables that others refer to can be rebuilt, and links are checked before the commit."""

    def run_migrations(self, fn: Any, **given: Any) -> None:
        """Run them in one transaction. SQLite takes its setting of links between transactions only, so it is made before."""
        connection = self.migration_context.connection
        if connection is None or connection.dialect.name != "sqlite":
            super().run_migrations(fn, **given)
            return
        connection.rollback()
        check_links(connection, at_once=False)
        try:
            super().run_migrations(fn, **given)
        finally:
            check_links(connection, at_once=True)


def check_links(connection: sa.Connection, *, at_once: bool) -> None:
    """Let SQLite check links at each statement, or leave them for later; past the transaction that we would begin."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys={'ON' if at_once else 'OFF'}")


def refuse_broken_links(ctx: MigrationContext, **step: object) -> None:
    """Stop a migration, and undo it, when a link leads nowhere after it."""
    connection = ctx.connection
    if connection is None or connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken:
        raise RuntimeError(f"A row of {broken[0]} refers to a row of {broken[2]} that is not there.")


def render_item(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Write our UTC type as the plain type beneath it, so that a migration never depends on code that may change."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def pending() -> list[str]:
    """Return the sentences of the migrations that the database still needs; raise NotOurs when it is ahead of us."""
    scripts = alembic().script_directory
    try:
        steps = list(scripts.iterate_revisions("heads", revisions_there() or "base"))
    except (CommandError, RevisionError):
        raise NotOurs(NEWER) from None
    return [step.doc for step in reversed(steps)]


def revisions_there() -> tuple[str, ...]:
    """Return the revisions that the database says it is at."""
    with db.engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return ()
        number: sa.ColumnClause[str] = sa.column("version_num")
        return tuple(connection.scalars(sa.select(number).select_from(sa.table("alembic_version"))))


def bring_up() -> list[str]:
    """Run the pending migrations, one machine at a time, and return their sentences."""
    with one_at_a_time():
        steps = pending()
        if steps:
            alembic().upgrade()
    return steps


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Queue behind other starts: on SQLite at a file beside the database, on PostgreSQL at a lock in it."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
            yield
    else:
        with Path(f"{db.engine.url.database}.start").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def missing_tables() -> str | None:
    """Say what the tables lack; asked by /readyz."""
    try:
        steps = pending()
    except NotOurs as fault:
        return fault.message
    return f"wait for {len(steps)} migrations; run flask db upgrade" if steps else None


def alembic() -> Alembic:
    """Return the running app's migrations."""
    return cast(Alembic, current_app.extensions["alembic"])


def prepare_migrations(app: Flask, alembic: Alembic, settings: Settings) -> None:
    """Give the app `flask db …`; on SQLite tables are rebuilt where they cannot be altered."""
    app.config["ALEMBIC_CONTEXT"] = {
        "render_as_batch": settings.on_sqlite,
        "render_item": render_item,
        "on_version_apply": refuse_broken_links,
    }
    alembic.init_app(app)
    offered: Offers = app.extensions["offers"]
    offered.readiness.append(ReadinessOffer("tables", missing_tables))
