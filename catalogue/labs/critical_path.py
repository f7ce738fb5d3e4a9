"""A network of tasks: when each can begin at the earliest, how late it may end, and which of them decide the date."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Annotated

from pydantic import Field, model_validator

from catalogue.labs.figures import Asked, Figures, Impossible, Row
from catalogue.labs.pictures import BarRow, Bars, Stretch
from catalogue.labs.saying import bare, said
from catalogue.labs.working import Step, Worked
from catalogue.schema.shape import Id

CONVENTION = "counted from day 0: a task that begins when another ends begins on the same figure"


class Task(Row):
    """One task, how long it takes, and the ids of those that must be done before it."""

    id: Id
    days: Annotated[float, Field(ge=0, le=10_000), Asked("Lasts", "days")]
    after: tuple[Id, ...] = ()


class CriticalPath(Figures):
    """Tasks in an order in which they can be done."""

    tasks: Annotated[tuple[Task, ...], Field(min_length=2, max_length=10)]

    def title_of(self, row: Row) -> str:
        """Return a task's name, with those it waits for."""
        names = {task.id: task.name for task in self.tasks}
        waits = [names[name] for task in self.tasks if task is row for name in task.after]
        return f"{row.name}, after {' and '.join(waits)}" if waits else row.name

    @model_validator(mode="after")
    def in_order(self) -> "CriticalPath":
        """Refuse ids that stand twice and tasks that wait for one that comes later, so that no circle can arise."""
        known: set[str] = set()
        for task in self.tasks:
            if task.id in known:
                raise Impossible(f"There are two tasks with the id {task.id}; each has its own.")
            for name in task.after:
                if name not in known:
                    raise Impossible(
                        f"{task.name} waits for {name}, which is not among the tasks above it; write that one first."
                    )
            known.add(task.id)
        return self


@dataclass(frozen=True)
class Dated:
    """A task with its early and late dates, in days from the start."""

    task: Task
    start: float
    finish: float
    latest: float  # the latest finish that delays nothing

    @property
    def spare(self) -> float:
        """Return the total float."""
        return self.latest - self.finish

    @property
    def decides(self) -> bool:
        """Say whether the task lies on a critical path."""
        return self.spare < 1e-9


def dated(tasks: tuple[Task, ...]) -> tuple[Dated, ...]:
    """Return all tasks with their dates: a pass forward for the early ones, one back for the late ones."""
    finish: dict[str, float] = {}
    start: dict[str, float] = {}
    for task in tasks:
        start[task.id] = max((finish[name] for name in task.after), default=0.0)
        finish[task.id] = start[task.id] + task.days
    end = max(finish.values())
    latest = dict.fromkeys(finish, end)
    for task in reversed(tasks):
        for name in task.after:
            latest[name] = min(latest[name], latest[task.id] - task.days)
    return tuple(Dated(task, start[task.id], finish[task.id], latest[task.id]) for task in tasks)


def work(f: CriticalPath) -> Worked:
    """Work out early finishes, floats and the length of the whole."""
    dates = dated(f.tasks)
    end = max(one.finish for one in dates)
    steps = (*finishes(dates), whole(dates, end), *floats(dates))
    return Worked(steps, reading(dates, end), picture(dates, end))


def finishes(dates: tuple[Dated, ...]) -> Iterator[Step]:
    """Return each task's early finish."""
    by_id = {one.task.id: one for one in dates}
    for one in dates:
        yield finish(one, [by_id[name].finish for name in one.task.after])


def finish(one: Dated, before: list[float]) -> Step:
    """Return one task's early finish; `before` are the finishes of those it waits for."""
    ends = [bare(value) for value in before]
    begin = f"(the later of {' and '.join(ends)})" if len(ends) > 1 else (ends or ["0"])[0]
    title, inserted = f"{one.task.name}: early finish", f"{begin} + {bare(one.task.days)}"
    step = Step(f"finish-{one.task.id}", title, "early start + duration", inserted, one.finish, "days", CONVENTION)
    soonest = min(before, default=0.0) + one.task.days
    return step.noting((lambda: soonest, "It has to wait for the latest of those before it, not for the first."))


def whole(dates: tuple[Dated, ...], end: float) -> Step:
    """Return how long everything takes."""
    ends = "the latest of " + ", ".join(bare(one.finish) for one in dates)
    step = Step("length", "The whole", "the latest of all early finishes", ends, end, "days", CONVENTION)
    return step.noting(
        (
            lambda: sum(one.task.days for one in dates),
            "That is all work added up; tasks that do not wait for one another run side by side.",
        )
    )


def floats(dates: tuple[Dated, ...]) -> Iterator[Step]:
    """Return each task's total float."""
    for one in dates:
        title, name = f"{one.task.name}: total float", f"float-{one.task.id}"
        yield Step(
            name,
            title,
            "late finish − early finish",
            f"{bare(one.latest)} − {bare(one.finish)}",
            one.spare,
            "days",
            "the delay that does not move the end",
        )


def reading(dates: tuple[Dated, ...], end: float) -> str:
    """Say what the network says."""
    path = names(one for one in dates if one.decides)
    loose = [one for one in dates if not one.decides]
    first = f"The whole takes {said(end, 'days')}. What decides is {path}: a day lost there is a day lost at the end."
    if not loose:
        return f"{first} Every task is critical, so nothing may slip."
    most = max(loose, key=lambda one: one.spare)
    return f"{first} {most.task.name} may end {said(most.spare, 'days')} later and nobody outside would notice."


def names(some: Iterable[Dated]) -> str:
    """Return the names of tasks in their order."""
    return " → ".join(one.task.name for one in some)


def picture(dates: tuple[Dated, ...], end: float) -> Bars:
    """Draw each task where it lies at the earliest, with its float behind it."""
    rows = tuple(row(one) for one in dates)
    told = "; ".join(f"{one.task.name} from {bare(one.start)} to {bare(one.finish)}" for one in dates)
    return Bars(
        "Tasks at their earliest; the pale end is float", "days", rows, f"{told}. The whole takes {said(end, 'days')}."
    )


def row(one: Dated) -> BarRow:
    """Return one task's bars."""
    bar = Stretch(one.start, one.finish, "project" if one.decides else "plain")
    loose = () if one.decides else (Stretch(one.finish, one.latest, "spare"),)
    return BarRow(one.task.name, (bar, *loose), "critical" if one.decides else f"{bare(one.spare)} spare")


def others(f: CriticalPath, chance: Random) -> CriticalPath:
    """Return the same network with other durations."""
    return CriticalPath(
        tasks=tuple(task.model_copy(update={"days": float(chance.randrange(2, 13))}) for task in f.tasks)
    )
