"""The tables of a database as they are, whatever the models of today say."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from operations.archive.kinds import Columns, Row, kind_of

REVISIONS = "alembic_version"  # which revision the tables are at; archives tell it in their manifest
BATCH = 500


def reflected(connection: sa.Connection) -> sa.MetaData:
    """Return every table that is there."""
    found = sa.MetaData()
    found.reflect(connection)
    return found


def ours(found: sa.MetaData) -> list[sa.Table]:
    """Return the tables in which data is kept, those first that others refer to."""
    return [table for table in found.sorted_tables if table.name != REVISIONS]


def revisions(connection: sa.Connection, found: sa.MetaData) -> list[str]:
    """Return the revisions that the tables are at; none when there are no tables."""
    if REVISIONS not in found.tables:
        return []
    return sorted(connection.scalars(sa.select(found.tables[REVISIONS].c.version_num)))


def columns_of(table: sa.Table) -> Columns:
    """Return a table's columns with their kinds."""
    return {column.name: kind_of(column) for column in table.columns}


def plain(table: sa.Table) -> sa.TableClause:
    """Return the table with the types by which archives read and write it."""
    return sa.table(table.name, *(sa.column(name, kind.type) for name, kind in columns_of(table).items()))


def count_rows(connection: sa.Connection, table: sa.Table) -> int:
    """Return how many rows there are."""
    return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def rows_of(connection: sa.Connection, table: sa.Table) -> Iterator[Row]:
    """Yield a table's rows in the order of its primary key, the same on every database, a few at a time."""
    columns = columns_of(table)
    here = plain(table)
    wanted = [sa.cast(here.c[name], sa.Text) if kind.name == "json" else here.c[name] for name, kind in columns.items()]
    order = [in_order(connection, here.c[column.name]) for column in table.primary_key]
    at_once = 1 if any(kind.name == "bytes" for kind in columns.values()) else BATCH
    result = connection.execution_options(yield_per=at_once).execute(sa.select(*wanted).order_by(*order))
    for row in result:
        yield tuple(row)


def in_order(connection: sa.Connection, column: sa.ColumnClause[Any]) -> sa.ColumnElement[Any]:
    """Order text by its bytes; PostgreSQL would ask the dictionary of its place."""
    if connection.dialect.name == "postgresql" and isinstance(column.type, sa.Text):
        return sa.collate(column, "C")
    return column
