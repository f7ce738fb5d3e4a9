"""The list of a sitting's questions.

A long exam shows some hundred cells on every page, so they are put together here and not in a template: it takes a tenth of
the time. Nothing in them was typed by anybody.
"""

from collections.abc import Iterable
from typing import Protocol

from markupsafe import Markup

SAID = {"answered": "answered", "right": "right", "part": "partly right", "wrong": "not right", "open": "not answered"}
CELL = (
    '<li><a class="cell{classes}" href="{page}{position}" data-cell="{position}"{current}>'
    '<span aria-hidden="true">{position}</span><span class="sr">{words}</span></a></li>'
)


class Listed(Protocol):
    """What the list needs to know of a question."""

    @property
    def position(self) -> int: ...  # noqa: D102
    @property
    def answered(self) -> bool: ...  # noqa: D102
    @property
    def flagged(self) -> bool: ...  # noqa: D102
    @property
    def finished(self) -> bool: ...  # noqa: D102
    @property
    def mark(self) -> float | None: ...  # noqa: D102


def outcome(one: Listed) -> str:
    """Say how a finished question came out: right, part, wrong, or open where nothing was answered."""
    if not one.answered:
        return "open"
    return "right" if one.mark == 1 else "part" if one.mark else "wrong"


def standing(one: Listed, *, marks: bool) -> str:
    """Say how a question stands: how it came out only where marks may be seen."""
    if marks and one.finished:
        return outcome(one)
    return "answered" if one.answered or one.finished else "open"


def cell_list(listed: Iterable[Listed], page: str, current: int | None, *, marks: bool) -> Markup:
    """Return the cells; `page` is the address of a question without its number."""
    return Markup("".join(cell(one, page, one.position == current, marks) for one in listed))  # noqa: S704  # nosec B704


def cell(one: Listed, page: str, here: bool, marks: bool) -> str:
    """Return one cell, a link with its number and with what is read out."""
    state = standing(one, marks=marks)
    classes = ("" if state == "open" else f" {state}") + (" flagged" if one.flagged else "") + (" now" if here else "")
    words = f"{one.position}, {SAID[state]}{', flagged' if one.flagged else ''}{', you are here' if here else ''}"
    current = ' aria-current="true"' if here else ""
    return CELL.format(classes=classes, page=page, position=one.position, current=current, words=words)
