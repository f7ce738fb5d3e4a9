"""What must hold within one question, kind by kind."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from catalogue.checks.found import Found
from catalogue.checks.numeric import numeric_problems
from catalogue.schema import bank as b

LONGEST_WHY, SHORTEST_WHY = 60, 8
BLANK = re.compile(r"\[\[([^\]]*)\]\]")
Problems: TypeAlias = Iterator[Found]


def question_problems(question: b.AnyQuestion) -> Problems:
    """Return everything that is wrong with a question in itself."""
    yield from KINDS[question.kind](question)
    if question.sorter:
        yield from sorter_problems(question)


def single_problems(question: b.SingleShape) -> Problems:
    """A single has exactly one right option."""
    yield from one_right(question.options, ("options",))


def one_right(options: Sequence[b.OptionShape], place: tuple[int | str, ...]) -> Problems:
    """Exactly one of the options is right."""
    right = sum(option.correct for option in options)
    if right != 1:
        yield Found(place, f"Exactly one option must be `correct: true`; here {right} are.")
    yield from option_problems(options, place)


def multiple_problems(question: b.MultipleShape) -> Problems:
    """A multiple has two right options or more, and a wrong one."""
    right = sum(option.correct for option in question.options)
    if right < 2 or right == len(question.options):
        yield Found(
            ("options",),
            f"A multiple has two right options or more and at least one wrong; here {right} of {len(question.options)} are right.",
        )
    yield from option_problems(question.options, ("options",))


def option_problems(options: Sequence[Any], place: tuple[int | str, ...]) -> Problems:
    """Options differ from one another, say why, and only wrong ones name a misconception."""
    yield from twice([option.text for option in options], "say the same", place)
    yield from twice([option.id for option in options if option.id], "have the same id", place)
    for index, option in enumerate(options):
        yield from why_problems(option.why, (*place, index))
        if getattr(option, "correct", False) and option.misconception:
            yield Found((*place, index, "misconception"), "A right option shows no misconception; remove this.")


def twice(values: Sequence[str], what: str, place: tuple[int | str, ...]) -> Problems:
    """No value stands twice."""
    for value, count in Counter(value.strip() for value in values).items():
        if count > 1:
            yield Found(place, f"Two of these {what}: “{value[:60]}”.")


def why_problems(why: str, place: tuple[int | str, ...]) -> Problems:
    """A reason is short enough to be read and long enough to teach."""
    count = len(why.split())
    if count > LONGEST_WHY:
        yield Found((*place, "why"), f"This reason has {count} words; {LONGEST_WHY} is the limit.")
    elif count < SHORTEST_WHY:
        yield Found(
            (*place, "why"),
            f"This reason has only {count} words; with {SHORTEST_WHY} or more it teaches something.",
            weighs=False,
        )


def order_problems(question: b.OrderShape) -> Problems:
    """The items of an order differ."""
    yield from twice([item.text for item in question.items], "say the same", ("items",))
    yield from twice([item.id for item in question.items if item.id], "have the same id", ("items",))
    for index, item in enumerate(question.items):
        yield from why_problems(item.why, ("items", index))


def match_problems(question: b.MatchShape) -> Problems:
    """The sides of a match differ; with a picture every pair has its place."""
    yield from twice([pair.left for pair in question.pairs], "have the same left side", ("pairs",))
    rights = [pair.right for pair in question.pairs] + [extra.text for extra in question.extra]
    yield from twice(rights, "have the same right side", ("pairs",))
    if question.figure and not question.alt:
        yield Found(("figure",), "The picture needs `alt`: a text that says what it shows.")
    for index, pair in enumerate(question.pairs):
        yield from why_problems(pair.why, ("pairs", index))
        if pair.at and not question.figure:
            yield Found(("pairs", index, "at"), "`at` is a place in a picture; name the picture with `figure`.")
        if question.figure and not pair.at:
            yield Found(("pairs", index), "With a `figure` every pair has its place: at: {rect: [x, y, w, h]}.")
        if pair.at:
            yield from spot_problems(pair.at, ("pairs", index, "at"))
    for index, extra in enumerate(question.extra):
        yield from why_problems(extra.why, ("extra", index))


def dropdown_problems(question: b.DropdownShape) -> Problems:
    """The blanks of the stem and those listed are the same, each with one right choice."""
    written = BLANK.findall(question.stem)
    for name in sorted(set(written) - question.blanks.keys()):
        yield Found(("stem",), f"The blank [[{name}]] has no choices; list them below `blanks`.")
    for name in sorted(question.blanks.keys() - set(written)):
        yield Found(("blanks", name), f"The stem has no blank [[{name}]]; write it where the choices belong.")
    yield from twice(written, "blanks are the same", ("stem",))
    for name, options in question.blanks.items():
        yield from one_right(options, ("blanks", name))


def hotspot_problems(question: b.HotspotShape) -> Problems:
    """A picture to point at has a right area and a wrong one."""
    right = sum(area.correct for area in question.areas)
    if right in (0, len(question.areas)):
        yield Found(("areas",), "At least one area is right and at least one is wrong.")
    yield from twice([area.id for area in question.areas], "have the same id", ("areas",))
    yield from twice([area.name for area in question.areas], "have the same name", ("areas",))
    for index, area in enumerate(question.areas):
        yield from why_problems(area.why, ("areas", index))
        yield from spot_problems(area, ("areas", index))
        if area.correct and area.misconception:
            yield Found(("areas", index, "misconception"), "A right area shows no misconception; remove this.")


def spot_problems(spot: b.SpotShape, place: tuple[int | str, ...]) -> Problems:
    """A place is a rectangle or a circle, and lies within the picture."""
    if (spot.rect is None) == (spot.circle is None):
        yield Found(place, "A place is either rect: [x, y, w, h] or circle: [x, y, r], in percent of the picture.")
    if spot.rect and not (
        spot.rect[0] + spot.rect[2] <= 100 and spot.rect[1] + spot.rect[3] <= 100 and min(spot.rect[2:]) > 0
    ):
        yield Found(
            (*place, "rect"),
            "This rectangle is empty or leaves the picture; its numbers are x, y, width, height in percent.",
        )
    if spot.circle and spot.circle[2] <= 0:
        yield Found((*place, "circle"), "This circle is empty; its numbers are x, y and radius in percent.")


def calculation_problems(question: b.NumericShape) -> Problems:
    """A calculation holds in every variant."""
    yield from numeric_problems(question)
    for index, mistake in enumerate(question.mistakes):
        yield from why_problems(mistake.why, ("mistakes", index))


def sorter_problems(question: b.AnyQuestion) -> Problems:
    """The fast sorter asks: Project or Service?"""
    texts = sorted(option.text.strip() for option in question.options) if isinstance(question, b.SingleShape) else []
    if texts != ["Project", "Service"]:
        yield Found(("sorter",), "A question for the sorter is a single with two options, Project and Service.")


KINDS: dict[str, Callable[[Any], Problems]] = {
    "single": single_problems,
    "multiple": multiple_problems,
    "order": order_problems,
    "match": match_problems,
    "dropdown": dropdown_problems,
    "hotspot": hotspot_problems,
    "numeric": calculation_problems,
}
