"""Rebuilds the database from an archive: tables at the archive's revision, then its rows, then up to today's revision."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from alembic.runtime.environment import EnvironmentContext
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from click import ClickException
from flask import current_app
from flask_alembic import Alembic

from catalogue.models import CatalogueState
from core.database import Model
from operations.archive.faults import BadArchive
from operations.archive.manifest import Manifest
from operations.archive.reading import Archive
from operations.tables import REVISIONS, columns_of, count_rows, ours, plain, reflected
from operations.telling import Step

MOST_ROWS, MOST_BYTES = 1_000, 8_000_000  # in one go to the database
PATIENCE = "30s"


def rebuild(connection: sa.Connection, archive: Archive, replace: bool, at: datetime, tell: Step) -> None:
    """Replace whatever tables there are by those of the archive, with its rows; the caller commits.

    Tables are dropped, never emptied, so the guard of the learning records is not in the way: replacing a whole
    database is the one act that may make records disappear.
    """
    found = reflected(connection)
    take_all(connection, found)
    refuse_strangers(found, archive.manifest)
    if not replace:
        refuse_rows(connection, found)
    before = catalogue_version(connection) if CatalogueState.__tablename__ in found.tables else 0
    found.drop_all(connection, checkfirst=False)
    for revision in archive.manifest.revisions:
        migrate(connection, revision)
    fill(connection, archive, tell)
    migrate(connection, "heads")
    refuse_broken_links(connection)
    move_catalogue_on(connection, before, at)


def fill(connection: sa.Connection, archive: Archive, tell: Step) -> None:
    """Put the archive's rows into empty tables of its own revision."""
    tables = ours(reflected(connection))
    refuse_misfits(tables, archive.manifest)
    for table in tables:
        load(connection, table, archive, tell)
        if count_rows(connection, table) != archive.manifest.tables[table.name].rows:
            raise ClickException(f"Not all rows of {table.name} arrived; nothing was changed.")
        set_sequences(connection, table)


def load(connection: sa.Connection, table: sa.Table, archive: Archive, tell: Step) -> None:
    """Put the rows of one table in, some at a time."""
    statement = sa.insert(plain(table))
    for rows in batches(archive.rows(table.name)):
        connection.execute(statement, rows)
        tell(len(rows))


def batches(rows: Iterable[tuple[int, dict[str, Any]]]) -> Iterator[list[dict[str, Any]]]:
    """Yield rows in lists that are neither long nor heavy."""
    batch: list[dict[str, Any]] = []
    weight = 0
    for bytes_, row in rows:
        batch.append(row)
        weight += bytes_
        if len(batch) == MOST_ROWS or weight > MOST_BYTES:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def take_all(connection: sa.Connection, found: sa.MetaData) -> None:
    """Keep everybody else away from the tables; on SQLite the turn to write does."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
        quote = connection.dialect.identifier_preparer.format_table
        if found.tables:
            names = ", ".join(quote(table) for table in found.sorted_tables)
            connection.execute(sa.text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))


def refuse_strangers(found: sa.MetaData, manifest: Manifest) -> None:
    """Refuse a database in which other programs keep their tables; those are not ours to drop."""
    if strangers := found.tables.keys() - Model.metadata.tables.keys() - manifest.tables.keys() - {REVISIONS}:
        raise ClickException(
            f"This database holds a table {min(strangers)!r} that Handover does not know; "
            "give Handover an empty database of its own. Nothing was changed."
        )


def refuse_rows(connection: sa.Connection, found: sa.MetaData) -> None:
    """Refuse a database that holds anything."""
    for table in ours(found):
        if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
            raise ClickException(
                f"This database is not empty: {table.name} has rows. Take an empty one, "
                "or add --replace to replace all it holds. Nothing was changed."
            )


def refuse_unknown_revisions(manifest: Manifest) -> None:
    """Refuse an archive whose tables came after this product."""
    script = cast(Alembic, current_app.extensions["alembic"]).script_directory
    for revision in manifest.revisions:
        try:
            known = script.get_revision(revision)
        except (RevisionError, CommandError):
            known = None
        if known is None or known.revision != revision:
            raise BadArchive(
                f"This archive was made by a newer Handover ({manifest.product_version}, revision {revision}); "
                "restore it with that version, or a newer one. Nothing was changed."
            )


def refuse_misfits(tables: list[sa.Table], manifest: Manifest) -> None:
    """Refuse an archive whose tables are not those of the revision it names."""
    if others := {table.name for table in tables} ^ manifest.tables.keys():
        raise BadArchive(f"The archive's tables are not those of its revision: {min(others)}. Nothing was changed.")
    for table in tables:
        wanted = {name: kind.name for name, kind in columns_of(table).items()}
        found = manifest.tables[table.name].columns
        if others := {name for name, _ in wanted.items() ^ found.items()}:
            raise BadArchive(
                f"The archive's columns are not those of its revision: {table.name}.{min(others)}. Nothing was changed."
            )


def migrate(connection: sa.Connection, target: str) -> None:
    """Bring the tables up to a revision, within the transaction that is under way."""
    extension = cast(Alembic, current_app.extensions["alembic"])
    script = extension.script_directory
    with EnvironmentContext(
        extension.config, script, fn=lambda at, context: script._upgrade_revs(target, at)
    ) as environment:
        environment.configure(
            connection=connection, target_metadata=Model.metadata, **current_app.config["ALEMBIC_CONTEXT"]
        )
        environment.run_migrations()


def refuse_broken_links(connection: sa.Connection) -> None:
    """Refuse rows that refer to rows which are not there; PostgreSQL has done so row by row."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken:
            raise BadArchive(
                f"The archive's {broken[0]} refers to a row of {broken[2]} that is missing. Nothing was changed."
            )


def set_sequences(connection: sa.Connection, table: sa.Table) -> None:
    """Let PostgreSQL number new rows after the highest there is; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    named = connection.dialect.identifier_preparer.format_table(table)
    for column in table.primary_key:
        sequence = connection.scalar(sa.select(sa.func.pg_get_serial_sequence(named, column.name)))
        if sequence and (highest := connection.scalar(sa.select(sa.func.max(column)))) is not None:
            connection.execute(sa.select(sa.func.setval(sequence, highest)))


def catalogue_version(connection: sa.Connection) -> int:
    """Return the number of the last publication."""
    return connection.scalar(sa.select(CatalogueState.version).where(CatalogueState.id == 1)) or 0


def move_catalogue_on(connection: sa.Connection, before: int, at: datetime) -> None:
    """Give the material a number that no running process has seen in this database, so that each takes it up."""
    if catalogue_version(connection) <= before:
        connection.execute(
            sa.update(CatalogueState).where(CatalogueState.id == 1).values(version=before + 1, updated_at=at)
        )
