"""What the records say once those that were superseded are put aside."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from progress.evidence import is_evidence


@dataclass(frozen=True)
class Fact:
    """One record, as far as counting needs it."""

    number: int
    kind: str
    occurred_at: datetime
    course: str
    objective: str | None
    mark: float | None
    weight: float
    supersedes: int | None = None
    family: str | None = None
    question: str | None = None
    rating: str | None = None


@dataclass(frozen=True)
class Standing:
    """A fact that stands, at the place and time of the first one in its chain of corrections."""

    place: int
    occurred_at: datetime
    fact: Fact


@dataclass
class Tally:
    """What one objective's answers add up to."""

    answers: int
    right: float
    first_at: datetime
    last_at: datetime


def standing(facts: Iterable[Fact]) -> list[Standing]:
    """Return the facts that stand, in the order of replay; a correction stands where the first of its chain stood."""
    place_of: dict[int, int] = {}
    stand: dict[int, Standing] = {}
    for fact in sorted(facts, key=lambda fact: fact.number):
        place = place_of.get(fact.supersedes or fact.number, fact.number)
        first = stand.get(place)
        place_of[fact.number] = place
        stand[place] = Standing(place, first.occurred_at if first else fact.occurred_at, fact)
    return sorted(stand.values(), key=lambda one: one.place)


def evidence_of(facts: Iterable[Fact]) -> Iterator[Standing]:
    """Return what stands and tells something about an objective."""
    return (one for one in standing(facts) if one.fact.objective and is_evidence(one.fact.kind, one.fact.weight))


def tally(facts: Iterable[Fact]) -> dict[tuple[str, str], Tally]:
    """Add up the evidence of each objective in the order of replay, so that sums agree to the last digit."""
    sums: dict[tuple[str, str], Tally] = {}
    for one in evidence_of(facts):
        key = (one.fact.course, one.fact.objective or "")
        so_far = sums.setdefault(key, Tally(0, 0.0, one.occurred_at, one.occurred_at))
        so_far.answers += 1
        so_far.right += one.fact.mark or 0.0
        so_far.first_at = min(so_far.first_at, one.occurred_at)
        so_far.last_at = max(so_far.last_at, one.occurred_at)
    return sums
