"""Finds scenarios: as they are now, and as a run was begun with."""

from functools import lru_cache

import sqlalchemy as sa

from accounts.models import Person, Role
from catalogue.building import scenario_in
from catalogue.catalogue import Catalogue
from catalogue.checks.known import known
from catalogue.material import Scenario
from catalogue.models import Document, Revision
from core.database import db
from simulations.engine.model import Model

EARLY = frozenset({str(Role.INSTRUCTOR), str(Role.ADMINISTRATOR)})  # may play what has not passed its checks


def playable(catalogue: Catalogue, viewer: Person) -> list[Scenario]:
    """Return the scenarios that somebody may play, in the order of the courses' modules."""
    return [
        course.scenarios[name]
        for course in catalogue.courses.values()
        for module in course.modules
        for name in module.scenarios
        if may_play(course.scenarios[name], viewer)
    ]


def may_play(scenario: Scenario, viewer: Person) -> bool:
    """Say whether somebody may play a scenario: everybody once its verdict has passed, instructors before."""
    return scenario.offered or bool(EARLY & viewer.roles)


def scenario_at(revision_id: int, ref: str, catalogue: Catalogue) -> Scenario | None:
    """Return a scenario (`course/id`) as a revision has it, however it reads today; None where there is none."""
    scenario = catalogue.scenario(ref)
    if scenario is not None and catalogue.revisions.get(scenario.path) == revision_id:
        return scenario
    row = db.session.execute(
        sa.select(Document.path, Revision.source)
        .join(Document, Document.id == Revision.document_id)
        .where(Revision.id == revision_id)
    ).one_or_none()
    return earlier_scenario(row.path, row.source, catalogue) if row else None


@lru_cache(maxsize=32)  # each entry keeps a catalogue alive
def earlier_scenario(path: str, source: str, catalogue: Catalogue) -> Scenario | None:
    """Return a scenario out of the text of an earlier revision."""
    return scenario_in(path, source, known(catalogue.documents.values(), catalogue.media))


@lru_cache(maxsize=32)
def model_of(scenario: Scenario) -> Model:
    """Return a scenario ready to be played."""
    return Model(scenario.shape)
