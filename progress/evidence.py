"""How much the answers given so far can say about an objective."""

from dataclasses import dataclass
from math import sqrt

FOUR_TIMES_IN_FIVE = 1.2816  # standard deviations to either side that hold 80 % of a normal distribution
A_THIRD = 1 / 3
TYPICAL = 0.7  # the share that somebody who studies gets right
SAME_AGAIN = 0.25  # weight of another answer to a question that one has already seen answered


def wilson_range(right: float, answers: int, z: float = FOUR_TIMES_IN_FIVE) -> tuple[float, float]:
    """Return the range in which the true share lies four times in five (Wilson, JASA 22, 1927)."""
    share, shrink = right / answers, 1 + z * z / answers
    middle = (share + z * z / (2 * answers)) / shrink
    half = z / shrink * sqrt(share * (1 - share) / answers + z * z / (4 * answers * answers))
    return middle - half, middle + half


def width_at(answers: int) -> float:
    """Return how wide the range still is after so many answers of somebody who gets seven in ten right."""
    low, high = wilson_range(TYPICAL * answers, answers)
    return high - low


# Twelve: the fewest first answers after which the range is narrower than a third of the whole scale. With fewer,
# "knows it" and "does not know it" both fit what was seen, and a page that named either would be guessing.
NEEDED = next(answers for answers in range(1, 1000) if width_at(answers) < A_THIRD)


def is_evidence(kind: str, weight: float) -> bool:
    """Say whether a record tells something about knowledge: a first answer does, the same question again does not."""
    return kind == "answer" and weight > SAME_AGAIN


@dataclass(frozen=True)
class Evidence:
    """First answers to the questions of one objective, and how many were right (a part right counts as that part)."""

    answers: int = 0
    right: float = 0.0

    @property
    def missing(self) -> int:
        """Say how many more first answers are needed before anything can be said."""
        return max(0, NEEDED - self.answers)

    @property
    def words(self) -> str:
        """Say how much there is; never a share of so few."""
        if not self.answers:
            return "no answers yet"
        return f"{amount(self.right)} of {self.answers} right"

    def __add__(self, other: "Evidence") -> "Evidence":
        return Evidence(self.answers + other.answers, self.right + other.right)


def amount(value: float) -> str:
    """Write a sum of marks: whole where it is whole, else with one decimal."""
    return f"{value:.0f}" if abs(value - round(value)) < 0.05 else f"{value:.1f}"
