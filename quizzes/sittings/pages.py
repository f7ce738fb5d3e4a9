"""What the pages of a sitting show."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from catalogue.catalogue import Catalogue
from catalogue.questions import Question
from core.wording import second_in_words, zone_named
from progress.ratings import expected_seconds, is_rapid
from quizzes.kinds import KINDS, Response, Shown
from quizzes.sittings.cells import outcome
from quizzes.sittings.clock import deadline, milliseconds_left, on_break
from quizzes.sittings.forms import Sent, answer_digest
from quizzes.sittings.knowing import is_right_guess
from quizzes.sittings.queries import Answering, Place, Sheet
from quizzes.sittings.teaching import Taught, taught

ACROSS = {"project": "service", "service": "project", "both": "both"}


@dataclass(frozen=True)
class Clock:
    """What is left, in milliseconds; the page counts down and asks again now and then."""

    left: int | None
    rest_left: int | None  # of a running break

    @property
    def words(self) -> str:
        """Say what is left as h:mm:ss, for a page without scripts."""
        seconds = (self.left or 0) // 1000
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def clock_of(sheet: Sheet, now: datetime) -> Clock:
    """Return what is left of a sitting, and of the break that is running."""
    rest = sheet.attempt.break_ends_at if on_break(sheet.attempt, now) else None
    return Clock(milliseconds_left(deadline(sheet.attempt, now), now), milliseconds_left(rest, now))


@dataclass(frozen=True)
class Asking:
    """One question of a sitting as its page draws it."""

    sheet: Sheet
    position: int
    question: Question
    shown: Shown
    response: Response
    confidence: str | None
    struck: frozenset[str]
    note: str
    sequence: int
    was: str
    saved_at: str | None
    finished: bool
    mark: float | None
    taught: Taught | None
    regraded: bool = False
    said_known: bool = False  # after it had been called a guess
    rapid: bool = False  # answered before it can have been read, so it counts for nothing
    problem: str | None = None

    @property
    def can_be_known(self) -> bool:
        """Say whether a right guess may still be called known."""
        guessed = is_right_guess(self.sheet.attempt, self.mark, self.confidence)
        return guessed and not self.said_known and not self.rapid

    @property
    def place(self) -> Place:
        """Return its place in the list of all questions."""
        return self.sheet.places[self.position - 1]

    @property
    def rule(self) -> str:
        """Say how part of an answer is marked; in an exam a part earns nothing."""
        rule = KINDS[self.question.kind].rule
        if not rule:
            return ""
        return rule if self.sheet.attempt.feedback == "each" else "An exam marks the whole answer, right or not."

    @property
    def previous(self) -> int | None:
        """Return the position before, within the open section."""
        return self.beside(-1)

    @property
    def next(self) -> int | None:
        """Return the position after, within the open section."""
        return self.beside(1)

    def beside(self, step: int) -> int | None:
        """Return a neighbour that stands in the same section, or after the end any neighbour."""
        position = self.position + step
        if not 1 <= position <= len(self.sheet.places):
            return None
        other = self.sheet.places[position - 1]
        ended = not self.sheet.attempt.is_open
        return position if ended or other.section == self.place.section else None

    @property
    def verdict(self) -> str:
        """Say how the answer came out."""
        if self.mark == 1:
            return (
                "Right, and it was a guess: the reasons make it knowledge." if self.confidence == "guess" else "Right."
            )
        if self.mark:
            return "Partly right: the reasons say what is missing."
        if not any(self.response.values()):
            return "Not answered."
        return (
            "Not right, although you were sure: this is worth a second look."
            if self.confidence == "sure"
            else "Not right."
        )


def asking(sheet: Sheet, position: int, here: Answering, question: Question, catalogue: Catalogue, zone: str) -> Asking:
    """Return one question with its answer as it stands."""
    answer = here.answer
    response: Response = answer.response if answer else {}
    confidence = answer.confidence if answer else None
    return Asking(
        sheet=sheet,
        position=position,
        question=question,
        shown=Shown(question, here.item.seed),
        response=response,
        confidence=confidence,
        struck=here.struck,
        note=here.note,
        sequence=here.item.last_sequence + 1,
        was=answer_digest(response, confidence),
        saved_at=second_in_words(answer.taken_at, zone_named(zone)) if answer else None,
        finished=here.item.finished_at is not None,
        mark=here.item.mark,
        taught=taught(question, catalogue),
        regraded=here.item.marked_revision is not None,
        said_known=here.last("known") is not None,
        rapid=is_rapid(here.item.seconds, expected_seconds(question.words)),
    )


def with_sent(page: Asking, sent: Sent, problem: str) -> dict[str, object]:
    """Return what replaces the saved answer on a page after a refusal: what was sent, and why it was not kept."""
    return {
        "response": sent.response,
        "confidence": sent.confidence,
        "problem": problem,
        "note": sent.note or page.note,
    }


def counts(places: tuple[Place, ...]) -> Mapping[str, int]:
    """Count what the list of questions shows."""
    return {
        "answered": sum(place.answered or place.finished for place in places),
        "open": sum(not (place.answered or place.finished) for place in places),
        "flagged": sum(place.flagged for place in places),
    }


def outcomes(places: tuple[Place, ...]) -> Mapping[str, int]:
    """Count how the questions came out; those that are not finished yet have none."""
    return Counter(outcome(place) for place in places if place.finished)
