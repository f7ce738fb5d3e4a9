"""A run that can be watched: the author's own, or the best choices that the checks found."""

from dataclasses import dataclass

from catalogue.material import Scenario
from catalogue.schema.scenario import ChoiceShape, StageShape
from simulations.engine.model import BASE, Model
from simulations.engine.retelling import Ending, Story, ended, retold

SEED = 11  # any luck will do, as long as it stays the same


@dataclass(frozen=True)
class Step:
    """One decision of the worked run: what was known, what was chosen, and why."""

    stage: StageShape
    choice: ChoiceShape
    say: str
    story: Story


@dataclass(frozen=True)
class Worked:
    """A worked run from the first decision to the end."""

    text: str
    steps: tuple[Step, ...]
    ending: Ending


def worked_run(model: Model, scenario: Scenario) -> Worked:
    """Return the worked run of a scenario."""
    shape = model.shape
    chosen, said, text = choices_shown(scenario)
    decisions: dict[str, str] = {}
    steps: list[Step] = []
    while (story := retold(model, SEED, BASE, decisions)).turn:
        stage = shape.stage_of(story.turn)
        choice = next((one for one in stage.choices if one.id == chosen.get(stage.id)), stage.choices[0])
        decisions[story.turn] = choice.id
        steps.append(Step(stage, choice, said.get(stage.id, choice.learn), story))
    return Worked(text, tuple(steps), ended(model, SEED, BASE, decisions)[1])


def choices_shown(scenario: Scenario) -> tuple[dict[str, str], dict[str, str], str]:
    """Return what is chosen and said in the worked run, and its first words."""
    worked = scenario.shape.worked
    if worked:
        return dict(worked.choices), dict(worked.say), worked.text
    level = scenario.verdict.levels.get(BASE) if scenario.verdict else None
    return dict(level.policy) if level else {}, {}, "These are the best choices that the checks of this scenario found."
