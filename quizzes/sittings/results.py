"""What a sitting came to: the score with its range, each domain, the pace, and how sure the learner was."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from progress.evidence import wilson_range
from quizzes.sittings.plans import Plan

SLOW = 2.0  # times the median after which a question counts as slow
FEW = 5  # questions of a domain below which a share would say more than is known
SURENESS = ("guess", "fairly-sure", "sure")


@dataclass(frozen=True)
class Marked:
    """One question of an ended sitting, as far as the result needs it."""

    position: int
    domain: str  # title; empty where the question is no longer known
    objective: str
    mark: float | None
    scored: bool
    seconds: float
    confidence: str | None
    answered: bool


@dataclass(frozen=True)
class Share:
    """So many of so many, with the range in which the true share lies four times in five."""

    title: str
    right: float
    of: int

    @property
    def percent(self) -> int:
        """Return the share in whole percent."""
        return round(100 * self.right / self.of) if self.of else 0

    @property
    def range(self) -> tuple[int, int]:
        """Return the range in whole percent (Wilson, 80 %)."""
        low, high = wilson_range(self.right, self.of) if self.of else (0.0, 1.0)
        return round(100 * low), round(100 * high)

    @property
    def is_thin(self) -> bool:
        """Say whether there are too few to tell anything."""
        return self.of < FEW


@dataclass(frozen=True)
class Result:
    """The result of one sitting."""

    score: Share
    passing: int | None
    band: str | None
    domains: tuple[Share, ...]
    sureness: tuple[Share, ...]
    pace: tuple[Marked, ...]
    median_seconds: float
    unanswered: int

    @property
    def passed(self) -> bool | None:
        """Say whether it would have passed; None where no pass mark is published."""
        return None if self.passing is None else self.score.right >= self.passing

    @property
    def slowest(self) -> float:
        """Return the seconds of the slowest question."""
        return max((one.seconds for one in self.pace), default=0.0)

    def is_slow(self, one: Marked) -> bool:
        """Say whether a question took far longer than the others."""
        return self.median_seconds > 0 and one.seconds > SLOW * self.median_seconds

    @property
    def slow(self) -> int:
        """Count the questions that took far longer than the others."""
        return sum(self.is_slow(one) for one in self.pace if one.answered)

    @property
    def weakest(self) -> tuple[Share, ...]:
        """Return the domains with most to gain, the weakest first; those where nothing was missed left out."""
        missed = [share for share in self.domains if share.of and share.right < share.of]
        return tuple(sorted(missed, key=lambda share: share.right / share.of))


def result_of(plan: Plan, marked: Sequence[Marked]) -> Result:
    """Add a sitting up; questions that are only tried out do not count."""
    counted = [one for one in marked if one.scored]
    score = share_of("All questions", counted)
    given = [one for one in marked if one.answered]
    return Result(
        score=score,
        passing=plan.passing,
        band=band_of(plan, score.percent),
        domains=tuple(share_of(name, [one for one in counted if one.domain == name]) for name in named(counted)),
        sureness=tuple(share_of(name, [one for one in given if one.confidence == name]) for name in SURENESS),
        pace=tuple(marked),
        median_seconds=median([one.seconds for one in given]) if given else 0.0,
        unanswered=sum(not one.answered for one in marked),
    )


def share_of(title: str, marked: Iterable[Marked]) -> Share:
    """Add some questions up."""
    held = list(marked)
    return Share(title, sum(one.mark or 0.0 for one in held), len(held))


def named(marked: Iterable[Marked]) -> list[str]:
    """Return the domains that occur, in the order of their first question."""
    return list(dict.fromkeys(one.domain for one in marked if one.domain))


def band_of(plan: Plan, percent: int) -> str | None:
    """Return the name of the range that a result falls into."""
    reached = [band for band in plan.bands if percent >= band.start]
    return max(reached, key=lambda band: band.start).name if reached else None
