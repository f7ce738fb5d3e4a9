"""A picture to point at; its areas are named, so that it can be answered from a list as well."""

from math import comb

from catalogue.questions import Question
from quizzes.kinds.kind import Fields, Kind, Response, Shown, ids_of, own_ids

LEAST_LUCK = 0.05


def read(fields: Fields) -> Response:
    """Return the areas that were chosen."""
    return {"areas": sorted(set(fields.get("area", ())))}


def areas_of(shown: Shown, response: Response) -> frozenset[str]:
    """Return the areas that were chosen, all of them the question's own."""
    return own_ids(response.get("areas", ()), shown.question.areas)


def check(shown: Shown, response: Response) -> None:
    """Refuse what is not the question's own."""
    areas_of(shown, response)


def share(shown: Shown, response: Response) -> float:
    """Give the share of right areas found, less the wrong ones, never less than nothing."""
    mine = areas_of(shown, response)
    right = ids_of(area for area in shown.question.areas if area.correct)
    return max(0.0, (len(mine & right) - len(mine - right)) / len(right))


def is_blank(response: Response) -> bool:
    """Say whether nothing was pointed at."""
    return not response.get("areas")


def is_whole(shown: Shown, response: Response) -> bool:
    """Say whether something was pointed at."""
    return not is_blank(response)


def luck(question: Question) -> float:
    """Return the chance to find all the right areas and no other."""
    right = sum(area.correct for area in question.areas)
    return max(LEAST_LUCK, 1 / comb(len(question.areas), right))


KIND = Kind(
    "hotspot",
    read,
    check,
    share,
    is_blank,
    is_whole,
    luck,
    missing="Choose a place in the picture first.",
    rule="Each right place adds a part of the mark, and each wrong one takes a part away.",
)
