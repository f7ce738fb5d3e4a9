"""`flask tick`: the recurring jobs, by hand; and what serving processes do by themselves."""

import multiprocessing
import os
import signal

import click
from flask import Flask
from flask.cli import with_appcontext

from core import clock
from core.offers import BackgroundOffer, Offers
from core.ticking import AT_WORK, run_all_jobs, run_due_jobs

LOOK_SECONDS = 10.0  # how often a process looks for jobs that are due; each job runs every 30 s in one of them
PARENT_SECONDS = 0.5
STOP_SECONDS = 15


@click.command("tick")
@with_appcontext
def tick() -> None:
    """Do now what serving does every 30 seconds: send mail, and tidy up what has run out."""
    ran = run_all_jobs(clock.now())
    for job in ran:
        click.echo(f"{job.job}: {job.fault or job.did or 'nothing to do'}")
    if any(job.fault not in (None, AT_WORK) for job in ran):
        raise SystemExit(1)


def parent_of_this() -> int:
    """Return the number of the process that started this one, also when it is gone already."""
    starter = multiprocessing.parent_process()
    return starter.pid if starter and starter.pid else os.getppid()


def stop_without_parent(parent: int) -> None:
    """Stop, after the answers under way, when the process that started this one was killed; nobody else would stop it.

    The alarm ends a process whose stop hangs; it rings in the kernel, so no lock of ours can keep it from ringing.
    """
    if os.getppid() == parent:
        return
    if not signal.getitimer(signal.ITIMER_REAL)[0]:
        signal.alarm(STOP_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def prepare_ticking(app: Flask) -> None:
    """Let serving processes run the jobs, and end with their parent."""
    offered: Offers = app.extensions["offers"]
    parent = parent_of_this()
    offered.background.append(BackgroundOffer("tick", LOOK_SECONDS, lambda: run_due_jobs(clock.now())))
    offered.background.append(BackgroundOffer("parent", PARENT_SECONDS, lambda: stop_without_parent(parent)))
    app.cli.add_command(tick)
