"""A database that is locked, away, full or read-only: a clear page, a line in the log, nothing lost, and back without hands."""

import json
import multiprocessing
import os
import resource
import signal
import sqlite3
import time
from contextlib import contextmanager
from urllib.parse import quote

import psycopg
import pytest
import sqlalchemy as sa

from tests.faults.holding import hold_the_turn
from tests.faults.served import ask, served

pytestmark = pytest.mark.alone
BUSY = "The house is busy or its database is away. What was saved is safe; try again in a minute."
LONGEST_WAIT = 17  # ten seconds for the turn, five for a program that does not queue, and some for a slow machine


def form(learner, check, sequence, option=0, act="save"):
    """Return a page's form, as a browser without scripts sends it."""
    sent = {"csrf_token": learner.token, "act": act, "try": "1", "sequence": str(sequence)}
    sent |= {"shown_digest": check.digest, "option": check.options[option], "confidence": "sure"}
    return [f"{name}={quote(value)}" for name, value in sent.items()]


def answer(house, learner, check, sequence, **more):
    return ask(house, check.path, learner.cookie, form(learner, check, sequence, **more))


def lines(house, event):
    """Return the lines of the log about an event."""
    found = [json.loads(line) for line in house.log.read_text().splitlines() if line.startswith("{")]
    return [line for line in found if line["event"] == event]


@contextmanager
def felt(house, kind):
    """Expect a line of the log about an outage of this kind, without personal text, and the same processes afterwards."""
    before, workers = len(lines(house, "outage")), {worker.pid for worker in house.workers()}
    yield
    told = lines(house, "outage")[before:]
    assert told
    assert {line["kind"] for line in told} == {kind}
    assert all(set(line) == {"event", "kind", "code", "request_id", "level", "timestamp"} for line in told)
    assert {worker.pid for worker in house.workers()} == workers


def refused_kindly(answered, *, kept=None, sentence=BUSY):
    status, page, headers = answered
    assert status == 503
    assert sentence in page
    assert headers["Retry-After"] == "5"
    assert kept is None or f'value="{kept}"' in page


def database(house):
    return sqlite3.connect(house.folder / "handover.sqlite", isolation_level=None)


def test_a_locked_sqlite_file_keeps_the_choice_and_serves_again(sqlite_house):
    house, (ana, *_), (check, *_) = sqlite_house
    with felt(house, "busy"):
        other = database(house)
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        refused_kindly(answer(house, ana, check, 1), kept=check.options[0])
        assert time.monotonic() - began < LONGEST_WAIT
        assert ask(house, "/courses/try-out/lessons/first", ana.cookie)[0] == 200, "reading goes on"
        other.execute("ROLLBACK")
        other.close()
        assert answer(house, ana, check, 1)[0] == 302


def test_a_process_that_stands_still_in_its_turn_blocks_nobody_for_ever(sqlite_house):
    house, (_, ben, _), (check, *_) = sqlite_house
    spawn = multiprocessing.get_context("spawn")
    holds = spawn.Event()
    holder = spawn.Process(target=hold_the_turn, args=(str(house.folder / "handover.sqlite.turn"), holds))
    holder.start()
    assert holds.wait(20)
    os.kill(holder.pid, signal.SIGSTOP)
    with felt(house, "busy"):
        began = time.monotonic()
        refused_kindly(answer(house, ben, check, 1))
        assert 9 < time.monotonic() - began < LONGEST_WAIT
        os.kill(holder.pid, signal.SIGKILL)  # even a process that stands still can be killed, and lets go
        holder.join()
        assert answer(house, ben, check, 1)[0] == 302


def test_a_disk_that_takes_no_more_loses_nothing_and_serves_again(sqlite_house):
    house, (*_, eva), (check, *_) = sqlite_house
    assert (
        ask(house, "/courses/try-out/lessons/first", eva.cookie)[0] == 200
    )  # the first to open the file needs 32 KB beside it
    with felt(house, "away"):
        limit_files(house, 1)  # the log cannot be written either, and must not break what can be read
        status, page, _ = answer(house, eva, check, 1)
        assert status == 503
        assert BUSY in page
        assert ask(house, "/courses/try-out/lessons/first", eva.cookie)[0] == 200
        limit_files(house, resource.RLIM_INFINITY)
        assert answer(house, eva, check, 1)[0] == 302
        limit_log_again(house, eva, check)
    with database(house) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def limit_log_again(house, eva, check):
    """Let one more refusal happen where the log has room, so that there is a line to look at."""
    limit_files(house, house.log.stat().st_size + 100_000)
    padded = database(house)
    padded.execute("CREATE TABLE padding (words)")
    padded.execute("INSERT INTO padding VALUES (zeroblob(?))", (house.log.stat().st_size + 2_000_000,))
    refused_kindly(answer(house, eva, check, 2))
    limit_files(house, resource.RLIM_INFINITY)
    padded.execute("DROP TABLE padding")
    padded.close()
    assert answer(house, eva, check, 2)[0] == 302


def limit_files(house, most):
    """Let no worker make a file longer than this."""
    for worker in house.workers():
        hard = resource.prlimit(worker.pid, resource.RLIMIT_FSIZE)[1]
        resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (most, hard))


def test_a_table_that_is_not_there_yet_is_no_crash(sqlite_house):
    house, (ana, *_), (_, check, *_) = sqlite_house
    other = database(house)
    with felt(house, "behind"):
        other.execute("ALTER TABLE answer_step RENAME TO answer_step_elsewhere")
        refused_kindly(answer(house, ana, check, 1), kept=check.options[0], sentence="is being brought up to date")
        other.execute("ALTER TABLE answer_step_elsewhere RENAME TO answer_step")
        assert answer(house, ana, check, 1)[0] == 302
    other.close()


def test_a_log_that_cannot_be_written_breaks_no_page(tmp_path, sqlite_house):
    house, (ana, *_), _ = sqlite_house
    with served(tmp_path, f"sqlite:///{house.folder / 'handover.sqlite'}", errors_to="/dev/full") as other:
        assert ask(other, "/courses/try-out/lessons/first", ana.cookie)[0] == 200


def connect(server):
    return psycopg.connect(server.url.replace("+psycopg", ""), autocommit=True)


def test_a_locked_table_on_postgresql_is_waited_for_ten_seconds(postgres_house):
    house, (ana, *_), (check, *_), server = postgres_house
    with felt(house, "busy"), connect(server) as other:
        with other.transaction():
            other.execute("LOCK TABLE answer_step IN ACCESS EXCLUSIVE MODE")
            began = time.monotonic()
            refused_kindly(ask(house, check.path, ana.cookie, form(ana, check, 1), timeout=60), kept=check.options[0])
            assert 9 < time.monotonic() - began < LONGEST_WAIT
        assert answer(house, ana, check, 1)[0] == 302


def test_a_postgresql_that_goes_away_and_comes_back(postgres_house):
    house, (_, ben, _), (check, *_), server = postgres_house
    assert answer(house, ben, check, 1)[0] == 302
    with felt(house, "away"):
        server.stop()
        refused_kindly(ask(house, "/courses/try-out/lessons/first", ben.cookie))
        refused_kindly(answer(house, ben, check, 2), kept=check.options[0])
        assert ask(house, "/readyz")[0] == 503
        assert ask(house, "/healthz")[0] == 200
        server.start()
        assert answer(house, ben, check, 1)[0] == 302, "the one before is acknowledged again"
        assert answer(house, ben, check, 2)[0] == 302
    assert len(lines(house, "background")) < 10, "an outage is told once, not twice a second"


def test_a_full_disk_under_postgresql_is_named(postgres_house):
    house, (*_, eva), (check, *_), server = postgres_house
    with felt(house, "full"), connect(server) as other:
        other.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'no space left on device' USING ERRCODE = 'disk_full'; END $$"
        )
        other.execute("CREATE TRIGGER full_disk BEFORE INSERT ON answer_step EXECUTE FUNCTION full_disk()")
        refused_kindly(answer(house, eva, check, 1), sentence="There is no room left to save anything.")
        other.execute("DROP TRIGGER full_disk ON answer_step")
        assert answer(house, eva, check, 1)[0] == 302


def test_nobody_can_hang_on_postgresql(postgres_house):
    house, (ana, *_), _, server = postgres_house
    ask(house, "/courses/try-out/lessons/first", ana.cookie)
    from core.database import LIMITS, postgres_options

    engine = sa.create_engine(server.url, **postgres_options(in_haste=True, pooled=False))
    with engine.connect() as connection:
        said = {name: connection.scalar(sa.text(f"SHOW {name}")) for name in LIMITS}
    engine.dispose()
    assert said == {"lock_timeout": "10s", "statement_timeout": "30s", "idle_in_transaction_session_timeout": "1min"}
