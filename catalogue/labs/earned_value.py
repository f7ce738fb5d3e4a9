"""Earned value: four figures at one date, what they say, and four forecasts by four assumptions."""

from random import Random
from typing import Annotated, Any

from pydantic import Field

from catalogue.labs.figures import Asked, Figures
from catalogue.labs.pictures import BarRow, Bars, Mark, Stretch
from catalogue.labs.saying import said
from catalogue.labs.working import Step, Worked, measured

Money = Annotated[float, Field(gt=0, le=1e12)]
SPENT = "The budget is spent, so there is no efficiency that could still keep to it."
UPSIDE_DOWN = "That is the fraction upside down: what was earned goes on top."
MIXED = "That is the other figure: cost compares with what was spent (AC), schedule with what was planned (PV)."


class EarnedValue(Figures):
    """A project at its status date; PV, EV and AC cumulative to that day."""

    bac: Annotated[Money, Asked("Budget at completion (BAC)", "€")]
    pv: Annotated[Money, Asked("Planned value to date (PV)", "€")]
    ev: Annotated[Money, Asked("Earned value to date (EV)", "€")]
    ac: Annotated[Money, Asked("Actual cost to date (AC)", "€")]


def work(f: EarnedValue) -> Worked:
    """Work out variances, indices, forecasts and the efficiency that the rest needs."""
    eac = f.bac * f.ac / f.ev
    steps = (*variances(f), *indices(f), *forecasts(f, eac), needed(f))
    return Worked(steps, reading(f, eac), picture(f, eac))


def variances(f: EarnedValue) -> tuple[Step, Step]:
    """Return cost and schedule variance."""
    turned = "The sign is turned round: start from what was earned."
    return (
        measured("cv", "€", title="Cost variance (CV)", ev=f.ev, ac=f.ac).noting(
            (lambda: f.ac - f.ev, turned), (lambda: f.ev - f.pv, MIXED)
        ),
        measured("sv", "€", title="Schedule variance (SV), in money", ev=f.ev, pv=f.pv).noting(
            (lambda: f.pv - f.ev, turned), (lambda: f.ev - f.ac, MIXED)
        ),
    )


def indices(f: EarnedValue) -> tuple[Step, Step]:
    """Return both performance indices."""
    return (
        measured("cpi", "", title="Cost performance index (CPI)", ev=f.ev, ac=f.ac).noting(
            (lambda: f.ac / f.ev, UPSIDE_DOWN), (lambda: f.ev / f.pv, MIXED)
        ),
        measured("spi", "", title="Schedule performance index (SPI)", ev=f.ev, pv=f.pv).noting(
            (lambda: f.pv / f.ev, UPSIDE_DOWN), (lambda: f.ev / f.ac, MIXED)
        ),
    )


def forecasts(f: EarnedValue, eac: float) -> tuple[Step, ...]:
    """Return the forecasts of the whole, by three assumptions, what is still to be paid, and the variance at the end."""
    given: dict[str, Any] = {"bac": f.bac, "ev": f.ev, "ac": f.ac}
    other = "That is a forecast by another assumption: look at what is said to go on."
    return (
        measured("eac", "€", title="Estimate at completion, if costs go on as so far", **given).noting(
            (lambda: f.ac + f.bac - f.ev, other), (lambda: f.bac * f.ev / f.ac, UPSIDE_DOWN)
        ),
        measured("eac_at_plan", "€", title="Estimate at completion, if the rest goes to plan", **given).noting(
            (lambda: eac, other)
        ),
        measured("eac_both", "€", title="Estimate at completion, if cost and pace both go on", pv=f.pv, **given).noting(
            (lambda: eac, other)
        ),
        measured("etc", "€", title="Estimate to complete, if costs go on as so far", eac=eac, ac=f.ac).noting(
            (lambda: f.bac - f.ac, "That is the money left in the budget, not the cost of the work left.")
        ),
        measured("vac", "€", title="Variance at completion", bac=f.bac, eac=eac).noting(
            (lambda: eac - f.bac, "The sign is turned round: start from the budget.")
        ),
    )


def needed(f: EarnedValue) -> Step:
    """Return the efficiency that the rest needs to stay within the budget."""
    title = "To-complete index (TCPI), to the budget"
    step = measured("tcpi", "", title=title, instead=SPENT, possible=f.ac < f.bac, bac=f.bac, ev=f.ev, ac=f.ac)
    return step.noting((lambda: f.ev / f.ac, "That is the efficiency so far (CPI), not the one that the rest needs."))


def reading(f: EarnedValue, eac: float) -> str:
    """Say what the figures say."""
    cost, pace = f.ev - f.ac, f.ev - f.pv
    first = f"The work done is worth {said(f.ev, '€')}. It cost {gap(cost, 'less', 'more')} than it is worth"
    second = (
        f"by today it should have been worth {gap(-pace, 'more', 'less')}."
        if pace
        else "by today just that was planned."
    )
    return f"{first}; {second} If costs go on like this, the whole will cost {said(eac, '€')} instead of {said(f.bac, '€')}."


def gap(value: float, above: str, below: str) -> str:
    """Say a difference: €5,000 more."""
    return f"{said(abs(value), '€')} {above if value >= 0 else below}"


def picture(f: EarnedValue, eac: float) -> Bars:
    """Draw what was planned, earned and spent, and where the costs lead."""
    rows = (
        BarRow("Planned", (Stretch(0, f.pv, "plain"),), said(f.pv, "€")),
        BarRow("Earned", (Stretch(0, f.ev, "service"),), said(f.ev, "€")),
        BarRow("Spent", (Stretch(0, f.ac, "project"),), said(f.ac, "€")),
        BarRow("Forecast", (Stretch(0, f.ac, "project"), Stretch(f.ac, eac, "spare")), said(eac, "€")),
    )
    told = f"Planned {said(f.pv, '€')}, earned {said(f.ev, '€')}, spent {said(f.ac, '€')}; the forecast is {said(eac, '€')}, the budget {said(f.bac, '€')}."
    return Bars("Planned, earned and spent to date, and the forecast", "€", rows, told, (Mark(f.bac, "budget"),))


def others(f: EarnedValue, chance: Random) -> EarnedValue:
    """Return another project, in trouble or not, with figures that are easy to type."""
    bac = chance.randrange(80, 401, 10) * 1_000.0
    pv = round(bac * chance.uniform(0.35, 0.7) / 1_000) * 1_000.0
    ev = round(pv * chance.choice((0.75, 0.8, 0.85, 0.9, 1.05)) / 1_000) * 1_000.0
    ac = round(ev * chance.choice((0.9, 1.1, 1.15, 1.2, 1.25)) / 1_000) * 1_000.0
    return EarnedValue(bac=bac, pv=pv, ev=ev, ac=ac)
