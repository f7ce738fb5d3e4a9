"""One right answer among several."""

from catalogue.questions import Question
from quizzes.kinds.choosing import chosen, is_blank, is_whole, read, right_ones
from quizzes.kinds.kind import Kind, Response, Shown, WrongResponse


def check(shown: Shown, response: Response) -> None:
    """Refuse what is not the question's own, and more than one."""
    if len(chosen(shown, response)) > 1:
        raise WrongResponse("This question takes one option. Choose the one that fits best.")


def share(shown: Shown, response: Response) -> float:
    """Give 1 for the right option, else 0."""
    mine = chosen(shown, response)
    return 1.0 if mine and mine <= right_ones(shown) else 0.0


def luck(question: Question) -> float:
    """Return the chance of a guess: good distractors attract, so it is a little below one in so many."""
    return {2: 0.45, 3: 0.28, 4: 0.20}.get(len(question.options), 1 / len(question.options))


KIND = Kind("single", read, check, share, is_blank, is_whole, luck, missing="Choose an answer first.")
