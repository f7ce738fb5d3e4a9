"""`flask quizzes …`, for operators."""

import click
from flask.cli import AppGroup

from catalogue.live import current
from core.clock import now
from core.errors import Refused
from core.wording import plural
from quizzes.regrades.preview import Correction, Preview, correction_of, regrade_preview
from quizzes.regrades.queries import digests_answered, finished_answers
from quizzes.regrades.running import regrade

group = AppGroup("quizzes", help="Look after sittings and their marks.")


@group.command("regrade")
@click.argument("question")
@click.option("--apply", is_flag=True, help="Mark the answers anew; without it nothing is changed.")
def regrade_command(question: str, apply: bool) -> None:
    """Mark every answer to QUESTION (course/id) by the question as it stands now; say first what would change."""
    corrections = corrections_of(question)
    if not corrections:
        click.echo("Nobody has answered it yet, so there is nothing to mark anew.")
        return
    for correction in corrections:
        click.echo(told(correction, regrade_preview(correction, finished_answers(question, correction.digest))))
        if apply:
            done = regrade(correction, now=now())
            click.echo(f"  {plural(done.regraded, 'answer')} marked anew.")
    if not apply:
        click.echo("Nothing was changed. Add --apply to mark these answers anew.")


def corrections_of(question: str) -> list[Correction]:
    """Return every form in which a question was shown, each with the newer one."""
    if current().question(question) is None:
        raise click.ClickException(f"There is no question {question}; name it as course/id.")
    try:
        return [correction_of(question, digest, current()) for digest in digests_answered(question)]
    except Refused as refusal:
        raise click.ClickException(refusal.sentence) from None


def told(correction: Correction, preview: Preview) -> str:
    """Say in one paragraph what a regrade would change."""
    moves = preview.moves
    lines = [
        f"Shown as {correction.digest[:12]}: {plural(moves.total, 'answer')} to mark anew,"
        f" {moves.up} up, {moves.down} down, {moves.same} as before.",
        f"  {plural(preview.to_pass, 'sitting')} would come to the pass mark, {preview.to_fail} would no longer reach it.",
        f"  {preview.done.total} marked by the newer question already.",
    ]
    return "\n".join(lines + [f"  {count} cannot be marked anew: {why}." for why, count in preview.refused])
