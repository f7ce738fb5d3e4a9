"""Limits on guessing and flooding, counted in the database so that they hold over processes."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from core.database import db
from core.models import LimitCounter


def window(now: datetime, length: timedelta) -> datetime:
    """Return the beginning of the window that `now` lies in."""
    seconds = length.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC)


def count_try(key: str, length: timedelta, *, now: datetime) -> int:
    """Count one more try under this key and return how many there were in its window; the caller commits."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(LimitCounter)
        .values(key=key, window_start=window(now, length), count=1)
        .on_conflict_do_update(index_elements=["key", "window_start"], set_={"count": LimitCounter.count + 1})
        .returning(LimitCounter.count)
    )
    return int(db.session.execute(statement).scalar_one())


def tries(key: str, length: timedelta, *, now: datetime) -> int:
    """Return how many tries were counted under this key in the current window."""
    found = sa.select(LimitCounter.count).where(
        LimitCounter.key == key, LimitCounter.window_start == window(now, length)
    )
    return db.session.scalar(found) or 0


def forget_tries(key: str) -> None:
    """Forget the tries under this key, after a success; the caller commits."""
    db.session.execute(sa.delete(LimitCounter).where(LimitCounter.key == key))
