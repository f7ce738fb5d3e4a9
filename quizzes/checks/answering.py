"""What can be done with a lesson's check: save a choice, finish it, try it again."""

from dataclasses import dataclass
from datetime import datetime

from catalogue.questions import Question
from core.database import db
from core.errors import Refused
from core.seeds import seed_of
from progress.enrolments import enrol
from progress.evidence import SAME_AGAIN
from progress.reading import complete_lesson
from progress.records import Deed, note
from quizzes.checks.desk import Desk, Try
from quizzes.kinds import Response, Shown, WrongResponse, kind_of
from quizzes.marking import Mark, mark
from quizzes.models import AnswerStep, Attempt, AttemptItem
from quizzes.seeds import check_seed

CONFIDENCES = ("guess", "fairly-sure", "sure")

CHANGED = "This question was changed while you had it open. Here it is as it stands now; please look at it once more."
ELSEWHERE = (
    "This check was answered in another window meanwhile. Your choice is kept here; press the button again to save it."
)
FINISHED = "You have answered this check already. You can try it again."
LATER_TRY = "You began this check anew in another window. Your choice is kept here; press the button again to save it."
NO_CONFIDENCE = "Say how sure you are, then check your answer. Your choice is kept."
NOTHING_YET = "There is nothing to try again yet."


@dataclass(frozen=True)
class Answer:
    """What the page sent about one check."""

    response: Response
    confidence: str | None
    sequence: int
    try_number: int
    shown_digest: str


def save_answer(desk: Desk, answer: Answer, *, revision: int, now: datetime) -> Try:
    """Keep a choice that is not final; the same one sent again is acknowledged again."""
    known = acknowledged(desk, answer, "save")
    if known:
        return known
    item = open_item(desk, answer, revision=revision, now=now)
    earned(item, desk.question, answer)  # refuses what cannot belong to the question
    step = add_step(item, answer, "save", now=now)
    return Try(item, step, step)


def finish_check(desk: Desk, answer: Answer, *, revision: int, now: datetime) -> Try:
    """Mark the answer, note it in the records, and complete the lesson where it was the last thing missing.

    Without a choice or a confidence it only saves; `what_is_missing` says what to ask for.
    """
    if what_is_missing(desk.question, answer):
        return save_answer(desk, answer, revision=revision, now=now)
    known = acknowledged(desk, answer, "finish")
    if known:
        return known
    item = open_item(desk, answer, revision=revision, now=now)
    step = add_step(item, answer, "finish", mark=earned(item, desk.question, answer).practice, now=now)
    note(desk.learner_id, deed(desk, item, step), now=now)
    if desk.settles and desk.reading:
        complete_lesson(desk.reading, now=now)
    return Try(item, step, step)


def try_again(desk: Desk, try_number: int, *, revision: int, now: datetime) -> Try:
    """Begin another try at a check that was finished; pressing twice begins one."""
    latest = desk.latest
    if latest is None:
        raise Refused(NOTHING_YET)
    if latest.finished and latest.item.try_number == try_number:
        return Try(begin_item(desk, revision=revision, now=now), None, None)
    return latest


def what_is_missing(question: Question, answer: Answer) -> str | None:
    """Say what a check needs before it can be finished."""
    shown = Shown(question, seed=0)  # whether an answer is whole is the same in every order
    if not kind_of(shown).is_whole(shown, answer.response):
        return kind_of(shown).missing
    return None if answer.confidence else NO_CONFIDENCE


def acknowledged(desk: Desk, answer: Answer, kind: str) -> Try | None:
    """Return how things stand when this very step was taken before; its number with something else is refused."""
    same = next((one.same for one in desk.tries if one.item.try_number == answer.try_number), None)
    if same is None:
        return None
    if (same.kind, same.response, same.confidence) == (kind, answer.response, answer.confidence):
        return desk.latest
    raise Refused(ELSEWHERE)


def open_item(desk: Desk, answer: Answer, *, revision: int, now: datetime) -> AttemptItem:
    """Return the item that this answer belongs to, made at the first answer; refuse what came too late."""
    if answer.shown_digest != desk.question.digest:
        raise Refused(CHANGED)
    latest = desk.latest
    if answer.try_number == desk.next_try and (latest is None or outdated(desk, latest)):
        return begin_item(desk, revision=revision, now=now)
    if latest is None or answer.try_number != latest.item.try_number:
        raise Refused(LATER_TRY)
    if latest.finished:
        raise Refused(FINISHED)
    if outdated(desk, latest):
        raise Refused(CHANGED)
    if latest.last and answer.sequence <= latest.last.sequence:
        raise Refused(ELSEWHERE)
    join(desk, now=now)
    return latest.item


def outdated(desk: Desk, one: Try) -> bool:
    """Say whether the question was changed since an open try at it began."""
    return not one.finished and one.item.digest != desk.question.digest


def begin_item(desk: Desk, *, revision: int, now: datetime) -> AttemptItem:
    """Pin the question as it is shown to this learner at the next try; whoever answers takes the course."""
    join(desk, now=now)
    item = AttemptItem(
        attempt_id=(desk.attempt or begin_attempt(desk, now=now)).id,
        learner_id=desk.learner_id,
        position=desk.places + 1,
        try_number=desk.next_try,
        question=desk.question.ref,
        revision=revision,
        digest=desk.question.digest,
        seed=check_seed(desk.learner_id, desk.lesson.ref, desk.question.ref, desk.next_try),
        shown_at=now,
    )
    db.session.add(item)
    db.session.flush()
    return item


def begin_attempt(desk: Desk, *, now: datetime) -> Attempt:
    """Begin the one attempt that holds the checks of a lesson."""
    attempt = Attempt(
        learner_id=desk.learner_id,
        kind="check",
        course=desk.lesson.course_id,
        lesson=desk.lesson.id,
        feedback="each",
        seed=seed_of("checks", desk.learner_id, desk.lesson.ref),
        begun_at=now,
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt


def join(desk: Desk, *, now: datetime) -> None:
    """Let whoever answers take the course."""
    if not desk.enrolled:
        enrol(desk.learner_id, desk.lesson.course_id, now=now)


def earned(item: AttemptItem, question: Question, answer: Answer) -> Mark:
    """Mark the answer to the question as this item shows it, or refuse it in words."""
    try:
        return mark(Shown(question, item.seed), answer.response)
    except WrongResponse as wrong:
        raise Refused(str(wrong), 400) from None


def add_step(item: AttemptItem, answer: Answer, kind: str, *, now: datetime, mark: float | None = None) -> AnswerStep:
    """Add a step; none is ever overwritten."""
    step = AnswerStep(
        item_id=item.id,
        learner_id=item.learner_id,
        sequence=answer.sequence,
        kind=kind,
        response=answer.response,
        confidence=answer.confidence,
        mark=mark,
        taken_at=now,
    )
    db.session.add(step)
    db.session.flush()
    return step


def deed(desk: Desk, item: AttemptItem, step: AnswerStep) -> Deed:
    """Tell the records what was answered; the same question once more tells little, and weighs so."""
    return Deed(
        kind="answer",
        course=desk.question.course_id,
        lesson=desk.lesson.id,
        objective=desk.question.objective,
        family=desk.question.family,
        question=desk.question.ref,
        digest=item.digest,
        mark=step.mark,
        confidence=step.confidence,
        weight=1.0 if desk.first_finish else SAME_AGAIN,
        source=f"check:{item.attempt_id}",
    )
