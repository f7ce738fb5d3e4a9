"""On which side of the handover a course stands."""

from collections import Counter
from collections.abc import Iterable

CLEAR_SHARE = 0.8


def side_of(sides: Iterable[str]) -> str:
    """Return the side that four of five questions take, or both."""
    counts = Counter(sides)
    total = counts.total()
    return next((side for side in ("project", "service") if total and counts[side] >= CLEAR_SHARE * total), "both")
