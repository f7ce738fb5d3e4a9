"""One learner of the demo plays a scenario, with the same verbs that the pages use."""

from catalogue.live import current
from catalogue.material import Scenario
from catalogue.schema.scenario import ScenarioShape
from operations.cast import Simulation
from operations.playing import Player
from simulations.debriefs.whole import Played, debrief_of
from simulations.engine.model import BASE, Stage
from simulations.models import ScenarioRun
from simulations.runs.beginning import begin, fresh
from simulations.runs.deciding import decide, note_run, told_on
from simulations.runs.reflecting import predict, reflect
from simulations.scenarios import model_of


def simulate(player: Player, scenario: Scenario, simulation: Simulation) -> None:
    """Play a scenario as far as the simulation says, and at its end look at the debrief."""
    model, taken = model_of(scenario), dict[str, str]()
    start = fresh(model, scenario, player.learner_id, BASE, now=player.clock)
    run = begin(player.learner_id, scenario, current().revisions[scenario.path], start, now=player.clock)
    story = start.story
    while story.turn and len(taken) != simulation.decisions:
        player.wait(40, 150)
        turn, choice = story.turn, choose(player, model.stage(story.stage or ""), scenario)
        story = told_on(model, run, taken, turn, choice)
        taken[turn] = choice
        decide(run, len(taken), turn, choice, story, now=player.clock)
    if story.over:
        note_run(run, scenario, now=player.clock)
        look_back(player, scenario, run, taken, simulation)


def choose(player: Player, stage: Stage, scenario: Scenario) -> str:
    """Choose as somebody of this skill would: often what the checks found best, else anything."""
    assert scenario.verdict is not None  # the demo's scenarios are offered
    best = scenario.verdict.levels[BASE].policy.get(stage.id)
    options = [option.id for option in stage.options]
    return best if best and player.random.random() < player.skill - 0.2 else player.random.choice(options)


def look_back(
    player: Player, scenario: Scenario, run: ScenarioRun, taken: dict[str, str], simulation: Simulation
) -> None:
    """Say what is expected, look at the debrief, and write about it where the simulation says so."""
    player.wait(60, 180)
    predict(run, expected(player, scenario.shape, taken), now=player.clock)
    played = Played(run.seed, run.context, taken)
    run.debrief = debrief_of(model_of(scenario), scenario.verdict, played).as_kept()
    if simulation.wrote:
        player.wait(200, 600)
        reflect(run, simulation.wrote, send=True, now=player.clock)


def expected(player: Player, shape: ScenarioShape, taken: dict[str, str]) -> dict[str, object]:
    """Return a prediction as the form sends it."""
    figures = {one.kpi: round(player.random.uniform(one.low, one.high)) for one in shape.predict}
    return {"turn": player.random.choice(list(taken)), "figures": figures}
