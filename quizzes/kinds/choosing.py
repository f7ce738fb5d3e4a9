"""What single and multiple have in common: options that are chosen."""

from quizzes.kinds.kind import Fields, Response, Shown, ids_of, own_ids


def read(fields: Fields) -> Response:
    """Return the options that were chosen, in an order that says nothing."""
    return {"options": sorted(set(fields.get("option", ())))}


def chosen(shown: Shown, response: Response) -> frozenset[str]:
    """Return the ids that were chosen, all of them the question's own."""
    return own_ids(response.get("options", ()), shown.question.options)


def right_ones(shown: Shown) -> frozenset[str]:
    """Return the ids of the options that are right."""
    return ids_of(option for option in shown.question.options if option.correct)


def is_blank(response: Response) -> bool:
    """Say whether nothing was chosen."""
    return not response.get("options")


def is_whole(shown: Shown, response: Response) -> bool:
    """Say whether something was chosen."""
    return not is_blank(response)
