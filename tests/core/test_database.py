import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from app import create_app
from core.background import end_background
from core.database import db, writing
from core.limits import count_try, forget_tries, tries, window
from core.models import LimitCounter, OutboxMessage
from core.outbox import post
from tests.conftest import NOW, settings_for


def test_a_turn_commits_when_its_block_ends(app):
    with app.app_context(), writing():
        post("ana@example.org", "Hello", "Words", now=NOW)
    with app.app_context():
        assert db.session.scalars(sa.select(OutboxMessage.subject)).all() == ["Hello"]


def test_a_turn_that_fails_leaves_nothing_behind(app):
    with app.app_context():
        with pytest.raises(ZeroDivisionError), writing():
            post("ana@example.org", "Hello", "Words", now=NOW)
            db.session.flush()
            raise ZeroDivisionError
        assert db.session.scalars(sa.select(OutboxMessage)).all() == []


def test_a_turn_inside_a_turn_is_a_mistake_of_ours(app):
    with app.app_context(), pytest.raises(RuntimeError, match="inside another"), writing(), writing():
        pass


def test_a_change_before_the_turn_is_a_mistake_of_ours(app):
    with app.app_context():
        post("ana@example.org", "Hello", "Words", now=NOW)
        with pytest.raises(RuntimeError, match="before the turn"), writing():
            pass
        db.session.rollback()


def test_many_writers_at_once_lose_no_count(app):
    def count():
        for _ in range(20):
            with app.app_context(), writing():
                count_try("door", timedelta(days=1), now=NOW)

    threads = [threading.Thread(target=count) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert tries("door", timedelta(days=1), now=NOW) == 120


def test_a_moment_comes_back_aware_and_in_utc(app):
    there = datetime(2026, 11, 2, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    with app.app_context():
        with writing() as session:
            session.add(LimitCounter(key="k", window_start=there, count=1))
        db.session.expire_all()
        kept = db.session.scalars(sa.select(LimitCounter.window_start)).one()
        assert kept == there
        assert kept.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(app):
    with app.app_context(), pytest.raises(sa.exc.StatementError, match="without a time zone"), writing() as session:
        session.add(LimitCounter(key="k", window_start=datetime(2026, 1, 1), count=1))


def test_tries_are_counted_by_window_and_forgotten_after_success(app):
    hour = timedelta(hours=1)
    with app.app_context():
        with writing():
            assert [count_try("door", hour, now=NOW) for _ in range(3)] == [1, 2, 3]
            assert count_try("door", hour, now=NOW + hour) == 1
        with writing():
            forget_tries("door")
        assert tries("door", hour, now=NOW) == 0


def test_a_window_begins_at_a_multiple_of_its_length():
    assert window(datetime(2026, 1, 1, 10, 59, tzinfo=UTC), timedelta(hours=1)) == datetime(2026, 1, 1, 10, tzinfo=UTC)


def test_sqlite_syncs_every_commit_and_holds_its_foreign_keys(tmp_path):
    with create_app(settings_for(tmp_path)).app_context():
        assert {name: db.session.execute(sa.text(f"PRAGMA {name}")).scalar() for name in PRAGMAS} == PRAGMAS
        db.engine.dispose()


def connection_of(app, statement):
    with app.app_context():
        found = db.session.execute(sa.text(statement)).scalar()
        db.session.rollback()
    with app.app_context():
        db.engine.dispose()
    return found


def test_who_serves_people_on_postgresql_waits_for_nothing_for_long(postgres_copies, tmp_path):
    _, url = postgres_copies.copy()
    in_haste = create_app(settings_for(tmp_path, url, serving=True))
    end_background(in_haste)
    assert connection_of(in_haste, "SHOW statement_timeout") == "30s"
    assert connection_of(create_app(settings_for(tmp_path, url)), "SHOW statement_timeout") == "0"


def test_behind_a_pooler_nothing_is_kept_on_a_connection(postgres_copies, tmp_path):
    _, url = postgres_copies.copy()
    app = create_app(settings_for(tmp_path, url, serving=True, pooled=True))
    end_background(app)
    with app.app_context():
        for _ in range(20):
            db.session.execute(sa.text("SELECT 1"))
    assert connection_of(app, "SELECT count(*) FROM pg_prepared_statements") == 0
    assert connection_of(app, "SHOW statement_timeout") == "0"


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_connection_that_breaks_as_it_is_given_back_spoils_no_answer(postgres_copies, tmp_path):
    name, url = postgres_copies.copy()
    app = create_app(settings_for(tmp_path, url))
    with app.app_context():
        number = db.session.scalar(sa.text("SELECT pg_backend_pid()"))
        with postgres_copies.server.connect() as other:
            other.execute(sa.text("SELECT pg_terminate_backend(:number)"), {"number": number})
    with app.app_context():
        assert db.session.scalar(sa.text("SELECT 1")) == 1
    with app.app_context():
        db.engine.dispose()
    postgres_copies.drop(name)
