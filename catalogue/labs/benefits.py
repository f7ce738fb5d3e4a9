"""Benefits in money: three ways to judge one investment, and why they need not agree."""

from collections.abc import Iterator
from random import Random
from typing import Annotated

from pydantic import Field

from catalogue.labs.figures import Asked, Figures
from catalogue.labs.pictures import Curve, Lines, Mark
from catalogue.labs.saying import bare, said
from catalogue.labs.working import Step, Worked, measured

Money = Annotated[float, Field(gt=0, le=1e12)]


class Benefits(Figures):
    """A cost now and the same benefit at the end of each year."""

    cost: Annotated[Money, Asked("Cost, paid now", "€")]
    yearly: Annotated[Money, Asked("Benefit each year", "€")]
    years: Annotated[int, Field(ge=1, le=15), Asked("Comes in for", "years")]
    rate: Annotated[float, Field(ge=0, le=50), Asked("Discount rate", "%")]


def discounted(f: Benefits) -> list[float]:
    """Return the present value of each year's benefit."""
    return [f.yearly / (1 + f.rate / 100) ** year for year in range(1, f.years + 1)]


def work(f: Benefits) -> Worked:
    """Work out return on investment, payback, present values and the net present value."""
    present = sum(discounted(f))
    return Worked((*simple(f), *present_values(f), net(f, present)), reading(f, present), picture(f))


def simple(f: Benefits) -> Iterator[Step]:
    """Return what is judged without discounting."""
    total = f.yearly * f.years
    yield measured("roi", "%", title="Return on investment (ROI)", benefits=total, cost=f.cost).noting(
        (
            lambda: 100 * (total - f.cost) / total,
            "That is the share of the benefits; the return is a share of the cost.",
        ),
        (lambda: 100 * total / f.cost, "That is what comes back in all; take the cost away first."),
    )
    late = f"Not within {said(f.years, 'years')}."
    yield measured("payback", "years", possible=f.cost <= total, instead=late, cost=f.cost, yearly=f.yearly).noting(
        (lambda: f.yearly / f.cost, "That is the fraction upside down: how many years of benefit make up the cost?"),
    )


def present_values(f: Benefits) -> Iterator[Step]:
    """Return what each year's benefit is worth today, and their sum."""
    values = discounted(f)
    yield from (worth_today(f, year) for year in range(1, f.years + 1))
    added = " + ".join(bare(round(value)) for value in values)
    title, summed = "All benefits, worth today", "the sum of all years"
    yield Step("present", title, summed, added, sum(values), "€", "paid at the end of each year")


def worth_today(f: Benefits, year: int) -> Step:
    """Return the present value of one year's benefit."""
    title, name = f"Year {year}, worth today", f"year-{year}"
    step = measured("present_value", "€", name=name, title=title, amount=f.yearly, rate=f.rate, year=year)
    return step.noting(
        (lambda: f.yearly, "That is the benefit itself; in today’s money it is worth less."),
        (lambda: f.yearly * (1 - f.rate / 100 * year), "Discounting divides year upon year; it takes no share off."),
    )


def net(f: Benefits, present: float) -> Step:
    """Return the net present value."""
    return measured("npv", "€", title="Net present value (NPV)", present=round(present), cost=f.cost).noting(
        (lambda: f.yearly * f.years - f.cost, "That is the gain without discounting."),
        (lambda: f.cost - present, "The sign is turned round: start from the benefits."),
    )


def reading(f: Benefits, present: float) -> str:
    """Say whether the three agree."""
    gain, net_value = f.yearly * f.years - f.cost, present - f.cost
    first = f"Undiscounted the benefits are {said(abs(gain), '€')} {'above' if gain >= 0 else 'below'} the cost."
    if gain > 0 > net_value:
        return f"{first} In today’s money they fall {said(-net_value, '€')} short: the return looks good, and the money would still do better at {said(f.rate, '%')} elsewhere. The two disagree because only one of them asks when the money comes."
    if net_value >= 0:
        return f"{first} In today’s money {said(net_value, '€')} remain above what {said(f.rate, '%')} elsewhere would bring, so the two agree. Neither says how sure the benefits are."
    return f"{first} In today’s money {said(-net_value, '€')} are missing, so the two agree: this does not pay for itself in {said(f.years, 'years')}."


def picture(f: Benefits) -> Lines:
    """Draw what has come back by each year, as paid and in today's money."""
    paid, today = [-f.cost], [-f.cost]
    for value in discounted(f):
        paid.append(paid[-1] + f.yearly)
        today.append(today[-1] + value)
    curves = (
        Curve("as paid", tuple(enumerate(paid)), "plain"),
        Curve("in today’s money", tuple(enumerate(today)), "service"),
    )
    told = f"From {said(-f.cost, '€')} today to {said(paid[-1], '€')} as paid and {said(today[-1], '€')} in today’s money after {said(f.years, 'years')}."
    return Lines("What has come back, less the cost", "€", "year", curves, told, (Mark(0, "even"),))


def others(f: Benefits, chance: Random) -> Benefits:
    """Return another investment; about every second one looks good and is not."""
    cost, years = chance.randrange(60, 301, 20) * 1_000.0, chance.choice((3, 4, 5))
    rate = float(chance.choice((5, 6, 8, 10)))
    even = cost / sum((1 + rate / 100) ** -year for year in range(1, years + 1))
    yearly = round(even * chance.choice((0.95, 0.98, 1.04, 1.12)) / 1_000) * 1_000.0
    return Benefits(cost=cost, yearly=yearly, years=years, rate=rate)
