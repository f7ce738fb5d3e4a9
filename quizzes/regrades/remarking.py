"""What an answer earns by a newer form of its question, or why it cannot be marked by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from catalogue.questions import Question
from quizzes.kinds import Shown, WrongResponse, kind_of
from quizzes.kinds.kind import ids_of
from quizzes.marking import mark

KIND_CHANGED = "it is answered in another way now"
NUMBERS_CHANGED = "its numbers, or their unit, are others now"
PART_GONE = "something that was answered is no longer part of it"
PART_NEW = "a right answer needs something now that was not there"
UNREADABLE = "as it was shown it cannot be read any more"
UNFINISHED = "it was not finished"


class Taken(Protocol):
    """What the rule needs to know of a step."""

    kind: str
    response: Any
    mark: float | None


@dataclass(frozen=True)
class Remark:
    """The new mark, or the reason why there is none."""

    mark: float | None
    why_not: str | None = None


def remark(steps: Sequence[Taken], older: Question | None, newer: Question, seed: int, *, in_exam: bool) -> Remark:
    """Mark the answer that these steps finished by a newer form of the question."""
    finish = next((step for step in reversed(steps) if step.kind == "finish"), None)
    why_not = UNFINISHED if finish is None else UNREADABLE if older is None else misfit(older, newer, seed)
    if finish is None or why_not:
        return Remark(None, why_not)
    shown = Shown(newer, seed)
    if kind_of(shown).is_blank(finish.response):
        return Remark(0.0)
    try:
        earned = mark(shown, finish.response)
    except WrongResponse:
        return Remark(None, PART_GONE)
    return Remark(earned.exam if in_exam else earned.practice)


def misfit(older: Question, newer: Question, seed: int) -> str | None:
    """Say why an answer to the older form cannot be held against the newer one, whatever it was."""
    if older.kind != newer.kind:
        return KIND_CHANGED
    if numbers(older, seed) != numbers(newer, seed):
        return NUMBERS_CHANGED
    return PART_NEW if needed(newer) - parts(older) else None


def numbers(question: Question, seed: int) -> tuple[Mapping[str, float], str | None] | None:
    """Return the numbers of a calculation as this sitting shows them, with their unit."""
    variant = Shown(question, seed).variant
    return (variant.given, variant.shape.unit) if variant else None


def parts(question: Question) -> frozenset[str]:
    """Return everything that could be chosen, put in order or filled in."""
    sides = {pair.right_id for pair in question.pairs} | ids_of(question.extra)
    blanks = {f"{name} {option.id}" for name, options in question.blanks.items() for option in options}
    areas = ids_of(question.areas)
    return ids_of(question.options) | ids_of(question.items) | ids_of(question.pairs) | areas | sides | blanks


def needed(question: Question) -> frozenset[str]:
    """Return the parts without which no answer is right."""
    options = ids_of(option for option in question.options if option.correct)
    areas = ids_of(area for area in question.areas if area.correct)
    sides = {pair.right_id for pair in question.pairs}
    blanks = {f"{name} {one.id}" for name, options in question.blanks.items() for one in options if one.correct}
    return options | areas | ids_of(question.items) | ids_of(question.pairs) | sides | blanks
