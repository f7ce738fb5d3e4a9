"""A text with blanks, each with its own choices."""

from math import prod

from catalogue.questions import Question
from quizzes.kinds.kind import NOT_ITS_OWN, Fields, Kind, Response, Shown, WrongResponse, named_fields, own_ids

PREFIX = "blank."
LEAST_LUCK = 0.05


def read(fields: Fields) -> Response:
    """Return the choice of each blank."""
    return {"blanks": named_fields(fields, PREFIX)}


def blanks_of(shown: Shown, response: Response) -> dict[str, str]:
    """Return the choices, all of them the question's own."""
    blanks: dict[str, str] = dict(response.get("blanks", {}))
    if blanks.keys() - shown.question.blanks.keys():
        raise WrongResponse(NOT_ITS_OWN)
    for name, choice in blanks.items():
        own_ids([choice], shown.question.blanks[name])
    return blanks


def check(shown: Shown, response: Response) -> None:
    """Refuse what is not the question's own."""
    blanks_of(shown, response)


def share(shown: Shown, response: Response) -> float:
    """Give the share of blanks that are filled rightly."""
    mine, blanks = blanks_of(shown, response), shown.question.blanks
    right = sum(
        option.correct and mine.get(name) == option.id for name, options in blanks.items() for option in options
    )
    return right / len(blanks)


def is_blank(response: Response) -> bool:
    """Say whether nothing was filled in."""
    return not response.get("blanks")


def is_whole(shown: Shown, response: Response) -> bool:
    """Say whether every blank is filled in."""
    return len(blanks_of(shown, response)) == len(shown.question.blanks)


def luck(question: Question) -> float:
    """Return the chance to fill every blank rightly by guessing."""
    return max(LEAST_LUCK, 1 / prod(len(options) for options in question.blanks.values()))


KIND = Kind(
    "dropdown",
    read,
    check,
    share,
    is_blank,
    is_whole,
    luck,
    missing="Fill every blank first.",
    rule="Each blank filled rightly earns its part of the mark.",
)
