"""Chooses whole cases for a section, so that their questions make its number."""

from typing import TypeVar

T = TypeVar("T")


def choose_cases(ranked: list[list[T]], wanted: int) -> list[list[T]]:
    """Return cases whose questions add up to the number, or as near below it as can be; those ranked first are preferred.

    For each sum the way that uses the earliest cases is kept, since cases are taken up one by one.
    """
    ways: dict[int, tuple[int, ...]] = {0: ()}
    for place, case in enumerate(ranked):
        for total, way in list(ways.items()):
            reached = total + len(case)
            if reached <= wanted and reached not in ways:
                ways[reached] = (*way, place)
        if wanted in ways:
            break
    return [ranked[place] for place in ways[max(ways)]]
