"""Chooses the questions of a practice, and puts them into an order one learns from (learning.md 1.3 and 4)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from catalogue.questions import Question

WHICH = ("all", "unseen", "missed", "due")
SIZES = (5, 10, 20, 40)
SAME_AFTER = timedelta(days=14)  # before that a question tests whether one remembers the question
LAST_ONES = 20  # nor does a question come again among the last twenty
NEW_UNTIL = 5  # answers to an objective up to which its questions stand together; later they are mixed
EASY_START = 2
Cases = Mapping[tuple[str, str], Sequence[Question]]  # by bank and case


@dataclass(frozen=True)
class Wish:
    """What a learner wants to practise."""

    courses: frozenset[str]
    objectives: frozenset[str] = frozenset()  # course/objective; none means all
    size: int = 10
    difficulties: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    which: str = "all"


@dataclass(frozen=True)
class LastAnswer:
    """The last answer to one question."""

    mark: float
    at: datetime


@dataclass(frozen=True)
class Known:
    """What is known of the learner's answers so far."""

    answers: Mapping[str, LastAnswer] = field(default_factory=dict)  # by course/question
    due: frozenset[tuple[str, str]] = frozenset()  # course, family
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)  # answers by course and objective


def choose(
    questions: Sequence[Question], wish: Wish, known: Known, *, now: datetime, chance: Random
) -> tuple[Question, ...]:
    """Return the questions of a practice in order; fewer than were wished where no more fit.

    One question of a family, the longest unseen first. What was met lately is left out unless just that was wished for.
    A case comes whole, its questions one after the other, and counts as many as it has.
    """
    fitting = [one for one in questions if fits(one, wish, known)]
    rested = [one for one in fitting if is_rested(one, known, now)]
    dice = {one.ref: chance.random() for one in fitting}

    def rank(question: Question) -> tuple[bool, datetime, float]:
        seen = known.answers.get(question.ref)
        return (
            question not in rested,
            seen.at if seen else datetime.min.replace(tzinfo=now.tzinfo),
            dice[question.ref],
        )

    cases = cases_of(questions)
    chosen = first_of_families(sorted(fitting, key=rank), cases, wish.size)
    return tuple(one for lead in arranged(chosen, known, chance) for one in together(lead, cases))


def cases_of(questions: Iterable[Question]) -> Cases:
    """Return the questions of each case, in the order of their bank."""
    found: dict[tuple[str, str], list[Question]] = {}
    for one in questions:
        if one.case is not None:
            found.setdefault((one.path, one.case.id), []).append(one)
    return found


def together(question: Question, cases: Cases) -> Sequence[Question]:
    """Return a question with those of its case, or by itself."""
    return cases[question.path, question.case.id] if question.case else [question]


def fits(question: Question, wish: Wish, known: Known) -> bool:
    """Say whether a question is among those wished for."""
    if question.course_id not in wish.courses or question.sorter:
        return False
    if wish.objectives and f"{question.course_id}/{question.objective}" not in wish.objectives:
        return False
    if wish.difficulties and question.difficulty not in wish.difficulties:
        return False
    if wish.kinds and question.kind not in wish.kinds:
        return False
    return is_which(question, wish.which, known)


def is_which(question: Question, which: str, known: Known) -> bool:
    """Say whether a question is unseen, was missed last time, or is due, as was wished."""
    seen = known.answers.get(question.ref)
    match which:
        case "unseen":
            return seen is None
        case "missed":
            return seen is not None and seen.mark < 1
        case "due":
            return (question.course_id, question.family) in known.due
    return True


def is_rested(question: Question, known: Known, now: datetime) -> bool:
    """Say whether it is long enough ago that the question was answered."""
    seen = known.answers.get(question.ref)
    if seen is None:
        return True
    lately = sorted(known.answers.values(), key=lambda one: one.at)[-LAST_ONES:]
    return now - seen.at >= SAME_AFTER and seen not in lately


def first_of_families(ranked: Sequence[Question], cases: Cases, size: int) -> list[Question]:
    """Return the first question of each family, as many as are wished; siblings never come in one sitting.

    Of a case the first one stands for all, where there is room for all.
    """
    families: set[tuple[str, str]] = set()
    chosen: list[Question] = []
    room = size
    for question in ranked:
        several = together(question, cases)
        names = {(one.course_id, one.family) for one in several}
        if len(several) <= room and not names & families:
            families |= names
            chosen.append(question)
            room -= len(several)
    return chosen


def arranged(chosen: Sequence[Question], known: Known, chance: Random) -> tuple[Question, ...]:
    """Begin easily, keep together what is new to the learner, and mix everything else."""
    easy = [one for one in chosen if one.difficulty == "easy"][:EASY_START]
    rest = [one for one in chosen if one not in easy]
    new = [one for one in rest if known.counts.get((one.course_id, one.objective), 0) < NEW_UNTIL]
    old = [one for one in rest if one not in new]
    new.sort(key=lambda one: (one.course_id, one.objective))
    return (*easy, *new, *mixed(old, chance))


def mixed(questions: Sequence[Question], chance: Random) -> list[Question]:
    """Put questions into an order in which neighbours are of different objectives, as far as that can be."""
    left = list(questions)
    chance.shuffle(left)
    ordered: list[Question] = []
    while left:
        many = Counter(one.objective for one in left)
        others = [one for one in left if not ordered or one.objective != ordered[-1].objective] or left
        taken = max(others, key=lambda one: many[one.objective])
        left.remove(taken)
        ordered.append(taken)
    return ordered
