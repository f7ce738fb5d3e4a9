"""Three-point estimates: what to expect of a chain of tasks, and how far it may stray."""

from collections.abc import Iterator
from math import sqrt
from random import Random
from typing import Annotated, Any

from pydantic import Field, model_validator

from catalogue.labs.figures import Asked, Figures, Impossible, Row
from catalogue.labs.pictures import BarRow, Bars, Stretch
from catalogue.labs.saying import bare, said
from catalogue.labs.working import Step, Worked, measured

Days = Annotated[float, Field(ge=0, le=100_000)]


class Task(Row):
    """One task, estimated three times."""

    best: Annotated[Days, Asked("Best case", "days")]
    likely: Annotated[Days, Asked("Most likely", "days")]
    worst: Annotated[Days, Asked("Worst case", "days")]

    @model_validator(mode="after")
    def in_order(self) -> "Task":
        """Refuse a best case that is worse than the likely one."""
        if not self.best <= self.likely <= self.worst:
            raise Impossible(
                f"{self.name}: the best case comes first, then the most likely, then the worst; these are not in that order."
            )
        return self


class ThreePoint(Figures):
    """Tasks that follow one another."""

    tasks: Annotated[tuple[Task, ...], Field(min_length=1, max_length=8)]


def work(f: ThreePoint) -> Worked:
    """Work out each task, then the chain: means add up, and so do variances, but deviations do not."""
    single = [step for place, task in enumerate(f.tasks, 1) for step in steps_of(task, place)]
    expected, deviation = totals(f)
    return Worked(
        (*single, *whole(f, expected, deviation)), reading(f, expected, deviation), picture(f, expected, deviation)
    )


def steps_of(task: Task, place: int) -> Iterator[Step]:
    """Return the expected value of one task and its deviation."""
    given: dict[str, Any] = {"best": task.best, "worst": task.worst}
    step = measured(
        "expected_beta", "days", name=f"expected-{place}", title=f"{task.name}: expected", likely=task.likely, **given
    )
    yield step.noting(
        (lambda: task.likely, "That is the most likely value; the expected one leans towards the longer side."),
        (
            lambda: (task.best + task.likely + task.worst) / 3,
            "That is the triangular convention; beta is asked for here.",
        ),
        (
            lambda: (task.best + task.worst) / 2,
            "That is the middle between best and worst; the most likely case is missing.",
        ),
    )
    step = measured(
        "deviation_beta", "days", name=f"deviation-{place}", title=f"{task.name}: standard deviation", **given
    )
    yield step.noting((lambda: ((task.worst - task.best) / 6) ** 2, "That is the variance; the deviation is its root."))


def totals(f: ThreePoint) -> tuple[float, float]:
    """Return expected length and deviation of the chain."""
    mean = sum((task.best + 4 * task.likely + task.worst) / 6 for task in f.tasks)
    return mean, sqrt(sum(((task.worst - task.best) / 6) ** 2 for task in f.tasks))


def whole(f: ThreePoint, expected: float, deviation: float) -> tuple[Step, Step, Step]:
    """Return the results for the chain."""
    means = [(task.best + 4 * task.likely + task.worst) / 6 for task in f.tasks]
    spreads = [(task.worst - task.best) / 6 for task in f.tasks]
    thirds = [(task.best + task.likely + task.worst) / 3 for task in f.tasks]
    added = "Deviations do not add up: square them, add, and take the root."
    return (
        Step(
            "expected",
            "Together: expected",
            "the sum of all",
            " + ".join(map(bare, means)),
            expected,
            "days",
            "means add up",
        ),
        Step(
            "deviation",
            "Together: standard deviation",
            "√ of the sum of all squares",
            "√(" + " + ".join(f"{bare(one)}²" for one in spreads) + ")",
            deviation,
            "days",
            "the tasks stray independently of one another, so variances add up",
        ).noting((lambda: sum(spreads), added), (lambda: deviation**2, "That is the variance; take its root.")),
        Step(
            "triangular",
            "Together, by the triangular convention",
            "the sum of all (best + likely + worst) ÷ 3",
            " + ".join(map(bare, thirds)),
            sum(thirds),
            "days",
            "triangular distribution: all three weigh the same",
        ).noting((lambda: expected, "That is the sum by the beta convention.")),
    )


def reading(f: ThreePoint, expected: float, deviation: float) -> str:
    """Say what the figures say."""
    likely = sum(task.likely for task in f.tasks)
    low, high = expected - 2 * deviation, expected + 2 * deviation
    return (
        f"Expect {said(expected, 'days')}, where the most likely cases alone add up to {said(likely, 'days')}. "
        f"Two deviations either way reach from {bare(max(low, 0), 1)} to {said(round(high, 1), 'days')}; about 95 % of such chains would end in between, if the sum is near to a bell curve. "
        "Give the range when you are asked for a date."
    )


def picture(f: ThreePoint, expected: float, deviation: float) -> Bars:
    """Draw each task from best to worst, and the chain by one and two deviations."""
    rows = [
        BarRow(task.name, (Stretch(task.best, task.worst, "thin"),), dot=(task.best + 4 * task.likely + task.worst) / 6)
        for task in f.tasks
    ]
    wide = Stretch(max(expected - 2 * deviation, 0), expected + 2 * deviation, "thin")
    near = Stretch(max(expected - deviation, 0), expected + deviation, "project")
    told = f"Each task from its best case to its worst; together {said(expected, 'days')}, give or take {said(deviation, 'days')}."
    title = "From best to worst; the dot is what to expect"
    return Bars(title, "days", (*rows, BarRow("Together", (wide, near), said(expected, "days"), expected)), told)


def others(f: ThreePoint, chance: Random) -> ThreePoint:
    """Return the same tasks with other estimates; sixths come out even more often than not."""
    return ThreePoint(tasks=tuple(another(task, chance) for task in f.tasks))


def another(task: Task, chance: Random) -> Task:
    """Return a task with other estimates, leaning to the longer side as real ones do."""
    best = chance.randrange(2, 11)
    likely = best + chance.randrange(1, 6)
    return Task(name=task.name, best=float(best), likely=float(likely), worst=float(likely + chance.randrange(3, 14)))
