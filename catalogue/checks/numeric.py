"""Checks a calculation in every variant that could ever be drawn."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from catalogue.checks.found import Found
from catalogue.expressions import NoNumber, WrongExpression, evaluate, names_in
from catalogue.rendering.spans import FORMULA
from catalogue.schema.bank import NumericShape, RangeShape

MOST_VARIANTS = 20_000
PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def steps_of(span: RangeShape) -> list[float]:
    """Return the numbers of a range, its end included."""
    start, to, step = (Decimal(str(number)) for number in (span.start, span.to, span.step))
    return [float(start + step * number) for number in range(int((to - start) / step) + 1)] if to >= start else []


def count_of(span: RangeShape) -> int:
    """Return how many numbers a range holds."""
    return max(0, int((Decimal(str(span.to)) - Decimal(str(span.start))) / Decimal(str(span.step))) + 1)


def variants(question: NumericShape) -> Iterator[dict[str, float]]:
    """Return every variant of a calculation that meets its condition, always in the same order."""
    names = list(question.given)
    for numbers in product(*(steps_of(question.given[name]) for name in names)):
        drawn = dict(zip(names, numbers, strict=True))
        if question.where is None or evaluate(question.where, drawn):
            yield drawn


def places(text: str) -> set[str]:
    """Return the names in braces of a text, those inside formulas apart."""
    return set(PLACE.findall(FORMULA.sub("", text)))


def numeric_problems(question: NumericShape) -> Iterator[Found]:
    """Return what is wrong with a calculation."""
    problems = [*name_problems(question), *place_problems(question), *range_problems(question)]
    yield from problems or variant_problems(question)


def name_problems(question: NumericShape) -> Iterator[Found]:
    """Every formula can be read and uses given names only."""
    formulas: list[tuple[tuple[int | str, ...], str | None]] = [
        (("answer",), question.answer),
        (("where",), question.where),
    ]
    formulas += [(("mistakes", i, "answer"), mistake.answer) for i, mistake in enumerate(question.mistakes)]
    for place, formula in formulas:
        try:
            unknown = names_in(formula or "0") - question.given.keys()
        except WrongExpression as error:
            yield Found(place, f"The expression {error}.")
            continue
        for name in sorted(unknown):
            yield Found(place, f"`{name}` is not among what is given ({', '.join(question.given) or 'nothing'}).")


def place_problems(question: NumericShape) -> Iterator[Found]:
    """Braces in the texts name what is given; everything given is told."""
    for name in sorted(places(question.stem) - question.given.keys()):
        yield Found(("stem",), f"{{{name}}} is not given; add it below `given`, or write the text without braces.")
    for name in sorted(question.given.keys() - places(question.stem)):
        yield Found(
            ("given", name), f"`{name}` is given, but the stem does not tell it; write {{{name}}} where it belongs."
        )
    for name in sorted(places(question.why) - question.given.keys() - {"answer"}):
        yield Found(("why",), f"{{{name}}} is not given; use the given names, or {{answer}}.")


def range_problems(question: NumericShape) -> Iterator[Found]:
    """The ranges hold numbers, and not more together than can be checked."""
    total = 1
    for name, span in question.given.items():
        total *= count_of(span)
        if count_of(span) == 0:
            yield Found(("given", name), f"`{name}` ends before it begins.")
    if total > MOST_VARIANTS:
        yield Found(("given",), f"There are {total:,} variants; take larger steps, {MOST_VARIANTS:,} is the limit.")


def variant_problems(question: NumericShape) -> Iterator[Found]:
    """Every variant has an answer, and no mistake leads to it."""
    met = 0
    try:
        for drawn in variants(question):
            met += 1
            if problem := variant_problem(question, drawn):
                yield problem
                return
    except NoNumber:
        yield Found(("where",), "The condition has no value for some of the given numbers.")
        return
    if not met:
        yield Found(("where",), "No variant meets this condition.")


def variant_problem(question: NumericShape, drawn: dict[str, float]) -> Found | None:
    """Return what is wrong with one variant."""
    told = ", ".join(f"{name} = {number:g}" for name, number in drawn.items()) or "this question"
    try:
        right = evaluate(question.answer, drawn)
    except NoNumber:
        return Found(("answer",), f"There is no answer for {told}; exclude it with `where`.")
    for index, mistake in enumerate(question.mistakes):
        try:
            wrong = evaluate(mistake.answer, drawn)
        except NoNumber:
            return Found(
                ("mistakes", index, "answer"), f"The mistake has no value for {told}; exclude it with `where`."
            )
        if abs(wrong - right) <= question.tolerance or round(wrong, question.decimals) == round(
            right, question.decimals
        ):
            return Found(
                ("mistakes", index, "answer"),
                f"The mistake gives the right answer for {told}; exclude it with `where`.",
            )
    return None
