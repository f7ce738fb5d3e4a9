"""`flask progress …`, for operators."""

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from core.database import db, writing
from progress.models import Record
from progress.queries import objective_evidence
from progress.records import rebuild

group = AppGroup("progress", help="Look after what is derived from the learning records.")


@group.command("rebuild")
def rebuild_all() -> None:
    """Work out every learner's counts anew from the records, one learner at a time."""
    learners = db.session.scalars(sa.select(Record.learner_id).distinct().order_by(Record.learner_id)).all()
    changed = [learner for learner in learners if rebuilt_differs(learner)]
    click.echo(f"{len(learners)} learners rebuilt, {len(changed)} of them had other counts before.")


def rebuilt_differs(learner_id: int) -> bool:
    """Rebuild one learner's counts and say whether they were other ones before."""
    with writing(learner=learner_id):
        before = objective_evidence(learner_id)
        rebuild(learner_id)
        return before != objective_evidence(learner_id)
