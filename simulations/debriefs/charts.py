"""Pictures as numbers: where lines, bands and words of a chart stand, for templates that only draw them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from core.scales import ticks

WIDTH, HEIGHT = 340, 170
LEFT, RIGHT, TOP, BOTTOM = 48, 44, 12, 26
LETTER = 7.5  # about as wide as one is
LABEL_GAP = 15  # so that two words never lie on one another


@dataclass(frozen=True)
class Curve:
    """A named line: one value a step."""

    label: str
    values: tuple[float, ...]
    kind: str = ""


@dataclass(frozen=True)
class Drawn:
    """A line as it is drawn, with its word at the end."""

    label: str
    points: str
    x: float
    y: float
    words_y: float
    kind: str
    last: str


@dataclass(frozen=True)
class Plot:
    """A chart: lines with direct labels, a scale at the left, steps below, and the same as a table."""

    title: str
    unit: str
    width: int
    height: int
    lines: tuple[Drawn, ...]
    bands: tuple[str, ...]
    scale: tuple[tuple[float, str], ...]  # y, words
    steps: tuple[tuple[float, str], ...]  # x, words
    right: float
    spoken: str
    table: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...]


@dataclass(frozen=True)
class Frame:
    """From values to places in the picture."""

    low: float
    high: float
    steps: int
    width: int
    height: int
    right_room: int

    def x(self, step: int) -> float:
        """Return where a step (from 0) stands."""
        room = self.width - LEFT - self.right_room
        return round(LEFT + room * step / max(self.steps - 1, 1), 1)

    def y(self, value: float) -> float:
        """Return where a value stands."""
        room = self.height - TOP - BOTTOM
        return round(TOP + room * (self.high - value) / ((self.high - self.low) or 1.0), 1)

    def path(self, values: Sequence[float]) -> str:
        """Return a line's points."""
        return " ".join(f"{self.x(step)},{self.y(value)}" for step, value in enumerate(values))


def plot(
    title: str,
    curves: Sequence[Curve],
    unit: str,
    *,
    bands: Sequence[tuple[Sequence[float], Sequence[float]]] = (),
    width: int = WIDTH,
    height: int = HEIGHT,
    right_room: int | None = None,
) -> Plot:
    """Lay a chart out; `bands` are pairs of lower and upper lines."""
    every = [value for curve in curves for value in curve.values]
    every += [value for low, high in bands for value in (*low, *high)]
    marks = ticks(min(every, default=0.0), max(every, default=1.0))
    steps = max((len(curve.values) for curve in curves), default=1)
    room = right_room or room_for(curve.label for curve in curves)
    frame = Frame(marks[0], marks[-1], steps, width, height, room)
    areas = tuple(frame.path(high) + " " + back(frame, low) for low, high in bands)
    return Plot(
        title=title,
        unit=unit,
        width=width,
        height=height,
        lines=labelled(curves, frame),
        bands=areas,
        scale=tuple((frame.y(mark), short(mark)) for mark in marks),
        steps=tuple((frame.x(step - 1), words) for step, words in step_marks(steps, unit)),
        right=width - room,
        spoken=spoken(title, curves, unit),
        table=tuple(
            zip(*[[str(step + 1) for step in range(steps)], *(column(curve, steps) for curve in curves)], strict=True)
        ),
        heads=(unit.capitalize(), *(curve.label for curve in curves)),
    )


def room_for(labels: Iterable[str]) -> int:
    """Return the room that words at the ends of lines need."""
    return max(RIGHT, ceil(LETTER * max(map(len, labels), default=0)) + 8)


def back(frame: Frame, values: Sequence[float]) -> str:
    """Return a line's points from right to left, which closes a band."""
    return " ".join(reversed(frame.path(values).split(" ")))


def labelled(curves: Sequence[Curve], frame: Frame) -> tuple[Drawn, ...]:
    """Return the lines with their words pushed apart."""
    there = [curve for curve in curves if curve.values]
    ends = sorted(there, key=lambda curve: frame.y(curve.values[-1]))
    place, last = {}, -1000.0
    for curve in ends:
        last = max(frame.y(curve.values[-1]) + 4, last + LABEL_GAP)
        place[curve.label] = last
    over = last - (frame.height - BOTTOM + 4)
    shift = max(over, 0.0)
    return tuple(drawn_line(curve, frame, round(place[curve.label] - shift, 1)) for curve in there)


def drawn_line(curve: Curve, frame: Frame, words_y: float) -> Drawn:
    """Return one line."""
    end = len(curve.values) - 1
    last = curve.values[-1]
    return Drawn(curve.label, frame.path(curve.values), frame.x(end), frame.y(last), words_y, curve.kind, short(last))


def step_marks(steps: int, unit: str) -> list[tuple[int, str]]:
    """Return the first step, the last, and some between, with their words."""
    every = max(5, 5 * round(steps / 20))
    between = [step for step in range(every, steps - every // 2, every) if step > 2]
    return [(1, f"{unit} 1"), *((step, str(step)) for step in between), (steps, str(steps))]


def column(curve: Curve, steps: int) -> list[str]:
    """Return a line's values as a column of the table."""
    return [short(value) for value in curve.values] + ["–"] * (steps - len(curve.values))


def short(value: float) -> str:
    """Return a number as a scale shows it."""
    if abs(value) >= 10_000:
        return f"{value / 1000:,.0f}k"
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}".rstrip("0").rstrip(".")


def spoken(title: str, curves: Sequence[Curve], unit: str) -> str:
    """Return the chart in a sentence."""
    parts = [
        f"{curve.label} goes from {short(curve.values[0])} to {short(curve.values[-1])}"
        for curve in curves
        if curve.values
    ]
    count = max((len(curve.values) for curve in curves), default=0)
    return f"{title}, {count} {unit}s: {'; '.join(parts)}."
