"""Begins a sitting: every question is pinned as it will be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from catalogue.catalogue import Catalogue
from catalogue.questions import Question
from core.database import db
from core.seeds import seed_of
from quizzes.models import Attempt, AttemptEvent, AttemptItem
from quizzes.sittings.plans import Plan


@dataclass(frozen=True)
class Asked:
    """A question of a sitting, and whether it counts."""

    question: Question
    scored: bool = True


@dataclass(frozen=True)
class Occasion:
    """What kind of sitting it is, and of what."""

    kind: str  # practice | exam | review | sorter
    course: str  # empty where several courses are mixed
    exam: str | None = None
    feedback: str = "each"  # each | end


def begin(
    learner_id: int,
    occasion: Occasion,
    asked: Sequence[Asked],
    plan: Plan,
    catalogue: Catalogue,
    *,
    seed: int,
    now: datetime,
) -> Attempt:
    """Begin a sitting with these questions in this order; the caller holds the learner's turn, and commits."""
    attempt = Attempt(
        learner_id=learner_id,
        kind=occasion.kind,
        course=occasion.course,
        exam=occasion.exam,
        feedback=occasion.feedback,
        seed=seed,
        begun_at=now,
        deadline_at=now + timedelta(seconds=plan.seconds) if plan.seconds else None,
        plan=plan.as_json(),
        section=1,
    )
    db.session.add(attempt)
    db.session.flush()
    items = [item_of(attempt, place, one, plan, catalogue, now) for place, one in enumerate(asked, start=1)]
    db.session.execute(sa.insert(AttemptItem), items)
    note_event(attempt, "begun", now=now, questions=len(items))
    return attempt


def item_of(
    attempt: Attempt, place: int, asked: Asked, plan: Plan, catalogue: Catalogue, now: datetime
) -> dict[str, Any]:
    """Return the row of one question, pinned as it stands now."""
    question = asked.question
    section = next(number for number, one in enumerate(plan.sections, start=1) if place in one.positions)
    return {
        "attempt_id": attempt.id,
        "learner_id": attempt.learner_id,
        "position": place,
        "try_number": 1,
        "question": question.ref,
        "revision": catalogue.revision_of(question) or 0,
        "digest": question.digest,
        "seed": seed_of("sitting", attempt.seed, place, question.ref),
        "shown_at": now,
        "section": section,
        "scored": asked.scored,
        "last_sequence": 0,
        "seconds": 0.0,
    }


def note_event(attempt: Attempt, kind: str, *, now: datetime, by_id: int | None = None, **detail: Any) -> None:
    """Add an event to the history of an attempt."""
    told: Mapping[str, Any] = detail
    db.session.add(
        AttemptEvent(
            attempt_id=attempt.id,
            learner_id=attempt.learner_id,
            kind=kind,
            by_id=by_id,
            detail=dict(told),
            occurred_at=now,
        )
    )
