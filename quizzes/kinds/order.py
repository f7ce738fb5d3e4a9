"""Things to put in order: each gets a place, from 1."""

from collections import Counter
from itertools import pairwise

from catalogue.questions import Question
from quizzes.kinds.kind import NOT_ITS_OWN, Fields, Kind, Response, Shown, WrongResponse, ids_of, named_fields

PREFIX = "place."


def read(fields: Fields) -> Response:
    """Return the places that were given, by item."""
    places = named_fields(fields, PREFIX)
    if any(not (place.isascii() and place.isdigit() and len(place) <= 2) for place in places.values()):
        raise WrongResponse("A place is a number from 1. Choose the places again, please.")
    return {"places": {item: int(place) for item, place in places.items()}}


def places_of(shown: Shown, response: Response) -> dict[str, int]:
    """Return the places that were given, all of them to the question's own items."""
    places: dict[str, int] = dict(response.get("places", {}))
    count = len(shown.question.items)
    if places.keys() - ids_of(shown.question.items) or any(not 1 <= place <= count for place in places.values()):
        raise WrongResponse(NOT_ITS_OWN)
    return places


def check(shown: Shown, response: Response) -> None:
    """Refuse what is not the question's own."""
    places_of(shown, response)


def share(shown: Shown, response: Response) -> float:
    """Give the share of neighbours in the right order that also stand next to one another; a place given twice is none."""
    places = places_of(shown, response)
    count = Counter(places.values())
    sure = {item: place for item, place in places.items() if count[place] == 1}
    neighbours = list(pairwise(item.id for item in shown.question.items))
    kept = sum(a in sure and b in sure and sure[b] == sure[a] + 1 for a, b in neighbours)
    return kept / len(neighbours)


def is_blank(response: Response) -> bool:
    """Say whether nothing has a place."""
    return not response.get("places")


def is_whole(shown: Shown, response: Response) -> bool:
    """Say whether every item has a place of its own."""
    return sorted(places_of(shown, response).values()) == list(range(1, len(shown.question.items) + 1))


def luck(question: Question) -> float:
    """Return the chance of a guess."""
    return 0.03


KIND = Kind(
    "order",
    read,
    check,
    share,
    is_blank,
    is_whole,
    luck,
    missing="Give every item a place of its own first.",
    rule="Two neighbours that follow one another as they should earn their part of the mark.",
)
