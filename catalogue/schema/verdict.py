"""The shape of a verdict: what the checks found about one exact text of a scenario, written by `flask scenario check`."""

from typing import Annotated

from pydantic import Field

from catalogue.schema.shape import Id, Line, Shape

ENGINE = 1  # raised when plays come out otherwise or a rule is added: older verdicts no longer count then
Share = Annotated[float, Field(ge=0, le=1)]


class FoundShape(Shape):
    """One rule, what was found, and what was wanted."""

    rule: Line
    holds: bool
    found: Line
    wanted: Line


class BestShape(Shape):
    """How one option fares: the share of plays in which it is best, by context."""

    stage: Id
    option: Id
    trap: bool = False
    best: dict[Id, Share]


class LevelShape(Shape):
    """What plays score in one context: at random, and by the best policy that was found."""

    random: float
    best: float
    policy: dict[Id, Id]


class VerdictShape(Shape):
    """scenarios/verdicts/<scenario>.yaml."""

    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    engine: int
    luck: Share
    rules: Annotated[tuple[FoundShape, ...], Field(min_length=1)]
    options: tuple[BestShape, ...]
    levels: dict[Id, LevelShape]

    @property
    def passed(self) -> bool:
        """Say whether every rule holds."""
        return all(rule.holds for rule in self.rules)

    def is_about(self, digest: str) -> bool:
        """Say whether it was found out about exactly this text, by the engine of today."""
        return self.digest == digest and self.engine == ENGINE
