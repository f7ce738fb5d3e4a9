"""kill -9 of any process at any moment under load: whatever was acknowledged is there afterwards, once."""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress

import psutil
import pytest
import sqlalchemy as sa

from app import create_app
from core.database import db
from progress.commands import rebuilt_differs
from progress.models import Record
from quizzes.models import AnswerStep, Attempt, AttemptEvent, AttemptItem
from tests.conftest import settings_for
from tests.faults.answering import Answerer, Ledger, prepare
from tests.faults.postgres import own_postgres
from tests.faults.served import Served
from tests.faults.sitting_exams import EXAM, SECTIONS, Sitter, find_choices

SEED = 20261102
ON_SQLITE = ("worker", "master", "all workers", "everything")
ON_POSTGRES = (*ON_SQLITE, "backend", "postmaster")
LEARNERS = 24  # half of them answer the checks of a course, half sit exams
CLIENTS = 8
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
        threads = busy(house, learners, checks, ledger)
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


def busy(house, learners, checks, ledger):
    """Start the clients; the caller waits for the ledger."""
    half, clients = len(learners) // 2, CLIENTS // 2
    checking = [Answerer(house, learners[:half][n::clients], checks, ledger, f"{SEED}-{n}") for n in range(clients)]
    choices = in_app(house.folder, house.environ["DATABASE_URL"], find_choices)
    sitting = [Sitter(house, learners[half:][n::clients], choices, ledger, f"{SEED}-s{n}") for n in range(clients)]
    for thread in [*checking, *sitting]:
        thread.start()
    return [*checking, *sitting]


def in_app(folder, url, look):
    app = create_app(settings_for(folder, url))
    with app.app_context():
        try:
            return look()
        finally:
            db.session.close()
            db.engine.dispose()


def compare(folder, url, ledger):
    """Find everything that was acknowledged, once; nothing that was never sent; and counts that a rebuild gives too."""
    in_app(folder, url, lambda: compare_answers(ledger))
    in_app(folder, url, lambda: compare_exams(ledger))
    in_app(folder, url, lambda: compare_records(url))


def steps_of(*kinds):
    rows = sa.select(Attempt, AttemptItem, AnswerStep).join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
    return db.session.execute(rows.join(AnswerStep).where(Attempt.kind.in_(kinds))).all()


def compare_answers(ledger):
    given = [key_of_check(item, step) for _, item, step in steps_of("check")]
    saved = [key_of_exam(item, step) for _, item, step in steps_of("exam") if step.kind == "save"]
    kept = [*given, *saved]
    assert given and saved and len(kept) == len(set(kept))
    assert ledger.acknowledged - set(kept) == set()
    assert set(kept) - ledger.sent == set()


def compare_exams(ledger):
    """What was handed in is marked whole, once; what was not is not marked; nobody has two exams open."""
    attempts = {one.id: one for one in db.session.scalars(sa.select(Attempt).where(Attempt.exam == EXAM))}
    ended = {number for number, one in attempts.items() if one.submitted_at}
    assert ledger.handed_in and ledger.handed_in - ended == set()
    questions = sum(map(len, SECTIONS))
    finished = Counter(attempt.id for attempt, _, step in steps_of("exam") if step.kind == "finish")
    assert finished == dict.fromkeys(ended, questions)
    waiting = Counter(one.learner_id for number, one in attempts.items() if number not in ended)
    assert not waiting or max(waiting.values()) == 1
    events = Counter((one.attempt_id, one.kind) for one in db.session.scalars(sa.select(AttemptEvent)))
    assert set(events.values()) == {1}
    assert {number for number, kind in events if kind == "submitted"} == ended
    assert {number for number, kind in events if kind == "begun"} == set(attempts)


def compare_records(url):
    numbers = {}
    for learner, number in db.session.execute(sa.select(Record.learner_id, Record.number).order_by(Record.number)):
        numbers.setdefault(learner, []).append(number)
    finished = Counter(item.learner_id for _, item, step in steps_of("check", "exam") if step.kind == "finish")
    assert numbers == {learner: list(range(1, count + 1)) for learner, count in finished.items()}
    assert len(numbers) == LEARNERS
    assert [learner for learner in numbers if rebuilt_differs(learner)] == []
    if url.startswith("sqlite"):
        assert db.session.scalar(sa.text("PRAGMA integrity_check")) == "ok"
    else:
        assert db.session.scalar(sa.text("SHOW fsync")) == "on"


def key_of_check(item, step):
    options = tuple(step.response["options"])
    return (item.learner_id, item.question, item.try_number, step.sequence, step.kind, options, step.confidence)


def key_of_exam(item, step):
    response = json.dumps(step.response, sort_keys=True)
    return (item.learner_id, item.attempt_id, item.position, step.sequence, response, step.confidence)
