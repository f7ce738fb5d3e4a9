"""Begins a practice or a round of the sorter."""

from dataclasses import asdict
from datetime import datetime
from random import Random
from typing import Any

from catalogue.catalogue import Catalogue
from catalogue.questions import Question
from core.errors import Refused
from core.seeds import seed_of
from quizzes.models import Attempt
from quizzes.practice.choosing import Known, Wish, choose
from quizzes.sittings.beginning import Asked, Occasion, begin
from quizzes.sittings.plans import one_section

ROUND = 12  # questions of one round of the sorter
NOTHING_FITS = {
    "all": "No question fits this choice. Take one of the limits away.",
    "unseen": "You have seen every question of this choice. Take “all”, or another objective.",
    "missed": "Nothing of this choice was answered wrongly the last time. That is good news; choose something else.",
    "due": "Nothing of this choice is due today. Choose “all” to practise anyway.",
}


def practise(
    learner_id: int, chosen: tuple[Question, ...], wish: Wish, catalogue: Catalogue, *, now: datetime
) -> Attempt:
    """Begin a practice with these questions."""
    if not chosen:
        raise Refused(NOTHING_FITS[wish.which], 422)
    course = next(iter(wish.courses)) if len(wish.courses) == 1 else ""
    plan = one_section("Practice", len(chosen), asked=as_told(wish))
    asked = [Asked(question) for question in chosen]
    return begin(
        learner_id, Occasion("practice", course), asked, plan, catalogue, seed=seed_for(learner_id, now), now=now
    )


def chosen_for(
    wish: Wish, known: Known, catalogue: Catalogue, *, learner_id: int, now: datetime
) -> tuple[Question, ...]:
    """Choose the questions of a practice, before anybody's turn to write."""
    questions = [one for name in sorted(wish.courses) for one in catalogue.courses[name].questions.values()]
    return choose(questions, wish, known, now=now, chance=Random(seed_for(learner_id, now)))  # noqa: S311


def sort_round(learner_id: int, catalogue: Catalogue, known: Known, *, now: datetime) -> Attempt:
    """Begin a round of the sorter: project or service, the longest unseen first, both sides mixed."""
    chance = Random(seed_for(learner_id, now))  # noqa: S311  # fair, and no secret
    every = [one for course in catalogue.courses.values() for one in course.questions.values() if one.sorter]
    if not every:
        raise Refused("No course has questions for the sorter yet.", 404)
    chance.shuffle(every)
    every.sort(key=lambda one: known.answers[one.ref].at.timestamp() if one.ref in known.answers else 0.0)
    asked = [Asked(question) for question in every[:ROUND]]
    chance.shuffle(asked)
    plan = one_section("Project or service?", len(asked))
    return begin(learner_id, Occasion("sorter", ""), asked, plan, catalogue, seed=seed_for(learner_id, now), now=now)


def seed_for(learner_id: int, now: datetime) -> int:
    """Return the seed of what a learner begins at a moment."""
    return seed_of("practice", learner_id, now.isoformat())


def as_told(wish: Wish) -> dict[str, Any]:
    """Return a wish as it is stored."""
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(wish).items()}
