"""What a response earns: a share in practice, all or nothing in an exam."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from catalogue.questions import Question

Response = Mapping[str, Any]  # ids only, so that shuffling and later edits of words change nothing


class WrongResponse(ValueError):
    """A response that cannot belong to the question; the text is a sentence for the person who answered."""


@dataclass(frozen=True)
class Mark:
    """What one response earned."""

    practice: float  # 0 to 1
    exam: float  # 1 or 0

    @property
    def right(self) -> bool:
        """Say whether nothing was wrong or missing."""
        return self.practice == 1.0


def mark(question: Question, response: Response) -> Mark:
    """Mark one response; a blank one earns nothing, and an unknown option is refused."""
    rule = RULES.get(question.kind)
    if rule is None:
        raise WrongResponse("This kind of question cannot be answered here yet.")
    share = rule(question, response)
    return Mark(practice=share, exam=1.0 if share == 1.0 else 0.0)


def check_response(question: Question, response: Response) -> None:
    """Refuse a response that cannot belong to the question."""
    mark(question, response)


def chosen_options(question: Question, response: Response) -> frozenset[str]:
    """Return the ids that were chosen, all of them the question's own."""
    chosen = frozenset(response.get("options", ()))
    if chosen - {option.id for option in question.options}:
        raise WrongResponse("One of the options that were sent does not belong to this question. Choose again, please.")
    return chosen


def mark_single(question: Question, response: Response) -> float:
    """Give 1 for the right option, else 0."""
    chosen = chosen_options(question, response)
    if len(chosen) > 1:
        raise WrongResponse("This question takes one option. Choose the one that fits best.")
    return 1.0 if chosen and chosen <= right_options(question) else 0.0


def mark_multiple(question: Question, response: Response) -> float:
    """Give the right ones chosen less the wrong ones, as a share of the right ones, never less than nothing."""
    chosen, right = chosen_options(question, response), right_options(question)
    return max(0.0, (len(chosen & right) - len(chosen - right)) / len(right))


def right_options(question: Question) -> frozenset[str]:
    """Return the ids of the options that are right."""
    return frozenset(option.id for option in question.options if option.correct)


RULES: dict[str, Callable[[Question, Response], float]] = {"single": mark_single, "multiple": mark_multiple}
