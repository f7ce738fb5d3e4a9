"""What the daily review will cost in the weeks to come, and what it buys by the day of an exam: played through, not promised.

Every family is reviewed as FSRS expects it to go: at each review the learner knows it with the chance that the memory gives.
Several such futures are played with dice of their own, and the page tells the range between them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from statistics import fmean

from progress.remembering import Held, recall, reviewed
from quizzes.review.queueing import Course, Family, queue_of

DAYS = 28
FUTURES = 6
FAMILIES_PLAYED = 600  # over all futures; whoever takes many courses gets fewer futures instead of a slow page
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Outlook:
    """What one course comes to on the day of its exam: the expected share of its families that is known."""

    course: str
    with_review: tuple[float, float]  # lowest and highest of the futures
    without: float


@dataclass(frozen=True)
class Forecast:
    """The weeks to come, if everything due is reviewed every day, so many at most."""

    most: int  # a day
    days: tuple[float, ...]  # reviews of each day, the mean of the futures
    left: float  # put off at the end, the mean of the futures
    outlooks: tuple[Outlook, ...]

    @property
    def total(self) -> float:
        """Add the days up."""
        return sum(self.days)


@dataclass(frozen=True)
class Future:
    """One way in which it may go."""

    days: tuple[int, ...]
    left: int
    known: Mapping[str, float]  # by course, on the day of its exam


def forecast(
    courses: Sequence[Course], memories: Mapping[Family, Held], now: datetime, *, most: int, seed: int, days: int = DAYS
) -> Forecast:
    """Play the days to come a few times with at most so many reviews a day."""
    families = sum(len(course.weights) for course in courses)
    count = max(2, min(FUTURES, FAMILIES_PLAYED // max(1, families)))
    dice = [Random(f"{seed} {number}") for number in range(count)]  # noqa: S311  # no secret
    futures = [played(courses, memories, now, most, days, chance) for chance in dice]
    ahead = [course for course in courses if is_ahead(course, now, days)]
    return Forecast(
        most=most,
        days=tuple(fmean(each) for each in zip(*(one.days for one in futures), strict=True)),
        left=fmean(one.left for one in futures),
        outlooks=tuple(outlook(course, memories, [one.known[course.id] for one in futures]) for course in ahead),
    )


def is_ahead(course: Course, now: datetime, days: int) -> bool:
    """Say whether a course's exam lies within the days that are played."""
    return course.exam_at is not None and timedelta(0) < course.exam_at - now <= days * A_DAY


def outlook(course: Course, memories: Mapping[Family, Held], known: Sequence[float]) -> Outlook:
    """Return the range of the futures beside what would be left without any review."""
    return Outlook(course.id, (min(known), max(known)), known_at_exam(course, memories))


def played(
    courses: Sequence[Course], memories: Mapping[Family, Held], now: datetime, most: int, days: int, chance: Random
) -> Future:
    """Play the days once."""
    held, counts, known = dict(memories), [], {}
    for day in range(days):
        moment = now + day * A_DAY
        for course in courses:
            if is_ahead(course, moment, 1):
                known[course.id] = known_at_exam(course, held)
        queue = queue_of(courses, held, moment, most=most)
        for family in queue.families:
            held[family] = after_review(held.get(family), moment, chance)
        counts.append(len(queue.families))
    return Future(tuple(counts), queue_of(courses, held, now + days * A_DAY, most=most).left, known)


def after_review(held: Held | None, moment: datetime, chance: Random) -> Held:
    """Return a memory after a review that went as its recall lets one expect; something new is known half the time."""
    knows = chance.random() < (recall(held, moment) if held else 0.5)
    after = reviewed(held, "good" if knows else "again", None, moment)
    return replace(after, due_at=max(after.due_at, moment + A_DAY))


def known_at_exam(course: Course, memories: Mapping[Family, Held]) -> float:
    """Return the share of the exam that is known on its day, each family with its weight; what was never met counts as unknown."""
    if course.exam_at is None or not course.weights:
        return 0.0
    held = {name: memories.get((course.id, name)) for name in course.weights}
    known = sum(course.weights[name] * recall(one, course.exam_at) for name, one in held.items() if one)
    return known / sum(course.weights.values())
