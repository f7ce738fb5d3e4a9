"""Total cost of ownership: two offers over the years in which they are used, not only until they are built."""

from collections.abc import Iterator
from random import Random
from typing import Annotated, Any

from pydantic import Field

from catalogue.labs.figures import Asked, Figures, Row
from catalogue.labs.pictures import Curve, Lines
from catalogue.labs.saying import bare, said
from catalogue.labs.working import Step, Worked, measured

Money = Annotated[float, Field(ge=0, le=1e12)]


class Offer(Row):
    """What one solution costs to build, to keep and to end."""

    build: Annotated[Money, Asked("To buy and build, once", "€")]
    run: Annotated[Money, Asked("To run and support, a year", "€")]
    change: Annotated[Money, Asked("To change, a year", "€")]
    down: Annotated[float, Field(ge=0, le=8784), Asked("Downtime expected, a year", "h")]
    hour: Annotated[Money, Asked("What an hour down costs", "€")]
    retire: Annotated[Money, Asked("To retire, once", "€")]

    @property
    def yearly(self) -> float:
        """Return what a year of use costs."""
        return self.run + self.change + self.down * self.hour


class TotalCost(Figures):
    """Two offers over the same years."""

    years: Annotated[int, Field(ge=1, le=20), Asked("In use for", "years")]
    offers: Annotated[tuple[Offer, ...], Field(min_length=2, max_length=2)]


def total(offer: Offer, years: int) -> float:
    """Return what an offer costs over all its years."""
    return offer.build + offer.yearly * years + offer.retire


def work(f: TotalCost) -> Worked:
    """Work out a year of each, the whole of each, and from when on the dearer build is the cheaper one."""
    steps = [step for place, offer in enumerate(f.offers, 1) for step in steps_of(f, offer, place)]
    return Worked((*steps, difference(f), crossing(f)), reading(f), picture(f))


def steps_of(f: TotalCost, offer: Offer, place: int) -> Iterator[Step]:
    """Return a year's cost and the total of one offer."""
    written = "run + change + downtime × cost of an hour"
    inserted = f"{bare(offer.run)} + {bare(offer.change)} + {bare(offer.down)} × {bare(offer.hour)}"
    yield Step(
        f"yearly-{place}",
        f"{offer.name}: a year",
        written,
        inserted,
        offer.yearly,
        "€",
        "support, changes and what downtime costs those who work with it",
    ).noting(
        (lambda: offer.run, "That is the run cost alone; changes and downtime cost as well."),
        (lambda: offer.run + offer.change, "Downtime costs as well: its hours times what an hour costs."),
    )
    given: dict[str, Any] = {"build": offer.build, "yearly": offer.yearly, "years": f.years, "retire": offer.retire}
    yield measured(
        "total_cost", "€", name=f"total-{place}", title=f"{offer.name}: total cost of ownership", **given
    ).noting(
        (lambda: offer.build + offer.yearly * f.years, "Retiring it costs as well."),
        (lambda: offer.build + offer.yearly + offer.retire, "That is one year of use; multiply by the years."),
        (lambda: offer.build, "That is the project’s budget alone."),
    )


def difference(f: TotalCost) -> Step:
    """Return by how much the second is dearer than the first."""
    first, second = f.offers
    one, two = total(first, f.years), total(second, f.years)
    step = Step(
        "difference",
        f"{second.name} less {first.name}",
        "one total − the other",
        f"{bare(two)} − {bare(one)}",
        two - one,
        "€",
        "below nothing: the second is cheaper over these years",
    )
    return step.noting(
        (lambda: one - two, "The sign is turned round."),
        (lambda: second.build - first.build, "That compares the building alone."),
    )


def crossing(f: TotalCost) -> Step:
    """Return after how many years of use both have cost the same, retirement left out."""
    first, second = f.offers
    saved = first.yearly - second.yearly
    even = (second.build - first.build) / saved if saved else None
    value = even if even is not None and even > 0 else None
    written, inserted = (
        "difference in building ÷ difference a year",
        f"{bare(second.build - first.build)} ÷ {bare(saved)}",
    )
    return Step(
        "even",
        "Equal after",
        written,
        inserted,
        value,
        "years",
        "retirement left out",
        "" if value else "One of them is cheaper from the first day on.",
    )


def reading(f: TotalCost) -> str:
    """Say which is cheaper to build and which to own."""
    by_build, by_total = (
        sorted(f.offers, key=lambda one: one.build),
        sorted(f.offers, key=lambda one: total(one, f.years)),
    )
    cheap, gap = by_total[0], total(by_total[1], f.years) - total(by_total[0], f.years)
    share = said(round(100 * cheap.build / (total(cheap, f.years) or 1)), "%")
    if by_build[0] is not cheap:
        return f"{by_build[0].name} is cheaper to build and {said(gap, '€')} dearer to own for {said(f.years, 'years')}. Building is {share} of what {cheap.name} costs in all: a project’s budget that ends at go-live does not see the rest."
    return f"{cheap.name} is cheaper to build and, by {said(gap, '€')}, to own for {said(f.years, 'years')}. Building is {share} of what it costs in all."


def picture(f: TotalCost) -> Lines:
    """Draw what each has cost by every year."""
    curves = tuple(
        Curve(offer.name, tuple((year, offer.build + offer.yearly * year) for year in range(f.years + 1)), kind)
        for offer, kind in zip(f.offers, ("project", "service"), strict=True)
    )
    told = "; ".join(
        f"{offer.name} from {said(offer.build, '€')} to {said(offer.build + offer.yearly * f.years, '€')}"
        for offer in f.offers
    )
    return Lines(
        "Paid in all by the end of each year, before retirement",
        "€",
        "year",
        curves,
        f"{told}, over {said(f.years, 'years')}.",
    )


def others(f: TotalCost, chance: Random) -> TotalCost:
    """Return two other offers, of which mostly the one that is dearer to build is cheaper to own."""
    build, run = chance.randrange(60, 161, 10) * 1_000.0, chance.randrange(30, 61, 5) * 1_000.0
    change, down, hour = (
        chance.randrange(10, 31, 5) * 1_000.0,
        float(chance.randrange(10, 31, 5)),
        chance.choice((200.0, 400.0, 500.0)),
    )
    first = Offer(name=f.offers[0].name, build=build, run=run, change=change, down=down, hour=hour, retire=5_000.0)
    dearer = build + chance.randrange(30, 91, 10) * 1_000.0
    second = Offer(
        name=f.offers[1].name,
        build=dearer,
        run=run - 12_000.0,
        change=change - 5_000.0,
        down=down - 6.0,
        hour=hour,
        retire=8_000.0,
    )
    return TotalCost(years=chance.choice((4, 5, 6)), offers=(first, second))
