"""The answers that a correction is about, with the steps that marked them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa

from core.database import db
from progress.models import Record
from quizzes.models import AnswerStep, Attempt, AttemptItem

MARKING = ("finish", "regrade")


@dataclass(frozen=True, eq=False)
class Finished:
    """One answer that was finished, with its attempt and the steps that gave it a mark."""

    item: AttemptItem
    attempt: Attempt
    steps: Sequence[AnswerStep]

    @property
    def finish(self) -> AnswerStep:
        """Return the step that finished it."""
        return self.steps[0]

    @property
    def mark(self) -> float:
        """Return the mark as it stands."""
        return self.steps[-1].mark or 0.0

    @property
    def in_exam(self) -> bool:
        """Say whether it is marked as a whole."""
        return self.attempt.feedback == "end"

    @cached_property
    def marked_by(self) -> str:
        """Return the digest of the question by which it was marked last."""
        last = self.steps[-1]
        return str(last.response["digest"]) if last.kind == "regrade" else self.item.digest


def finished_answers(question: str, digest: str, learner_id: int | None = None) -> list[Finished]:
    """Return the finished answers to a question as it was shown with this digest, of one learner or of all, in one statement."""
    rows = (
        sa.select(AttemptItem, Attempt, AnswerStep)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(AnswerStep, sa.and_(AnswerStep.item_id == AttemptItem.id, AnswerStep.kind.in_(MARKING)))
        .where(AttemptItem.question == question, AttemptItem.digest == digest)
        .order_by(AttemptItem.learner_id, AttemptItem.id, AnswerStep.sequence)
        .execution_options(populate_existing=True)
    )
    if learner_id is not None:
        rows = rows.where(AttemptItem.learner_id == learner_id)
    found: dict[int, tuple[AttemptItem, Attempt, list[AnswerStep]]] = {}
    for item, attempt, step in db.session.execute(rows):
        found.setdefault(item.id, (item, attempt, []))[2].append(step)
    return [Finished(*one) for one in found.values()]


def digests_answered(question: str) -> list[str]:
    """Return the digests with which a question was shown, the oldest first."""
    rows = sa.select(AttemptItem.digest).where(AttemptItem.question == question)
    return list(db.session.scalars(rows.group_by(AttemptItem.digest).order_by(sa.func.min(AttemptItem.id))))


def scores_of(attempts: Iterable[int]) -> dict[int, float]:
    """Return what each of these sittings has come to, questions that are only tried out left out."""
    rows = db.session.execute(
        sa.select(AttemptItem.attempt_id, sa.func.sum(sa.func.coalesce(AttemptItem.mark, 0.0)))
        .where(AttemptItem.attempt_id.in_(list(attempts)), AttemptItem.scored)
        .group_by(AttemptItem.attempt_id)
    )
    return {attempt: float(score) for attempt, score in rows}


def records_of(learner_id: int, answers: Sequence[Finished]) -> dict[int, Record]:
    """Return the record that stands for each of a learner's answers to one question, by item.

    An answer noted one record when it was finished, and so did each try at a check; in the order of finishing they belong
    together. A correction stands in the place of what it corrects. Blank answers have none.
    """
    rows = db.session.scalars(
        sa.select(Record)
        .where(Record.learner_id == learner_id, Record.question == answers[0].item.question, Record.kind == "answer")
        .order_by(Record.number)
    ).all()
    heads, roots = chains(rows), [row for row in rows if row.supersedes is None]
    found: dict[int, Record] = {}
    for key in {source_of(one) for one in answers}:
        noted = [row for row in roots if (row.source, row.digest) == key]
        given = sorted((one for one in answers if source_of(one) == key), key=finished_when)
        found |= {one.item.id: heads[row.number] for one, row in zip(given, noted, strict=False)}
    return found


def source_of(answer: Finished) -> tuple[str, str]:
    """Return source and digest as the records name them."""
    return f"{answer.attempt.kind}:{answer.attempt.id}", answer.item.digest


def finished_when(answer: Finished) -> tuple[float, int]:
    """Return the place of an answer in the order of finishing."""
    return answer.finish.taken_at.timestamp(), answer.item.id


def chains(rows: Iterable[Record]) -> dict[int, Record]:
    """Return the record that stands at the end of each chain of corrections, by the number of the first."""
    root: dict[int, int] = {}
    heads: dict[int, Record] = {}
    for row in rows:
        root[row.number] = root.get(row.supersedes or row.number, row.number)
        heads[root[row.number]] = row
    return heads
