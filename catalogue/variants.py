"""The numbers of a calculation, drawn anew for each sitting and the same again for the same seed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import cached_property
from random import Random

from catalogue.checks.numeric import count_of, variants
from catalogue.expressions import NoNumber, evaluate
from catalogue.schema.bank import MistakeShape, NumericShape, RangeShape

MOST_TRIES = 500  # before all variants are listed; most conditions are met at the first try
MINUS = "\N{MINUS SIGN}"
GROUPED_FROM = 10_000  # smaller numbers are read more easily without a separator


@dataclass(frozen=True)
class Variant:
    """One calculation with its numbers."""

    shape: NumericShape
    given: Mapping[str, float]

    @cached_property
    def answer(self) -> float:
        """Return the exact answer, in the question's unit."""
        return evaluate(self.shape.answer, self.given)

    @property
    def rounded(self) -> Decimal:
        """Return the answer as it is told, rounded half up."""
        return rounded(self.answer, self.shape.decimals, ROUND_HALF_UP)

    @property
    def told(self) -> dict[str, str]:
        """Return the given numbers as texts show them, and `answer` among them."""
        return {name: as_told(number) for name, number in self.given.items()} | {"answer": grouped(self.rounded)}

    def is_right(self, number: Decimal) -> bool:
        """Say whether a number is within the tolerance, or is the answer rounded half up or half to even."""
        if abs(float(number) - self.answer) <= self.shape.tolerance:
            return True
        ways = (ROUND_HALF_UP, ROUND_HALF_EVEN)
        return any(number == rounded(self.answer, self.shape.decimals, way) for way in ways)

    def mistake(self, number: Decimal) -> MistakeShape | None:
        """Return the known wrong way that leads to a number, when one does."""
        if self.is_right(number):
            return None
        return next((one for one in self.shape.mistakes if self.leads_to(one, number)), None)

    def leads_to(self, mistake: MistakeShape, number: Decimal) -> bool:
        """Say whether a wrong way gives this number, as exactly as the question asks for."""
        try:
            wrong = evaluate(mistake.answer, self.given)
        except NoNumber:
            return False
        near = max(self.shape.tolerance, 0.5 * 10.0**-self.shape.decimals)
        return abs(float(number) - wrong) <= near


def draw_variant(shape: NumericShape, seed: int) -> Variant:
    """Draw the numbers of one sitting from its seed; each variant that meets the condition is as likely as any other."""
    chance = Random(seed)  # noqa: S311  # fair, reproducible and no secret
    for _ in range(MOST_TRIES):
        drawn = {name: drawn_from(span, chance) for name, span in shape.given.items()}
        if shape.where is None or evaluate(shape.where, drawn):
            return Variant(shape, drawn)
    return Variant(shape, chance.choice(list(variants(shape))))


def drawn_from(span: RangeShape, chance: Random) -> float:
    """Draw one number of a range, its ends included."""
    step = Decimal(str(span.step)) * chance.randrange(count_of(span))
    return float(Decimal(str(span.start)) + step)


def rounded(number: float, decimals: int, way: str) -> Decimal:
    """Round the shortest decimal that stands for a number, as a person would who read it off a display."""
    return Decimal(repr(number)).quantize(Decimal(1).scaleb(-decimals), rounding=way)


def as_told(number: float) -> str:
    """Write a given number without needless digits."""
    return grouped(Decimal(repr(number)).normalize())


def grouped(number: Decimal) -> str:
    """Write a number with a decimal point, and with commas between thousands where there are many digits."""
    words = f"{number:,f}" if abs(number) >= GROUPED_FROM else f"{number:f}"
    return words.replace("-", MINUS)
