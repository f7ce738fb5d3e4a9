"""Scales of charts: round figures that hold all values between them."""

from math import floor, log10


def ticks(low: float, high: float) -> list[float]:
    """Return three to six round marks that hold all values between them."""
    span = (high - low) or max(abs(high), 1.0)
    size = 10 ** floor(log10(span / 3))
    step = next(size * factor for factor in (1, 2, 5, 10) if span / (size * factor) <= 4)
    first = floor(low / step) * step
    marks = [first]
    while marks[-1] < high - step * 1e-9:
        marks.append(marks[-1] + step)
    return [round(mark, 10) for mark in (marks if len(marks) > 1 else [first, first + step])]
