"""`flask progress …`, for operators."""

from pathlib import Path

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from accounts.addresses import email_key
from accounts.models import Person
from core.clock import now
from core.database import db, writing
from progress.models import Record
from progress.queries import objective_evidence
from progress.records import rebuild
from progress.review_log import WrongLog, log_lines, memory_lines, replayed_log

group = AppGroup("progress", help="Look after what is derived from the learning records.")


@group.command("rebuild")
def rebuild_all() -> None:
    """Work out every learner's counts and memories anew from the records, one learner at a time."""
    learners = db.session.scalars(sa.select(Record.learner_id).distinct().order_by(Record.learner_id)).all()
    changed = [learner for learner in learners if rebuilt_differs(learner)]
    click.echo(f"{len(learners)} learners rebuilt, {len(changed)} of them had other counts before.")


def rebuilt_differs(learner_id: int) -> bool:
    """Rebuild one learner's counts and say whether they were other ones before."""
    with writing(learner=learner_id):
        before = objective_evidence(learner_id)
        rebuild(learner_id)
        return before != objective_evidence(learner_id)


@group.command("export-log")
@click.argument("email")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_log(email: str, file: Path) -> None:
    """Write the log of one learner's answers into FILE, one line of JSON a record."""
    learner = db.session.scalar(sa.select(Person.id).where(Person.email_key == email_key(email)))
    if learner is None:
        raise click.ClickException(f"Nobody here has the address {email}.")
    lines = list(log_lines(learner, now(), with_held=True))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    click.echo(f"{len(lines) - 1:,} records written to {file}.")


@group.command("replay-log")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def replay_log(file: Path) -> None:
    """Print the memories that follow from the log in FILE, one line each."""
    try:
        memories = replayed_log(file.read_text(encoding="utf-8").splitlines())
    except WrongLog as wrong:
        raise click.ClickException(str(wrong)) from None
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} is no text in UTF-8, so it is no review log.") from None
    for line in memory_lines(memories):
        click.echo(line)
