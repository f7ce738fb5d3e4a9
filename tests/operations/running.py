"""Commands in processes of their own, that can be stopped half-way, and a house large enough to be stopped in."""

import os
import signal
import subprocess
import sys
import time

import sqlalchemy as sa

from core.config import ROOT
from core.database import writing
from progress.models import Record
from tests.conftest import NOW

MANY = 40_000


def heed_interrupts():
    """Let a command be interrupted although a shell has the tests in its background; and let them be the quicker ones."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.nice(10)


def start(house, *words, preexec_fn=heed_interrupts, **rest):
    """Start a command in a process of its own."""
    settings = house.app.extensions["settings"]
    environ = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "INSTANCE_DIR": str(settings.instance_dir),
        "SECRET_KEY": "a key for tests only",
    }
    command = [sys.executable, "-m", "flask", *map(str, words)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=preexec_fn,
        **rest,
    )


def make_large(app, learner, records=MANY):
    """Give a learner so many records that writing them takes a while."""
    plain = {"learner_id": learner, "kind": "answer", "occurred_at": NOW, "course": "c", "weight": 1.0, "source": "x"}
    with app.app_context(), writing() as session:
        session.execute(sa.insert(Record), [{**plain, "number": number} for number in range(1, records + 1)])


def begun(part):
    return part.exists() and part.stat().st_size > 0


def wait_for(happened, seconds=20):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.005)
