"""What of a response still fits a question that was changed meanwhile."""

from typing import Any

from catalogue.questions import Question
from quizzes.kinds.kind import Named, Response


def still_fitting(question: Question, response: Response) -> Response:
    """Return the response without what the question no longer has; what was typed stays as it was typed."""
    own = all_ids(question)
    return {name: kept(value, own) for name, value in response.items()}


def kept(value: Any, own: frozenset[str]) -> Any:
    """Return what is the question's own of a list of ids, or of a mapping from ids to ids or places."""
    if isinstance(value, list):
        return [one for one in value if one in own]
    if isinstance(value, dict):
        return {name: one for name, one in value.items() if name in own and (isinstance(one, int) or one in own)}
    return value


def all_ids(question: Question) -> frozenset[str]:
    """Return the ids of all parts of a question."""
    parts: list[tuple[Named, ...]] = [question.options, question.items, question.pairs, question.extra, question.areas]
    parts += question.blanks.values()
    ids = [part.id for group in parts for part in group]
    return frozenset([*ids, *question.blanks, *(pair.right_id for pair in question.pairs)])
