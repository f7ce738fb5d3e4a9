"""What the databases say, told apart: an outage, which passes, or a mistake of ours, which does not."""

import sqlite3

import psycopg
import pytest
import sqlalchemy as sa
from psycopg import errors
from structlog.testing import capture_logs

from core.outages import Outage, code_of, outage_of, outages_named
from core.turns import NoTurnFile, TurnNeverCame


def from_postgres(error, kind=sa.exc.OperationalError):
    return kind("SELECT 'words of a person'", {}, error)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (errors.LockNotAvailable(), "busy"),
        (errors.QueryCanceled(), "busy"),
        (errors.TooManyConnections(), "busy"),
        (errors.DeadlockDetected(), "busy"),
        (errors.DiskFull(), "full"),
        (errors.ReadOnlySqlTransaction(), "read-only"),
        (errors.AdminShutdown(), "away"),
        (errors.CannotConnectNow(), "away"),
        (errors.InvalidPassword(), "away"),
        (psycopg.OperationalError("connection refused"), "away"),
        (errors.UndefinedTable(), "behind"),
        (errors.UndefinedColumn(), "behind"),
        (errors.SyntaxError(), None),
        (errors.UniqueViolation(), None),
        (errors.DivisionByZero(), None),
    ],
)
def test_what_postgresql_says(error, kind):
    assert outage_of(from_postgres(error)) == kind


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("SELECT * FROM nowhere", "behind"),
        ("SELECT absent FROM t", "behind"),
        ("INSERT INTO t (absent) VALUES (1)", "behind"),
        ("SELECT FROM", None),
        ("INSERT INTO t VALUES (1)", None),
    ],
)
def test_what_sqlite_says(statement, kind):
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")
        with pytest.raises(sa.exc.DBAPIError) as told:
            connection.exec_driver_sql(statement)
    engine.dispose()
    assert outage_of(told.value) == kind


def test_a_sqlite_file_that_may_not_grow_is_full(tmp_path):
    connection = sqlite3.connect(tmp_path / "small.sqlite")
    connection.execute("CREATE TABLE t (a)")
    connection.execute("PRAGMA max_page_count = 3")
    with pytest.raises(sqlite3.OperationalError) as told:
        connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
    connection.close()
    error = sa.exc.OperationalError("INSERT", {}, told.value)
    assert (outage_of(error), code_of(error)) == ("full", "SQLITE_FULL")


def test_waits_that_ended_and_a_turn_file_that_cannot_be_had():
    assert outage_of(TurnNeverCame()) == "busy"
    assert outage_of(sa.exc.TimeoutError()) == "busy"
    assert outage_of(NoTurnFile(28, "No space left on device")) == "full"
    assert outage_of(NoTurnFile(30, "Read-only file system")) == "read-only"
    assert outage_of(ValueError()) is None


def test_a_mistake_of_ours_passes_unchanged():
    with pytest.raises(sa.exc.ProgrammingError), outages_named():
        raise from_postgres(errors.SyntaxError(), sa.exc.ProgrammingError)


def test_the_log_names_a_code_and_no_words():
    with capture_logs() as lines, pytest.raises(Outage), outages_named():
        raise from_postgres(errors.LockNotAvailable("words of a person"))
    assert lines == [{"event": "outage", "kind": "busy", "code": "55P03", "request_id": None, "log_level": "error"}]
