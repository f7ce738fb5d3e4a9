"""How a lab shows its working: step by step, with the formula in words, in figures, and its convention."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from catalogue.labs.pictures import Picture
from catalogue.labs.saying import bare, same
from catalogue.measures import MEASURES

WHOLE_FROM = 10_000
SYMBOLS = {
    "agreed": "agreed time",
    "down": "downtime",
    "failures": "failures",
    "slo": "objective",
    "period": "period",
    "budget": "budget",
    "bad": "bad",
    "best": "best",
    "likely": "likely",
    "worst": "worst",
    "benefits": "benefits",
    "cost": "cost",
    "yearly": "a year",
    "years": "years",
    "amount": "benefit",
    "rate": "rate",
    "year": "year",
    "present": "present value",
    "build": "build",
    "retire": "retire",
}


@dataclass(frozen=True)
class Slip:
    """A value that comes of a well-known mistake, and what to say about it."""

    value: float
    sentence: str


@dataclass(frozen=True)
class Step:
    """One result: `value` is None where there is no such figure, and `instead` says why."""

    id: str
    title: str
    written: str
    inserted: str
    value: float | None
    unit: str
    convention: str = ""
    instead: str = ""
    slips: tuple[Slip, ...] = ()

    def noting(self, *slips: tuple[Callable[[], float], str]) -> "Step":
        """Return the step with values of mistakes; those that cannot be worked out, or are right, are left out."""
        found = [(attempt(wrong), sentence) for wrong, sentence in slips]
        kept = tuple(Slip(value, words) for value, words in found if value is not None and not self.is_found_by(value))
        return replace(self, slips=kept)

    def is_found_by(self, value: float) -> bool:
        """Say whether a value counts as this result, rounded as people round."""
        return self.value is not None and same(value, self.value, self.unit)


@dataclass(frozen=True)
class Worked:
    """Everything a lab shows about its figures."""

    steps: tuple[Step, ...]
    reading: str  # what the results say, in a sentence or three
    picture: Picture

    def step(self, name: str) -> Step | None:
        """Return a step by its id."""
        return next((step for step in self.steps if step.id == name), None)


def measured(
    measure: str,
    unit: str,
    *,
    name: str = "",
    title: str = "",
    possible: bool = True,
    instead: str = "There is no such figure here.",
    **given: Any,
) -> Step:
    """Work out one of the shared measures; `given` are its inputs. Where it is not possible, `instead` says why."""
    shared = MEASURES[measure]
    return Step(
        name or measure,
        title or shared.title,
        shared.written.format(**{one: SYMBOLS.get(one, one.upper()) for one in shared.inputs}),
        shared.written.format(**{one: inserted(given[one]) for one in shared.inputs}),
        value := attempt(lambda: shared.formula(**given)) if possible else None,
        unit,
        shared.convention,
        "" if value is not None else instead,
    )


def inserted(value: float) -> str:
    """Say a figure within a formula; cents beside thousands would only hide what is worked out."""
    return bare(value, 0 if abs(value) >= WHOLE_FROM else 3)


def attempt(formula: Callable[[], Any]) -> float | None:
    """Return what a formula gives, or None where it divides by nothing or grows beyond bounds."""
    try:
        return float(formula())
    except (ZeroDivisionError, OverflowError):
        return None
