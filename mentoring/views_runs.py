"""The mentor's page of simulations: what the learners played, and what they wrote about it."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.models import Role
from accounts.permissions import allow
from catalogue.catalogue import Catalogue
from catalogue.live import current
from mentoring.runs import LearnersRun, runs_mentored
from mentoring.views import bp


@dataclass(frozen=True)
class RunRow:
    """A run in words."""

    run: LearnersRun
    scenario: str
    context: str  # empty for the usual conditions


@bp.get("/mentoring/runs")
@allow(Role.MENTOR)
def runs() -> ResponseReturnValue:
    """Show the runs of the mentor's learners, those with a reflection that was sent first."""
    rows = [run_row(one, current()) for one in runs_mentored(current_user.id)]
    sent = sum(row.run.sent_at is not None for row in rows)
    return render_template("mentoring/runs.html", rows=rows, sent=sent)


def run_row(run: LearnersRun, catalogue: Catalogue) -> RunRow:
    """Return a run in words; a scenario that is no longer taught is called by its id."""
    scenario = catalogue.scenario(f"{run.course}/{run.scenario}")
    if scenario is None:
        return RunRow(run, run.scenario, "")
    context = scenario.shape.contexts.get(run.context)
    return RunRow(run, scenario.shape.title, context.title if context else "")
