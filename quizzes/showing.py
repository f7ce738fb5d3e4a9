"""How a question is shown to one learner at one try: the same each time, and in no order that helps."""

from hashlib import sha256

from catalogue.questions import Option, Question


def seed_of(*parts: object) -> int:
    """Return a number that follows from the parts and from nothing else, on every machine."""
    digest = sha256("\0".join(str(part) for part in parts).encode()).digest()
    return int.from_bytes(digest[:8]) >> 1  # fits a signed column of 64 bits


def check_seed(learner_id: int | None, lesson: str, question: str, try_number: int) -> int:
    """Return the seed of one learner's try at one question of a lesson."""
    return seed_of("check", learner_id or 0, lesson, question, try_number)


def shown_order(question: Question, seed: int) -> tuple[Option, ...]:
    """Return the options in the order of this seed; one that is added later leaves the others in their order."""
    if question.fixed:
        return tuple(question.options)
    return tuple(sorted(question.options, key=lambda option: seed_of(seed, option.id)))
