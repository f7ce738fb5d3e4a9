"""What pages show of runs, each in a fixed number of statements."""

from dataclasses import dataclass
from functools import cache, cached_property

import sqlalchemy as sa

from accounts.models import Person
from accounts.permissions import visible_people
from core.database import db
from simulations.models import RunDecision, ScenarioRun


@dataclass(frozen=True, eq=False)
class Taken:
    """A run, and its decisions where a page asks for them."""

    run: ScenarioRun
    learner_name: str

    @cached_property
    def decisions(self) -> tuple[RunDecision, ...]:
        """Return the decisions, in order."""
        return decisions_of(self.run.id)

    @property
    def chosen(self) -> dict[str, str]:
        """Return what was decided, by turn."""
        return {one.turn: one.choice for one in self.decisions}


def find_run(viewer: Person, run_id: int) -> Taken | None:
    """Return a run that the viewer may see: one's own, a mentor's learner's, any for an administrator."""
    own = db.session.scalar(asked_run(), {"run": run_id, "viewer": viewer.id})
    return Taken(own, viewer.name) if own else others_run(viewer, run_id)


@cache  # every page of a run asks this; building it takes longer than running it
def asked_run() -> sa.Select[ScenarioRun]:
    """Select one's own run."""
    mine = ScenarioRun.learner_id == sa.bindparam("viewer")
    return sa.select(ScenarioRun).where(ScenarioRun.id == sa.bindparam("run"), mine)


def others_run(viewer: Person, run_id: int) -> Taken | None:
    """Return a run of somebody whom the viewer may see."""
    people = visible_people(viewer).with_only_columns(Person.id)
    row = db.session.execute(
        sa.select(ScenarioRun, Person.name)
        .join(Person, Person.id == ScenarioRun.learner_id)
        .where(ScenarioRun.id == run_id, ScenarioRun.learner_id.in_(people))
    ).one_or_none()
    return Taken(row[0], row[1]) if row else None


def decisions_of(run_id: int) -> tuple[RunDecision, ...]:
    """Return the decisions of a run, in order."""
    return tuple(
        db.session.scalars(sa.select(RunDecision).where(RunDecision.run_id == run_id).order_by(RunDecision.number))
    )


def own_run(learner_id: int, run_id: int) -> ScenarioRun | None:
    """Return one's own run as it stands in this turn."""
    found = sa.select(ScenarioRun).where(ScenarioRun.id == run_id, ScenarioRun.learner_id == learner_id)
    return db.session.scalar(found.execution_options(populate_existing=True))


def runs_of(learner_id: int) -> list[ScenarioRun]:
    """Return all runs of a learner, the latest first, without their stories and debriefs."""
    slim = sa.orm.defer(ScenarioRun.story), sa.orm.defer(ScenarioRun.debrief)
    mine = sa.select(ScenarioRun).where(ScenarioRun.learner_id == learner_id)
    return list(db.session.scalars(mine.options(*slim).order_by(ScenarioRun.begun_at.desc(), ScenarioRun.id.desc())))


def scenarios_ended(learner_id: int, course: str) -> dict[str, bool]:
    """Return the scenarios of a course that the learner has played to their end, and whether a reflection was written."""
    mine = ScenarioRun.learner_id == learner_id, ScenarioRun.course == course, ScenarioRun.ended_at.is_not(None)
    last = sa.func.max(ScenarioRun.reflected_at)
    rows = db.session.execute(sa.select(ScenarioRun.scenario, last).where(*mine).group_by(ScenarioRun.scenario))
    return {scenario: reflected_at is not None for scenario, reflected_at in rows}


def open_run(learner_id: int, course: str, scenario: str) -> ScenarioRun | None:
    """Return the run of a scenario that waits for a decision."""
    waiting = sa.select(ScenarioRun).where(
        ScenarioRun.learner_id == learner_id,
        ScenarioRun.course == course,
        ScenarioRun.scenario == scenario,
        ScenarioRun.ended_at.is_(None),
        ScenarioRun.abandoned_at.is_(None),
    )
    return db.session.scalar(waiting.order_by(ScenarioRun.id.desc()).limit(1))
