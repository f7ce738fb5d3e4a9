"""What to review today, and in which order (learning.md 1.3 and 1.5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from catalogue.questions import Question
from progress.remembering import Held, recall, reviewed
from quizzes.practice.choosing import SAME_AFTER, Known

Family = tuple[str, str]  # course, family

MOST_A_DAY = 25  # about twenty minutes; what is left over is due tomorrow, and no page counts it as debt
NEW_A_DAY = 5
NEAR = timedelta(days=14)  # an exam within it changes the order
NO_NEW = timedelta(days=3)  # before an exam nothing new is begun
LAST_DAYS = timedelta(days=2)  # then only what was forgotten before
MOST_WEIGHED = 100  # of the most overdue; weighing one takes two reviews in thought


@dataclass(frozen=True)
class Course:
    """What a learner takes, and by when it is needed."""

    id: str
    weights: Mapping[str, float]  # of a family: its share of the exam
    exam_at: datetime | None = None


@dataclass(frozen=True)
class Queue:
    """What to review today."""

    due: tuple[Family, ...]
    new: tuple[Family, ...]
    left: int  # due as well, and put off by the day's cap

    @property
    def families(self) -> tuple[Family, ...]:
        """Return everything in order."""
        return (*self.due, *self.new)


def queue_of(
    courses: Sequence[Course], memories: Mapping[Family, Held], now: datetime, *, most: int = MOST_A_DAY
) -> Queue:
    """Return today's queue: what is due, the most useful first where an exam is near, then some new families; so many at most."""
    due = [family for course in courses for family in due_of(course, memories, now)]
    due.sort(key=lambda family: memories[family].due_at)
    ordered = by_gain(due, courses, memories, now) if any(is_near(course, now) for course in courses) else due
    room = most - min(len(due), most)
    new = [family for course in courses if takes_new(course, now) for family in unknown(course, memories)]
    return Queue(tuple(ordered[:most]), tuple(new[: min(NEW_A_DAY, room)]), max(0, len(due) - most))


def due_of(course: Course, memories: Mapping[Family, Held], now: datetime) -> Iterable[Family]:
    """Return a course's families that are due; in its last days only those that were forgotten before."""
    last = course.exam_at is not None and course.exam_at - now <= LAST_DAYS
    for name in course.weights:
        held = memories.get((course.id, name))
        if held and held.due_at <= now and (held.lapses or not last):
            yield course.id, name


def unknown(course: Course, memories: Mapping[Family, Held]) -> list[Family]:
    """Return the families that were never answered, those that weigh most in the exam first."""
    names = [name for name in course.weights if (course.id, name) not in memories]
    return [(course.id, name) for name in sorted(names, key=lambda name: -course.weights[name])]


def is_near(course: Course, now: datetime) -> bool:
    """Say whether a course's exam is near and not over."""
    return course.exam_at is not None and timedelta(0) < course.exam_at - now <= NEAR


def takes_new(course: Course, now: datetime) -> bool:
    """Say whether new families may still be begun."""
    return course.exam_at is None or course.exam_at < now or course.exam_at - now > NO_NEW


def by_gain(
    due: Sequence[Family], courses: Sequence[Course], memories: Mapping[Family, Held], now: datetime
) -> list[Family]:
    """Put first what a review today helps most on the day of the exam; what has no near exam keeps its place behind."""
    of = {course.id: course for course in courses}
    weighed = [family for family in due if is_near(of[family[0]], now)][:MOST_WEIGHED]
    gains = {family: gain(memories[family], of[family[0]], family[1], now) for family in weighed}
    return sorted(weighed, key=lambda family: -gains[family]) + [family for family in due if family not in gains]


def gain(held: Held, course: Course, family: str, now: datetime) -> float:
    """Return what a review now adds to the expected recall at the exam, weighed by the family's share (learning.md 1.5)."""
    day = course.exam_at or now
    known = recall(held, now)
    right, wrong = (recall(reviewed(held, rating, None, now), day) for rating in ("good", "again"))
    return course.weights[family] * (known * right + (1 - known) * wrong - recall(held, day))


def variant(questions: Sequence[Question], known: Known, now: datetime) -> Question:
    """Return the question of a family to ask: one that was never seen, else the one seen longest ago."""
    never = datetime.min.replace(tzinfo=now.tzinfo)

    def rank(question: Question) -> tuple[bool, datetime, str]:
        seen = known.answers.get(question.ref)
        return (seen is not None and now - seen.at < SAME_AFTER, seen.at if seen else never, question.id)

    return min(questions, key=rank)
