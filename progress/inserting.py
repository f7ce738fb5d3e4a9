"""Inserts that may meet a row which is already there; each database has its own words for them."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from core.database import Model, db


def insert_or_meet(model: type[Model], **values: Any) -> sqlite.Insert:
    """Begin an insert that the caller ends with what is to happen when the row is already there."""
    if db.engine.dialect.name == "postgresql":
        return postgresql.insert(model).values(**values)  # type: ignore[return-value]  # the same words for what we use
    return sqlite.insert(model).values(**values)
