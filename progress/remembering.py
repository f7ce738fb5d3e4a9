"""How a memory changes with a review: FSRS with its default parameters, one card a family of questions."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fsrs import Card, Scheduler


@dataclass(frozen=True)
class Held:
    """What is known of a learner's memory of one family."""

    stability: float  # days until recall falls to 90 %
    difficulty: float  # 1 to 10
    due_at: datetime
    last_review_at: datetime
    reviews: int = 1
    lapses: int = 0
    streak: int = 0  # right answers in a row, each to another question
    last_question: str | None = None


@cache
def scheduler() -> "Scheduler":
    """Return the scheduler: no learning steps, no chance in it, default parameters (FSRS-6)."""
    from fsrs import Scheduler  # here, so that a start stays quick

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def reviewed(held: Held | None, rating: str, question: str | None, at: datetime) -> Held:
    """Return the memory after a review; one that is dated before the last review counts as at its time."""
    from fsrs import Rating

    when = max(held.last_review_at, at) if held else at
    card, _ = scheduler().review_card(card_of(held, when), Rating[rating.capitalize()], when)
    assert card.stability is not None and card.difficulty is not None  # every reviewed card has both
    again = rating == "again"
    return Held(
        stability=card.stability,
        difficulty=card.difficulty,
        due_at=card.due,
        last_review_at=when,
        reviews=held.reviews + 1 if held else 1,
        lapses=(held.lapses if held else 0) + (again and held is not None),
        streak=0 if again else next_streak(held, question),
        last_question=question,
    )


def next_streak(held: Held | None, question: str | None) -> int:
    """Return the right answers in a row after another one; the same question once more adds nothing."""
    if held is None:
        return 1
    return held.streak + (question != held.last_question or held.streak == 0)


def card_of(held: Held | None, when: datetime) -> "Card":
    """Return a memory as the library knows it; a new one is told an id, since the library would wait for one."""
    from fsrs import Card, State

    if held is None:
        return Card(card_id=0, due=when)
    return Card(
        card_id=0,
        state=State.Review,
        stability=held.stability,
        difficulty=held.difficulty,
        due=held.due_at,
        last_review=held.last_review_at,
    )


def recall(held: Held, at: datetime) -> float:
    """Return the chance that the learner recalls the family at a moment (FSRS-6, R(t, S))."""
    return float(scheduler().get_card_retrievability(card_of(held, at), max(at, held.last_review_at)))
