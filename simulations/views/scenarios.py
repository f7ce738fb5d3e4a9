"""What there is to play, and the way into it."""

from dataclasses import dataclass
from functools import lru_cache

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.permissions import SIGNED_IN, allow
from catalogue.live import current
from catalogue.material import Course, Scenario
from core.clock import now
from core.database import writing
from simulations.debriefs.worked import Worked, worked_run
from simulations.engine.model import BASE
from simulations.models import ScenarioRun
from simulations.queries import open_run, runs_of
from simulations.runs.beginning import abandon, begin, fresh
from simulations.scenarios import model_of, playable
from simulations.views import bp
from simulations.views.loading import scenario_or_404


@dataclass(frozen=True)
class Offer:
    """A scenario with one's own runs of it, the latest first."""

    scenario: Scenario
    course: Course
    runs: tuple[ScenarioRun, ...]

    @property
    def waiting(self) -> ScenarioRun | None:
        """Return the run that waits for a decision."""
        return next((run for run in self.runs if run.is_open), None)

    @property
    def ended(self) -> tuple[ScenarioRun, ...]:
        """Return the runs that were played to their end."""
        return tuple(run for run in self.runs if run.ended_at)


def offers_for(scenarios: list[Scenario]) -> list[Offer]:
    """Return scenarios with the runs of the one who looks, in one statement."""
    runs = runs_of(current_user.id)
    courses = current().courses
    return [Offer(one, courses[one.course_id], tuple(run for run in runs if run.ref == one.ref)) for one in scenarios]


@bp.get("/scenarios")
@allow(SIGNED_IN)
def scenarios() -> ResponseReturnValue:
    """List everything that can be played."""
    return render_template("simulations/scenarios.html", offers=offers_for(playable(current(), current_user)))


@bp.get("/courses/<course>/scenarios/<scenario>")
@allow(SIGNED_IN)
def scenario(course: str, scenario: str) -> ResponseReturnValue:
    """Tell the story before it begins, and what one has made of it so far."""
    _, found = scenario_or_404(course, scenario)
    return render_template("simulations/scenario.html", offer=offers_for([found])[0], contexts=contexts_of(found))


def contexts_of(scenario: Scenario) -> list[tuple[str, str, str]]:
    """Return the conditions one can play under: id, title, text."""
    named = [(name, context.title, context.text) for name, context in scenario.shape.contexts.items()]
    return named if BASE in scenario.shape.contexts else [(BASE, "As told", ""), *named]


@bp.get("/courses/<course>/scenarios/<scenario>/worked")
@allow(SIGNED_IN)
def worked(course: str, scenario: str) -> ResponseReturnValue:
    """Show a short run that somebody else has played, with the reason at each decision."""
    owner, found = scenario_or_404(course, scenario)
    return render_template("simulations/worked.html", course=owner, scenario=found, run=worked_once(found))


@lru_cache(maxsize=32)
def worked_once(scenario: Scenario) -> Worked:
    """Return the worked run of a scenario; it has the same luck for everybody, so it is played once."""
    return worked_run(model_of(scenario), scenario)


@bp.post("/courses/<course>/scenarios/<scenario>/runs")
@allow(SIGNED_IN)
def begin_run(course: str, scenario: str) -> ResponseReturnValue:
    """Begin a run; one that waits is gone on with, unless it is to be left."""
    moment, learner = now(), current_user.id
    _, found = scenario_or_404(course, scenario)
    revision = current().revisions.get(found.path, 0)
    beginning = fresh(model_of(found), found, learner, request.form.get("context", BASE), now=moment)
    with writing(learner=learner):
        waiting = open_run(learner, found.course_id, found.id)
        if waiting is not None and request.form.get("afresh"):
            abandon(waiting, now=moment)
            waiting = None
        run = waiting or begin(learner, found, revision, beginning, now=moment)
    return redirect(url_for("simulations.run", run_id=run.id))
