"""What the card of one check shows: the question before an answer, and everything about it after."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for

from catalogue.catalogue import Catalogue
from catalogue.material import Lesson
from catalogue.questions import Question
from core.wording import second_in_words, zone_named
from quizzes.checks.answering import CHANGED, Answer
from quizzes.checks.queries import CheckState, check_states, fresh
from quizzes.kinds import Shown, kind_of, still_fitting
from quizzes.seeds import check_seed
from quizzes.sittings.teaching import taught

REWORDED = "The question was changed since you answered it; your answer counts as it was given."


@dataclass(frozen=True)
class CheckCard:
    """One check of a lesson, ready to be drawn; keys and reasons are drawn only when it is finished."""

    question: Question
    state: CheckState
    action: str
    count: str
    shown: Shown
    fields: Mapping[str, str | int]
    saved_at: str | None
    taught: tuple[str, str] | None  # title and address of the lesson where it is explained, when that is another one
    problem: str | None = None

    @property
    def rule(self) -> str:
        """Say how part of an answer is marked."""
        return kind_of(self.shown).rule

    @property
    def again_fields(self) -> Mapping[str, str | int]:
        """What asks for another try."""
        return {"act": "again", "try": self.state.try_number}

    @property
    def verdict(self) -> str:
        """Say how the answer came out."""
        words = verdict(self.state)
        reworded = not self.state.regraded and self.state.digest != self.question.digest
        return f"{words} {REWORDED}" if reworded else words


def verdict(state: CheckState) -> str:
    """Say in one sentence how an answer came out, and what its confidence adds to that."""
    if state.mark == 1.0:
        return "Right, and it was a guess: the reasons make it knowledge." if state.confidence == "guess" else "Right."
    if state.mark:
        return "Partly right: the reasons say what is missing."
    if state.confidence == "sure":
        return "Not right, although you were sure: this is worth a second look."
    return "Not right yet: the reasons say why."


def lesson_cards(
    learner_id: int | None, lesson: Lesson, catalogue: Catalogue, time_zone: str = "UTC"
) -> dict[str, CheckCard]:
    """Return the cards of a lesson's checks by `course/id`, in one statement (none for a visitor)."""
    states = check_states(learner_id, lesson.course_id, lesson.id) if learner_id else {}
    cards = {}
    for ref in lesson.checks:
        question = catalogue.question(ref)
        if question:
            state = states.get(question.ref) or fresh(question.ref)
            cards[ref] = check_card(learner_id, lesson, question, state, catalogue, time_zone)
    return cards


def check_card(
    learner_id: int | None,
    lesson: Lesson,
    question: Question,
    state: CheckState,
    catalogue: Catalogue,
    time_zone: str = "UTC",
    problem: str | None = None,
) -> CheckCard:
    """Return the card of one check in one state."""
    state, changed = current_state(state, question)
    seed = state.seed or check_seed(learner_id, lesson.ref, question.ref, state.try_number)
    return CheckCard(
        question=question,
        state=state,
        action=url_for("quizzes.answer_check", course=lesson.course_id, lesson=lesson.id, question=question.id),
        count=f"Check {lesson.checks.index(question.ref) + 1} of {len(lesson.checks)}",
        shown=Shown(question, seed),
        fields={
            "try": state.try_number,
            "sequence": state.sequence,
            "revision": catalogue.revision_of(question) or 0,
            "shown_digest": question.digest,
        },
        saved_at=clock_time(state.saved_at, time_zone),
        taught=taught_elsewhere(question, lesson, catalogue),
        problem=problem or changed,
    )


def current_state(state: CheckState, question: Question) -> tuple[CheckState, str | None]:
    """Return the state as the question stands now; an open try at an older one gives way, and what fits is kept."""
    if not state.begun or state.finished or state.digest == question.digest:
        return state, None
    kept = still_fitting(question, state.response)
    return CheckState(state.question, state.try_number + 1, response=kept, confidence=state.confidence), CHANGED


def with_typed(state: CheckState, question: Question, answer: Answer) -> CheckState:
    """Put what was just chosen in place of what was saved, as far as the question still has it."""
    if state.finished:
        return state
    kept = still_fitting(question, answer.response)
    return replace(state, response=kept, confidence=answer.confidence)


def clock_time(moment: datetime | None, time_zone: str) -> str | None:
    """Write a moment as the learner's clock shows it."""
    return second_in_words(moment, zone_named(time_zone)) if moment else None


def taught_elsewhere(question: Question, lesson: Lesson, catalogue: Catalogue) -> tuple[str, str] | None:
    """Return title and address of the lesson that explains a question, when it is another one."""
    there = taught(question, catalogue)
    return (there.title, there.url) if there and there.lesson.ref != lesson.ref else None
