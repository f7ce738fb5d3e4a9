"""The seeds of questions in lessons."""

from core.seeds import seed_of


def check_seed(learner_id: int | None, lesson: str, question: str, try_number: int) -> int:
    """Return the seed of one learner's try at one question of a lesson."""
    return seed_of("check", learner_id or 0, lesson, question, try_number)
