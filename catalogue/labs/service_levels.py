"""Service levels: what the failures of a period come to, by every convention that is in use."""

from collections.abc import Iterator
from random import Random
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from catalogue.labs.figures import Asked, Figures, Impossible, Row
from catalogue.labs.pictures import BarRow, Bars, Stretch
from catalogue.labs.saying import bare, said
from catalogue.labs.working import Step, Worked, measured

Hours = Annotated[float, Field(ge=0, le=100_000)]


class Failure(Row):
    """One interruption, from the moment the service failed to the moment its users had it back."""

    name: str = "Failure"
    at: Annotated[Hours, Asked("Begins at", "h")]
    hours: Annotated[float, Field(gt=0, le=100_000), Asked("Back after", "h")]


class ServiceLevels(Figures):
    """A period of service and what went wrong in it."""

    spare: ClassVar[int] = 2
    period: Annotated[float, Field(gt=0, le=100_000), Asked("Length of the period", "h")]
    maintenance: Annotated[Hours, Asked("Maintenance agreed beforehand", "h")] = 0
    failures: Annotated[tuple[Failure, ...], Field(min_length=1, max_length=8)]

    def title_of(self, row: Row) -> str:
        """Return a failure's name; those without one are counted."""
        place = next(place for place, one in enumerate(self.failures, 1) if one is row)
        return f"Failure {place}" if row.name == "Failure" else row.name

    @model_validator(mode="after")
    def fits(self) -> "ServiceLevels":
        """Refuse failures that overlap or lie outside, and maintenance that leaves no service."""
        if self.maintenance >= self.period:
            raise Impossible("The maintenance takes the whole period; nothing is left that was agreed as service.")
        end = 0.0
        for one in sorted(self.failures, key=lambda failure: failure.at):
            if one.at < end:
                raise Impossible(
                    f"The failure at hour {bare(one.at)} begins before the one before it is over, at hour {bare(end)}."
                )
            end = one.at + one.hours
        if end > self.period:
            raise Impossible(
                f"The last failure ends at hour {bare(end)}, after the period of {bare(self.period)} hours."
            )
        if sum(one.hours for one in self.failures) > self.period - self.maintenance:
            raise Impossible("The failures last longer than the service was agreed for.")
        return self


def work(f: ServiceLevels) -> Worked:
    """Work out agreed time, downtime, availability and the four means."""
    agreed, down, count = f.period - f.maintenance, sum(one.hours for one in f.failures), len(f.failures)
    steps = (*basis(f, agreed, down), available(f, agreed, down), *means(agreed, down, count))
    return Worked(steps, reading(f, agreed, down), picture(f))


def basis(f: ServiceLevels, agreed: float, down: float) -> Iterator[Step]:
    """Return what everything else is counted from."""
    outside = "maintenance that was agreed beforehand lies outside the agreed service time"
    yield Step(
        "agreed",
        "Agreed service time",
        "period − agreed maintenance",
        f"{bare(f.period)} − {bare(f.maintenance)}",
        agreed,
        "h",
        outside,
    ).noting(
        (lambda: f.period, "That is the calendar; the maintenance that was agreed does not count as service time.")
    )
    hours = " + ".join(bare(one.hours) for one in f.failures)
    yield Step(
        "down",
        "Downtime",
        "the sum of all failures",
        hours,
        down,
        "h",
        "from the failure until the users have their service back",
    ).noting((lambda: down + f.maintenance, "Maintenance that was agreed beforehand is no downtime."))


def available(f: ServiceLevels, agreed: float, down: float) -> Step:
    """Return the availability."""
    return measured("availability", "%", agreed=agreed, down=down).noting(
        (lambda: 100 * down / agreed, "That is the share of time lost."),
        (
            lambda: 100 * (f.period - down) / f.period,
            "That counts the hours of the calendar, not the agreed service time.",
        ),
    )


def means(agreed: float, down: float, count: int) -> tuple[Step, ...]:
    """Return the means behind it, each with its convention."""
    turned = "That is the time to restore; asked is the time between failures."
    return (
        measured("mtrs", "h", title="Mean time to restore service (MTRS)", down=down, failures=count).noting(
            (lambda: down, "That is the total of all failures, not the mean of one."),
            (lambda: (agreed - down) / count, "That is the time between failures; asked is the time to restore."),
        ),
        measured(
            "mtbf",
            "h",
            title="Mean time between failures (MTBF), as ITIL counts",
            agreed=agreed,
            down=down,
            failures=count,
        ).noting(
            (lambda: down / count, turned),
            (lambda: agreed / count, "That includes the time to restore; here only the time in service counts."),
        ),
        measured(
            "mtbsi", "h", title="Mean time between service incidents (MTBSI)", agreed=agreed, failures=count
        ).noting(
            (
                lambda: (agreed - down) / count,
                "That leaves the time to restore out; here it counts, from failure to failure.",
            )
        ),
        measured(
            "mtbf_reliability", "h", title="MTBF, as reliability engineers count", agreed=agreed, failures=count
        ).noting((lambda: (agreed - down) / count, "That is the other convention; here the repair is included.")),
    )


def reading(f: ServiceLevels, agreed: float, down: float) -> str:
    """Say what the figures say, and what the mean hides."""
    longest, count = max(one.hours for one in f.failures), len(f.failures)
    share = said(100 * (agreed - down) / agreed, "%")
    first = f"The service was there for {share} of the agreed time."
    if count == 1:
        return f"{first} One failure is too few for a mean to promise anything about the next."
    return f"{first} On average it was back after {said(down / count, 'h')}, but the longest failure took {said(longest, 'h')}: the mean does not tell that."


def picture(f: ServiceLevels) -> Bars:
    """Draw the period with its failures, and the hours of each."""
    stretches = [Stretch(0, f.period, "service"), *(Stretch(one.at, one.at + one.hours, "down") for one in f.failures)]
    told = "; ".join(f"a failure at hour {bare(one.at)} for {said(one.hours, 'h')}" for one in f.failures)
    return Bars(
        "The period, hour by hour; gaps are failures",
        "h",
        (BarRow("Service", tuple(stretches)),),
        f"{said(f.period, 'h')} of service with {told}.",
    )


def others(f: ServiceLevels, chance: Random) -> ServiceLevels:
    """Return another month with as many failures."""
    count, maintenance = len(f.failures), float(chance.choice((0, 4, 8, 12, 20)))
    starts = [60 + place * (600 // count) + chance.randrange(0, 400 // count) for place in range(count)]
    hours = [chance.choice((0.5, 1, 1.5, 2, 3, 4, 6)) for _ in starts]
    failures = tuple(Failure(at=float(at), hours=float(length)) for at, length in zip(starts, hours, strict=True))
    return ServiceLevels(period=720.0, maintenance=maintenance, failures=failures)
