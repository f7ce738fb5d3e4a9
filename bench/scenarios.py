"""What a scenario costs: one play, the debrief of the longest one, and the rules that are measured before it is offered."""

from statistics import median

from bench.effort import Effort, say
from bench.exams import TRIES, timed
from bench.figures import Aim, Figure, measured, said
from bench.house import furnish, scratch, settings_for
from catalogue.live import current
from catalogue.material import Scenario
from core.database import db
from simulations.checking.judging import Effort as Sampling
from simulations.checking.judging import judged
from simulations.debriefs.regret import REPLICATIONS
from simulations.debriefs.whole import Played, debrief_of
from simulations.engine.model import BASE, Model
from simulations.engine.retelling import ended, retold

PLAYING, DEBRIEFING, CHECKING = Aim(50, "ms"), Aim(2, "s"), Aim(60, "s")
SEED = 7


def measure(effort: Effort) -> list[Figure]:
    """Play, debrief and check the scenarios that ship."""
    with scratch() as folder:
        app = furnish(settings_for(folder))
        with app.app_context():
            scenarios = [one for course in current().courses.values() for one in course.scenarios.values()]
            db.engine.dispose()
    longest = max(scenarios, key=lambda one: len(one.shape.stages))
    say(f"{longest.id} is played and debriefed; {len(scenarios)} scenarios are there")
    figures = [playing(longest), debriefing(longest)]
    return [*figures, *(checking(one) for one in scenarios if effort.questions >= 1000)]


def played_to_the_end(model: Model) -> dict[str, str]:
    """Return decisions for every turn: each time the first option."""
    decisions: dict[str, str] = {}
    while (story := retold(model, SEED, BASE, decisions)).turn:
        decisions[story.turn] = model.stage(story.stage or "").options[0].id
    return decisions


def playing(scenario: Scenario) -> Figure:
    """Play a whole run, as each decision of a player does."""
    model = Model(scenario.shape)
    decisions = played_to_the_end(model)
    took = median(timed(lambda: ended(model, SEED, BASE, decisions)) for _ in range(TRIES))
    return measured(f"One play of {scenario.id}", took, "ms", PLAYING, reference=said(len(decisions), "decisions"))


def debriefing(scenario: Scenario) -> Figure:
    """Work out a debrief: every option of every decision, 400 times."""
    model = Model(scenario.shape)
    run = Played(SEED, BASE, played_to_the_end(model))
    took = median(timed(lambda: debrief_of(model, scenario.verdict, run)) for _ in range(3)) / 1000
    beside = said(REPLICATIONS, "replays of every option")
    return measured(f"The debrief of {scenario.id}, the first time", took, "s", DEBRIEFING, reference=beside)


def checking(scenario: Scenario) -> Figure:
    """Measure all rules of a scenario."""
    say(f"all rules of {scenario.id} are measured")
    model = Model(scenario.shape)
    took = timed(lambda: judged(model, scenario.digest, Sampling())) / 1000
    return measured(f"All rules of {scenario.id}", took, "s", CHECKING)
