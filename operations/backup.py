"""`flask backup FILE`: everything the database holds, at one moment, while the house goes on serving."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import click
import sqlalchemy as sa
from flask.cli import with_appcontext

from core.clock import now
from core.database import db
from operations.archive.manifest import Manifest, product_version
from operations.archive.placing import placed, settle
from operations.archive.reading import opened
from operations.archive.writing import ArchiveWriter
from operations.tables import columns_of, count_rows, ours, reflected, revisions, rows_of
from operations.telling import counted, progress, summary, telling, verify

FILE = click.Path(path_type=Path)


@click.command("backup")
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Replace FILE when it is there already.")
@with_appcontext
def backup(file: Path, force: bool) -> None:
    """Write everything the database holds into the archive FILE, and verify it.

    The house may go on serving meanwhile. FILE is a zip of plain files; its README.txt says how to read them.
    """
    with telling(f"{file} was not written"):
        manifest = back_up(file, force, now())
    click.echo(f"{file}: {summary(manifest)}, verified.")
    click.echo("SECRET_KEY and the other settings are not in it; keep those in a safe place of their own.")


def back_up(file: Path, force: bool, taken_at: datetime) -> Manifest:
    """Write the archive beside its place, read it again, and put it into its place."""
    refuse_missing(db.engine.url)
    with placed(file, overwrite=force) as part:
        with ZipFile(part, "w") as archive, snapshot(db.engine) as connection:
            manifest = write_archive(ArchiveWriter(archive, taken_at), connection, taken_at)
        settle(part)
        with opened(part) as written:
            verify(written)
    return manifest


def refuse_missing(url: sa.URL) -> None:
    """Refuse a database file that is not there, which connecting would make."""
    if url.drivername.startswith("sqlite") and url.database and not Path(url.database).exists():
        raise click.ClickException(f"There is no database at {url.database}, so there is nothing to back up.")


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Read the database as it is at one moment, whatever others write meanwhile."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        yield connection


def write_archive(writer: ArchiveWriter, connection: sa.Connection, taken_at: datetime) -> Manifest:
    """Write every table, then the manifest."""
    found = reflected(connection)
    at = revisions(connection, found)
    if not at:
        raise click.ClickException("This database has no tables yet, so there is nothing to back up.")
    tables = ours(found)
    with progress(sum(count_rows(connection, table) for table in tables), "Writing") as tell:
        for table in tables:
            writer.add_table(table.name, columns_of(table), counted(rows_of(connection, table), tell))
    manifest = Manifest(
        product_version=product_version(),
        database=connection.dialect.name,
        revisions=at,
        taken_at=f"{taken_at:%Y-%m-%dT%H:%M:%SZ}",
        tables=writer.tables,
        members=writer.members,
    )
    writer.finish(manifest)
    return manifest
