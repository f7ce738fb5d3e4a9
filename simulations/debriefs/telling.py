"""What a debrief says in words: the author's rules, held against what was played and what it came to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalogue.expressions import NoNumber, holds
from catalogue.schema.scenario import HeadlineShape, RuleShape, ScenarioShape
from simulations.debriefs.regret import Regret
from simulations.engine.retelling import Ending, Story
from simulations.wording import figure_shapes, filled


@dataclass(frozen=True)
class Lens:
    """One matter in the words of both sides."""

    title: str
    project: str
    service: str


class Telling:
    """Says what holds of one run."""

    def __init__(
        self,
        scenario: ScenarioShape,
        story: Story,
        ending: Ending,
        decisions: Mapping[str, str],
        regrets: Sequence[Regret],
    ) -> None:
        self.scenario, self.decisions = scenario, decisions
        self.figures = {**story.rows, **ending.kpis}
        self.known = {**ending.known, **self.figures}
        self.regrets = {regret.turn.name: regret for regret in regrets}
        self.shapes = figure_shapes(scenario)

    @property
    def telling(self) -> dict[str, Callable[[str], Any]]:
        """Return what conditions may ask about a stage."""
        return {
            "played": lambda stage: self.decisions.get(stage, ""),
            "regret": lambda stage: self.regrets[stage].points if stage in self.regrets else 0.0,
            "best": self.best,
        }

    def best(self, stage: str) -> str:
        """Return the option that would have been best at a stage; what was played, where none was clearly better."""
        regret = self.regrets.get(stage)
        return regret.others[0].option if regret and regret.verdict == "better" else self.decisions.get(stage, "")

    def says(self, rule: RuleShape) -> bool:
        """Say whether a rule's condition holds; one that has no value does not."""
        try:
            return rule.when is None or holds(rule.when, self.known, self.telling)
        except NoNumber:
            return False

    def text(self, rule: RuleShape) -> str:
        """Return a rule's sentence with its figures."""
        return filled(rule.say, self.figures, self.shapes)

    def first(self, rules: Sequence[RuleShape]) -> RuleShape | None:
        """Return the first rule that holds."""
        return next((rule for rule in rules if self.says(rule)), None)

    def headline(self) -> tuple[str, str]:
        """Return the title and the first words."""
        rule = self.first(self.scenario.headlines)
        if not isinstance(rule, HeadlineShape):
            return "What it came to", ""
        return filled(rule.title, self.figures, self.shapes), self.text(rule)

    def rules(self) -> list[str]:
        """Return the sentences of the debrief that hold."""
        return [self.text(rule) for rule in self.scenario.debrief if self.says(rule)]

    def lenses(self) -> list[Lens]:
        """Return every matter as both sides see it."""
        return [Lens(lens.title, self.side(lens.project), self.side(lens.service)) for lens in self.scenario.lenses]

    def side(self, rules: Sequence[RuleShape]) -> str:
        """Return what one side says."""
        rule = self.first(rules)
        return self.text(rule) if rule else "–"
