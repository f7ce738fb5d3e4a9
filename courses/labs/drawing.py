"""Where the bars, lines and words of a lab's picture stand; templates only draw them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalogue.labs.pictures import BarRow, Bars, Curve, Lines, Mark, Picture
from catalogue.labs.saying import bare
from core.scales import ticks

WIDTH = 460
ROW, BAR, TOP, BOTTOM = 40, 14, 40, 26
LEFT, RIGHT = 8, 12
LETTER = 8  # about as wide as one is
PLOT_HEIGHT = 240
LABEL_GAP = 18  # so that two words never lie on one another
MILLION = 1_000_000
NARROWEST = 3.0  # a failure of a minute in a month is still seen


@dataclass(frozen=True)
class Box:
    """A bar or a line of one kind."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True)
class Words:
    """Words at a place; `anchor` is begin, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "begin"
    kind: str = ""


@dataclass(frozen=True)
class Path:
    """A line through points, as svg writes them."""

    points: str
    kind: str


@dataclass(frozen=True)
class Drawing:
    """A picture ready to be drawn."""

    title: str
    spoken: str
    height: float
    boxes: tuple[Box, ...] = ()
    paths: tuple[Path, ...] = ()
    dots: tuple[tuple[float, float], ...] = ()
    words: tuple[Words, ...] = ()
    width: int = WIDTH


@dataclass(frozen=True)
class Scale:
    """From values to places along one side."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return where a value stands."""
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return round(self.start + (self.end - self.start) * share, 1)


def drawing(picture: Picture) -> Drawing:
    """Lay a picture out."""
    return bars(picture) if isinstance(picture, Bars) else lines(picture)


def bars(picture: Bars) -> Drawing:
    """Lay out bars below one another; a label stands above its bar, so that phones have room for both."""
    values = [value for row in picture.rows for one in row.stretches for value in (one.start, one.end)]
    marks = ticks(min([0.0, *values]), max([*values, *(mark.value for mark in picture.marks)]))
    scale = Scale(marks[0], marks[-1], LEFT, WIDTH - RIGHT)
    foot = TOP + ROW * len(picture.rows) - 12
    boxes: list[Box] = []
    dots: list[tuple[float, float]] = []
    words = list(scale_words(marks, scale, picture.unit, foot))
    for place, row in enumerate(picture.rows):
        y = TOP + ROW * place
        boxes += row_boxes(row, scale, y)
        words += row_words(row, y)
        dots += [(scale.at(row.dot), y + BAR / 2)] if row.dot is not None else []
    paths = tuple(upright(mark, scale, foot) for mark in picture.marks)
    words += [mark_words(mark, scale) for mark in picture.marks]
    return Drawing(picture.title, picture.spoken, foot + BOTTOM, tuple(boxes), paths, tuple(dots), tuple(words))


def row_boxes(row: BarRow, scale: Scale, y: float) -> Iterable[Box]:
    """Return the bars of one row."""
    for one in row.stretches:
        height = 4.0 if one.kind == "thin" else float(BAR)
        width = max(scale.at(one.end) - scale.at(one.start), NARROWEST if one.end > one.start else 0.0)
        yield Box(scale.at(one.start), y + (BAR - height) / 2, round(width, 1), height, one.kind)


def row_words(row: BarRow, y: float) -> Iterable[Words]:
    """Return the label of a row at its left and its words at its right."""
    yield Words(LEFT, y - 5, row.label)
    if row.words:
        yield Words(WIDTH - RIGHT, y - 5, row.words, "end", "strong")


def scale_words(marks: Sequence[float], scale: Scale, unit: str, y: float) -> Iterable[Words]:
    """Return the figures below a picture."""
    for place, mark in enumerate(marks):
        anchor = "begin" if place == 0 else "end" if mark == marks[-1] else "middle"
        yield Words(scale.at(mark), y + 18, scaled(mark, unit if mark == marks[-1] else ""), anchor)


def scaled(value: float, unit: str) -> str:
    """Say a figure of a scale: 40k, 30 days."""
    words = shortened(value)
    if unit == "€":
        return f"−€{words[1:]}" if value < 0 else f"€{words}"
    return f"{words} {unit}".strip()


def shortened(value: float) -> str:
    """Say a figure shortly: 850, 40k, 1.5m."""
    if abs(value) >= MILLION:
        return f"{bare(value / MILLION, 2)}m"
    return f"{bare(value / 1000, 1)}k" if abs(value) >= 10_000 else bare(value, 2)


def upright(mark: Mark, scale: Scale, foot: float) -> Path:
    """Return the line of a mark through all rows."""
    return Path(f"{scale.at(mark.value)},{TOP - 22} {scale.at(mark.value)},{foot}", "mark")


def mark_words(mark: Mark, scale: Scale) -> Words:
    """Return the word of a mark, at its top."""
    x = scale.at(mark.value)
    room = len(mark.label) * LETTER / 2
    anchor = "end" if x + room > WIDTH - RIGHT else "begin" if x - room < LEFT else "middle"
    return Words(x, 13, mark.label, anchor, "mark-words")


def lines(picture: Lines) -> Drawing:
    """Lay out lines over time, each with its word at its end."""
    points = [point for curve in picture.curves for point in curve.points]
    heights = [y for _, y in points] + [mark.value for mark in picture.marks]
    marks = ticks(min([0.0, *heights]), max([0.0, *heights]))
    room = max(len(curve.label) for curve in picture.curves) * LETTER + 10
    across = Scale(min(x for x, _ in points), max(x for x, _ in points), 62, WIDTH - room)
    upward = Scale(marks[0], marks[-1], PLOT_HEIGHT - BOTTOM, 14)
    paths = [Path(f"{across.start},{upward.at(mark)} {across.end},{upward.at(mark)}", "axis") for mark in marks]
    paths += [level(mark, across, upward) for mark in picture.marks]
    paths += [
        Path(" ".join(f"{across.at(x)},{upward.at(y)}" for x, y in one.points), one.kind) for one in picture.curves
    ]
    words = [Words(56, upward.at(mark) + 4, scaled(mark, "€" if picture.unit == "€" else ""), "end") for mark in marks]
    words += [
        Words(across.start + 4, upward.at(mark.value) - 5, mark.label, "begin", "mark-words")
        for mark in picture.marks
        if mark.value
    ]
    words += ends(picture.curves, across, upward)
    words += foot_words(picture, across)
    return Drawing(picture.title, picture.spoken, PLOT_HEIGHT, (), tuple(paths), (), tuple(words))


def level(mark: Mark, across: Scale, upward: Scale) -> Path:
    """Return the line of a mark from left to right."""
    return Path(f"{across.start},{upward.at(mark.value)} {across.end},{upward.at(mark.value)}", "mark")


def ends(curves: Sequence[Curve], across: Scale, upward: Scale) -> list[Words]:
    """Return the words at the ends of lines, pushed apart where they would lie on one another."""
    found, last = [], -1000.0
    for curve in sorted(curves, key=lambda one: upward.at(one.points[-1][1])):
        x, y = curve.points[-1]
        below = 16 if x < across.high else 4  # a line that ends within the picture must not strike its own word
        last = max(upward.at(y) + below, last + LABEL_GAP)
        found.append(Words(across.at(x) + 6, last, curve.label, "begin", curve.kind))
    return found


def foot_words(picture: Lines, across: Scale) -> list[Words]:
    """Return the first and last figure below, with what runs there."""
    low, high = across.low, across.high
    between = [mark for mark in ticks(low, high) if low < mark < high and mark == int(mark)]
    words = [
        Words(across.at(mark), PLOT_HEIGHT - 8, bare(mark, 1), "middle")
        for mark in between
        if 130 < across.at(mark) < across.end - 20
    ]
    return [
        Words(across.start, PLOT_HEIGHT - 8, f"{picture.across} {bare(low, 1)}", "begin"),
        *words,
        Words(across.end, PLOT_HEIGHT - 8, bare(high, 1), "middle"),
    ]
