"""Finds what an address names, for whoever may see it."""

from dataclasses import dataclass
from functools import cached_property

from flask import abort
from flask_login import current_user

from catalogue.live import current
from catalogue.material import Course, Scenario
from catalogue.schema.scenario import StageShape
from simulations.engine.model import Model
from simulations.engine.retelling import Story
from simulations.models import RunDecision, ScenarioRun
from simulations.queries import Taken, find_run
from simulations.runs.stories import story_kept
from simulations.scenarios import may_play, model_of, scenario_at
from simulations.wording import figure_in_words


@dataclass(frozen=True, eq=False)
class Page:
    """A run as its pages show it."""

    taken: Taken
    scenario: Scenario

    @property
    def run(self) -> ScenarioRun:
        """Return the run."""
        return self.taken.run

    @property
    def mine(self) -> bool:
        """Say whether the one who looks is the one who plays."""
        return bool(self.run.learner_id == current_user.id)

    @property
    def model(self) -> Model:
        """Return the scenario ready to be played."""
        return model_of(self.scenario)

    def stage_of(self, turn: str) -> StageShape:
        """Return the stage of a turn."""
        return self.scenario.shape.stage_of(turn)

    def label_of(self, turn: str | None, choice: str | None) -> str:
        """Return what a choice of a turn is called."""
        if not turn:
            return "–"
        stage = self.stage_of(turn)
        return next((one.label for one in stage.choices if one.id == choice), f"{stage.title}: not asked")

    def when(self, turn: str) -> str:
        """Return when a turn came: `Project, week 5`; one that never came has its planned time."""
        shape, stage = self.scenario.shape, self.stage_of(turn)
        told = next((one for one in self.story.turns if one.id == turn), None)
        phase = shape.phases[told.phase] if told else next(one for one in shape.phases if one.id == stage.phase)
        week = told.week if told else stage.at
        unit = shape.clock.unit
        return f"{phase.title}, {unit} {week}" if len(shape.phases) > 1 else f"{unit.capitalize()} {week}"

    def learnt(self, decision: RunDecision) -> str:
        """Return what the author says of a choice, once the run is over."""
        choices = self.stage_of(decision.turn).choices
        return next((one.learn for one in choices if one.id == decision.choice), "")

    def known(self, decision: RunDecision) -> list[tuple[str, str]]:
        """Return the figures that could be seen when a decision was taken, in words."""
        stage = self.stage_of(decision.turn)
        rows = [row for ledger in self.scenario.shape.ledgers_seen(stage.phase, stage) for row in ledger.rows]
        return [
            (row.label, figure_in_words(decision.known[row.name], row)) for row in rows if row.name in decision.known
        ]

    @cached_property
    def story(self) -> Story:
        """Return where the run stands."""
        return story_kept(self.run.story)


def run_or_404(run_id: int) -> Page:
    """Return a run that the viewer may see, with the scenario as it was begun with."""
    taken = find_run(current_user, run_id) or abort(404)
    scenario = scenario_at(taken.run.revision, taken.run.ref, current()) or abort(404)
    return Page(taken, scenario)


def own_or_404(run_id: int) -> Page:
    """Return one's own run; others may look at it and do nothing."""
    page = run_or_404(run_id)
    return page if page.mine else abort(404)


def scenario_or_404(course: str, scenario: str) -> tuple[Course, Scenario]:
    """Return a scenario that the viewer may play."""
    found = current().courses.get(course) or abort(404)
    one = found.scenarios.get(scenario) or abort(404)
    return (found, one) if may_play(one, current_user) else abort(404)
