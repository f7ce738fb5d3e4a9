"""Hands a sitting in: what was answered is marked, all of it at once, and noted in the records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from catalogue.questions import Question
from core.database import db
from core.errors import Refused
from quizzes.kinds import Shown, WrongResponse, kind_of
from quizzes.marking import mark
from quizzes.models import AnswerStep, Attempt, AttemptItem
from quizzes.sittings.beginning import note_event
from quizzes.sittings.clock import deadline, is_over
from quizzes.sittings.noting import Answered, note_answers
from quizzes.sittings.sections import settle_break

Questions = Mapping[int, Question]  # by item


@dataclass(frozen=True)
class Left:
    """A question that was not finished yet, with the last answer that was saved for it."""

    item: AttemptItem
    saved: AnswerStep | None


def submit(attempt: Attempt, questions: Questions, *, now: datetime) -> bool:
    """Hand a sitting in; doing it twice does it once. Return whether it was done now."""
    if not attempt.is_open:
        return False
    finish_rest(attempt, questions, now=now)
    attempt.submitted_at = now
    note_event(attempt, "submitted", now=now)
    return True


def expire(attempt: Attempt, questions: Questions, *, now: datetime) -> bool:
    """Hand in a sitting whose time is over, as of its deadline; return whether it was."""
    end = deadline(attempt, now)
    if not attempt.is_open or end is None or not is_over(attempt, now):
        return False
    settle_break(attempt, now)
    finish_rest(attempt, questions, now=end)
    attempt.submitted_at = end
    note_event(attempt, "expired", now=now)
    return True


def abandon(attempt: Attempt, *, now: datetime) -> None:
    """Leave a sitting for good: it gets no result, and what was not marked stays unmarked."""
    if attempt.submitted_at:
        raise Refused("This sitting has been handed in already; its result stands.")
    if attempt.abandoned_at is None:
        attempt.abandoned_at = now
        note_event(attempt, "abandoned", now=now)


def finish_rest(attempt: Attempt, questions: Questions, *, now: datetime) -> None:
    """Mark what was saved and not finished. In an exam a question without an answer earns nothing; in a practice it is left out."""
    in_exam = attempt.feedback == "end"
    finished = [answered(one, questions.get(one.item.id), in_exam) for one in left_open(attempt)]
    given = [one for one in finished if one is not None]
    if not given:
        return
    db.session.execute(sa.insert(AnswerStep), [last_step(one, now) for one in given])
    db.session.execute(sa.update(AttemptItem), [marked(one, now) for one in given])
    note_answers(attempt, [one for one in given if not one.is_blank], now=now)


def left_open(attempt: Attempt) -> Iterable[Left]:
    """Return the questions that are not finished, in order, each with the last answer saved, in one statement."""
    saves = AnswerStep.item_id == AttemptItem.id, AnswerStep.kind == "save"
    newest = sa.select(sa.func.max(AnswerStep.sequence)).where(*saves).correlate(AttemptItem).scalar_subquery()
    rows = db.session.execute(
        sa.select(AttemptItem, AnswerStep)
        .outerjoin(AnswerStep, sa.and_(AnswerStep.item_id == AttemptItem.id, AnswerStep.sequence == newest))
        .where(AttemptItem.attempt_id == attempt.id, AttemptItem.finished_at.is_(None))
        .order_by(AttemptItem.position)
    )
    return [Left(item, step) for item, step in rows]


def answered(left: Left, question: Question | None, in_exam: bool) -> Answered | None:
    """Return what a question earned, or None where nothing is to be kept of it."""
    response = left.saved.response if left.saved else {}
    if question is None:  # taken back, and its revision cannot be read any more: nobody can be asked to answer for it
        return Answered(left.item, None, response, 0.0, None, is_blank=True) if in_exam else None
    shown = Shown(question, left.item.seed)
    blank = kind_of(shown).is_blank(response)
    if blank and not in_exam:
        return None
    confidence = left.saved.confidence if left.saved else None
    return Answered(left.item, question, response, earned(shown, response, in_exam), confidence, blank)


def earned(shown: Shown, response: Mapping[str, Any], in_exam: bool) -> float:
    """Mark a response that was saved; one that can no longer be read earns nothing."""
    try:
        found = mark(shown, response)
    except WrongResponse:
        return 0.0
    return found.exam if in_exam else found.practice


def last_step(one: Answered, now: datetime) -> dict[str, Any]:
    """Return the row of the step that finishes a question."""
    return {
        "item_id": one.item.id,
        "learner_id": one.item.learner_id,
        "sequence": one.item.last_sequence + 1,
        "kind": "finish",
        "response": dict(one.response),
        "confidence": one.confidence,
        "mark": one.mark,
        "taken_at": now,
    }


def marked(one: Answered, now: datetime) -> dict[str, Any]:
    """Return what changes about an item when it is finished."""
    return {"id": one.item.id, "last_sequence": one.item.last_sequence + 1, "finished_at": now, "mark": one.mark}
