"""kill -9 of any process at any moment under load: whatever was acknowledged is there afterwards, once."""

import os
import random
import signal
import sys
import time
from contextlib import contextmanager, suppress

import psutil
import pytest
import sqlalchemy as sa

from app import create_app
from core.database import db
from progress.commands import rebuilt_differs
from progress.models import Record
from quizzes.models import AnswerStep, AttemptItem
from tests.conftest import settings_for
from tests.faults.answering import Ledger, answer_until_done, prepare
from tests.faults.postgres import own_postgres
from tests.faults.served import Served

SEED = 20261102
ON_SQLITE = ("worker", "master", "all workers", "everything")
ON_POSTGRES = (*ON_SQLITE, "backend", "postmaster")
LEARNERS = 24
LONGEST_SECONDS = 180


@pytest.fixture(params=["sqlite", "postgresql"])
def ground(request, tmp_path):
    """A folder, the address of a database that syncs its commits, and its server where it has one."""
    if request.param == "sqlite":
        yield tmp_path, f"sqlite:///{tmp_path / 'handover.sqlite'}", None
        return
    with own_postgres() as server:
        yield tmp_path, server.url, server


@pytest.fixture
def say(capsys):
    """Tell how far a long proof is."""

    def tell(words):
        with capsys.disabled():
            sys.stderr.write(f"{words}\n")

    return tell


@pytest.mark.alone
def test_answers_survive_five_kills(ground):
    outlive(*ground, answers=3_000, kills=5, say=lambda words: None)


@pytest.mark.proof
def test_answers_survive_fifty_kills(ground, say):
    outlive(*ground, answers=10_000, kills=50, say=say)


def outlive(folder, url, server, *, answers, kills, say):
    """Answer, kill at random moments, start again, and compare what was acknowledged with what is there."""
    learners, checks = prepare(folder, url, LEARNERS)
    ledger, house = Ledger(answers), Served(folder, url)
    with started(house):
        began, ended = time.monotonic(), 0
        threads = answer_until_done(house, learners, checks, ledger, seed=SEED)
        killer = Killer(house, server, random.Random(SEED))
        for number in range(kills):
            ended += wait_for(house, ledger, answers * (number + killer.random.random()) / kills)
            killer.strike(number)
            say(f"  {len(ledger.acknowledged)} answers, kill {number + 1} of {kills}: {killer.struck[-1]}")
        ended += wait_for(house, ledger, answers)
        for thread in threads:
            thread.join(60)
        say(
            f"  {ledger.sent_again} sent again, {ended} times the house ended by itself, {time.monotonic() - began:.0f} s"
        )
    assert ledger.surprises == []
    assert ledger.sent_again > 0, "no kill was ever felt"
    compare(folder, url, ledger)


@contextmanager
def started(house):
    house.start()
    try:
        house.wait()
        yield
    finally:
        house.stop()


def wait_for(house, ledger, count):
    """Wait for so many answers; count how often the house ended by itself, which it does when processes die in a row."""
    deadline, ended = time.monotonic() + LONGEST_SECONDS, 0
    while len(ledger.acknowledged) < count and not ledger.surprises:
        assert time.monotonic() < deadline, f"{len(ledger.acknowledged)} answers, and no more come"
        time.sleep(0.02)
        ended += house.keep()
    assert ledger.surprises == []
    return ended


class Killer:
    """Strikes every kind of process in turn, in an order and at moments that a seed gives."""

    def __init__(self, house, server, chance):
        self.house, self.server, self.random, self.struck = house, server, chance, []
        self.kinds = []

    def strike(self, number):
        if not self.kinds:
            self.kinds = list(ON_POSTGRES if self.server else ON_SQLITE)
            self.random.shuffle(self.kinds)
        kind = self.kinds.pop()
        getattr(self, "kill_" + kind.replace(" ", "_"))()
        self.struck.append(kind)

    def kill_worker(self):
        kill([self.random.choice(self.house.workers())])

    def kill_all_workers(self):
        kill(self.house.workers())

    def kill_master(self):
        left_behind = self.house.children()
        self.house.master.kill()
        self.house.start_again(left_behind)

    def kill_everything(self):
        family = self.house.children()
        kill([self.house.master, *family])
        self.house.start_again(family)

    def kill_backend(self):
        kill(self.server.backends()[:1])

    def kill_postmaster(self):
        self.server.kill()


def kill(processes):
    for process in processes:
        with suppress(psutil.NoSuchProcess, ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)


def compare(folder, url, ledger):
    """Find everything that was acknowledged, once; nothing that was never sent; and counts that a rebuild gives too."""
    app = create_app(settings_for(folder, url))
    with app.app_context():
        kept = [key_of(*row) for row in db.session.execute(sa.select(AttemptItem, AnswerStep).join(AnswerStep))]
        assert len(kept) == len(set(kept))
        assert ledger.acknowledged - set(kept) == set()
        assert set(kept) - ledger.sent == set()
        numbers = {}
        for learner, number in db.session.execute(sa.select(Record.learner_id, Record.number).order_by(Record.number)):
            numbers.setdefault(learner, []).append(number)
        finished = [key for key in kept if key[4] == "finish"]
        for learner, given in numbers.items():
            assert given == list(range(1, sum(key[0] == learner for key in finished) + 1))
        assert len(numbers) == LEARNERS
        assert [learner for learner in numbers if rebuilt_differs(learner)] == []
        if url.startswith("sqlite"):
            assert db.session.scalar(sa.text("PRAGMA integrity_check")) == "ok"
        else:
            assert db.session.scalar(sa.text("SHOW fsync")) == "on"
        db.session.close()
        db.engine.dispose()


def key_of(item, step):
    options = tuple(step.response["options"])
    return (item.learner_id, item.question, item.try_number, step.sequence, step.kind, options, step.confidence)
