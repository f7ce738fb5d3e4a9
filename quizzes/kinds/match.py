"""Pairs to find: each left side gets one of the right sides, some of which belong to nothing."""

from catalogue.questions import Question
from quizzes.kinds.kind import NOT_ITS_OWN, Fields, Kind, Response, Shown, WrongResponse, ids_of, named_fields

PREFIX = "pair."


def read(fields: Fields) -> Response:
    """Return the right side that was put beside each left one."""
    return {"pairs": named_fields(fields, PREFIX)}


def pairs_of(shown: Shown, response: Response) -> dict[str, str]:
    """Return what was put together, all of it the question's own."""
    pairs: dict[str, str] = dict(response.get("pairs", {}))
    if pairs.keys() - ids_of(shown.question.pairs) or set(pairs.values()) - ids_of(shown.rights):
        raise WrongResponse(NOT_ITS_OWN)
    return pairs


def check(shown: Shown, response: Response) -> None:
    """Refuse what is not the question's own."""
    pairs_of(shown, response)


def share(shown: Shown, response: Response) -> float:
    """Give the share of pairs that belong together."""
    mine = pairs_of(shown, response)
    return sum(mine.get(pair.id) == pair.right_id for pair in shown.question.pairs) / len(shown.question.pairs)


def is_blank(response: Response) -> bool:
    """Say whether nothing was put together."""
    return not response.get("pairs")


def is_whole(shown: Shown, response: Response) -> bool:
    """Say whether every left side has a right one."""
    return len(pairs_of(shown, response)) == len(shown.question.pairs)


def luck(question: Question) -> float:
    """Return the chance of a guess."""
    return 0.03


KIND = Kind(
    "match",
    read,
    check,
    share,
    is_blank,
    is_whole,
    luck,
    missing="Choose something for every item first.",
    rule="Each right pair earns its part of the mark.",
)
