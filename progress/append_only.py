"""A guard for tables that tell what happened: rows are added, never changed and never deleted."""

import re
from typing import Any

import sqlalchemy as sa


class AppendOnly(RuntimeError):
    """Somebody tried to rewrite what happened."""


def guard(engine: sa.Engine, table: str) -> None:
    """Refuse every statement of this engine that would change or delete a row of the table, whoever wrote it."""
    rewriting = re.compile(
        rf'\s*(UPDATE|DELETE\s+FROM|TRUNCATE(\s+TABLE)?|REPLACE\s+INTO)\s+(ONLY\s+)?"?{table}"?(\s|$)', re.I
    )

    @sa.event.listens_for(engine, "before_cursor_execute")
    def refuse(connection: object, cursor: object, statement: str, *rest: Any) -> None:
        if rewriting.match(statement):
            raise AppendOnly(f"Rows of {table} are added and never changed: write a new one that supersedes the old.")
