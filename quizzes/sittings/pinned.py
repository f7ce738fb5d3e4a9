"""Questions as they were when they were shown, however they read today."""

from collections.abc import Iterable, Mapping

from catalogue.catalogue import Catalogue
from catalogue.documents import question_at
from catalogue.questions import Question
from quizzes.models import AttemptItem


def pinned_question(item: AttemptItem, catalogue: Catalogue) -> Question | None:
    """Return the question of an item as it was shown; one whose revision cannot be read any more is None."""
    live = catalogue.question(item.question)
    if live is not None and live.digest == item.digest:
        return live
    return question_at(item.revision, item.question, catalogue)


def pinned_questions(items: Iterable[AttemptItem], catalogue: Catalogue) -> Mapping[int, Question]:
    """Return the questions of many items by item; unchanged ones cost no statement."""
    found = {item.id: pinned_question(item, catalogue) for item in items}
    return {item: question for item, question in found.items() if question is not None}


def marked_question(item: AttemptItem, catalogue: Catalogue) -> Question | None:
    """Return the question by which an item's mark was given: a later revision where it was regraded, else the pinned one."""
    if item.marked_revision is not None:
        return question_at(item.marked_revision, item.question, catalogue)
    return pinned_question(item, catalogue)
