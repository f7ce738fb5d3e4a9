"""What a lab's picture shows, as values; where they stand on paper is decided by whoever draws."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stretch:
    """A bar from one value to another; `kind` decides its colour: project, service, thin, spare, down, plain."""

    start: float
    end: float
    kind: str


@dataclass(frozen=True)
class BarRow:
    """One line of bars, with a dot where one value matters most, and words at its end."""

    label: str
    stretches: tuple[Stretch, ...]
    words: str = ""
    dot: float | None = None


@dataclass(frozen=True)
class Mark:
    """A value that is marked right across a picture."""

    value: float
    label: str


@dataclass(frozen=True)
class Bars:
    """Bars below one another on one scale."""

    title: str
    unit: str
    rows: tuple[BarRow, ...]
    spoken: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Curve:
    """A named line through points; `kind` as in Stretch, or `dashed`."""

    label: str
    points: tuple[tuple[float, float], ...]
    kind: str


@dataclass(frozen=True)
class Lines:
    """Lines over time."""

    title: str
    unit: str
    across: str  # what runs from left to right: years, days
    curves: tuple[Curve, ...]
    spoken: str
    marks: tuple[Mark, ...] = ()


Picture = Bars | Lines
