"""Several right answers; the stem says how many."""

from math import comb

from catalogue.questions import Question
from quizzes.kinds.choosing import chosen, is_blank, is_whole, read, right_ones
from quizzes.kinds.kind import Kind, Response, Shown

LEAST_LUCK = 0.05


def check(shown: Shown, response: Response) -> None:
    """Refuse what is not the question's own."""
    chosen(shown, response)


def share(shown: Shown, response: Response) -> float:
    """Give the right ones chosen less the wrong ones, as a share of the right ones, never less than nothing."""
    mine, right = chosen(shown, response), right_ones(shown)
    return max(0.0, (len(mine & right) - len(mine - right)) / len(right))


def luck(question: Question) -> float:
    """Return the chance to pick all the right ones and no other."""
    right = sum(option.correct for option in question.options)
    return max(LEAST_LUCK, 1 / comb(len(question.options), right))


KIND = Kind(
    "multiple",
    read,
    check,
    share,
    is_blank,
    is_whole,
    luck,
    missing="Choose the answers first.",
    rule="Each right option adds a part of the mark, and each wrong one takes a part away.",
)
