"""Figures, each with its reference, its ceiling and its aim."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Aim:
    """What a figure should be: at least, or at most, so much."""

    limit: float
    unit: str = ""
    least: bool = False

    def met(self, value: float) -> bool:
        """Say whether a value is good enough."""
        return value >= self.limit if self.least else value <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.least else '≤'} {said(self.limit, self.unit)}"


@dataclass(frozen=True)
class Figure:
    """One line of the table; `weighed` is what the aim looks at, as a rule the value itself."""

    what: str
    value: str
    reference: str = ""
    ceiling: str = ""
    aim: Aim | None = None
    weighed: float | None = None

    @property
    def verdict(self) -> str:
        """Say whether the aim is met, or nothing where there is none."""
        if self.aim is None or self.weighed is None:
            return ""
        return "met" if self.aim.met(self.weighed) else "**missed**"


def measured(what: str, value: float, unit: str, aim: Aim | None = None, **beside: str) -> Figure:
    """Return a figure whose value is what the aim looks at."""
    return Figure(what, said(value, unit), aim=aim, weighed=value, **beside)


def said(value: float, unit: str = "") -> str:
    """Write a number with three digits that count, and its unit."""
    digits = 0 if abs(value) >= 100 or value == int(value) else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share (in percent) of all values does not exceed."""
    ordered = sorted(values)
    place = -(-len(ordered) * share // 100)
    return ordered[max(0, int(place) - 1)] if ordered else 0.0
