"""Jobs that recur: one process at a time, and none is forgotten when a process dies or a clock jumps."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from core.database import db
from core.models import TickJob
from core.offers import TickOffer
from core.ticking import AT_WORK, EVERY, LEASE, Ran, lease, run_all_jobs, run_due_jobs
from tests.conftest import NOW

MINUTE = timedelta(minutes=1)


@pytest.fixture
def runs(app):
    """The moments at which the only job of this house was run."""
    moments = []
    app.extensions["offers"].ticks[:] = [TickOffer("count", lambda now: moments.append(now))]
    with app.app_context():
        yield moments


def test_a_job_runs_again_when_its_time_has_come_and_not_before(runs):
    for seconds in (0, 10, 29, 30, 45, 61):
        run_due_jobs(NOW + timedelta(seconds=seconds))
    assert [(moment - NOW).seconds for moment in runs] == [0, 30, 61]


def test_of_many_processes_that_look_at_once_one_runs_the_job(app, runs):
    gate = threading.Barrier(4)

    def look():
        gate.wait()
        with app.app_context():
            run_due_jobs(NOW)

    lookers = [threading.Thread(target=look) for _ in range(4)]
    for looker in lookers:
        looker.start()
    for looker in lookers:
        looker.join()
    assert runs == [NOW]


def test_a_job_under_way_elsewhere_is_told_and_left_alone(runs):
    assert lease("count", NOW, EVERY)
    assert run_all_jobs(NOW + MINUTE) == [Ran("count", fault=AT_WORK)]
    assert run_due_jobs(NOW + MINUTE) == []
    assert runs == []


def test_a_lease_of_a_process_that_died_runs_out(runs):
    assert lease("count", NOW, EVERY)
    run_due_jobs(NOW + LEASE)
    assert runs == [NOW + LEASE]


def test_a_clock_that_was_years_ahead_stops_no_job_once_it_is_right_again(runs):
    assert lease("count", NOW + timedelta(days=900), EVERY)
    run_due_jobs(NOW)
    assert runs == [NOW]


def test_a_job_that_breaks_is_logged_without_words_of_people_and_tried_again(app, runs, capsys):
    def breaks(now):
        raise ValueError("a learner's own words")

    app.extensions["offers"].ticks[:] = [TickOffer("count", breaks)]
    assert run_due_jobs(NOW) == [Ran("count", fault="ValueError")]
    assert db.session.scalars(sa.select(TickJob.fault)).one() == "ValueError"
    db.session.rollback()
    app.extensions["offers"].ticks[:] = [TickOffer("count", lambda now: "1 thing")]
    assert run_due_jobs(NOW + MINUTE) == [Ran("count", did="1 thing")]


def test_the_command_says_what_every_job_did(app, runs):
    app.extensions["offers"].ticks.append(TickOffer("tidy", lambda now: "2 things put away"))
    done = app.test_cli_runner().invoke(args=["tick"])
    assert done.exit_code == 0
    assert done.stdout == "count: nothing to do\ntidy: 2 things put away\n"


def test_the_command_fails_when_a_job_does(app, runs):
    app.extensions["offers"].ticks[:] = [TickOffer("count", lambda now: 1 // 0)]
    done = app.test_cli_runner().invoke(args=["tick"])
    assert (done.exit_code, done.stdout) == (1, "count: ZeroDivisionError\n")
