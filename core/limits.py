"""Limits on guessing and flooding, counted in the database so that they hold over processes."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.dialects import postgresql, sqlite

from core.database import db
from core.models import LimitCounter

OLD = timedelta(days=1)  # no limit looks further back


def counter(act: str, kind: str, whose: str) -> str:
    """Name a counter; whose it is stands there as a digest with the app's key, so that the table tells nobody's address."""
    secret = current_app.secret_key or ""
    key = secret if isinstance(secret, bytes) else secret.encode()
    told = hmac.new(b"limits:" + key, whose.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return f"{act}:{kind}:{told.hexdigest()[:32]}"


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


def take_back(key: str, length: timedelta, *, counted: datetime) -> None:
    """Count one try less in the window that it was counted in; the caller commits."""
    here = LimitCounter.key == key, LimitCounter.window_start == window(counted, length)
    lower = sa.update(LimitCounter).where(*here, LimitCounter.count > 0).values(count=LimitCounter.count - 1)
    db.session.execute(lower, execution_options={"synchronize_session": False})


def forget_tries(key: str) -> None:
    """Forget the tries under this key, after a success; the caller commits."""
    db.session.execute(sa.delete(LimitCounter).where(LimitCounter.key == key))


def forget_old(now: datetime) -> int:
    """Forget the windows that no limit looks at any more, and return how many; the caller commits."""
    ended = sa.delete(LimitCounter).where(LimitCounter.window_start < now - OLD).returning(LimitCounter.key)
    return len(db.session.scalars(ended, execution_options={"synchronize_session": False}).all())
