"""An error budget: what the objective leaves for failure, what of it is gone, and how long the rest will last."""

from random import Random
from typing import Annotated

from pydantic import Field, model_validator

from catalogue.labs.figures import Asked, Figures, Impossible
from catalogue.labs.pictures import Curve, Lines, Mark
from catalogue.labs.saying import bare, said
from catalogue.labs.working import Step, Worked, measured

A_DAY = 1440  # minutes


class ErrorBudget(Figures):
    """An objective over a period, and what has happened of it so far."""

    objective: Annotated[float, Field(gt=0, lt=100), Asked("Objective", "%")]
    days: Annotated[float, Field(gt=0, le=366), Asked("Length of the period", "days")]
    day: Annotated[float, Field(gt=0, le=366), Asked("Days gone by", "days")]
    bad: Annotated[float, Field(ge=0, le=527_040), Asked("Bad minutes so far", "min")]

    @model_validator(mode="after")
    def fits(self) -> "ErrorBudget":
        """Refuse what lies beyond the period, and more bad minutes than there were minutes."""
        if self.day > self.days:
            raise Impossible(
                f"{bare(self.day)} days have gone by of a period of {bare(self.days)}; type the days of this period only."
            )
        if self.bad > self.day * A_DAY:
            raise Impossible(f"{bare(self.bad)} bad minutes are more than {bare(self.day)} days have.")
        return self


def work(f: ErrorBudget) -> Worked:
    """Work out the budget, what is spent and left, the burn rate, and when it would be gone."""
    budget = round((1 - f.objective / 100) * f.days * A_DAY, 9)  # 99.5 % of 30 days leaves 216 and no hair more
    return Worked((*spending(f, budget), burning(f), ending(f, budget)), reading(f, budget), picture(f, budget))


def spending(f: ErrorBudget, budget: float) -> tuple[Step, Step, Step]:
    """Return the budget, what is left of it, and the share that is gone."""
    return (
        measured(
            "error_budget", "min", title="Error budget of the period", slo=f.objective, period=f.days * A_DAY
        ).noting(
            (lambda: budget / f.days, "That is the budget of one day; asked is that of the whole period."),
            (lambda: f.days * A_DAY - budget, "That is the time that has to be good; the budget is what may be bad."),
        ),
        measured("budget_left", "min", budget=budget, bad=f.bad).noting(
            (lambda: f.bad, "That is what is spent; asked is what is left."),
        ),
        measured("budget_spent", "%", budget=budget, bad=f.bad).noting(
            (lambda: 100 - 100 * f.bad / budget, "That is the share that is left; asked is the share that is spent."),
            (lambda: 100 * f.bad / (f.days * A_DAY), "That is a share of all minutes; asked is a share of the budget."),
        ),
    )


def burning(f: ErrorBudget) -> Step:
    """Return how quickly the budget is being spent; 1 spends it on the last day."""
    share = 100 * f.bad / (f.day * A_DAY)
    return measured("burn_rate", "", bad=share, slo=f.objective).noting(
        (
            lambda: f.bad / ((1 - f.objective / 100) * f.days * A_DAY),
            "That compares with the whole period; the burn rate compares with the days gone by.",
        ),
    )


def ending(f: ErrorBudget, budget: float) -> Step:
    """Return the day on which the budget would be gone."""
    written = "days gone by × budget ÷ bad minutes"
    inserted = f"{bare(f.day)} × {bare(budget)} ÷ {bare(f.bad)}"
    value = f.day * budget / f.bad if f.bad else None
    return Step(
        "gone",
        "Gone after, at this pace",
        written,
        inserted,
        value,
        "days",
        "counted from the first day of the period",
        "" if value else "Nothing is spent, so it would never be gone.",
    )


def reading(f: ErrorBudget, budget: float) -> str:
    """Say what the figures advise."""
    pace = f.bad / f.day / (budget / f.days)
    spent = f"{said(f.bad, 'min')} of {said(budget, 'min')} are spent on day {bare(f.day)} of {bare(f.days)}."
    if f.bad >= budget:
        return (
            f"{spent} The budget is gone: hold back changes that can wait, and work on what makes the service steadier."
        )
    if pace > 1:
        return f"{spent} At this pace it is gone after {bare(f.day * budget / f.bad, 1)} days. Ask now which changes can wait and what caused the bad minutes."
    return f"{spent} At this pace some will be left: there is room for change, and for the risk that comes with it."


def picture(f: ErrorBudget, budget: float) -> Lines:
    """Draw what is spent so far, where it leads, and the even pace that would just do."""
    led = f.bad / f.day * f.days
    curves = (
        Curve("even pace", ((0, 0), (f.days, budget)), "plain"),
        Curve("at this pace", ((f.day, f.bad), (f.days, led)), "dashed"),
        Curve("spent", ((0, 0), (f.day, f.bad)), "service"),
    )
    told = f"{said(f.bad, 'min')} spent by day {bare(f.day)}; at this pace {said(led, 'min')} by day {bare(f.days)}, of a budget of {said(budget, 'min')}."
    return Lines("Bad minutes over the period", "min", "day", curves, told, (Mark(budget, "budget"),))


def others(f: ErrorBudget, chance: Random) -> ErrorBudget:
    """Return another service at another day."""
    objective, days = chance.choice((99.0, 99.5, 99.8, 99.9)), chance.choice((28.0, 30.0))
    day = float(chance.randrange(6, 24))
    budget = (1 - objective / 100) * days * A_DAY
    bad = round(budget * day / days * chance.choice((0.4, 0.7, 1.2, 1.5, 2.0)))
    return ErrorBudget(objective=objective, days=days, day=day, bad=float(max(bad, 1)))
