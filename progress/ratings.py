"""What an answer says about memory: a rating that follows from mark, confidence and time (learning.md 1.4)."""

from typing import Literal

Rating = Literal["again", "hard", "good", "easy"]

READING = 8.0  # seconds, before the first word
A_WORD = 0.30  # seconds, at 200 words a minute
RAPID_SECONDS, RAPID_SHARE = 3.0, 0.10  # quicker than this nobody has read the question
SLOW = 2.0  # times the expected seconds
EASY_AFTER = 2  # right answers in a row, each to another question of the family; the third is easy


def expected_seconds(words: int) -> float:
    """Return how long a question of so many words in stem and options takes."""
    return READING + A_WORD * words


def is_rapid(seconds: float | None, expected: float | None) -> bool:
    """Say whether an answer came before the question can have been read; without a time nothing is said."""
    if seconds is None or expected is None:
        return False
    return seconds < max(RAPID_SECONDS, RAPID_SHARE * expected)


def rate(
    mark: float,
    confidence: str | None,
    *,
    seconds: float | None = None,
    expected: float | None = None,
    streak: int = 0,
) -> Rating | None:
    """Return the rating of an answer, or None for one that is treated as missing.

    Right means a whole mark. A right guess counts as not known. Time only demotes, and only where it is known;
    `streak` counts the right answers in a row before this one, each to another question of the family.
    """
    if is_rapid(seconds, expected):
        return None
    if mark < 1 or confidence == "guess":
        return "again"
    if confidence != "sure":
        return "good"
    if seconds is not None and expected is not None and seconds > SLOW * expected:
        return "hard"
    return "easy" if streak >= EASY_AFTER else "good"
