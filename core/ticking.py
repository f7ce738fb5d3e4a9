"""Jobs that recur: whichever process finds one due takes a lease on it, so that over all machines one is at it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects import postgresql, sqlite

from core import clock
from core.database import db, writing
from core.models import TickJob
from core.offers import TickOffer, offers

EVERY = timedelta(seconds=30)
LEASE = timedelta(minutes=5)
AT_WORK = "another process is at it"


@dataclass(frozen=True)
class Ran:
    """What became of a job: what it did, or what was in its way."""

    job: str
    did: str | None = None
    fault: str | None = None


def run_due_jobs(now: datetime, *, every: timedelta = EVERY) -> list[Ran]:
    """Run the jobs that are due and that nobody else is at; return those that ran."""
    begun = sa.select(TickJob.name).where(sa.not_(is_due(now, every)))
    waiting = set(db.session.scalars(begun))
    db.session.rollback()  # nothing was changed; the reading ends before the work begins
    return [run_job(job, now) for job in offers().ticks if job.name not in waiting and lease(job.name, now, every)]


def run_all_jobs(now: datetime) -> list[Ran]:
    """Run every job now, due or not; one that another process is at is told as such."""
    at_once = timedelta(0)
    return [
        run_job(job, now) if lease(job.name, now, at_once) else Ran(job.name, fault=AT_WORK) for job in offers().ticks
    ]


def is_due(now: datetime, every: timedelta) -> sa.ColumnElement[bool]:
    """Say in SQL whether a job may begin; a time beyond what is possible is a clock that jumped, and counts as none."""
    free = sa.or_(TickJob.leased_until.is_(None), TickJob.leased_until <= now, TickJob.leased_until > now + LEASE)
    rested = sa.or_(TickJob.began_at.is_(None), TickJob.began_at <= now - every, TickJob.began_at > now)
    return sa.and_(free, rested)


def lease(name: str, now: datetime, every: timedelta) -> bool:
    """Take the lease of a job that is due; of two that ask at once one gets it."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    taken = sa.update(TickJob).where(TickJob.name == name, is_due(now, every)).returning(TickJob.name)
    with writing() as turn:
        turn.execute(insert(TickJob).values(name=name).on_conflict_do_nothing())
        return turn.scalar(taken.values(leased_until=now + LEASE, began_at=now)) is not None


def run_job(job: TickOffer, now: datetime) -> Ran:
    """Run one job; what it breaks on is logged and kept, and the next time it is tried again."""
    try:
        ran = Ran(job.name, did=job.run(now))
    except Exception as error:
        db.session.rollback()
        structlog.get_logger().exception("tick", job=job.name)
        ran = Ran(job.name, fault=type(error).__name__)
    else:
        if ran.did:
            structlog.get_logger().info("tick", job=job.name, did=ran.did)
    release(ran)
    return ran


def release(ran: Ran) -> None:
    """Give the lease back and note how the run ended."""
    done = sa.update(TickJob).where(TickJob.name == ran.job)
    with writing() as turn:
        turn.execute(done.values(leased_until=None, ended_at=clock.now(), fault=ran.fault))
